public import LifeEvents

/// Something that a run makes go wrong on purpose, when it does.
public struct ObservedFault: Sendable {
    /// The fault's id in its scenario; empty where it has none.
    public var name: String
    /// Whether something is hit, and it is not only told that the fault is there.
    public var applies: Bool
    /// Which world it hits; nil: all.
    public var world: Int?
    /// The instant at which it happens.
    public var time: Instant
    /// When it is over; nil: at once, or never in this run.
    public var until: Instant?
    /// `outage`, `delay`, `duplicate` and the like.
    public var kind: String
    /// The agency or topic that it hits.
    public var target: String?
    /// The message that it hits, where it hits one.
    public var message: EventID?
    /// One sentence.
    public var text: String

    /// The sentence, with the fault's id before it where it has one.
    public var line: String { name.isEmpty ? text : "\(name): \(text)" }

    /// A fault by its parts.
    public init(
        world: Int?, time: Instant, until: Instant? = nil, kind: String, target: String?, message: EventID?,
        text: String, name: String = "", applies: Bool = true
    ) {
        self.name = name
        self.applies = applies
        self.world = world
        self.time = time
        self.until = until
        self.kind = kind
        self.target = target
        self.message = message
        self.text = text
    }
}
