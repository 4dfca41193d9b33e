import AgencyKit
import LifeEvents

/// A child of a household dies: the housing allowance is as before for six months after the month of the death, unless the
/// family moves, and is then reckoned without the child (D24, SFB 96:15).
extension Forsakringskassan {
    var childDeaths: [River<Self>] {
        [
            River(
                "keep housing allowance after a child's death", hears: ChildOfHouseholdDied.self,
                under: [HousingRules.afterChildsDeath.legal],
                mine: [
                    Condition("has an allowance for children, or knows of the death") { state, event in
                        event.isNew
                            ? state.housing.stage == .paying && state.housing.counts(event.data.child)
                            : state.housing.childDeaths.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    if let place = state.housing.childDeaths.firstIndex(where: { event.follows($0.chain) }),
                        !event.isNew
                    {
                        try state.housing.childDeaths[place].chain.take(event, event.data.deathDate)
                    } else {
                        state.housing.childDeaths.append(
                            .init(child: event.data.child, chain: FactChain(event, event.data.deathDate)))
                    }
                    Self.setHousingTimers(state, &effects)
                }),
            River(
                "forget the death of a child that lives", hears: Annulled<ChildOfHouseholdDied>.self,
                mine: [
                    Condition("annuls a death that we know") { state, event in
                        state.housing.childDeaths.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.housing.childDeaths.removeAll { event.annuls($0.chain) }
                    Self.setHousingTimers(state, &effects)
                }),
        ]
    }

    /// Tells the guardians' own cases.
    static func tellParents(
        ofDeathOn day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for guardian in state.guardians.holders where !state.toldDeath.contains(where: { $0.parent == guardian }) {
            state.toldDeath.append(.init(parent: guardian, chain: ChainHead()))
        }
        for place in state.toldDeath.indices where state.toldDeath[place].day != day {
            let fact = ChildOfHouseholdDied(child: effects.subject, deathDate: day)
            try effects.publish(fact, in: &state.toldDeath[place].chain, about: state.toldDeath[place].parent)
            state.toldDeath[place].day = day
        }
    }

    static func untellParents(_ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for var told in state.toldDeath {
            try effects.annul(ChildOfHouseholdDied.self, in: &told.chain, about: told.parent, reason: reason)
        }
        state.toldDeath = []
    }

    /// The first month that is reckoned without a child that has died or is a child no more; nil: none is.
    static func firstMonthWithout(_ state: Case, _ effects: Effects<Timer>) -> Month? {
        (months(afterDeathsOf: state, effects) + months(afterChildhoodOf: state)).map(\.month).min()
    }

    private static func months(
        afterDeathsOf state: Case, _ effects: Effects<Timer>
    ) -> [(child: Subject, month: Month)] {
        state.housing.childDeaths.filter { !$0.isReckoned }.compactMap { death in
            death.chain.head.map {
                (
                    death.child,
                    Month(of: $0.value).adding(months: effects.value(of: HousingRules.afterChildsDeath) + 1)
                )
            }
        }
    }

    private static func months(afterChildhoodOf state: Case) -> [(child: Subject, month: Month)] {
        (state.housing.grants.last?.basis?.family ?? []).compactMap { child in
            state.household.child(child)?.adultOn.map { (child, Month(of: HousingRules.lastDay(left: $0)).next) }
        }
    }

    /// The months are over.
    /// - Returns: whether they were.
    static func reckonWithoutChildren(_ state: inout Case, _ effects: inout Effects<Timer>) throws -> Bool {
        guard let first = firstMonthWithout(state, effects), first.firstDay <= effects.today else { return false }
        let dead = months(afterDeathsOf: state, effects).filter { $0.month <= first }.map(\.child)
        let adults = months(afterChildhoodOf: state).filter { $0.month <= first }.map(\.child)
        for place in state.housing.childDeaths.indices where dead.contains(state.housing.childDeaths[place].child) {
            state.housing.childDeaths[place].isReckoned = true
        }
        guard let basis = state.housing.grants.last?.basis else { return true }
        // Of a household whose children have not been named one fewer counts for each death.
        let unnamed = dead.filter { !basis.family.contains($0) }.count
        try reckon(without: dead + adults, fewer: unnamed, from: first, by: state.housing.moves, &state, &effects)
        let last = first.firstDay.adding(days: -1)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let appeal = "Begär omprövning senast den \(SwedishText.day(review))"
        let why = dead.isEmpty ? "månaden då ett barn fyllde 18 år" : "sex månader efter dödsfallet"
        guard let grant = state.housing.grants.last, grant.chain.holds else {
            guard state.housing.take(.ceased) else { return true }
            try effects.set(
                Tile(
                    .housingAllowance, .decided,
                    "Bostadsbidraget har upphört efter \(text(Month(of: last))), \(why). \(appeal)",
                    reviewBy: review))
            return true
        }
        let amount = InsuranceRules.kronor(grant.amount ?? 0)
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Bostadsbidraget är \(amount) i månaden från \(text(first)), "
                    + "\(dead.isEmpty ? "efter månaden då ett barn fyllde 18 år" : why). \(appeal)",
                reviewBy: review))
        return true
    }
}

extension ForsakringskassanCase {
    /// What a guardian's own case was told of this child's death.
    struct ToldOfDeath: Codable, Equatable, Sendable {
        var parent: Subject
        var chain: ChainHead
        var day: Day?
    }
}
