import LifeEvents

/// Maps virtual to wall time for a paced run; the clock is handed in and reaches no message.
public struct Pacer {
    /// Virtual seconds a wall second: more than 0, at most ``fastest``.
    public let speed: Double
    /// Milliseconds of a monotonic clock.
    public let now: () -> Int64

    /// The fastest pace: a thousand years a second, which no run can follow.
    public static let fastest = 1e11
    /// The longest wait without a look at the clock and at outsiders, milliseconds.
    private static let longestWait = 100.0

    /// A pacer; a speed outside its range is brought into it.
    public init(speed: Double, now: @escaping () -> Int64) {
        self.speed = speed.isFinite && speed > 0 ? min(speed, Self.fastest) : Self.fastest
        self.now = now
    }

    /// The virtual time, given that at a wall time it was `virtual`.
    func virtualNow(since wall: Int64, _ virtual: Instant) -> Instant {
        let elapsed = min(Double(max(now() - wall, 0)) * speed, 1e15)
        return Instant(milliseconds: virtual.milliseconds + Int64(elapsed))
    }

    /// How long to wait at most on the way from one instant to another.
    func wait(from now: Instant, to target: Instant) -> Duration {
        let left = Double(target.milliseconds - now.milliseconds) / speed
        return .milliseconds(Int64(max(1, min(left, Self.longestWait))))
    }
}
