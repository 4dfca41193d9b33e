public import LifeEvents

/// Something that a run makes go wrong on purpose, when it does.
public struct ObservedFault: Sendable {
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

    /// A fault by its parts.
    public init(
        world: Int?, time: Instant, until: Instant? = nil, kind: String, target: String?, message: EventID?,
        text: String
    ) {
        self.world = world
        self.time = time
        self.until = until
        self.kind = kind
        self.target = target
        self.message = message
        self.text = text
    }
}
