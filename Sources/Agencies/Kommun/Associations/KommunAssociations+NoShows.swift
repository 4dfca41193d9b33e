import AgencyKit
import LifeEvents

/// Times that nobody used, and times that are not there (H5, H8).
extension KommunAssociations {
    /// A time that was neither used nor cancelled: a warning, one in writing, then the group is shut out; or it is billed.
    static func missTime(
        _ place: Int, _ date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.times.bookings[place].noShows += 1
        try publish(state.times.bookings[place], .noShow, on: date, &effects)
        let terms = LeisureTerms.of(effects)
        let days = ClubText.number(terms.cancelDays)
        let day = terms.cancelDays == 1 ? "dag" : "dagar"
        let missed = "Tiden \(SwedishText.day(date)) användes inte och avbokades inte \(days) \(day) före."
        switch (terms.noShow, state.times.bookings[place].noShows) {
        case (.bill, _):
            try effects.set(Tile(.times, .decided, "\(missed) Kommunen tar ut hela avgiften för tiden"))
        case (.warn, 1):
            try effects.set(
                Tile(.times, .decided, "\(missed) Det är en första varning. Avboka i tid nästa gång"))
        case (.warn, 2):
            try effects.set(
                Tile(
                    .times, .decided,
                    "\(missed) Det är en skriftlig varning. Händer det igen stängs gruppen av"))
        case (.warn, _): try shutOut(place, missed, &state, &effects)
        }
    }

    /// The group's times of some weeks are cancelled; the club's other groups keep theirs.
    private static func shutOut(
        _ place: Int, _ missed: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let last = effects.today.adding(days: 7 * effects.value(of: AssociationRules.shutOut))
        let dates = state.times.bookings[place].occurrences.map(\.date).filter { $0 > effects.today && $0 <= last }
        for date in dates where state.times.bookings[place].take(.cancelled, on: date) {
            try publish(state.times.bookings[place], .cancelled, on: date, &effects)
        }
        try effects.set(
            Tile(
                .times, .decided,
                "\(missed) Gruppen är avstängd till och med \(SwedishText.day(last)). Era andra grupper har sina tider "
                    + "kvar"))
    }

    /// An event takes the hall, or it is closed: no warning, no fee. What was reckoned for a meeting that cannot have been is
    /// claimed back, once the club has been heard.
    static func close(_ state: inout Case, _ event: Event<HallClosed>, _ effects: inout Effects<Timer>) throws {
        guard let from = HallTime(event.data.from), let to = HallTime(event.data.to) else { return }
        let date = event.data.date
        state.times.closed.append(.init(hall: event.data.hall, date: date, from: from, to: to))
        for place in state.times.bookings.indices {
            let booking = state.times.bookings[place]
            guard booking.hall == event.data.hall, booking.from < to, from < booking.to else { continue }
            if state.times.bookings[place].take(.cancelled, on: date) {
                try publish(state.times.bookings[place], .cancelled, on: date, &effects)
                try effects.set(
                    Tile(
                        .times, .stopped, "Tiden \(SwedishText.day(date)) är borta. Välj en annan"))
            } else if booking.occurrence(date)?.stage == .used {
                try considerClaim(booking.bookingId, date, &state, &effects)
            }
        }
        watchTimes(state, &effects)
    }

    /// A single time that is taken: nothing is booked, and the three nearest that are free are named.
    static func tellTaken(
        _ hall: String, _ dates: [Day], _ from: HallTime, _ to: HallTime, _ state: Case,
        _ effects: inout Effects<Timer>
    ) throws {
        guard let taken = dates.first(where: { !state.times.isFree(hall, $0, from, to) }) else { return }
        var free: [String] = []
        for step in 1...20 {
            for minutes in [30 * step, -30 * step] {
                guard free.count < 3, let first = from.adding(minutes), let last = to.adding(minutes), first < last,
                    state.times.isFree(hall, taken, first, last)
                else { continue }
                free.append("\(first.spoken)–\(last.spoken)")
            }
        }
        let nearest = free.isEmpty ? "" : " Närmast lediga samma dag: \(Amounts.list(free))"
        try effects.set(
            Tile(
                .times, .decided,
                "Tiden \(SwedishText.day(taken)) klockan \(from.spoken) är upptagen.\(nearest)"))
    }
}
