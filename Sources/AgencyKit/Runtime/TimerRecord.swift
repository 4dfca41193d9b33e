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
    public var fires: Instant { heldUntil ?? due }

    /// A timer by its parts.
    public init(name: String, due: Instant, setter: EventID, correlation: EventID?, heldUntil: Instant? = nil) {
        self.name = name
        self.due = due
        self.setter = setter
        self.correlation = correlation
        self.heldUntil = heldUntil
    }

    /// A timer set for now or earlier fires at the next instant: virtual time neither stands still nor goes back.
    package static func inTheFuture(_ timers: [TimerRecord], _ now: Instant, resolution: Int64) -> [TimerRecord] {
        guard timers.contains(where: { $0.fires <= now }) else { return timers }
        return timers.map { timer in
            var timer = timer
            if timer.fires <= now { timer.due = (now + .milliseconds(resolution)).roundedUp(to: resolution) }
            return timer
        }
    }
}
