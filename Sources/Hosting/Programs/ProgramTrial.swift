public import AgencyKit
public import Contracts
import JSON
public import LifeEvents

/// A program and one agency that it plays, without a bus: events are offered one at a time by a host of its own, and what
/// would be said is told. For who tries a program, not for runs.
public final class ProgramTrial {
    /// What the program has said.
    public struct Said: Sendable {
        /// When it is published.
        public let due: Instant
        /// Its type.
        public let type: EventType
        /// The whole event.
        public let value: [UInt8]
    }

    /// What became of an event.
    public struct Step: Sendable {
        /// What the program made of it; nil: it was not offered, or is a dead letter.
        public var outcome: RiverOutcome?
        /// Why it is a dead letter.
        public var failure: String?
        /// How many timers the program has afterwards.
        public var timers = 0
    }

    /// A question that the program was put, with its answer, both without the number.
    public struct Exchange: Hashable, Sendable {
        /// The question.
        public let question: [UInt8]
        /// The answer as the program wrote it.
        public let answer: [UInt8]
    }

    /// All that was said so far.
    public private(set) var said: [Said] = []
    /// All questions so far.
    public private(set) var exchanges: [Exchange] = []
    /// Virtual now.
    public private(set) var now: Instant

    private let host: Host
    private let settings: EffectSettings
    private let agency: AgencyID
    private let world: Int32 = 0
    private var tape = JSONTape()

    /// Starts the program.
    /// - Parameters:
    ///   - agency: which agency of the owner it plays.
    ///   - types: the types of the contracts, sorted.
    ///   - topics: the topics with the largest message each allows, in bytes.
    ///   - now: where virtual time begins, a whole minute.
    /// - Throws: ``ProgramFailure``.
    public init(
        _ player: ProgramPlayer, agency: AgencyID, types: [EventType], access: AccessRights,
        topics: [(name: String, limit: Int)], seed: UInt64, now: Instant
    ) throws {
        let runner = try AgencyRunner.runner(for: player, types: types, access: access, playing: [agency])
        settings = EffectSettings(seed: seed, resolution: 60_000, topics: topics)
        host = Host([runner], settings: settings, access: access)
        host.join(HostedWorld(number: world, name: "trial", agencies: [agency]))
        host.wantsReports = true
        self.agency = agency
        self.now = now
        (runner as? ProgramRunner)?.listen { [unowned self] in exchanges.append(Exchange(question: $0, answer: $1)) }
    }

    /// Offers an event a minute after the last, and lets the timers of that minute fire.
    /// - Parameter write: gives the event at this instant.
    /// - Throws: ``ProgramFailure``, `EnvelopeError`.
    public func offer(_ write: (Instant) -> (id: EventID, type: EventType, value: [UInt8])) throws -> Step {
        let instant = (now + .minutes(1)).roundedUp(to: settings.resolution)
        try advance(before: instant)
        let before = said.count
        var step = try play(instant, write(instant))
        guard step.failure != nil else { return step }
        // The letter itself is said at the next instant.
        try advance(to: instant + .milliseconds(settings.resolution))
        step.failure = said[before...].compactMap(Self.reason).last
        return step
    }

    /// The reason that a dead letter gives; nil for another event.
    private static func reason(_ said: Said) -> String? {
        guard said.type.topic.hasSuffix(".dead-letter.v1") else { return nil }
        return try? JSONTape.reading(said.value) { $0["data"]?["detail"]?.string }
    }

    /// Lets virtual time pass.
    /// - Throws: ``ProgramFailure``, `EnvelopeError`.
    public func advance(to later: Instant) throws {
        try advance(before: later + .milliseconds(1))
        now = max(now, later)
    }

    private func advance(before limit: Instant) throws {
        while let due = host.nextDue, due < limit { _ = try play(due, nil) }
    }

    private func play(_ instant: Instant, _ event: (id: EventID, type: EventType, value: [UInt8])?) throws -> Step {
        now = instant
        var bucket = OutboxBucket()
        if host.nextDue.map({ $0 <= instant }) ?? false { host.due(instant, into: &bucket) }
        bucket.sort()
        var slice = Slice(instant: instant)
        for entry in bucket.entries {
            try bucket.withValue(of: entry) { value in
                let type = try ReadEvent.parse(value, &tape).type.string ?? ""
                said.append(Said(due: instant, type: EventType(type), value: Array(value)))
                slice.append(value, id: entry.id, world: world, topic: entry.topic, isOutside: false)
            }
        }
        if let event, let topic = settings.topicIndex(event.type.topic) {
            event.value.withUnsafeBytes {
                slice.append($0, id: event.id, world: world, topic: topic, isOutside: false)
            }
        }
        var step = Step()
        var record = try host.begin(instant)
        record = try host.handle(slice)
        if let event { step.outcome = record.rivers.last { $0.message == event.id }?.report.outcome }
        let letters = record.deadLetters
        record = host.fireTimers(at: instant)
        try host.checkPrograms()
        step.timers = host.pendingTimers(world: world).count
        if letters + record.deadLetters > 0 { step.failure = "a dead letter" }
        return step
    }
}

/// Asks a program directly, for who tries it.
public final class ProgramInterview {
    private let process: ProgramProcess

    /// Starts a program.
    /// - Throws: ``ProgramFailure``.
    public init(_ player: ProgramPlayer, agency: AgencyID, hears: [EventType]) throws(ProgramFailure) {
        process = ProgramProcess(
            player, greeting: ProgramQuestion.greeting(player, played: [agency], hears: hears))
        try process.start()
    }

    /// Puts a question; the answer.
    /// - Parameter question: without the number and the opening brace, as in ``ProgramTrial/Exchange``.
    /// - Throws: why there is none, as one sentence; ``ProgramFailure``.
    public func ask(_ question: [UInt8]) throws -> [UInt8] { Self.withoutNumber(try process.ask(question)) }

    /// Puts questions at once: the answers to the first of them, as many as came in their order.
    /// - Throws: ``ProgramFailure``.
    public func askAll(_ questions: [[UInt8]]) throws(ProgramFailure) -> [[UInt8]] {
        try process.askAll(questions).map(Self.withoutNumber)
    }

    /// An answer without its number, written as this house writes, so that two can be compared.
    static func withoutNumber(_ answer: [UInt8]) -> [UInt8] {
        let written = try? JSONTape.reading(answer) { root in
            var writer = JSONWriter()
            writer.beginObject()
            for member in root.members where member.keyString != "n" {
                writer.key(member.keyString)
                writer.compact(member.value)
            }
            writer.endObject()
            return writer.bytes
        }
        return written ?? answer
    }
}
