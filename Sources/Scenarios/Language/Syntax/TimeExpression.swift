public import LifeEvents

/// A span of virtual time as a file counts it: `+3d`, `2w`, `5wd`.
public struct TimeSpan: Hashable, Sendable {
    /// What is counted; the raw value is how it is written.
    public enum Unit: String, Sendable, CaseIterable {
        /// Hours that pass, also over a change of the clock.
        case hours = "h"
        /// Calendar days, to the same time on the clock.
        case days = "d"
        /// Weeks, to the same time on the clock.
        case weeks = "w"
        /// Months, to the same number or the month's last day (lag (1930:173) 1 §), at the same time on the clock.
        case months = "mo"
        /// Swedish working days, to the same time on the clock.
        case workingDays = "wd"
    }

    /// How many, negative if earlier.
    public let count: Int
    /// Of what.
    public let unit: Unit

    /// So many of a unit.
    public init(_ count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }

    /// The instant this much after another. Local time is Europe/Stockholm's; a reading that a spring night leaves
    /// out is read an hour later, one that an autumn night repeats is its first.
    public func added(to instant: Instant) -> Instant {
        if unit == .hours { return instant + .hours(Int64(count)) }
        let local = Stockholm.local(instant)
        return Stockholm.instant(moved(local.day), millisecondOfDay: local.millisecondOfDay)
    }

    private func moved(_ day: Day) -> Day {
        switch unit {
        case .hours, .days: day.adding(days: count)
        case .weeks: day.adding(days: count * 7)
        case .months: day.adding(months: count)
        case .workingDays: SwedishCalendar.adding(workingDays: count, to: day)
        }
    }
}

/// A time on the clock, to the minute.
public struct ClockTime: Hashable, Sendable {
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// Which reading is meant in the hour that an autumn night repeats; nil where there is one.
    public let zone: Zone?

    /// Swedish summer time or normal time; the raw value is how it is written.
    public enum Zone: String, Sendable, CaseIterable {
        /// Two hours before UTC.
        case summer = "CEST"
        /// An hour before UTC.
        case normal = "CET"
    }

    /// A time on the clock; nil outside 00:00 to 23:59.
    public init?(hour: Int, minute: Int, zone: Zone? = nil) {
        guard 0..<24 ~= hour, 0..<60 ~= minute else { return nil }
        self.hour = hour
        self.minute = minute
        self.zone = zone
    }

    /// The instants at which the clock in Stockholm shows this on a day: none in the hour that a spring night leaves
    /// out, two in the one that an autumn night repeats, else one. A zone that the day does not have leaves none.
    public func instants(on day: Day) -> [Instant] {
        let first = Stockholm.instant(day, hour: hour, minute: minute)
        let wanted = LocalDateTime(day: day, hour: hour, minute: minute)
        return [first, first + .hours(1)].filter { instant in
            let local = Stockholm.local(instant)
            guard local == wanted else { return false }
            let isSummer = Stockholm.offset(at: instant) == .hours(2)
            return zone.map { ($0 == .summer) == isSummer } ?? true
        }
    }
}

/// A point of virtual time as a file writes it: an origin, spans from there, and perhaps a time on the clock.
///
/// `2026-03-02T06:30`, `+45d 06:30`, `notice +1mo -1d`, `end`.
public struct TimeExpression: Sendable, Equatable {
    /// Where counting begins.
    public enum Origin: Hashable, Sendable {
        /// The scenario's start, also where nothing is written.
        case start
        /// The end of the run.
        case end
        /// The instant of a publishing step.
        case step(String)
        /// A calendar day, at 00:00.
        case day(Day)
    }

    /// Where counting begins.
    public let origin: Origin
    /// What is added, from left to right.
    public let spans: [TimeSpan]
    /// The local time on the day so reached; nil keeps the time of day of the origin.
    public let clock: ClockTime?
    /// Where it is written.
    public let span: SourceSpan

    /// An expression with every part given.
    public init(origin: Origin, spans: [TimeSpan] = [], clock: ClockTime? = nil, span: SourceSpan) {
        self.origin = origin
        self.spans = spans
        self.clock = clock
        self.span = span
    }

    /// Whether it means a whole day: no clock time is written and no hours are counted.
    public var isDay: Bool {
        clock == nil && spans.allSatisfy { $0.unit != .hours }
    }

    /// The instant, when the origins' instants are known; nil if its origin is a step or an end that has none.
    public func resolve(on timeline: Timeline) -> Instant? {
        guard let origin = timeline.instant(of: origin) else { return nil }
        let moved = spans.reduce(origin) { $1.added(to: $0) }
        guard let clock else { return moved }
        let day = Stockholm.day(of: moved)
        // A reading that does not exist is told where the file is read; here it is the one an hour later.
        return clock.instants(on: day).first ?? Stockholm.instant(day, hour: clock.hour, minute: clock.minute)
    }

    /// The day on whose clock the time is written, and the reading; nil without a clock time, and as ``resolve(on:)``.
    func reading(on timeline: Timeline) -> (day: Day, clock: ClockTime)? {
        guard let clock, let origin = timeline.instant(of: origin) else { return nil }
        return (Stockholm.day(of: spans.reduce(origin) { $1.added(to: $0) }), clock)
    }

    /// The local time that counted days, weeks, months or working days lead to and that the clock does not show, for a
    /// spring night leaves its hour out; nil if the clock shows all that the time depends on. Nil, as ``resolve(on:)``,
    /// where the origin has no instant.
    func gap(on timeline: Timeline) -> LocalDateTime? {
        guard var instant = timeline.instant(of: origin) else { return nil }
        for (place, span) in spans.enumerated() {
            let written = Stockholm.local(instant).millisecondOfDay
            instant = span.added(to: instant)
            let reached = Stockholm.local(instant)
            guard span.unit != .hours, reached.millisecondOfDay != written else { continue }
            // A clock time that is written takes the place of the one that is kept, and the day is right.
            let isReplaced = clock != nil && spans[(place + 1)...].allSatisfy { $0.unit != .hours }
            if !isReplaced {
                return LocalDateTime(day: reached.day, hour: written / 3_600_000, minute: written / 60_000 % 60)
            }
        }
        return nil
    }

    /// The last instant that is not after this time: of a whole day its last millisecond, else the instant itself.
    /// A bare `end` is the end of the run, which no window outlasts.
    public func resolveAsDeadline(on timeline: Timeline) -> Instant? {
        resolve(on: timeline).map { isDay && !(origin == .end && spans.isEmpty) ? Timeline.endOfDay($0) : $0 }
    }
}

extension Stockholm {
    static func instant(_ day: Day, millisecondOfDay: Int) -> Instant {
        instant(day, second: millisecondOfDay / 1_000) + .milliseconds(Int64(millisecondOfDay % 1_000))
    }
}
