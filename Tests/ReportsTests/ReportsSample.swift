import LifeEvents
import Testing

@testable import Reports

/// A log made by hand: a birth that the Tax Agency registers, and an allowance that nobody decided.
enum SampleLog {
    static func id(_ number: Int, at minutes: Int64 = 0) -> EventID {
        .v7(milliseconds: start.milliseconds + minutes * 60_000, ordinal: UInt16(number), hash62: UInt64(number))
    }

    static let start = Stockholm.instant(Day("2026-03-02")!, hour: 8)
    static func minutes(_ count: Int64) -> Instant { start + .minutes(count) }

    static let runStart = RunRecord.runStart(
        RunStart(
            schema: 1, program: "livsbuss 0.1.0", seed: 7, broker: "embedded", partitions: 1, resolution: 1,
            settings: ["copies": "2", "perturb": "3"]))
    static let worldEnd = RunRecord.worldEnd(
        WorldEnd(
            case: 0, passed: false, digest: "00ff", messages: 3, tiles: 1, deadLetters: 1, expectations: 2, failed: 1,
            first: start, last: minutes(20_162), wallMilliseconds: 1.5))
    static let worldStart = RunRecord.worldStart(
        WorldStart(
            number: 0, scenario: "birth", name: "", file: "birth.yaml", line: 2, params: [:], start: start,
            people: [.init(name: "mother", key: "pbbbbbbbbbbbbbbb"), .init(name: "child", key: "pccccccccccccccc")],
            agencies: ["forsakringskassan", "skatteverket"], repro: "livsbuss run birth.yaml --seed 7"))

    static func publish(
        _ number: Int, _ type: String, at minutes: Int64, from source: String, about subject: String,
        cause: EventID? = nil, data: String = "{}"
    ) -> RunRecord {
        .publish(
            Publish(
                case: 0, id: id(number, at: minutes), type: type, time: self.minutes(minutes), source: source,
                subject: subject, cause: cause, correlation: id(4_000), occurred: nil, change: nil, previous: nil,
                outside: nil, data: data))
    }

    static func deliver(
        _ message: EventID, _ agency: String, _ river: String, _ outcome: Delivery.Outcome, _ reason: String? = nil
    ) -> RunRecord {
        .deliver(
            Delivery(
                case: 0, message: message, agency: agency, river: river, outcome: outcome, reason: reason,
                file: "Agencies/X.swift", line: 8))
    }

    /// In the order in which a run writes them.
    static let records: [RunRecord] = [
        runStart, worldStart,
        publish(
            1, "region.birth-notice.v1", at: 0, from: "region-17", about: "mother",
            data: #"{"child":"pccccccccccccccc","weight":3400}"#),
        deliver(id(1), "skatteverket", "register a birth", .handled),
        deliver(id(1), "forsakringskassan", "pay child benefit", .notMine, "the child is registered"),
        publish(
            2, "skatteverket.birth.v1", at: 1, from: "skatteverket", about: "child", cause: id(1),
            data: #"{"mother":"pbbbbbbbbbbbbbbb","text":"Åsa \"a\""}"#),
        deliver(id(2, at: 1), "forsakringskassan", "pay child benefit", .notWhole, "the income is known"),
        .timer(
            TimerFired(
                case: 0, agency: "skatteverket", subject: "child", timer: "remind", due: minutes(20_160),
                time: minutes(20_160), setter: id(1))),
        .fault(
            FaultNote(
                case: 0, time: minutes(20_161), kind: "outage", target: "forsakringskassan",
                text: "forsakringskassan hears nothing")),
        publish(
            3, "citizen.status-tile.v1", at: 20_162, from: "skatteverket", about: "mother", cause: id(1),
            data: #"{"tile":"child-registered","code":"U9","text":"Klart"}"#),
        .statusChange(
            StatusChange(
                case: 0, message: id(3, at: 20_162), time: minutes(20_162), holder: "mother", tile: "child-registered",
                agency: "skatteverket", about: "child", from: "U4", to: "U9", text: "Klart")),
        .reject(
            Rejection(
                case: 0, message: id(2, at: 1), letter: id(9, at: 3), agency: "forsakringskassan",
                topic: "skatteverket.birth.v1", reason: "it could not be handled", time: minutes(3))),
        .expectPass(
            ExpectationResult(
                case: 0, step: "registered", message: "skatteverket.birth.v1 for child", file: "birth.yaml", line: 14,
                column: 5, type: "skatteverket.birth.v1", subject: "child", deadline: minutes(2_000))),
        .expectFail(
            ExpectationResult(
                case: 0, step: "allowance", message: "expected forsakringskassan.benefit-decision.v1, none came",
                file: "birth.yaml", line: 17, column: 5, nearest: ["a tile & more: <no>"],
                type: "forsakringskassan.benefit-decision.v1", source: nil, subject: "child",
                deadline: minutes(10_000))),
        worldEnd,
        .runEnd(
            RunEnd(
                passed: false, cases: 1, failedCases: 1, messages: 3, outside: 0, redelivered: 0, deadLetters: 1,
                instants: 4, wallMilliseconds: 2, deterministic: true)),
    ]

    static func bytes(_ records: [RunRecord] = records) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = JSONLine()
        for record in records { try writer.write(record, into: &bytes) }
        return bytes
    }

    static func log() throws -> RunLog { try RunLog(name: "sample.jsonl", bytes: bytes()) }
}
