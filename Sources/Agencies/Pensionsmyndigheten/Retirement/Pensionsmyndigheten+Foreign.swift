import AgencyKit
import LifeEvents

/// What other states pay: each is asked for itself, each answer counts at once, and the Swedish pension waits for none
/// (R8, R10 to R13).
extension Pensionsmyndigheten {
    var foreignPensions: [River<Self>] {
        [
            River(
                "hear of a pension of another state", hears: ForeignPensionAnswer.self,
                under: [RetirementRules.foreignBase, RetirementRules.recount.legal],
                mine: [
                    Condition("is of a state that has more to answer") { state, event in
                        state.retirement.pending.contains {
                            $0.country == event.data.country && $0.caseRef == event.data.caseRef
                        }
                    }
                ], handle: Self.takeForeign),
            River(
                "hear what another state has withheld", hears: OffsetAnswer.self, under: [RetirementRules.offset],
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.retirement.foreign.contains { $0.offset != nil && $0.offsetRef == event.data.caseRef }
                    }
                ],
                handle: { state, event, _ in
                    // What that state's arrears did not reach is not claimed from the person, who told all (SFB 108:2).
                    for place in state.retirement.foreign.indices
                    where state.retirement.foreign[place].offsetRef == event.data.caseRef {
                        state.retirement.foreign[place].offset = nil
                    }
                }),
        ]
    }

    /// Asks each state, or asks it again.
    static func askStates(_ state: Case, by day: Day, _ effects: inout Effects<Timer>) throws {
        let asked = state.retirement.foreign.filter { $0.stage == .asked }
        guard !asked.isEmpty else { return }
        for foreign in asked {
            try effects.publish(
                ForeignPensionNeed(
                    caseRef: foreign.caseRef, facts: ["periods", "monthly"], asked: [AgencyID(.eessi)], by: day,
                    country: foreign.country), purpose: RetirementRules.purpose)
        }
        let names = Amounts.list(asked.map { CountryText.name($0.country) })
        try effects.set(
            Tile(
                .foreignPension, .awaitingAgency,
                "Vi har bett \(names) om uppgifter. Svaret kan dröja. Din svenska pension väntar inte",
                other: AgencyID(.eessi)))
    }

    /// Who has not said anything is asked again every ninety days.
    static func setReminder(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.retirement.foreign.contains(where: { $0.stage == .asked }) else { return }
        effects.setTimer(.foreign, at: Stockholm.instant(RetirementRules.reminder(effects), hour: 8))
    }

    static func remindStates(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let silent = state.retirement.foreign.filter { $0.stage == .asked }
        guard !silent.isEmpty else { return }
        let next = RetirementRules.reminder(effects)
        for foreign in silent {
            try effects.publish(
                ForeignPensionNeed(
                    caseRef: foreign.caseRef, facts: ["periods", "monthly"], asked: [AgencyID(.eessi)], by: next,
                    country: foreign.country), purpose: RetirementRules.purpose)
        }
        setReminder(state, &effects)
        let names = Amounts.list(silent.map { CountryText.name($0.country) })
        try effects.set(
            Tile(
                .foreignPension, .awaitingAgency,
                "\(names) har inte svarat. Vi har frågat igen och hör av oss senast \(SwedishText.day(next)). Du gör inget nu",
                expected: next, other: AgencyID(.eessi)))
    }

    private static func takeForeign(
        _ state: inout Case, _ event: Event<ForeignPensionAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.retirement.foreign.firstIndex(where: { $0.country == event.data.country }) else {
            return
        }
        let name = CountryText.name(event.data.country)
        guard event.data.missing?.isEmpty ?? true else {
            state.retirement.foreign[place].stage = .partly
            return try effects.set(
                Tile(
                    .foreignPension, .awaitingAgency, "\(name) har bekräftat dina år där. Beloppet saknas ännu",
                    other: AgencyID(.eessi)))
        }
        state.retirement.foreign[place].stage = .answered
        state.retirement.foreign[place].kind = event.data.kind
        state.retirement.foreign[place].monthly = event.data.monthly
        state.retirement.foreign[place].from = event.data.from.map { Month(of: $0) }
        if !state.retirement.foreign.contains(where: { $0.stage == .asked }) { effects.cancelTimer(.foreign) }
        let day = SwedishCalendar.adding(workingDays: effects.value(of: RetirementRules.recount), to: effects.today)
        var counted = ""
        if state.hasPension(.guarantee) {
            effects.setTimer(.recount, at: Stockholm.instant(day, hour: 8))
            counted = ". Vi räknar om din garantipension senast \(SwedishText.day(day))"
        }
        let what =
            event.data.from.map {
                "\(name) har beviljat pension från \(PensionRules.text(Month(of: $0))) och betalar den själv"
            } ?? "\(name) betalar ingen pension"
        try effects.set(Tile(.foreignPension, .done, what + counted))
    }
}

extension RetirementRules {
    /// When who waits for another state is told again.
    static func reminder(_ effects: Effects<Pensionsmyndigheten.Timer>) -> Day {
        SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: foreignReminder)))
    }
}
