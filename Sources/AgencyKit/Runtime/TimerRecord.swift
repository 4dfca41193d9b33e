package import LifeEvents

/// A timer of a case as it is kept: one name a case.
package struct TimerRecord: Codable, Hashable, Sendable {
    /// The timer's name.
    package var name: String
    /// When it falls due.
    package var due: Instant
    /// The message that set it.
    package var setter: EventID
    /// The journey it belongs to.
    package var correlation: EventID?
    /// When it fires instead, because its agency was away when it fell due.
    package var heldUntil: Instant?

    /// When it fires.
    package var fires: Instant { heldUntil ?? due }

    /// A timer by its parts.
    package init(name: String, due: Instant, setter: EventID, correlation: EventID?, heldUntil: Instant? = nil) {
        self.name = name
        self.due = due
        self.setter = setter
        self.correlation = correlation
        self.heldUntil = heldUntil
    }
}
