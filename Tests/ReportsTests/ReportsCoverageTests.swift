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
        (.tile, 1, TileName.allCases.count),
        // Two types only planes bring, and no scenario can publish.
        (.type, 3, EventTypes.all.count - 2),
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
        // Of the types three are covered, and three told; two only planes bring.
        #expect(text.contains("and \(EventTypes.all.count - 8) more; --all tells them"))
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

    // MARK: - What expectations look at

    /// The sample's world with an expectation that was met by a message.
    private static func looking(_ fields: [String]?, exact: Bool? = nil, at ids: [EventID]) throws -> Coverage {
        var result = ExpectationResult(case: 0, step: "s", message: "m", file: "birth.yaml", line: 9, column: 3)
        (result.looked, result.fields, result.isExact) = (ids, fields, exact)
        var records = SampleLog.records
        records.insert(.expectPass(result), at: records.count - 2)
        var coverage = Coverage(universe)
        coverage.add(try RunLog(name: "x", bytes: SampleLog.bytes(records)))
        return coverage
    }

    private static let answer = SampleLog.id(2, at: 1)

    @Test(
        arguments: [
            (nil, nil, [], 0, 0), ([], nil, [answer], 1, 0), (["text"], nil, [answer], 1, 1),
            (["text", "mother", "no-such"], nil, [answer], 1, 2), (nil, true, [answer], 1, 2),
            // A message that the scenario publishes itself is no answer of anybody.
            (["weight"], nil, [SampleLog.id(1)], 0, 0),
        ] as [([String]?, Bool?, [EventID], Int, Int)])
    func `expectations look at messages and at the fields that they name`(
        fields: [String]?, exact: Bool?, ids: [EventID], messages: Int, named: Int
    ) throws {
        let coverage = try Self.looking(fields, exact: exact, at: ids)
        let counts = try #require(coverage.assertions.scenarios.first).counts
        #expect((counts.messages.looked, counts.messages.all) == (messages, 1))
        #expect((counts.fields.looked, counts.fields.all) == (named, 2))
        #expect((counts.tiles.looked, counts.tiles.all) == (0, 1))
        let result = try Self.result(.assertion, coverage)
        #expect((result.covered, result.declared) == (messages + named, 4))
        #expect(coverage.breaches([(.assertion, 76)]).count == 1)
    }

    @Test(
        arguments: [
            ("mother", "child-registered", "skatteverket", "child", 1), ("mother", "child-registered", nil, nil, 1),
            ("mother", "child-registered", "skatteverket", "mother", 0), ("child", "child-registered", nil, nil, 0),
            ("mother", "move-notice", nil, nil, 0), ("mother", nil, nil, nil, 1),
        ] as [(String, String?, String?, String?, Int)])
    func `a tile at the end is looked at by whom and what it names, a page by whom`(
        holder: String, tile: String?, agency: String?, about: String?, looked: Int
    ) throws {
        var result = ExpectationResult(case: 0, step: "then", message: "m", file: "birth.yaml", line: 9, column: 3)
        (result.subject, result.tile, result.source, result.about) = (holder, tile, agency, about)
        if tile == nil { result.isExact = true }
        var records = SampleLog.records
        records.insert(.expectPass(result), at: records.count - 2)
        var coverage = Coverage(Self.universe)
        coverage.add(try RunLog(name: "x", bytes: SampleLog.bytes(records)))
        #expect(try #require(coverage.assertions.scenarios.first).counts.tiles.looked == looked)
    }

    @Test func `what a store does not know is unknown and not nothing`() throws {
        var log = try SampleLog.log()
        log.isOfStore = true
        for number in log.worlds.indices { log.worlds[number].end = nil }
        var coverage = Coverage(Self.universe)
        coverage.add(log)
        #expect(try Self.result(.river, coverage).percent == nil)
        #expect(try Self.result(.assertion, coverage).percent == nil)
        #expect(try Self.result(.tile, coverage).percent != nil)
        #expect(coverage.text(Paint(isEnabled: false), limit: 3).contains("a store does not know it"))
        #expect(coverage.breaches([(.river, 1)]).first?.contains("unknown") == true)
    }

    @Test func `what failed cases have in common is told once`() throws {
        var log = try SampleLog.log()
        for _ in 0..<4 { log.worlds.append(log.worlds[0]) }
        #expect(try SampleLog.log().commonFailuresText == nil)
        let text = try #require(log.commonFailuresText)
        #expect(text.hasPrefix("failed cases have in common\n  5 of 5  "), "\(text)")
        #expect(text.split(separator: "\n").count == 2)
    }
}
