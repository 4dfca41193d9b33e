import AgencyKit
import LifeEvents

/// A leader unlocks the hall, and the list opens; what is counted makes the grants (H7, H8, H16).
extension KommunAssociations {
    var meetings: [River<Self>] {
        [
            River(
                "unlock the hall", hears: HallUnlock.self, under: [AssociationRules.access.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a time that is booked") { state, event in
                        state.times.occurrence(event.data.bookingId, event.data.date)?.stage == .confirmed
                    }
                ],
                whole: [
                    Self.isFiled(for: .unlock),
                    Condition("comes at most some minutes before the time, and not after it") { state, event in
                        Self.isOpen(state, event)
                    },
                ],
                handle: { state, event, effects in
                    guard let place = state.times.place(of: event.data.bookingId) else { return }
                    _ = state.times.bookings[place].take(.unlocked, on: event.data.date)
                    Self.watchTimes(state, &effects)
                }),
            River(
                "take the attendance", hears: AttendanceFiling.self, under: [AssociationRules.late.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a time that was unlocked, and has no list yet") { state, event in
                        let one = state.times.occurrence(event.data.bookingId, event.data.date)
                        return one?.stage.after(.listed) != nil
                    }
                ],
                whole: [
                    Self.isFiled(for: .attendance),
                    Condition("comes before the last day for a list that is missing") { state, event in
                        let one = state.times.occurrence(event.data.bookingId, event.data.date)
                        return one?.listBy.map { event.knownOn <= $0 } ?? true
                    },
                ], handle: Self.takeList),
            River(
                "correct the attendance", hears: AttendanceFiling.self, under: [AssociationRules.kept],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("says another count of a meeting that is listed") { state, event in
                        state.activity.place(of: event.data.bookingId, event.data.date).map {
                            state.activity.meetings[$0].differs(from: event.data)
                        } ?? false
                    }
                ],
                whole: [Self.isFiled(for: .attendance)], handle: Self.correctList),
        ]
    }

    private static func isOpen(_ state: Case, _ event: Event<HallUnlock>) -> Bool {
        guard let place = state.times.place(of: event.data.bookingId) else { return false }
        let booking = state.times.bookings[place]
        let before =
            booking.from.instant(on: event.data.date) - .minutes(Int64(event.value(of: AssociationRules.access)))
        return before <= event.envelope.time && event.envelope.time < booking.to.instant(on: event.data.date)
    }

    /// A time that was unlocked is over, and no list has come.
    static func awaitList(
        _ place: Int, _ date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let last = effects.today.adding(days: effects.value(of: AssociationRules.late))
        if let one = state.times.bookings[place].occurrences.firstIndex(where: { $0.date == date }) {
            state.times.bookings[place].occurrences[one].listBy = last
        }
        try publish(state.times.bookings[place], .used, on: date, &effects)
        try effects.set(
            Tile(
                .attendance, .awaitingCitizen, "Lämna närvaron senast \(SwedishText.day(last))", deadline: last))
    }

    private static func takeList(
        _ state: inout Case, _ event: Event<AttendanceFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.times.place(of: event.data.bookingId) else { return }
        let isLate = state.times.occurrence(event.data.bookingId, event.data.date)?.stage == .listAwaited
        guard state.times.bookings[place].take(.listed, on: event.data.date) else { return }
        let id = try effects.publish(
            AssociationAttendance(
                bookingId: event.data.bookingId, municipality: effects.municipality, date: event.data.date,
                counts: event.data.counts, noAgeLimit: event.data.noAgeLimit, leaders: event.data.leaders,
                minutes: event.data.minutes))
        let meeting = ClubMeeting(
            bookingId: event.data.bookingId, date: event.data.date, counts: event.data.counts,
            noAgeLimit: event.data.noAgeLimit ?? 0, leaders: event.data.leaders, minutes: event.data.minutes,
            chain: ChainHead(id))
        state.activity.meetings.append(meeting)
        // That it was used has been told where the list was missing.
        if !isLate { try publish(state.times.bookings[place], .used, on: event.data.date, &effects) }
        watchTimes(state, &effects)
        effects.setTimer(.halfYear, at: KommunRules.instant(after: HalfYear(of: event.data.date).lastDay))
        try tell(meeting, &effects)
    }

    private static func correctList(
        _ state: inout Case, _ event: Event<AttendanceFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.activity.place(of: event.data.bookingId, event.data.date) else { return }
        state.activity.meetings[place].take(event.data)
        let meeting = state.activity.meetings[place]
        try effects.publish(
            AssociationAttendance(
                bookingId: meeting.bookingId, municipality: effects.municipality, date: meeting.date,
                counts: meeting.counts, noAgeLimit: event.data.noAgeLimit, leaders: meeting.leaders,
                minutes: meeting.minutes), in: &state.activity.meetings[place].chain)
        try tell(meeting, &effects)
        try forecastAgain(HalfYear(of: meeting.date), state, &effects)
    }

    private static func tell(_ meeting: ClubMeeting, _ effects: inout Effects<Timer>) throws {
        let terms = LeisureTerms.of(effects).grant
        let number = meeting.participants
        guard number >= terms.least else {
            return try effects.set(
                Tile(
                    .attendance, .done,
                    "\(number) deltagare. Ger inget bidrag, minst \(ClubText.number(terms.least)) krävs"))
        }
        let limit = meeting.leaders(aged: 13...150) * effects.value(of: StateGrantRules.perLeader, on: meeting.date)
        let counted = limit < number ? " \(limit) räknas för LOK-stödet, så många räcker ledarna till." : ""
        try effects.set(
            Tile(
                .attendance, .done,
                "Närvaron \(SwedishText.day(meeting.date)) är klar: \(number) deltagare, \(meeting.leaderCount) ledare."
                    + "\(counted) Ni behöver inte lämna den igen"))
    }
}
