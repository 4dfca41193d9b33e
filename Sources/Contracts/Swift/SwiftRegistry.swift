internal import LifeEvents

/// The Swift constants of owners, agencies and tiles, from the owners' `agency.yaml`.
enum SwiftRegistry {
    /// `Owners.swift`: constants of owners and agencies, and how their numbers look.
    static func owners(_ agencies: [AgencyFile]) -> String {
        var swift = SwiftVocabulary.begin("the agency.yaml of each owner in Topics", importsJSON: false)
        swift.line("extension Owner {")
        for agency in agencies {
            swift.doc(title(agency), 1)
            swift.line("public static let \(agency.owner) = Owner(\"\(agency.owner)\")", 1)
        }
        swift.line()
        swift.doc("The owners that have contracts, by name.", 1)
        swift.rows("public static let all: [Owner] = [", agencies.map { ".\($0.owner)" }, "]", 1)
        swift.line()
        swift.doc("How many digits the number of each agency has; 0 for an owner that is one agency.", 1)
        swift.line("public var digits: Int {", 1)
        for agency in agencies where agency.digits > 0 {
            swift.line("if self == .\(agency.owner) { return \(agency.digits) }", 2)
        }
        swift.line("return 0", 2)
        swift.line("}", 1)
        swift.line("}")
        swift.line()
        swift.line("extension AgencyID {")
        let single = agencies.filter { $0.digits == 0 }
        for agency in agencies where agency.digits > 0 {
            let most = String(repeating: "9", count: agency.digits)
            swift.doc(
                "\(title(agency).dropLast()) with a number of \(agency.digits) digits, 0 to \(most); another number is "
                    + "a programming error and traps.", 1)
            swift.line("public static func \(agency.owner)(_ number: Int) -> AgencyID {", 1)
            swift.line("AgencyID(.\(agency.owner), number: number)", 2)
            swift.line("}", 1)
        }
        for agency in single {
            swift.doc(title(agency), 1)
            swift.line("public static let \(agency.owner) = AgencyID(.\(agency.owner))", 1)
        }
        swift.line()
        swift.doc("The agencies without a number that a scenario may name: all but the bus itself.", 1)
        swift.rows(
            "public static let single: [AgencyID] = [", single.filter { $0.kind != .bus }.map { ".\($0.owner)" }, "]", 1
        )
        swift.line("}")
        return swift.text
    }

    private static func title(_ agency: AgencyFile) -> String {
        "\(agency.titles.english) (\(agency.titles.swedish))."
    }

    /// `TileName.swift`: the lines of a citizen's status page.
    static func tiles(_ agencies: [AgencyFile]) -> String {
        let pages = agencies.flatMap(\.pages).map(\.name)
        let tiles = agencies.flatMap(\.tiles).sorted {
            (pages.firstIndex(of: $0.page) ?? pages.count, $0.order, $0.name)
                < (pages.firstIndex(of: $1.page) ?? pages.count, $1.order, $1.name)
        }
        var swift = SwiftVocabulary.begin("the agency.yaml of each owner in Topics")
        swift.definition(
            Definition(
                swiftName: "TileName", title: "Tile", titleSwedish: "Statusruta",
                description: "The lines of a citizen's status page, in the order of the pages and of each page.",
                content: .values(
                    tiles.map { tile in
                        Definition.Value(
                            text: tile.name, swiftName: camelCase(tile.name), description: tile.titles.english + ".",
                            titleSwedish: tile.titles.swedish)
                    }),
                file: ""))
        return swift.text
    }

    /// `child-benefit` as `childBenefit`.
    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "-")
        return words.prefix(1).joined()
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
