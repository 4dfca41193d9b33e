import LifeEvents
import Terminal

/// A whole run log in memory: the one source of all reports.
public struct RunLog: Sendable {
    /// The file it was read from, for messages to the user.
    public let name: String
    var start: RunStart
    /// The cases in their order, and last what belongs to none.
    var cases: [CaseLog] = []
    /// What belongs to no case.
    var outside = CaseLog(start: nil)
    var end: RunEnd?
    /// Why the log ends early, in a sentence; nil for a whole one.
    public internal(set) var truncation: String?

    init(name: String, start: RunStart) {
        self.name = name.escapedLine
        self.start = start.escaped()
    }

    /// Whether all cases passed.
    public var passed: Bool { cases.allSatisfy(\.passed) && end?.passed ?? true }

    /// How many messages the log holds.
    public var messageCount: Int { cases.reduce(outside.messages.count) { $0 + $1.messages.count } }

    mutating func add(_ record: RunRecord) throws(RunLogError) {
        switch record.escaped() {
        case .runStart: throw RunLogError(file: name, reason: "`run.start` must be the first line, and only that")
        case .caseStart(let record):
            guard record.number == cases.count else {
                throw RunLogError(file: name, reason: "case \(record.number) follows \(cases.count) cases")
            }
            cases.append(CaseLog(start: record))
        case .publish(let record): try change(record.case) { $0.messages.append(record) }
        case .deliver(let record): try change(record.case) { $0.deliveries.append(record) }
        case .reject(let record): try change(record.case) { $0.rejections.append(record) }
        case .timer(let record): try change(record.case) { $0.timers.append(record) }
        case .fault(let record): try change(record.case) { $0.faults.append(record) }
        case .statusChange(let record): try change(record.case) { $0.statusChanges.append(record) }
        case .expectPass(let record): try change(record.case) { $0.met.append(record) }
        case .expectFail(let record): try change(record.case) { $0.failures.append(record) }
        case .caseEnd(let record): try change(record.case) { $0.end = record }
        case .runEnd(let record): end = record
        }
    }

    private mutating func change(_ number: Int?, _ body: (inout CaseLog) -> Void) throws(RunLogError) {
        guard let number else { return body(&outside) }
        guard cases.indices.contains(number) else {
            throw RunLogError(file: name, reason: "there is no case \(number) above this line")
        }
        body(&cases[number])
    }
}

/// What the log says of one case.
struct CaseLog: Sendable {
    /// Nil for what belongs to no case.
    var start: CaseStart?
    var messages: [Publish] = []
    var deliveries: [Delivery] = []
    var rejections: [Rejection] = []
    var timers: [TimerFired] = []
    var faults: [FaultNote] = []
    var statusChanges: [StatusChange] = []
    var met: [ExpectationResult] = []
    var failures: [ExpectationResult] = []
    var end: CaseEnd?

    init(start: CaseStart?) {
        self.start = start
    }

    var title: String { start?.title ?? "outside any case" }
    var passed: Bool { failures.isEmpty && end?.passed ?? true }

    /// The words that stand for people in this case's payloads, by their keys.
    var names: [String: String] {
        Dictionary((start?.people ?? []).map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
