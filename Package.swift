// swift-tools-version: 6.2
import PackageDescription

/// A C library of the system: a module map and a shim, nothing else.
func library(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A general tool that knows nothing of agencies or Kafka.
func tool(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Toolkit/\(name)")
}

/// A room of the house; it imports only rooms listed above it.
func room(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies)
}

func tests(_ name: String, _ dependencies: Target.Dependency..., excluding: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: excluding)
}

let package = Package(
    name: "livsbuss",
    products: [
        .executable(name: "livsbuss", targets: ["livsbuss"]),
        .library(name: "AgencyKit", targets: ["AgencyKit", "LifeEvents"]),
        .library(name: "JourneyTesting", targets: ["JourneyTesting", "Scenarios"]),
    ],
    targets: [
        library("CRdkafka", "rdkafka", "librdkafka-dev"),
        library("CSQLite", "sqlite3", "libsqlite3-dev"),
        library("CYAML", "yaml-0.1", "libyaml-dev"),
        .systemLibrary(name: "CMalloc", path: "Sources/CLibraries/CMalloc"),
        .systemLibrary(name: "CSpawn", path: "Sources/CLibraries/CSpawn"),
        library("CCrypto", "libcrypto", "libssl-dev"),
        tool("JSON"),
        tool("Files"),
        tool("LinearRegex"),
        tool("Parallel"),
        tool("Processes", "CSpawn"),
        tool("YAML", "CYAML", "Files"),
        tool("SQLite", "CSQLite"),
        tool("Terminal"),
        tool("CommandLineTool", "Terminal"),
        tool("JSONSchema", "JSON", "LinearRegex", "Terminal"),
        room("Kafka", "CRdkafka", "Terminal"),
        room("LifeEvents", "JSON"),
        room("Contracts", "LifeEvents", "JSON", "JSONSchema", "YAML", "Files", "Parallel", "Terminal"),
        room("AgencyKit", "LifeEvents", "JSON"),
        room("Agencies", "AgencyKit", "LifeEvents"),
        room("CitizenStatus", "AgencyKit", "LifeEvents", "JSON", "SQLite"),
        room("Planes", "AgencyKit", "Contracts", "LifeEvents", "YAML", "Terminal"),
        room("Hosting", "Planes", "AgencyKit", "Contracts", "LifeEvents", "Files", "JSON", "Processes"),
        room(
            "Simulation", "Hosting", "Planes", "AgencyKit", "Contracts", "CitizenStatus", "Kafka", "LifeEvents", "JSON",
            "CCrypto", "Files", "Terminal"
        ),
        room(
            "Scenarios", "Simulation", "Hosting", "Planes", "AgencyKit", "Contracts", "CitizenStatus", "Kafka",
            "LifeEvents",
            "JSON", "JSONSchema", "YAML", "Files", "LinearRegex", "Processes", "Terminal"),
        room(
            "Reports", "Scenarios", "Simulation", "Hosting", "AgencyKit", "CitizenStatus", "LifeEvents", "JSON", "YAML",
            "Files", "Terminal"),
        room(
            "Runs", "Reports", "Scenarios", "Simulation", "Hosting", "Planes", "AgencyKit", "CitizenStatus",
            "Contracts",
            "Kafka", "LifeEvents", "JSON", "Terminal"),
        room(
            "JourneyTesting", "Runs", "Reports", "Scenarios", "Simulation", "Hosting", "Agencies", "AgencyKit",
            "CitizenStatus",
            "Contracts",
            "Kafka",
            "LifeEvents", "JSON", "Terminal"),
        .executableTarget(
            name: "livsbuss",
            dependencies: [
                "Runs", "Reports", "Scenarios", "Simulation", "Hosting", "Planes", "Agencies", "AgencyKit",
                "CitizenStatus",
                "Contracts",
                "Kafka",
                "LifeEvents", "CMalloc", "CommandLineTool", "Terminal", "Files", "JSON", "YAML", "SQLite", "Processes",
            ]),
        tests("JSONTests", "JSON"),
        tests("FilesTests", "Files"),
        tests("ParallelTests", "Parallel"),
        tests("LinearRegexTests", "LinearRegex"),
        tests("ProcessesTests", "Processes"),
        tests("YAMLTests", "YAML"),
        tests("SQLiteTests", "SQLite"),
        tests("TerminalTests", "Terminal"),
        tests("CommandLineToolTests", "CommandLineTool", "Terminal"),
        tests("JSONSchemaTests", "JSONSchema", "JSON", "LinearRegex"),
        tests("KafkaTests", "Kafka"),
        tests("LifeEventsTests", "LifeEvents", "JSON"),
        tests(
            "ContractsTests", "JourneyTesting", "Agencies", "AgencyKit", "Contracts", "LifeEvents", "JSON",
            "JSONSchema", "Terminal", "YAML"),
        tests("AgencyKitTests", "AgencyKit", "LifeEvents", "JSON"),
        tests("AgenciesTests", "Agencies", "AgencyKit", "LifeEvents", "JSON"),
        tests("PlanesTests", "Planes", "Contracts", "AgencyKit", "LifeEvents"),
        tests("HostingTests", "Hosting", "Planes", "AgencyKit", "Contracts", "LifeEvents", "JSON", "JSONSchema"),
        tests("CitizenStatusTests", "CitizenStatus", "LifeEvents", "SQLite", "JSON"),
        tests(
            "ScenariosTests", "JourneyTesting", "Scenarios", "Simulation", "Hosting", "AgencyKit", "Contracts",
            "LifeEvents",
            "JSON",
            "YAML",
            "Terminal",
            excluding: ["BadFiles", "Failures"]),
        tests(
            "ReportsTests", "Reports", "Scenarios", "Simulation", "Hosting", "AgencyKit", "LifeEvents", "JSON",
            "Terminal"),
        tests(
            "RunsTests", "Runs", "Planes", "YAML", "Scenarios", "Simulation", "Hosting", "Agencies", "AgencyKit",
            "Contracts",
            "LifeEvents",
            "Kafka"),
        tests("JourneyTestingTests", "JourneyTesting", "Scenarios", "AgencyKit", "LifeEvents"),
        tests(
            "SimulationTests", "Runs", "Simulation", "Hosting", "Scenarios", "Agencies", "AgencyKit", "CitizenStatus",
            "Contracts",
            "Kafka",
            "LifeEvents", "JSON"),
        tests("SourceRulesTests", "Agencies", "AgencyKit", "LifeEvents"),
        tests(
            "JourneysTests", "livsbuss", "Kafka", "JSON", "SQLite", "LifeEvents", excluding: ["TopicTexts", "Programs"]),
    ]
)

let features = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances", "ImmutableWeakCaptures",
]
for target in package.targets where target.type != .system {
    // Debug builds can play changed rules: see `livsbuss mutate`.
    target.swiftSettings =
        [
            .treatAllWarnings(as: .error, .when(configuration: .release)),
            .define("MUTATIONS", .when(configuration: .debug)),
            // Generic types are made by calls and not by their names: by name the language looks through the conformances of
            // the whole program, for each type anew, which was a tenth of a run's start (docs/performance.md).
            .unsafeFlags(
                ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
                .when(configuration: .release)),
        ] + features.map { .enableUpcomingFeature($0) }
}
