import AgencyKit
import Hosting
import LifeEvents
import Terminal
import Testing

@testable import Reports

@Suite struct ReportsCoverageTests {
    static let birth = EventType("skatteverket.birth.v1")
    static let rules = [
        RiverDescription(
            owner: .skatteverket, name: "register a birth", type: EventType("region.birth-notice.v1"),
            hearsAnnulment: false, mine: [], whole: [], file: "A.swift", line: 1),
        RiverDescription(
            owner: .forsakringskassan, name: "pay child benefit", type: birth, hearsAnnulment: false,
            mine: ["the child is registered"], whole: ["the income is known"], file: "B.swift", line: 2),
        RiverDescription(
            owner: .forsakringskassan, name: "take it back", type: birth, hearsAnnulment: true,
            mine: ["is the birth we know"], whole: [], file: "B.swift", line: 9),
    ]
    static let universe = CoverageUniverse(
        topics: ["region.birth-notice.v1", "skatteverket.birth.v1", "skatteverket.dead-letter.v1"], rules: rules,
        timers: [(.skatteverket, ["remind", "close"]), (.kommun, ["never"])])

    static func coverage(_ times: Int = 1) throws -> Coverage {
        var coverage = Coverage(universe)
        for _ in 0..<times { coverage.add(try SampleLog.log()) }
        return coverage
    }

    static func result(_ dimension: CoverageUniverse.Dimension, _ coverage: Coverage) throws -> Coverage.Result {
        try #require(coverage.results.first { $0.dimension == dimension })
    }

    @Test(arguments: [
        (CoverageUniverse.Dimension.topic, 2, 2), (.river, 1, 3), (.refusal, 2, 3), (.timer, 1, 2), (.status, 1, 11),
        (.tile, 1, TileName.allCases.count), (.type, 3, EventTypes.all.count),
    ])
    func `a dimension counts what was seen of what is declared`(
        dimension: CoverageUniverse.Dimension, covered: Int, declared: Int
    ) throws {
        let result = try Self.result(dimension, Self.coverage())
        #expect((result.covered, result.declared) == (covered, declared))
        #expect(result.percent == covered * 100 / declared)
    }

    @Test func `what only a case with faults exercised is told apart`() throws {
        #expect(try Self.result(.river, Self.coverage()).rows[0].state == .onlyUnderFault)
        let records = SampleLog.records.filter { if case .fault = $0 { false } else { true } }
        var coverage = try Self.coverage()
        coverage.add(try RunLog(name: "y", bytes: SampleLog.bytes(records)))
        let row = try Self.result(.river, coverage).rows[0]
        #expect((row.state, row.hits, row.worlds) == (.covered, 2, 2))
    }

    @Test func `what nothing declares is told, and faults are listed by what they hit`() throws {
        #expect(
            try Self.result(.topic, Self.coverage()).rows.filter { $0.state == .undeclared }.map(\.key)
                == ["citizen.status-tile.v1"])
        #expect(try Self.result(.fault, Self.coverage()).rows.map(\.key) == ["outage × forsakringskassan"])
        #expect(try Self.result(.fault, Self.coverage()).percent == nil)
    }

    @Test func `what is uncovered comes with the step that would cover it`() throws {
        let text = try Self.coverage().text(Paint(isEnabled: false), limit: 3)
        #expect(
            text.contains(
                """
                uncovered refusal
                  forsakringskassan · take it back: “is the birth we know”
                      - {at: +1d, publish: skatteverket.birth.v1, for: SOMEBODY, data: {…}} # annulling one, where “is \
                the birth we know” does not hold
                """), "\(text)")
        // Of the types three are covered, and three told.
        #expect(text.contains("and \(EventTypes.all.count - 6) more; --all tells them"))
        #expect(text.contains(/river +1\/3/))
    }

    @Test func `a minimum that is not reached is a breach`() throws {
        let coverage = try Self.coverage(2)
        #expect(coverage.breaches([(.topic, 100), (.river, 33)]).isEmpty)
        #expect(
            coverage.breaches([(.river, 34), (.type, 0)]) == ["coverage of river is 33 %, and must be 34 %"])
    }

    @Test func `a page and JSON tell the same`() throws {
        let coverage = try Self.coverage()
        #expect(CoveragePage(coverage).text.contains("<h1>1 journey, 3 messages</h1>"))
        #expect(coverage.json().contains("\"state\": \"only under fault\""))
    }
}
