import LifeEvents
import Terminal

/// A whole run log in memory: the one source of all reports.
public struct RunLog: Sendable {
    /// The file it was read from, for messages to the user.
    public let name: String
    var start: RunStart
    /// The worlds in their order, and last what belongs to none.
    var worlds: [WorldLog] = []
    /// What belongs to no world.
    var outside = WorldLog(start: nil)
    var end: RunEnd?
    /// Why the log is not the whole of its run, in a sentence; nil for a whole one.
    public internal(set) var defect: String?

    init(name: String, start: RunStart) {
        self.name = name.escapedLine
        self.start = start.escaped()
    }

    /// Whether it was made of a store, which knows neither rules, timers nor expectations.
    public internal(set) var isOfStore = false

    /// Whether the run has ended and all its worlds passed, and the log is whole: of what it lacks nobody knows.
    public var passed: Bool { end?.passed ?? false && worlds.allSatisfy(\.passed) && defect == nil }

    /// Whether the run that the log tells of has come to its end, and the log has all of it.
    public var isComplete: Bool { defect == nil && hasEnded }

    /// Whether the ends of the run and of all its worlds are there.
    var hasEnded: Bool { end != nil && worlds.allSatisfy { $0.end != nil } }

    /// How many messages the log holds.
    public var messageCount: Int { worlds.reduce(outside.messages.count) { $0 + $1.messages.count } }

    /// The titles of the worlds that failed, in their order.
    public var failedTitles: [String] { worlds.filter { !$0.passed }.map(\.title) }

    mutating func add(_ record: RunRecord) throws(RunLogError) {
        switch record.escaped() {
        case .runStart: throw RunLogError(file: name, reason: "`run.start` must be the first line, and only that")
        case .worldStart(let record):
            guard record.number == worlds.count else {
                throw RunLogError(file: name, reason: "case \(record.number) follows \(counted(worlds.count, "case"))")
            }
            worlds.append(WorldLog(start: record))
        case .publish(let record): try change(record.case) { $0.messages.append(record) }
        case .deliver(let record): try change(record.case) { $0.deliveries.append(record) }
        case .reject(let record): try change(record.case) { $0.rejections.append(record) }
        case .timer(let record): try change(record.case) { $0.timers.append(record) }
        case .fault(let record): try change(record.case) { $0.faults.append(record) }
        case .statusChange(let record): try change(record.case) { $0.statusChanges.append(record) }
        case .expectPass(let record): try change(record.case) { $0.met.append(record) }
        case .expectFail(let record): try change(record.case) { $0.failures.append(record) }
        case .worldEnd(let record): try change(record.case) { $0.end = record }
        case .runEnd(let record): end = record
        }
    }

    private mutating func change(_ number: Int?, _ body: (inout WorldLog) -> Void) throws(RunLogError) {
        guard let number else { return body(&outside) }
        guard worlds.indices.contains(number) else {
            throw RunLogError(file: name, reason: "there is no case \(number) above this line")
        }
        body(&worlds[number])
    }
}

/// What the log says of one world.
struct WorldLog: Sendable {
    /// Nil for what belongs to no world.
    var start: WorldStart?
    var messages: [Publish] = []
    var deliveries: [Delivery] = []
    var rejections: [Rejection] = []
    var timers: [TimerFired] = []
    var faults: [FaultNote] = []
    var statusChanges: [StatusChange] = []
    var met: [ExpectationResult] = []
    var failures: [ExpectationResult] = []
    var end: WorldEnd?

    init(start: WorldStart?) {
        self.start = start
    }

    var title: String { start?.title ?? "outside any case" }
    /// Whether the world has ended, nothing failed but what is known to, and nothing of it is missing.
    var passed: Bool { (failures.isEmpty || end?.known != nil) && end?.passed ?? false && defect == nil }

    /// The words that stand for people in this world's payloads, by their keys.
    var names: [String: String] {
        Dictionary((start?.people ?? []).map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
