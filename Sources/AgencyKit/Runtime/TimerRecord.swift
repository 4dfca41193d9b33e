public import LifeEvents

/// A timer of a case as it is kept: one name a case.
public struct TimerRecord: Codable, Hashable, Sendable {
    /// The timer's name.
    public var name: String
    /// When it falls due.
    public var due: Instant
    /// The message that set it.
    public var setter: EventID
    /// The journey it belongs to.
    public var correlation: EventID?
    /// When it fires instead, because its agency was away when it fell due.
    public var heldUntil: Instant?

    /// When it fires.
    var fires: Instant { heldUntil ?? due }
}
