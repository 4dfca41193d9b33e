public import LifeEvents

/// What became of one event at one river of one agency.
public struct RiverReport: Sendable {
    /// The agency that heard.
    public let agency: AgencyID
    /// The rule's name.
    public let river: String
    /// Where the rule stands.
    public let file: StaticString
    /// Where the rule stands.
    public let line: Int
    /// What became of it.
    public let outcome: RiverOutcome
}

/// A timer that has not fired.
public struct PendingTimer: Sendable {
    /// Whose it is.
    public let agency: AgencyID
    /// Whom its case is about.
    public let subject: Subject
    /// The timer's name.
    public let name: String
    /// When it falls due.
    public let due: Instant
}

/// Messages of one finished handling, with the case they belong to.
public struct Made: Sendable {
    /// The message without its place in a sink.
    public let message: OutgoingMessage
    /// Its value.
    public let bytes: [UInt8]
}

/// Why a handling was undone.
public struct HandlingFailure: Error, Sendable, CustomStringConvertible {
    /// The agency that could not handle it.
    public let agency: AgencyID
    /// The reason, in words.
    public let reason: String

    /// One sentence.
    public var description: String { "\(agency) could not handle it: \(reason)" }
}

/// How an engine sees an agency's code: it offers events and lets timers fire, and knows nothing of cases.
///
/// A runner belongs to one thread. Subclassed once, by the generic runner that knows the type of the cases.
public class AgencyRunner {
    /// Whose code it is.
    public let owner: Owner
    /// What it hears: type names with whether annulments are meant, each once.
    public let hears: [(type: EventType, isAnnulment: Bool)]
    /// Told of each timer that falls due; nil costs nothing.
    public var timerReport: ((TimerReport) -> Void)?

    init(owner: Owner, hears: [(type: EventType, isAnnulment: Bool)]) {
        self.owner = owner
        self.hears = hears
    }

    /// The rules, in the order in which they handle one event.
    public var riverDescriptions: [RiverDescription] { [] }

    /// The names of the timers that a case may have.
    public var timerNames: [String] { [] }

    /// Offers an event to the rivers that hear it, for each agency of the owner that it concerns.
    ///
    /// - Parameter heard: the place in ``hears`` of the event's type.
    /// - Parameter agencies: those that take part in the world, sorted; others are not offered the event.
    /// - Parameter done: called after each agency that handled it, with the sink holding that handling's messages.
    /// - Throws: `HandlingFailure` for an agency whose handler threw; its case and effects are as before. Other
    ///   agencies that the event concerns have handled it.
    public func handle(
        _ event: IncomingEvent, heard: Int, world: Int32, agencies: [AgencyID], now: Instant,
        sink: EffectSink, report: ((RiverReport) -> Void)?, done: (AgencyID, _ world: Int32) -> Void
    ) throws(HandlingFailure) {}

    /// The earliest due time of a timer; nil without timers.
    public func nextTimer() -> Instant? { nil }

    /// Fires all timers due by an instant, by case and then by (due, name).
    ///
    /// - Parameter hold: tells when a timer fires instead, if its agency is away; nil: none is. Asked once a timer.
    /// - Parameter failed: called for each timer whose handler threw; its case is as before, the timer is gone.
    public func fireTimers(
        through limit: Instant, now: Instant, sink: EffectSink,
        hold: ((AgencyID, _ world: Int32, TimerRecord) -> Instant?)?, failed: (TimerReport) -> Void,
        done: (AgencyID, _ world: Int32) -> Void
    ) {}

    /// What a checkpoint must write so that all cases can be restored: the cases changed since the last call, and those
    /// that still stood in the oldest pages, which are then dropped. Nothing is written yet: that is up to who keeps the
    /// pages, and may be done on another thread.
    public func takeChanges() -> [CasePage] { [] }

    /// Restores the cases of one page; pages come in the order of their numbers.
    /// - Throws: `JSONDecodingError` if it is not this agency's case.
    public func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {}

    /// All pages have been restored.
    public func restored() {}

    /// The timers of a world that have not fired, by due time.
    public func pendingTimers(world: Int32) -> [PendingTimer] { [] }

    /// Forgets all cases of a world that has ended.
    public func endWorld(_ world: Int32) {}

    /// Messages made since the last call, for the harness.
    func takeMade() -> [Made] { [] }
}
