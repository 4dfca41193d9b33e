import AgencyKit
import LifeEvents

/// The desk that shares the halls out: it collects wishes until a day, and goes by the municipality's row, then by lot (H6).
extension KommunAssociations {
    /// The desk of a municipality's halls.
    static func desk(_ effects: Effects<Timer>) -> Subject? { Subject(deskOf: effects.agency, office: "hallar") }

    var desk: [River<Self>] {
        [
            River(
                "collect a wish", hears: BookingWish.self, under: [AssociationRules.season],
                concerns: { [$0.source].compactMap(\.self) }, handle: Self.collect),
            River(
                "give a time that was left to the next", hears: BookingLeft.self,
                under: [AssociationRules.nextOffer.legal], concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is of a time that was given") { state, event in
                        state.desk.wishes.contains {
                            $0.club == event.data.club && $0.bookingId == event.data.bookingId && $0.given != nil
                        }
                    }
                ], handle: Self.giveNext),
        ]
    }

    private static func collect(
        _ state: inout Case, _ event: Event<BookingWish>, _ effects: inout Effects<Timer>
    ) throws {
        guard let from = HallTime(event.data.from), let to = HallTime(event.data.to) else { return }
        state.desk.wishes.append(
            .init(
                club: event.data.club, bookingId: event.data.bookingId, hall: event.data.hall,
                weekday: event.data.weekday, from: from, to: to, isYouth: event.data.level == .youth,
                isFederated: event.data.federation == .rf, usedBefore: event.data.usedBefore ?? false))
        let day = LeisureTerms.of(effects).season.allocated.day(in: effects.today.year)
        effects.setTimer(.allocation, at: KommunRules.morning(day))
    }

    /// Gives each club its time, or the nearest that is free, in the order of the row.
    static func allocate(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let terms = LeisureTerms.of(effects)
        let last = terms.season.confirmBy.day(in: effects.today.year)
        var lots = effects.random("lot")
        // Drawn in an order that is the same in every run, before anything is compared.
        let open = state.desk.wishes.indices.filter { state.desk.wishes[$0].given == nil }
            .sorted { left, right in
                let (left, right) = (state.desk.wishes[left], state.desk.wishes[right])
                return (left.club, left.bookingId) < (right.club, right.bookingId)
            }
        let drawn = open.map { (place: $0, lot: lots.next()) }
        let ordered = drawn.sorted { left, right in
            let (one, other) = (state.desk.wishes[left.place], state.desk.wishes[right.place])
            for priority in terms.priority where one.has(priority) != other.has(priority) { return one.has(priority) }
            return left.lot < right.lot
        }
        for (rank, one) in ordered.enumerated() {
            let place = one.place
            state.desk.wishes[place].rank = rank
            let wish = state.desk.wishes[place]
            let winner = state.desk.wishes.first { $0.takes(wish.from, wish.to, of: wish) }
            let ground = winner.map { winner in
                terms.priority.first { winner.has($0) != wish.has($0) }.map(\.ground) ?? .lot
            }
            guard let slot = slot(for: wish, ground, terms, state.desk) else { continue }
            state.desk.wishes[place].given = slot
            try effects.publish(
                BookingAllocation(
                    bookingId: wish.bookingId, weekday: wish.weekday, from: slot.from.text, to: slot.to.text,
                    offerUntil: last, decidedBy: ground), about: wish.club)
        }
    }

    /// Who wished for a time that is left, and got another, is offered it, in the order of the allocation.
    private static func giveNext(
        _ state: inout Case, _ event: Event<BookingLeft>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.desk.wishes.firstIndex(where: {
                $0.club == event.data.club && $0.bookingId == event.data.bookingId
            })
        else { return }
        let left = state.desk.wishes[place]
        state.desk.wishes[place].given = left.kept
        state.desk.wishes[place].isOut = left.kept == nil
        state.desk.wishes[place].kept = nil
        let waiting = state.desk.wishes.indices.filter { other in
            let wish = state.desk.wishes[other]
            return other != place && !wish.isOut && wish.given.map { $0.from != wish.from } ?? false
                && !state.desk.wishes.contains { $0.takes(wish.from, wish.to, of: wish) }
        }
        guard let next = waiting.min(by: { state.desk.wishes[$0].rank < state.desk.wishes[$1].rank }) else { return }
        let wish = state.desk.wishes[next]
        state.desk.wishes[next].kept = wish.given
        state.desk.wishes[next].given = Case.Slot(from: wish.from, to: wish.to)
        try effects.publish(
            BookingAllocation(
                bookingId: wish.bookingId, weekday: wish.weekday, from: wish.from.text, to: wish.to.text,
                offerUntil: effects.today.adding(days: effects.value(of: AssociationRules.nextOffer))), about: wish.club
        )
    }

    /// The wished time where it is free, else the nearest free one; adults whose time went to children come after them.
    private static func slot(
        for wish: Case.HallDesk.Wish, _ ground: AllocationGround?, _ terms: LeisureTerms, _ desk: Case.HallDesk
    ) -> Case.Slot? {
        guard let ground else { return .init(from: wish.from, to: wish.to) }
        let length = wish.to.minutes - wish.from.minutes
        let evening = HallTime(terms.adultsFrom) ?? wish.from
        let first = ground == .youth ? max(evening, wish.from) : wish.from
        for step in 0...20 {
            for minutes in step == 0 ? [0] : [30 * step, -30 * step] {
                guard ground != .youth || minutes >= 0, let from = first.adding(minutes), let to = from.adding(length),
                    !desk.wishes.contains(where: { $0.takes(from, to, of: wish) })
                else { continue }
                return .init(from: from, to: to)
            }
        }
        return nil
    }
}

extension KommunAssociationsCase.HallDesk.Wish {
    /// Whether a priority speaks for it.
    func has(_ priority: LeisureTerms.Priority) -> Bool {
        switch priority {
        case .youth: isYouth
        case .federation: isFederated
        case .lastSeason: usedBefore
        }
    }

    /// Whether the time that it was given overlaps another in the same hall on the same day of the week.
    func takes(_ from: HallTime, _ to: HallTime, of wish: Self) -> Bool {
        guard let given, hall == wish.hall, weekday == wish.weekday else { return false }
        return given.from < to && from < given.to
    }
}

extension LeisureTerms.Priority {
    /// What a club reads that lost by it.
    var ground: AllocationGround {
        switch self {
        case .youth: .youth
        case .federation: .federation
        case .lastSeason: .lastSeason
        }
    }
}
