import LifeEvents
import Scenarios
import Testing

@Suite struct LanguageShippedTests {
    static let folder = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound)) + "/Scenarios"

    @Test(
        arguments: [
            ("first-child", 2, 11, 14, "2027-03-02"), ("death", 6, 6, 11, "2026-07-17"),
            ("move", 7, 4, 8, "2026-04-27"),
        ])
    func `a shipped scenario is read without a word`(
        name: String, facts: Int, publications: Int, tiles: Int, end: String
    ) throws {
        let (scenario, diagnostics) = ScenarioFile.parse(path: "\(Self.folder)/\(name).yaml")
        #expect(diagnostics.map(\.description) == [])
        let found = try #require(scenario)
        #expect(found.name.value == name)
        #expect(found.facts.count == facts)
        let published = found.steps.count { if case .publish = $0.action { true } else { false } }
        #expect(published == publications)
        #expect(found.finalTiles.count == tiles)
        #expect(Stockholm.day(of: try #require(found.timeline.end)).description == end)
    }

    @Test func `a file that is not there is one diagnostic`() {
        let (scenario, diagnostics) = ScenarioFile.parse(path: "\(Self.folder)/no-such.yaml")
        #expect(scenario == nil)
        #expect(diagnostics.map(\.code) == [.unreadable])
    }
}
