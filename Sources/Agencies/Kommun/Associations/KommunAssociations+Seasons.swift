import AgencyKit
import LifeEvents

/// A time each week of a season: wished for, given, taken (H6).
extension KommunAssociations {
    var seasons: [River<Self>] {
        [
            River(
                "take a wish for a season", hears: BookingFiling.self, under: [AssociationRules.season],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a season") { _, event in event.data.kind == .season },
                    Condition("is of a club in the register") { state, _ in state.club.isRegistered },
                ],
                whole: [
                    Self.isFiled(for: .book),
                    Condition("says the day of the week") { _, event in event.data.weekday != nil },
                    Condition("ends after it begins") { _, event in event.data.from < event.data.to },
                    Condition("comes by the last day for wishes") { _, event in
                        let season = LeisureTerms.of(event.data.municipality).season
                        return event.knownOn <= season.wishesBy.day(in: event.knownOn.year)
                    },
                ], handle: Self.wish),
            River(
                "offer the time that the desk has given", hears: BookingAllocation.self,
                under: [AssociationRules.season, AssociationRules.legality.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is of a wish") { state, event in
                        state.times.place(of: event.data.bookingId).map {
                            state.times.bookings[$0].stage.after(.allocated) != nil
                        } ?? false
                    }
                ], handle: Self.offer),
            River(
                "take the answer to a time", hears: BookingConfirmation.self, under: [AssociationRules.season],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a time that is offered") { state, event in
                        state.times.place(of: event.data.bookingId).map {
                            state.times.bookings[$0].stage == .allocated
                        } ?? false
                    }
                ],
                whole: [Self.isFiled(for: .book)],
                handle: { state, event, effects in
                    guard let place = state.times.place(of: event.data.bookingId) else { return }
                    if event.data.accepts {
                        try Self.confirm(place, &state, &effects)
                    } else {
                        try Self.release(place, &state, &effects)
                    }
                    Self.watchOffers(state, &effects)
                }),
        ]
    }

    private static func wish(
        _ state: inout Case, _ event: Event<BookingFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let from = HallTime(event.data.from), let to = HallTime(event.data.to),
            let weekday = event.data.weekday, let desk = desk(effects)
        else { return }
        let season = LeisureTerms.of(effects).season
        let bookingId = "season-\(event.data.hall)-\(weekday)-\(from.digits)-\(effects.today.year)"
        guard state.times.place(of: bookingId) == nil else { return }
        let usedBefore = state.times.hasUsed(event.data.hall, weekday, from)
        let booking = Case.Booking(
            bookingId: bookingId, hall: event.data.hall, weekday: weekday, from: from, to: to, stage: .requested)
        state.times.bookings.append(booking)
        try publish(booking, .requested, &effects)
        try effects.publish(
            BookingWish(
                club: effects.subject, bookingId: bookingId, hall: event.data.hall, weekday: weekday, from: from.text,
                to: to.text, level: event.data.group.level, ages: event.data.group.ages,
                federation: state.club.federation, usedBefore: usedBefore), about: desk)
        let day = season.allocated.day(in: effects.today.year)
        try effects.set(
            Tile(
                .times, .received, "Önskemålet har kommit in. Tiderna fördelas \(SwedishText.day(day))",
                expected: day))
    }

    private static func offer(
        _ state: inout Case, _ event: Event<BookingAllocation>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.times.place(of: event.data.bookingId), let from = HallTime(event.data.from),
            let to = HallTime(event.data.to)
        else { return }
        let booking = state.times.bookings[place]
        guard state.times.bookings[place].take(.allocated) else { return }
        // What was taken before is kept until the other is; what was only offered is not.
        if booking.stage == .confirmed {
            state.times.bookings[place].former = Case.Slot(
                from: booking.from, to: booking.to, weekday: booking.weekday)
        }
        let first = firstDay(of: event.data.weekday, effects)
        state.times.bookings[place].weekday = event.data.weekday
        state.times.bookings[place].from = from
        state.times.bookings[place].to = to
        state.times.bookings[place].seasonFrom = first
        state.times.bookings[place].offerUntil = event.data.offerUntil
        try publish(state.times.bookings[place], .allocated, &effects)
        watchOffers(state, &effects)
        let time =
            "\(ClubText.weekdays(event.data.weekday)) \(from.spoken)–\(to.spoken) från \(SwedishText.day(first))"
        let last = SwedishText.day(event.data.offerUntil)
        let text =
            event.data.decidedBy.map { "\($0.words) Ni erbjuds \(time). Svara senast \(last)" }
            ?? "Ni får \(time). Bekräfta senast \(last)"
        try effects.set(
            Tile(
                .times, .awaitingCitizen, "\(text), annars går tiden till en annan förening",
                deadline: event.data.offerUntil))
    }

    /// The first day of the week's day in the season of the year.
    private static func firstDay(of weekday: Int, _ effects: Effects<Timer>) -> Day {
        let from = LeisureTerms.of(effects).season.from.day(in: effects.today.year)
        return from.adding(days: (weekday - from.weekday.rawValue + 7) % 7)
    }

    private static func confirm(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.times.bookings[place].take(.confirmed) { try tellConfirmed(place, state, &effects) }
    }

    private static func tellConfirmed(_ place: Int, _ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let first = state.times.bookings[place].seasonFrom else { return }
        try publish(state.times.bookings[place], .confirmed, &effects)
        try effects.set(
            Tile(.times, .ongoing, "Era tider är klara från \(SwedishText.day(first))", next: first))
    }

    /// Left, or not answered: the desk gives the time to the next.
    private static func release(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let desk = desk(effects) else { return }
        let booking = state.times.bookings[place]
        try effects.publish(BookingLeft(club: effects.subject, bookingId: booking.bookingId), about: desk)
        if let former = booking.former, state.times.bookings[place].take(.kept) {
            state.times.bookings[place].from = former.from
            state.times.bookings[place].to = former.to
            if let weekday = former.weekday {
                state.times.bookings[place].weekday = weekday
                state.times.bookings[place].seasonFrom = firstDay(of: weekday, effects)
            }
            return try tellConfirmed(place, state, &effects)
        }
        guard state.times.bookings[place].take(.released) else { return }
        try publish(booking, .cancelled, &effects)
        try effects.set(
            Tile(
                .times, .stopped,
                "Tiden \(ClubText.weekdays(booking.weekday ?? 0)) \(booking.from.spoken)–\(booking.to.spoken) går till en "
                    + "annan förening"))
    }

    private static func watchOffers(_ state: Case, _ effects: inout Effects<Timer>) {
        let last = state.times.bookings.filter { $0.stage == .allocated }.compactMap(\.offerUntil).min()
        if let last {
            effects.setTimer(.offer, at: KommunRules.instant(after: last))
        } else {
            effects.cancelTimer(.offer)
        }
    }

    static func endOffers(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.times.bookings.indices where state.times.bookings[place].stage == .allocated {
            guard let last = state.times.bookings[place].offerUntil, last < effects.today else { continue }
            try release(place, &state, &effects)
        }
        watchOffers(state, &effects)
    }
}

extension AllocationGround {
    /// What a club reads of why it gets another time; never who has got it.
    var words: String {
        switch self {
        case .youth: "Tiden ni önskade gick till barn."
        case .federation: "Tiden ni önskade gick till en förening i Riksidrottsförbundet."
        case .lastSeason: "Tiden ni önskade gick till en förening som hade den förra säsongen."
        case .lot: "Tiden ni önskade gick till en annan förening efter lottning."
        }
    }
}
