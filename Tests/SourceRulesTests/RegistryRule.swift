import Foundation
import Testing

/// Owners, agencies, types and tiles are listed in `Topics/` and in the code generated from it, nowhere else: a second
/// list is what a new agency forgets.
enum RegistryRule {
    /// Where lists may stand: what is generated, and each agency's own code, with the one line that plays it.
    private static let allowed = ["Sources/LifeEvents/Vocabulary/", "Sources/Agencies/"]
    /// A default or a case of its own names one or two; more is a list.
    private static let most = 2

    /// - Parameter names: what is listed: owners and their agencies, types, or tiles, as code and texts name them.
    static func violations(in file: SourceFile, names: Set<String>) -> [Violation] {
        guard !allowed.contains(where: file.path.hasPrefix) else { return [] }
        var found: [String: Int] = [:]
        let code = file.tokens.map { (line: $0.line, word: $0.text) }
        let texts = file.texts.flatMap { piece in words(of: piece.text).map { (line: piece.line, word: $0) } }
        for (line, word) in code + texts where names.contains(word) { found[word] = min(line, found[word] ?? line) }
        guard found.count > most else { return [] }
        let last = found.values.max() ?? 1
        return [file.violation(last, "\(found.keys.sorted()) is a list that Topics/ has; use the generated one")]
    }

    /// The words of a text that could be names: `kommun-1780` is of kommun, `child-benefit` is one word.
    static func words(of text: String) -> [String] {
        text.matches(of: /[A-Za-z][A-Za-z0-9.-]*/).map { match in
            String(match.output.trimmingSuffix { $0 == "." || $0 == "-" }.replacing(/-[0-9]+$/, with: ""))
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ isCut: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isCut(last) { rest.removeLast() }
        return rest
    }
}

/// What `Topics/` lists, as its files say it: the rule must not believe what is generated from them.
private struct Registry {
    /// The folders with an `agency.yaml`. People and the bus are words of other meanings too, and so is region.
    static let owners: Set<String> = {
        let folders = Repository.paths(below: "Topics").filter { $0.hasSuffix("/agency.yaml") }
        return Set(folders.map { String($0.split(separator: "/")[1]) }).subtracting(["citizen", "livsbuss", "region"])
    }()

    /// The types by their names on the bus and by the names of their structs.
    static let types: Set<String> = {
        let files = Repository.paths(below: "Topics").filter { $0.hasSuffix(".schema.json") }.map {
            $0.split(separator: "/").map(String.init)
        }
        let names = files.filter { $0.count == 3 }.map { "\($0[1]).\($0[2].dropLast(".schema.json".count))" }
        return Set(names).union(generated)
    }()

    /// The structs of types: what is generated of each owner, without the values that a type refers to.
    private static let generated = Repository.paths(below: "Sources/LifeEvents/Vocabulary")
        .filter { $0.hasSuffix(".swift") && $0.split(separator: "/").count == 5 && !$0.contains("/Shared/") }
        .compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }.map(String.init)

    /// The tiles by their names and by those of their cases; `name`, `stopped`, `mandate`, `alarm`, `times`,
    /// `grants` and `attendance` are words too.
    static func tiles() throws -> Set<String> {
        let files = Repository.paths(below: "Topics").filter { $0.hasSuffix("/agency.yaml") }
        let names = try files.flatMap { file in
            let text = try String(contentsOf: Repository.root.appending(path: file), encoding: .utf8)
            let list = text.firstRange(of: "\ntiles:").map { text[$0.upperBound...] } ?? ""
            return list.matches(of: /name: ([a-z-]+)/).map { String($0.output.1) }
        }
        let cases = names.map { name in
            let words = name.split(separator: "-").map(String.init)
            return words[0] + words.dropFirst().map(\.capitalized).joined()
        }
        return Set(names + cases).subtracting(["name", "stopped", "mandate", "alarm", "times", "grants", "attendance"])
    }
}

@Suite struct RegistryTests {
    private func found(_ names: Set<String>) throws -> [Violation] {
        try Repository.files(below: "Sources").flatMap { RegistryRule.violations(in: $0, names: names) }
    }

    @Test func `owners are listed in Topics and nowhere else`() throws {
        #expect(Registry.owners.isSuperset(of: ["kommun", "skatteverket"]) && Registry.owners.count > 5)
        let lists = try found(Registry.owners)
        #expect(lists.isEmpty, "\(report(lists))")
    }

    @Test func `event types are listed in Topics and nowhere else`() throws {
        #expect(Registry.types.isSuperset(of: ["Birth", "skatteverket.birth.v1", "kommun.filing.application.v1"]))
        let lists = try found(Registry.types)
        #expect(lists.isEmpty, "\(report(lists))")
    }

    @Test func `tiles are listed in Topics and nowhere else`() throws {
        let tiles = try Registry.tiles()
        #expect(tiles.isSuperset(of: ["child-benefit", "childBenefit", "survivors-pension", "preschool"]))
        let lists = try found(tiles)
        #expect(lists.isEmpty, "\(report(lists))")
    }

    @Test(arguments: [
        ("let single: [AgencyID] = [.akassa, .kommun, .skatteverket]", ".akassa, "),
        ("let names = [\"akassa\", \"kommun-1780\", \"skatteverket\"]", "\"kommun-1780\", "),
        ("let text = #\"{\"enum\": [\"akassa\", \"kommun\", \"skatteverket\"]}\"#", "\"skatteverket\""),
        ("let types: [any LifeEvent.Type] = [Birth.self, Death.self, Move.self]", "Death.self, "),
        ("let types = \"skatteverket.birth.v1, skatteverket.death.v1, skatteverket.move.v1\"", "birth"),
        ("let tiles: [TileName] = [.childBenefit, .preschool, .healthCare]", ".preschool, "),
        ("let tiles = \"child-benefit, \\(1) preschool and health-care.\"", "-benefit"),
    ])
    func `a second list is found, and one or two names are none`(code: String, third: String) throws {
        let names = try Registry.owners.union(Registry.types).union(Registry.tiles())
        let second = SourceFile(path: "Sources/Scenarios/A.swift", text: "\n\(code)\n")
        #expect(RegistryRule.violations(in: second, names: names).map(\.line) == [2])
        let generated = SourceFile(path: "Sources/LifeEvents/Vocabulary/A.swift", text: second.text)
        #expect(RegistryRule.violations(in: generated, names: names).isEmpty)
        let two = SourceFile(path: second.path, text: code.replacing(third, with: ""))
        #expect(two.text != code && RegistryRule.violations(in: two, names: names).isEmpty)
    }
}
