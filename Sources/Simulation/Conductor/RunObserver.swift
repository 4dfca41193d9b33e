public import AgencyKit
public import Hosting
public import JSON
public import LifeEvents

/// A message as it was handled at an instant; the views are valid during the call only.
public struct ObservedMessage {
    /// Which world it belongs to; nil: none.
    public let world: Int?
    /// The attributes.
    public let envelope: EventEnvelope
    /// The event's type.
    public let type: String
    /// The data; nil where absent.
    public let data: JSONValue?
    /// Whether it came from outside the run.
    public let isOutside: Bool
}

extension ObservedMessage {
    /// An event as it is told.
    /// - Parameter source: who is told to have said it; of a protected person's place the event has no number.
    init(_ event: ReadEvent, _ envelope: EventEnvelope, from source: AgencyID?, world: Int32, isOutside: Bool) {
        var envelope = envelope
        envelope.source = source
        self.init(
            world: world >= 0 ? Int(world) : nil, envelope: envelope, type: event.type.string ?? "", data: event.data,
            isOutside: isOutside)
    }
}

/// What a run tells while it goes on; called on the conductor's thread.
public struct RunObserver {
    /// Each message, once, in canonical order within its instant.
    public var message: ((ObservedMessage) -> Void)?
    /// What became of a message at each river that hears its type.
    public var river: ((EventID, RiverReport) -> Void)?
    /// Each message before ``message`` hears it, with the number of the agency that said it also where it is about a person
    /// with protected personal data: for who judges a run, and shows nothing.
    public var judged: ((ObservedMessage) -> Void)?
    /// What became of it, likewise.
    public var judgedRiver: ((EventID, RiverReport) -> Void)?
    /// A timer of a case fell due.
    public var timer: ((TimerReport) -> Void)?
    /// Somebody learns a message, or does not, in a run with a plane.
    public var delivery: ((DeliveryReport) -> Void)?
    /// An instant is done.
    public var instant: ((Instant) -> Void)?
    /// A world has ended before the run does, by its number: nothing of it comes any more.
    public var worldEnd: ((Int) -> Void)?
    /// A fault happens.
    public var fault: ((ObservedFault) -> Void)?
    /// Something worth a line: a dropped redelivery, a timer whose handler threw.
    public var notice: ((String) -> Void)?

    /// An observer that hears nothing until its parts are set.
    public init() {}
}

/// A message or a timer that was due after the end of its case.
public struct PendingWork: Sendable {
    /// The world.
    public var world: Int
    /// When it would have happened.
    public let due: Instant
    /// Whom it is about.
    public let subject: Subject
    /// A message's topic; nil for a timer.
    public let topic: String?
    /// A timer's name and agency; nil for a message.
    public let timer: (agency: AgencyID, name: String)?
}

/// What a run was, when it has ended.
public struct RunResult: Sendable {
    /// A digest for each world; empty where worlds joined from a source, which may be millions.
    public var digests: [RunDigest]
    /// Messages for each world; empty where worlds joined from a source, which may be millions.
    public var messages: [Int]
    /// All messages, outside ones included.
    public var total = 0
    /// Records from outside the run that were admitted.
    public var outside = 0
    /// Records from outside that were refused; each is a dead letter, too, unless there were too many.
    public var refused = 0
    /// Redeliveries that were dropped.
    public var redelivered = 0
    /// Dead letters published.
    public var deadLetters = 0
    /// What was due after the end of its case: listed, not done. At most ``pendingLimit`` entries; populations have none.
    public var pending: [PendingWork] = []
    /// How many messages and timers were due after the end.
    public var pendingCount = 0
    /// How many of them were timers.
    public var pendingTimers = 0
    /// The most entries in ``pending``.
    public static let pendingLimit = 1_000
    /// Where the time went, if the engine was given a stopwatch.
    public var stages = StageTimes()
    /// Instants played.
    public var instants = 0
    /// The last instant.
    public var end: Instant?
    /// Whether the run was interrupted: what was played is kept, and the rest is not played.
    public var isCut = false
}

extension RunResult {
    /// The result of a run that ended before its time: of its worlds no more is known than how many messages came.
    public init(brokenOff messages: [Int], at end: Instant?) {
        self.init(digests: messages.map { _ in RunDigest() }, messages: messages)
        total = messages.reduce(0, +)
        self.end = end
    }
}
