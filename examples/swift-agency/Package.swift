// swift-tools-version: 6.2
import PackageDescription

// An agency in a package of its own: it imports AgencyKit, and is tried on the bus with the built-in agencies.
let package = Package(
    name: "unemployment-fund",
    products: [.library(name: "UnemploymentFund", targets: ["UnemploymentFund"])],
    dependencies: [.package(name: "livsbuss", path: "../..")],
    targets: [
        .target(name: "UnemploymentFund", dependencies: [.product(name: "AgencyKit", package: "livsbuss")]),
        .testTarget(
            name: "UnemploymentFundTests",
            dependencies: [
                "UnemploymentFund", .product(name: "AgencyKit", package: "livsbuss"),
                .product(name: "JourneyTesting", package: "livsbuss"),
            ]),
    ]
)
