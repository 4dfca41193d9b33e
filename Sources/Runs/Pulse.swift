/// Says yes at most once in a while: when it is time for a checkpoint.
public final class Pulse {
    private let interval: Int64
    private let now: () -> Int64
    private var last: Int64

    /// - Parameters:
    ///   - milliseconds: how long after one yes the next may come at the earliest.
    ///   - now: a clock that never goes back, in nanoseconds.
    public init(milliseconds: Int64, now: @escaping () -> Int64) {
        precondition(milliseconds > 0, "a pulse has an interval")
        interval = milliseconds * 1_000_000
        self.now = now
        last = now()
    }

    /// Whether the interval has passed since the last yes; if so, the next one begins.
    public func beat() -> Bool {
        let time = now()
        guard time - last >= interval else { return false }
        last = time
        return true
    }
}
