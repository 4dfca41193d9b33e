import AgencyKit
import LifeEvents

/// Single times in a hall (H4, H5), and what comes of one that is not used (H8).
extension KommunAssociations {
    var bookings: [River<Self>] {
        [
            River(
                "book single times", hears: BookingFiling.self, under: [AssociationRules.atOnce],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of single times") { _, event in event.data.kind == .single },
                    Condition("is of a club in the register") { state, _ in state.club.isRegistered },
                ],
                whole: [
                    Self.isFiled(for: .book),
                    Condition("is of days that are to come") { _, event in
                        event.data.dates.map { !$0.isEmpty && $0.allSatisfy { $0 > event.knownOn } } ?? false
                    },
                    Condition("ends after it begins") { _, event in event.data.from < event.data.to },
                ], handle: Self.book),
            River(
                "know what a club used last season", hears: HallBooking.self, under: [AssociationRules.season],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a time that was used") { _, event in event.data.state == .used },
                    Condition("is not of a booking that is known here") { state, event in
                        state.times.place(of: event.data.bookingId) == nil
                    },
                ], handle: { state, event, _ in state.times.usedBefore.append(event.data) }),
            River(
                "take a time back", hears: HallClosed.self, under: [AssociationRules.conduct],
                concerns: { [$0.source].compactMap(\.self) }, handle: Self.close),
            River(
                "cancel a time", hears: BookingCancellation.self, under: [AssociationRules.conduct],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a time that is booked") { state, event in
                        state.times.occurrence(event.data.bookingId, event.data.date)?.stage == .confirmed
                    }
                ],
                whole: [
                    Self.isFiled(for: .book),
                    Condition("comes so many days before as the municipality asks") { _, event in
                        event.knownOn.adding(days: LeisureTerms.of(event.data.municipality).cancelDays)
                            <= event.data.date
                    },
                ], handle: Self.cancel),
        ]
    }

    /// Tells how a booking stands.
    static func publish(
        _ booking: Case.Booking, _ told: BookingState, on date: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            HallBooking(
                bookingId: booking.bookingId, municipality: effects.municipality, hall: booking.hall, state: told,
                date: date, weekday: booking.weekday, from: booking.from.text, to: booking.to.text,
                offerUntil: told == .allocated ? booking.offerUntil : nil))
    }

    /// The timer of the time that is over first.
    static func watchTimes(_ state: Case, _ effects: inout Effects<Timer>) {
        if let end = state.times.nextEnd(effects.value(of: AssociationRules.noShow)) {
            effects.setTimer(.ended, at: end)
        } else {
            effects.cancelTimer(.ended)
        }
    }

    private static func book(
        _ state: inout Case, _ event: Event<BookingFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let from = HallTime(event.data.from), let to = HallTime(event.data.to),
            let dates = event.data.dates?.sorted(), let first = dates.first
        else { return }
        guard dates.allSatisfy({ state.times.isFree(event.data.hall, $0, from, to) }) else {
            return try tellTaken(event.data.hall, dates, from, to, state, &effects)
        }
        let bookingId = "single-\(event.data.hall)-\(first)-\(from.digits)"
        let booking = Case.Booking(
            bookingId: bookingId, hall: event.data.hall, from: from, to: to, stage: .confirmed,
            occurrences: dates.map { Case.Occurrence(date: $0) })
        state.times.bookings.append(booking)
        for date in dates { try publish(booking, .confirmed, on: date, &effects) }
        watchTimes(state, &effects)
        let days = ClubText.number(LeisureTerms.of(effects).cancelDays)
        let what =
            dates.count == 1
            ? "Tiden \(SwedishText.day(first)) klockan \(from.spoken) är bokad."
            : "\(ClubText.capital(dates.count)) tider är bokade, den första \(SwedishText.day(first)) klockan "
                + "\(from.spoken)."
        try effects.set(
            Tile(.times, .ongoing, "\(what) Avboka senast \(days) dagar före", next: first))
    }

    private static func cancel(
        _ state: inout Case, _ event: Event<BookingCancellation>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.times.place(of: event.data.bookingId),
            state.times.bookings[place].take(.cancelled, on: event.data.date)
        else { return }
        try publish(state.times.bookings[place], .cancelled, on: event.data.date, &effects)
        watchTimes(state, &effects)
        try effects.set(Tile(.times, .done, "Tiden \(SwedishText.day(event.data.date)) är avbokad"))
    }

    /// Times that are over by some hours: those that nobody unlocked were not used; of those that were, the list is missing.
    static func endTimes(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let hours = Int64(effects.value(of: AssociationRules.noShow))
        for place in state.times.bookings.indices {
            let over = state.times.bookings[place].occurrences.filter {
                $0.isAwaited && state.times.bookings[place].end(of: $0) + .hours(hours) <= effects.now
            }
            for one in over where state.times.bookings[place].take(.over, on: one.date) {
                if one.stage == .open {
                    try awaitList(place, one.date, &state, &effects)
                } else {
                    try missTime(place, one.date, &state, &effects)
                }
            }
        }
        watchTimes(state, &effects)
    }
}
