import AgencyKit
import LifeEvents

/// A registered company has another board, signatories, seat or name (C5, C20).
extension Bolagsverket {
    var changes: [River<Self>] {
        [
            River(
                "take a notice of a change", hears: CompanyChange.self, under: [BolagsverketRules.handling.legal],
                mine: [Condition("is of a registered company") { state, _ in state.company.told != nil }],
                whole: [
                    Condition("is of a company that is not bankrupt or dissolved") { state, _ in
                        state.company.isActive
                    },
                    Condition("is filed by who signs for the company") { state, event in
                        state.company.signatories.signsAlone(event.data.filedBy)
                    },
                    Condition("leaves a board") { _, event in
                        event.data.officers.map { officers in officers.contains { $0.role != .deputy } } ?? true
                    },
                ],
                handle: { state, event, effects in
                    state.company.change = event.data
                    let day = effects.day(workingDays: BolagsverketRules.handling)
                    effects.setTimer(.change, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .company, .investigating,
                            "Bolagsverket har fått ändringen. Besked väntas \(SwedishText.day(day))", expected: day))
                }),
            River(
                "tell of who may not change a company", hears: CompanyChange.self,
                mine: [
                    Condition("is of a registered company") { state, _ in state.company.told != nil },
                    Condition("is not filed by who signs for it") { state, event in
                        !state.company.signatories.signsAlone(event.data.filedBy)
                    },
                ], handle: { _, _, effects in try Self.tellAttempt(&effects) }),
            River(
                "take what an officer's case tells", hears: SeatNotice.self, under: [BolagsverketRules.falseEntries],
                mine: [
                    Condition("is of an officer") { state, event in
                        event.isNew
                            && state.company.roles.contains {
                                $0.seat.person == event.data.person && $0.chain.holds
                            }
                    }
                ], handle: Self.loseOfficer),
            River(
                "take back what an officer's case told", hears: Annulled<SeatNotice>.self,
                mine: [
                    Condition("is what we acted on") { state, event in
                        state.company.lost.contains { event.annuls($0.notice) }
                    }
                ], handle: Self.regainOfficer),
        ]
    }

    /// Tells of each role in the board that is not told yet, and ends those that are in it no more.
    static func tellRoles(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let board = state.company.told?.officers ?? []
        for place in state.company.roles.indices {
            let role = state.company.roles[place]
            guard role.chain.holds, !board.contains(role.seat) else { continue }
            try end(place, .removed, on: effects.today, &state, &effects)
        }
        for seat in board where !state.company.roles.contains(where: { $0.seat == seat && $0.chain.holds }) {
            var chain = ChainHead()
            try effects.publish(
                CompanyRole(company: effects.subject, role: seat.role, from: effects.today), in: &chain,
                about: seat.person)
            state.company.roles.append(.init(seat: seat, from: effects.today, chain: chain))
            let what = seat.role == .ceo ? "som vd för" : seat.role == .deputy ? "som suppleant i" : "i styrelsen för"
            let form = state.company.told?.form ?? .limitedCompany
            try effects.set(
                Tile(
                    .companyRole, .informed,
                    "Du är registrerad \(what) \(form.indefinite) från \(SwedishText.day(effects.today)). "
                        + "Stämmer det inte? Säg till här", about: effects.subject), for: seat.person)
        }
    }

    /// Ends one role.
    static func end(
        _ place: Int, _ reason: RoleEnd, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let seat = state.company.roles[place].seat
        try effects.cease(
            CompanyRole(
                company: effects.subject, role: seat.role, from: state.company.roles[place].from, reason: reason),
            in: &state.company.roles[place].chain, about: seat.person, occurredOn: day)
        // The dead read nothing.
        guard reason != .death else { return }
        try effects.set(
            Tile(
                .companyRole, .done, "Ditt uppdrag i bolaget är avslutat från \(SwedishText.day(day))",
                about: effects.subject), for: seat.person)
    }

    /// Says how the company stands from now on.
    static func tellChanged(_ company: Company, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.company.take(.changed) else { return }
        var company = company
        company.state = .changed
        state.company.head = try effects.publish(company)
        state.company.told = company
    }

    static func decideChange(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let change = state.company.change, var company = state.company.told else { return }
        state.company.change = nil
        guard state.company.isActive else { return }
        let former = company.officers ?? []
        if let officers = change.officers { company.officers = officers }
        if let signatories = change.signatories { company.signatories = signatories }
        if let seat = change.seat { company.municipality = seat }
        if let name = change.name, !BolagsverketRules.isConfusable(name) { company.name = name }
        // Who leaves the board signs no more, whatever the notice says.
        let board = (company.officers ?? []).map(\.person)
        let left = former.map(\.person).filter { !board.contains($0) }
        company.signatories = company.signatories?.filter { group in !group.contains { left.contains($0) } }
        try tellChanged(company, &state, &effects)
        try tellRoles(&state, &effects)
        try effects.set(
            Tile(.company, .done, "Ändringen är registrerad från \(SwedishText.day(effects.today))"))
        if change.officers != nil, state.company.boardBy != nil {
            state.company.boardBy = nil
            effects.cancelTimer(.board)
        }
        if (state.owners.registered ?? []).contains(where: { left.contains($0.person) }) {
            try askForOwners(&state, &effects)
        }
    }

    private static func loseOfficer(
        _ state: inout Case, _ event: Event<SeatNotice>, _ effects: inout Effects<Timer>
    ) throws {
        guard let told = state.company.told, let head = state.company.head else { return }
        let person = event.data.person
        if event.data.ground == .neverTaken,
            state.formation.signed.contains(person) || state.formation.consented.contains(person)
        {
            return try effects.set(
                Tile(
                    .companyRole, .decided,
                    "Bolagsverket ändrar inte registret, för du har skrivit under att du tar uppdraget. Du kan begära att få "
                        + "lämna styrelsen", about: effects.subject), for: person)
        }
        state.company.lost.append(
            .init(notice: ChainHead(event), person: person, officers: told.officers, signatories: told.signatories))
        var company = told
        company.officers = told.officers?.filter { $0.person != person }
        company.signatories = told.signatories?.filter { !$0.contains(person) }
        switch event.data.ground {
        case .neverTaken:
            for place in state.company.roles.indices
            where state.company.roles[place].seat.person == person && state.company.roles[place].chain.holds {
                try effects.annul(
                    CompanyRole.self, in: &state.company.roles[place].chain, about: person, reason: "error")
            }
            // It was wrong from the start: the same state, corrected.
            state.company.head = try effects.publish(company, change: .corrected, previous: head)
            state.company.told = company
            try effects.set(
                Tile(
                    .companyRole, .corrected,
                    "Rättat: du har aldrig suttit i styrelsen. Den som anmälde bolaget till Bolagsverket hade uppgett fel",
                    about: effects.subject), for: person)
            try effects.set(
                Tile(
                    .company, .corrected,
                    "Rättat: en person var felaktigt anmäld till styrelsen och är struken ur registret. Anmäl en ny "
                        + "styrelse om någon saknas"))
        case .died:
            for place in state.company.roles.indices
            where state.company.roles[place].seat.person == person && state.company.roles[place].chain.holds {
                try end(place, .death, on: event.data.on, &state, &effects)
            }
            try tellChanged(company, &state, &effects)
            try askForBoard(&state, &effects)
        }
    }

    private static func regainOfficer(
        _ state: inout Case, _ event: Event<Annulled<SeatNotice>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.company.lost.firstIndex(where: { event.annuls($0.notice) }),
            var company = state.company.told
        else { return }
        let lost = state.company.lost.remove(at: place)
        company.officers = lost.officers
        company.signatories = lost.signatories
        for role in state.company.roles.indices where state.company.roles[role].seat.person == lost.person {
            try effects.restore(
                CompanyRole.self, in: &state.company.roles[role].chain, about: lost.person,
                reason: event.data.reasonCode)
        }
        try tellChanged(company, &state, &effects)
        state.company.boardBy = nil
        effects.cancelTimer(.board)
        try effects.set(
            Tile(
                .company, .corrected, "Rättat: dödsfallet har inte inträffat. Styrelsen är som förut"))
    }

    private static func askForBoard(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: BolagsverketRules.board)))
        state.company.boardBy = day
        effects.setTimer(.board, at: effects.midnight(after: day))
        try effects.set(
            Tile(
                .company, .awaitingCitizen,
                "En i styrelsen har avlidit. Anmäl en ny styrelse senast \(SwedishText.day(day)), annars kan tingsrätten "
                    + "besluta att bolaget ska avvecklas", deadline: day))
    }

    static func boardMissing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.company.isActive, state.company.boardBy != nil else { return }
        try effects.set(
            Tile(
                .company, .awaitingCitizen,
                "Ingen ny styrelse är anmäld. Anmäl den nu: bolaget står som öppet ärende, och tingsrätten kan besluta att "
                    + "det ska avvecklas"))
    }
}
