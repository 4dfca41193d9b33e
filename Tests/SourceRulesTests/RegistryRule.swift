import Foundation
import Testing

/// Owners, types and tiles are listed in `Topics/` and in the code generated from it, nowhere else: a second list is
/// what a new agency forgets.
enum RegistryRule {
    /// Where lists may stand: what is generated, and each agency's own code, with the one line that plays it.
    private static let allowed = ["Sources/LifeEvents/Vocabulary/", "Sources/Agencies/"]
    /// A default or a case of its own names one or two; more is a list.
    private static let most = 2

    /// - Parameter names: what is listed: owners, or the names of types.
    static func violations(in file: SourceFile, names: Set<String>) -> [Violation] {
        guard !allowed.contains(where: file.path.hasPrefix) else { return [] }
        var found: Set<String> = []
        var last = 0
        for token in file.tokens {
            let word = token.text.trimmingCharacters(in: CharacterSet(charactersIn: "\"."))
            guard names.contains(word), found.insert(word).inserted else { continue }
            last = token.line
        }
        guard found.count > most else { return [] }
        return [file.violation(last, "\(found.sorted()) is a list that Topics/ has; use the generated one")]
    }
}

@Suite struct RegistryTests {
    /// The owners of `Topics/`; people and the bus are words of other meanings too.
    private var owners: Set<String> {
        let folders = Repository.paths(below: "Topics").filter { $0.hasSuffix("/agency.yaml") }
        return Set(folders.map { String($0.split(separator: "/")[1]) }).subtracting(["citizen", "livsbuss", "region"])
    }

    @Test func `owners are listed in Topics and nowhere else`() throws {
        #expect(owners.count > 5)
        let found = try Repository.files(below: "Sources").flatMap { RegistryRule.violations(in: $0, names: owners) }
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `event types are listed in Topics and nowhere else`() throws {
        let vocabulary = Repository.paths(below: "Sources/LifeEvents/Vocabulary").filter { !$0.contains("/Shared/") }
        let types = Set(vocabulary.compactMap { $0.split(separator: "/").last?.dropLast(6) }.map(String.init))
            .subtracting(["Owners", "EventTypes", "TileName"])
        let found = try Repository.files(below: "Sources").flatMap { RegistryRule.violations(in: $0, names: types) }
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a second list is found`() {
        let text = "let single: [AgencyID] = [.akassa, .kommun, .skatteverket]\n"
        let file = SourceFile(path: "Sources/Scenarios/A.swift", text: text)
        #expect(RegistryRule.violations(in: file, names: owners).map(\.line) == [1])
    }
}
