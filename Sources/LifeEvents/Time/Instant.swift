/// A point of virtual time: milliseconds since 1970-01-01T00:00:00Z.
///
/// Nothing in the system reads a wall clock; an instant comes from a scenario, a message or arithmetic.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch; negative before 1970.
    public var milliseconds: Int64

    /// The instant `milliseconds` after the epoch.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The first instant that has a text: 0000-01-01T00:00:00.000Z.
    public static let earliest = Instant(milliseconds: -62_167_219_200_000)
    /// The last instant that has a text: 9999-12-31T23:59:59.999Z.
    public static let latest = Instant(milliseconds: 253_402_300_799_999)

    /// The earlier instant first.
    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant `span` later. Traps on overflow, 292 million years from the epoch.
    @inlinable
    public static func + (instant: Instant, span: VirtualDuration) -> Instant {
        Instant(milliseconds: instant.milliseconds + span.milliseconds)
    }

    /// The instant `span` earlier. Traps on overflow.
    @inlinable
    public static func - (instant: Instant, span: VirtualDuration) -> Instant {
        Instant(milliseconds: instant.milliseconds - span.milliseconds)
    }

    /// The span from `right` to `left`, negative if `left` is earlier.
    @inlinable
    public static func - (left: Instant, right: Instant) -> VirtualDuration {
        VirtualDuration(milliseconds: left.milliseconds - right.milliseconds)
    }

    /// Moves the instant `span` later.
    @inlinable
    public static func += (instant: inout Instant, span: VirtualDuration) {
        instant = instant + span
    }

    /// The instant itself if it is a multiple of the resolution since the epoch, else the next multiple.
    ///
    /// `resolutionMilliseconds` must be positive.
    public func roundedUp(to resolutionMilliseconds: Int64) -> Instant {
        precondition(resolutionMilliseconds > 0, "a resolution is at least one millisecond")
        let beyond = milliseconds % resolutionMilliseconds
        return Instant(milliseconds: milliseconds - beyond + (beyond > 0 ? resolutionMilliseconds : 0))
    }

    /// The day number in UTC and the milliseconds since its midnight.
    @inline(__always)
    var utc: (dayNumber: Int64, millisecondOfDay: Int64) {
        var day = milliseconds / 86_400_000
        var rest = milliseconds - day * 86_400_000
        if rest < 0 {
            day -= 1
            rest += 86_400_000
        }
        return (day, rest)
    }
}
