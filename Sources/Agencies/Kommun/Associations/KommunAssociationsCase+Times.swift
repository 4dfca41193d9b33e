import AgencyKit
import LifeEvents

extension KommunAssociationsCase {
    /// A club's times in halls.
    struct Times: CasePart {
        var bookings: [Booking] = []
        /// What the club used before the municipality's branch was asked, by hall and time.
        var usedBefore: [HallBooking] = []
        /// When halls are closed to the club.
        var closed: [Closed] = []

        init() {}

        /// Whether the club has used a time of the week in a hall.
        func hasUsed(_ hall: String, _ weekday: Int, _ from: HallTime) -> Bool {
            usedBefore.contains { $0.hall == hall && $0.from == from.text && $0.date?.weekday.rawValue == weekday }
                || bookings.contains { booking in
                    booking.hall == hall && booking.from == from
                        // A time is used also where the list of it is missing.
                        && booking.occurrences.contains {
                            [.used, .listAwaited].contains($0.stage) && $0.date.weekday.rawValue == weekday
                        }
                }
        }

        /// Whether a hall is there for the club at a time: neither closed nor booked by itself.
        func isFree(_ hall: String, _ date: Day, _ from: HallTime, _ to: HallTime) -> Bool {
            !closed.contains { $0.hall == hall && $0.date == date && $0.from < to && from < $0.to }
                && !bookings.contains { booking in
                    booking.hall == hall && booking.from < to && from < booking.to
                        && booking.occurrences.contains { $0.date == date && $0.stage != .cancelled }
                }
        }

        func place(of bookingId: String) -> Int? { bookings.firstIndex { $0.bookingId == bookingId } }

        /// An occurrence of a booking: one that was told, or one of a season that is confirmed.
        func occurrence(_ bookingId: String, _ date: Day) -> Occurrence? {
            place(of: bookingId).flatMap { bookings[$0].occurrence(date) }
        }

        /// The earliest instant at which a time that was not used, or whose list is missing, is over.
        func nextEnd(_ hours: Int) -> Instant? {
            bookings.flatMap { booking in
                booking.occurrences.filter(\.isAwaited).map { booking.end(of: $0) + .hours(Int64(hours)) }
            }.min()
        }
    }

    /// When a hall is closed.
    struct Closed: Codable, Equatable, Sendable {
        var hall: String
        var date: Day
        var from: HallTime
        var to: HallTime
    }

    /// A time on one day: `CONFIRMED → OPEN → USED`, or `CANCELLED`, `NO_SHOW`.
    struct Occurrence: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case confirmed, open
            /// Used, and the list is missing.
            case listAwaited
            case used, noShow, cancelled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.confirmed, .unlocked): .open
                case (.open, .listed), (.listAwaited, .listed): .used
                case (.open, .over): .listAwaited
                case (.confirmed, .over): .noShow
                case (.confirmed, .cancelled): .cancelled
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case unlocked, listed, over, cancelled }

        var date: Day
        var stage = Stage.confirmed
        /// The last day to send in the list that is missing.
        var listBy: Day?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether something is to come of it at its end.
        var isAwaited: Bool { stage == .confirmed || stage == .open }
    }

    /// A booking: single times, or a time each week of a season: `REQUESTED → ALLOCATED → CONFIRMED or RELEASED`.
    struct Booking: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case requested, allocated, confirmed, released

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.requested, .allocated), (.confirmed, .allocated), (.allocated, .allocated): .allocated
                case (.allocated, .confirmed), (.allocated, .kept): .confirmed
                case (.allocated, .released): .released
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case allocated, confirmed, kept, released }

        var bookingId: String
        var hall: String
        /// The day of the week of a season; nil: single times.
        var weekday: Int?
        var from: HallTime
        var to: HallTime
        var stage: Stage
        /// The days of single times; of a season those on which something has happened.
        var occurrences: [Occurrence] = []
        /// The first day of a season.
        var seasonFrom: Day?
        var offerUntil: Day?
        /// The time that the club had taken before it was offered another.
        var former: Slot?
        /// How many times were neither used nor cancelled.
        var noShows = 0

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        func end(of occurrence: Occurrence) -> Instant { to.instant(on: occurrence.date) }

        /// The time on one day; nil: it is no day of the booking.
        ///
        /// Days of a season are followed once the club unlocks the hall on one.
        func occurrence(_ date: Day) -> Occurrence? {
            if let known = occurrences.first(where: { $0.date == date }) { return known }
            guard stage == .confirmed, let weekday, let seasonFrom, seasonFrom <= date, date.weekday.rawValue == weekday
            else { return nil }
            return Occurrence(date: date)
        }

        /// Changes the time on one day.
        /// - Returns: whether the trigger led anywhere.
        mutating func take(_ trigger: Occurrence.Trigger, on date: Day) -> Bool {
            guard var one = occurrence(date), one.take(trigger) else { return false }
            if let place = occurrences.firstIndex(where: { $0.date == date }) {
                occurrences[place] = one
            } else {
                occurrences.append(one)
            }
            return true
        }
    }

    /// From when to when.
    struct Slot: Codable, Equatable, Sendable {
        var from: HallTime
        var to: HallTime
        /// The day of the week, where it is the club's time before it was offered another.
        var weekday: Int?
    }

    /// What the desk of the halls knows: who wishes for which time, and who has got it.
    struct HallDesk: CasePart {
        struct Wish: Codable, Equatable, Sendable {
            var club: Subject
            var bookingId: String
            var hall: String
            var weekday: Int
            var from: HallTime
            var to: HallTime
            var isYouth: Bool
            var isFederated: Bool
            var usedBefore: Bool
            /// What was given.
            var given: Slot?
            /// What the club has if it leaves what was given.
            var kept: Slot?
            /// Its place in the order, once the halls are shared out.
            var rank = 0
            /// Whether the club has left what it was given, and has nothing.
            var isOut = false
        }

        var wishes: [Wish] = []

        init() {}
    }
}
