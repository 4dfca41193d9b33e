import Foundation
import LifeEvents
import Scenarios
import Testing
import YAML

/// Scenarios put into other municipalities.
@Suite struct RelocationTests {
    private func document(_ text: String) throws -> YAMLDocument { try YAMLDocument(text: text, file: "own.yaml") }

    private func text(_ document: YAMLDocument, _ keys: String...) -> String? {
        var node: YAMLNode? = document.root
        for key in keys { node = node?.entry(named: key)?.value }
        return node?.scalar
    }

    @Test func `codes, agencies, the region and the name become those of the other place; numbers stay`() throws {
        let own = try document(
            """
            given: {municipality: "1780", amount: 1780, from: kommun-1780, region: region-17, rescue: raddningstjanst-1780}
            text: Hej från Karlstad den 2 mars
            agencies: {kommun-1780: a, region-17: b, kommun-1880: c}

            """)
        let moved = Relocation(from: "1780", to: "0180").applied(to: own)
        #expect(text(moved, "given", "municipality") == "0180")
        #expect(text(moved, "given", "amount") == "1780")
        #expect(text(moved, "given", "from") == "kommun-0180")
        #expect(text(moved, "given", "region") == "region-01")
        #expect(text(moved, "given", "rescue") == "raddningstjanst-0180")
        #expect(text(moved, "text") == "Hej från Stockholm den 2 mars")
        #expect(
            moved.root.entry(named: "agencies")?.value.entries?.map(\.name) == [
                "kommun-0180", "region-01", "kommun-1880",
            ])
    }

    @Test func `two agencies that become one are one`() throws {
        let own = try document("home: \"1780\"\nagencies: {region-17: a, region-18: b}\n")
        let moved = Relocation(from: "1780", to: "1880").applied(to: own)
        #expect(moved.root.entry(named: "agencies")?.value.entries?.map(\.name) == ["region-18"])
    }

    @Test func `where it leads to already it cannot begin`() throws {
        let own = try document("a: {municipality: \"0180\"}\nb: kommun-1780\n")
        #expect(Relocation.home(of: own) == "0180")
        #expect(!Relocation(from: "0180", to: "1780").fits(own))
        #expect(Relocation(from: "0180", to: "0180").fits(own) && Relocation(from: "0180", to: "2480").fits(own))
    }

    @Test(arguments: [
        ("home: \"1780\"", "1780"), ("home: Karlstad", nil), ("a: [{municipality: \"2480\"}]", "2480"), ("a: b", nil),
    ])
    func `home is what the file says, or the first municipality in it`(line: String, home: String?) throws {
        #expect(Relocation.home(of: try document(line + "\n")) == home)
    }

    @Test(arguments: [
        ("horizon: 4000", "`horizon` is how many days"), ("horizon: soon", "`horizon` is how many days"),
        ("home: \"9999\"", "`home` is the municipality"),
    ])
    func `a wrong horizon or home is told`(line: String, problem: String) {
        let reading = ScenarioFile.read(
            text: """
                scenario: own
                version: 1
                start: 2026-03-02T08:00
                given:
                  citizens: {anna: {template: adult, municipality: "1780"}}
                steps: []
                \(line)

                """, file: "own.yaml")
        #expect(reading.diagnostics.contains { $0.message.contains(problem) })
    }
}
