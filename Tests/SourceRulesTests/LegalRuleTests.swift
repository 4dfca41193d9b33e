import Agencies
import AgencyKit
import LifeEvents
import Testing

/// The rules of law that agencies go by: all listed, each once, each with a test.
@Suite struct LegalRuleTests {
    private static let held = BuiltInAgencies.legalRules

    /// Where something is declared, as `CSNRules.swift:7`.
    private static func place(_ path: String, _ line: Int) -> String {
        "\(path.split(separator: "/").last ?? ""):\(line)"
    }

    @Test func `every rule that an agency's folder declares is in its agency's list`() throws {
        var declared: Set<String> = []
        for file in try Repository.files(below: "Sources/Agencies") {
            for (index, token) in file.tokens.enumerated()
            where ["LegalRule", "DatedRule"].contains(token.text) && file.word(index + 1) == "(" {
                declared.insert(Self.place(file.path, token.line))
            }
        }
        #expect(!declared.isEmpty)
        let listed = Set(Self.held.map { Self.place("\($0.rule.file)", $0.rule.line) })
        #expect(declared.subtracting(listed).sorted() == [])
        #expect(listed.subtracting(declared).sorted() == [])
    }

    @Test func `a value's name means one rule`() {
        var places: [String: Set<String>] = [:]
        for held in Self.held {
            guard let name = held.rule.value?.name else { continue }
            places[name, default: []].insert(Self.place("\(held.rule.file)", held.rule.line))
        }
        #expect(places.filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test func `every rule says its source and has a test that names it`() throws {
        var proven: Set<String> = []
        let comments =
            try Repository.files(below: "Tests").flatMap { $0.comments.values }
            + Repository.paths(below: "Scenarios").filter { $0.hasSuffix(".yaml") }.flatMap { path in
                try DocumentTests.text(of: path).split(separator: "\n").map(String.init)
            }
        for comment in comments {
            guard let numbers = comment.firstRange(of: "rules: ") else { continue }
            for number in comment[numbers.upperBound...].split(whereSeparator: { ", ".contains($0) }) {
                proven.insert(String(number))
            }
        }
        for held in Self.held {
            #expect(!held.rule.source.isEmpty, "\(held.rule.number)")
            #expect(proven.contains(held.rule.number), "no test says `rules: \(held.rule.number)`")
        }
    }

    @Test func `a rule that a river plays is in its agency's list`() {
        func strangers<Code: Agency>(_ code: Code) -> [String] {
            let own = Set(Code.rules.map(\.number))
            return code.rivers.flatMap(\.rules).filter { !own.contains($0) }
        }
        for code in BuiltInAgencies.owners.flatMap({ BuiltInAgencies.code(for: $0) }) {
            #expect(strangers(code) == [])
        }
    }
}
