import AgencyKit
import Hosting
import LifeEvents
import Terminal
import Testing

@testable import Reports

@Suite struct ReportsQuestionTests {
    static let plain = Paint(isEnabled: false)

    static func log(_ records: [RunRecord] = SampleLog.records) throws -> RunLog {
        try RunLog(name: "x", bytes: SampleLog.bytes(records))
    }

    @Test func `a trace shows causes, latencies and the critical path`() throws {
        let text = try Trace(Self.log(), MessageQuery("region.birth-notice.v1"), .both).text(Self.plain)
        let (first, second, third) = (SampleLog.id(1), SampleLog.id(2, at: 1), SampleLog.id(3, at: 20_162))
        #expect(
            text == """
                birth
                2026-03-02 08:00              ● region-17 region.birth-notice.v1 (mother)  \(first)
                2026-03-02 08:01      +1 min  ├─ · skatteverket skatteverket.birth.v1 (child)  \(second)
                2026-03-16 08:02        +2 w  └─ ● skatteverket citizen.status-tile.v1 child-registered (mother) U9  \
                \(third)
                critical path 2 w: birth-notice (mother) → +2 w child-registered

                """)
    }

    @Test(arguments: [
        ("skatteverket.birth.v1", Trace.Direction.up, 2), ("skatteverket.birth.v1", .down, 1), ("CHILD", .both, 2),
        ("region.birth-notice.v1", .up, 1), ("region.birth-notice.v1", .down, 3), ("mother", .both, 2),
        ("pccccccccccccccc", .up, 2),
    ])
    func `a trace follows causes up, down, or what is about a person`(
        word: String, direction: Trace.Direction, count: Int
    ) throws {
        let text = try Trace(Self.log(), MessageQuery(word), direction).text(Self.plain)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("2026-") } == count, "\(text)")
    }

    @Test func `a word that means nothing says who is there`() throws {
        let error = try #require(throws: QuestionError.self) {
            try Trace(Self.log(), MessageQuery("nobody"), .both).text(Self.plain)
        }
        #expect(error.description.hasSuffix("people: child, mother"))
    }

    static let rules = [
        RiverDescription(
            owner: .kommun, name: "offer help", type: EventType("region.birth-notice.v1"), hearsAnnulment: false,
            mine: [],
            whole: [], file: "Agencies/Kommun.swift", line: 5)
    ]

    @Test(arguments: [
        ("region.birth-notice.v1", "skatteverket", "acted  ‘register a birth’  Agencies/X.swift:8"),
        (
            "region.birth-notice.v1", "forsakringskassan",
            "did not act  ‘pay child benefit’: not its own: “the child is registered” does not hold  Agencies/X.swift:8"
        ),
        ("skatteverket.birth.v1", "forsakringskassan", "not whole: “the income is known” does not hold"),
        ("skatteverket.birth.v1", "forsakringskassan", "dead letter of forsakringskassan: it could not be handled"),
        ("citizen.status-tile.v1", "forsakringskassan", "fault at 2026-03-16 08:01: forsakringskassan hears nothing"),
        ("citizen.status-tile.v1", "skatteverket", "has no rule that hears citizen.status-tile.v1"),
        (
            "region.birth-notice.v1", "kommun-1780",
            "takes no part in birth; its agencies: forsakringskassan, skatteverket"
        ),
        ("region.birth-notice.v1", "skatteverket", "→ skatteverket skatteverket.birth.v1 (child)  +1 min"),
        ("region.birth-notice.v1", "skatteverket", "→ timer remind  +2 w"),
    ])
    func `an explanation says why, or why not`(word: String, agency: String, line: String) throws {
        let text = try Explanation(Self.log(), rules: Self.rules).text(
            MessageQuery(word), agency: AgencyID(agency), Self.plain)
        #expect(text.contains(line), "\(text)")
    }

    @Test(arguments: [(20_161, 20_163, true), (20_161, 20_162, false), (20_163, 30_000, false), (20_162, nil, true)])
    func `an outage explains what came while it lasted`(from: Int64, until: Int64?, hits: Bool) throws {
        var fault = FaultNote(
            case: 0, time: SampleLog.minutes(from), until: until.map(SampleLog.minutes), kind: "outage",
            target: "skatteverket", text: "down")
        guard case .publish(let tile) = SampleLog.records[9] else { return }
        #expect(fault.hits(tile, at: "skatteverket") == hits)
        #expect(!fault.hits(tile, at: "forsakringskassan"))
        fault.message = SampleLog.id(1)
        #expect(!fault.hits(tile, at: "skatteverket"))
    }

    @Test func `an agency that an event does not concern was not offered it`() throws {
        var records = SampleLog.records
        guard case .worldStart(var start) = records[1] else { return }
        start.agencies.append("kommun-1780")
        records[1] = .worldStart(start)
        let text = try Explanation(Self.log(records), rules: Self.rules).text(
            MessageQuery("region.birth-notice.v1"), agency: .kommun(1780), Self.plain)
        #expect(
            text.contains("concerns another agency of the same owner; rules: ‘offer help’ (Agencies/Kommun.swift:5)"))
    }

    // MARK: - Differences

    @Test func `runs whose ids and keys alone differ are alike`() throws {
        let other = SampleLog.records.map { record -> RunRecord in
            switch record {
            case .publish(var message):
                message.id = EventID.v7(milliseconds: message.id.milliseconds, ordinal: 9, hash62: message.id.low + 77)
                message.cause = message.cause.map {
                    EventID.v7(milliseconds: $0.milliseconds, ordinal: 9, hash62: $0.low + 77)
                }
                message.data = message.data?.replacing("pbbbbbbbbbbbbbbb", with: "pdddddddddddddddd")
                return .publish(message)
            case .worldStart(var start):
                start.people[0].key = "pdddddddddddddddd"
                return .worldStart(start)
            default: return record
            }
        }
        let difference = RunDifference(try Self.log(), try Self.log(other))
        // The key in the sample has another length on purpose: only words of a key's length are names.
        #expect(!difference.isEmpty)
        let same = try Self.log(
            other.map { record in
                guard case .publish(var message) = record else { return record }
                message.data = message.data?.replacing("pdddddddddddddddd", with: "pddddddddddddddd")
                return .publish(message)
            }.map { record in
                guard case .worldStart(var start) = record else { return record }
                start.people[0].key = "pddddddddddddddd"
                return .worldStart(start)
            })
        #expect(RunDifference(try Self.log(), same).isEmpty)
    }

    @Test func `what changed, went and came is told by its place among causes`() throws {
        var records = SampleLog.records
        guard case .publish(var notice) = records[2], case .publish(var tile) = records[9],
            case .statusChange(var status) = records[10]
        else { return }
        notice.data = notice.data?.replacing("3400", with: "3500")
        tile.time = SampleLog.minutes(20_200)
        status.to = "U4"
        records[2] = .publish(notice)
        records[9] = .publish(tile)
        records[10] = .statusChange(status)
        records.remove(at: 5)
        records.insert(
            SampleLog.publish(7, "skatteverket.identity.v1", at: 1, from: "skatteverket", about: "child"), at: 5)
        let text = RunDifference(try Self.log(), try Self.log(records)).text(Self.plain)
        #expect(
            text == """
                birth
                  ~ 2026-03-02 08:00  region-17 region.birth-notice.v1 (mother)
                      data.weight: 3400 → 3500
                  - 2026-03-02 08:01  skatteverket skatteverket.birth.v1 (child)
                  + 2026-03-02 08:01  skatteverket skatteverket.identity.v1 (child)
                  ~ 2026-03-16 08:02  skatteverket citizen.status-tile.v1 child-registered (mother) U9
                      time: 2026-03-16 08:02 → 2026-03-16 08:40
                  status  mother child-registered (skatteverket, about child): U9 → U4
                messages: 1 only in the first, 1 only in the second, 2 changed; status lines that end otherwise: 1

                """)
    }

    @Test func `cases that only one of two runs has are counted with all their messages and lines`() throws {
        let other = SampleLog.records.map { record in
            guard case .worldStart(var start) = record else { return record }
            start.name = "n=2"
            return .worldStart(start)
        }
        let text = RunDifference(try Self.log(), try Self.log(other)).text(Self.plain)
        #expect(
            text == """
                birth
                  - the whole case, 3 messages
                birth [n=2]
                  + the whole case, 3 messages
                cases: 1 only in the first, 1 only in the second
                messages: 3 only in the first, 3 only in the second; status lines that end otherwise: 2

                """)
    }

    @Test(arguments: [
        (#"{"a":1,"b":[1,2]}"#, #"{"b":[1,2],"a":1}"#, []),
        (#"{"a":1}"#, #"{"a":2,"c":null}"#, ["data.a: 1 → 2", "data.c: absent → null"]),
        (#"{"b":[1,{"x":"y"}]}"#, #"{"b":[1,{"x":"z"},3]}"#, [#"data.b[1].x: "y" → "z""#, "data.b[2]: absent → 3"]),
        (#"{"a":{}}"#, #"{"a":[]}"#, ["data.a: {} → []"]),
    ])
    func `payloads differ by path, whatever the order of members`(old: String, new: String, lines: [String]) {
        #expect(JSONDifference.lines(old, new) == lines)
    }
}
