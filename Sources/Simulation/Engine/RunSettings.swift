public import LifeEvents

/// What a run is, apart from the citizens in it.
public struct RunSettings: Sendable {
    /// The seed of all ids and draws.
    public var seed: UInt64
    /// The grid of instants, milliseconds; one minute by default, one hour for populations.
    public var resolution: Int64
    /// Permutes what is legal (order between subjects, duplicate deliveries) when not 0; the digest may not move.
    public var perturbation: UInt64
    /// The most messages published before they are consumed: keeps a partition within the embedded broker's 5 MiB.
    public var window: Int
    /// The most bytes published before they are consumed, apart from the last message.
    public var windowBytes = 2 << 20
    /// Messages that no adapter is given, because one trapped on them; each is dead-lettered.
    public var skipped: Set<EventID> = []

    /// Settings with the defaults of the design.
    public init(seed: UInt64 = 1, resolution: Int64 = 60_000, perturbation: UInt64 = 0, window: Int = 4_000) {
        self.seed = seed
        self.resolution = resolution
        self.perturbation = perturbation
        self.window = window
    }
}

/// A message that a scenario publishes: what citizens, hospitals and other outsiders do, and opening facts.
public struct ScriptedMessage: Sendable {
    /// When it is published.
    public var due: Instant
    /// Its id.
    public var id: EventID
    /// Its topic.
    public var topic: String
    /// The record's key.
    public var subject: Subject
    /// The structured event.
    public var value: Value

    /// How the event is given.
    public enum Value: Sendable {
        /// As it is published.
        case bytes([UInt8])
        /// To be written when it is due.
        case template(MessageTemplate, TemplateValues)
    }

    /// A scripted message by its parts.
    public init(due: Instant, id: EventID, topic: String, subject: Subject, value: [UInt8]) {
        self.init(due: due, id: id, topic: topic, subject: subject, value: .bytes(value))
    }

    /// A scripted message by its parts.
    public init(due: Instant, id: EventID, topic: String, subject: Subject, value: Value) {
        self.due = due
        self.id = id
        self.topic = topic
        self.subject = subject
        self.value = value
    }
}

/// A case of the run: state, desks and keys of its own; its digest is the same alone or beside a thousand others.
public struct World: Sendable {
    /// The case's name, for reports.
    public var name: String
    /// The journeys in it.
    public var correlations: [EventID]
    /// The people in it.
    public var persons: [Subject]
    /// The agencies that the run plays in it, sorted.
    public var agencies: [AgencyID]
    /// The last instant that is played.
    public var until: Instant
    /// What is published from outside.
    public var script: [ScriptedMessage]
    /// What goes wrong in it; nil: nothing, which costs nothing.
    public var faults: FaultPlan?

    /// A world by its parts.
    public init(
        name: String, correlations: [EventID], persons: [Subject], agencies: [AgencyID], until: Instant,
        script: [ScriptedMessage], faults: FaultPlan? = nil
    ) {
        self.agencies = agencies.sorted()
        self.name = name
        self.correlations = correlations
        self.persons = persons
        self.until = until
        self.script = script
        self.faults = faults
    }
}
