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
                    Self.isAlive(ChildOfHouseholdDied.self),
                    Condition("has an allowance for children, or knows of the death") { state, event in
                        event.isNew
                            ? state.housing.stage == .paying && (state.housing.grants.last?.basis?.children ?? 0) > 0
                            : state.housing.childDeaths.contains { event.follows($0.chain) }
                    },
                ],
                handle: { state, event, effects in
                    if let place = state.housing.childDeaths.firstIndex(where: { event.follows($0.chain) }),
                        !event.isNew
                    {
                        try state.housing.childDeaths[place].chain.take(event, event.data.deathDate)
                    } else {
                        state.housing.childDeaths.append(.init(chain: FactChain(event, event.data.deathDate)))
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

    /// The first month that is reckoned without a child that has died; nil: none is.
    static func firstMonthWithout(_ housing: Case.HousingAllowance, _ effects: Effects<Timer>) -> Month? {
        housing.childDeaths.filter { !$0.isReckoned }.compactMap { $0.chain.head?.value }.map { day in
            Month(of: day).adding(months: effects.value(of: HousingRules.afterChildsDeath) + 1)
        }.min()
    }

    /// The months are over.
    /// - Returns: whether they were.
    static func reckonWithoutChildren(_ state: inout Case, _ effects: inout Effects<Timer>) throws -> Bool {
        guard let first = firstMonthWithout(state.housing, effects), first.firstDay <= effects.today else {
            return false
        }
        var fewer = 0
        for place in state.housing.childDeaths.indices where !state.housing.childDeaths[place].isReckoned {
            guard let day = state.housing.childDeaths[place].chain.head?.value,
                Month(of: day).adding(months: effects.value(of: HousingRules.afterChildsDeath) + 1) <= first
            else { continue }
            state.housing.childDeaths[place].isReckoned = true
            fewer += 1
        }
        guard let place = state.housing.grants.indices.last, var basis = state.housing.grants[place].basis else {
            return true
        }
        let former = state.housing.grants[place]
        basis.children = max(0, basis.children - fewer)
        let last = first.firstDay.adding(days: -1)
        try endGrants(&state, on: last, &effects)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let appeal = "Begär omprövning senast den \(SwedishText.day(review))"
        guard basis.children > 0 else {
            guard state.housing.take(.ceased) else { return true }
            try effects.set(
                Tile(
                    .housingAllowance, .decided,
                    "Bostadsbidraget har upphört efter \(text(Month(of: last))), sex månader efter dödsfallet. \(appeal)",
                    reviewBy: review))
            return true
        }
        var grant = Case.HousingAllowance.Grant(
            chain: ChainHead(), from: first.firstDay, to: former.to, basis: basis, appliedIn: former.appliedIn,
            decidedAfter: state.housing.moves, amount: effects.housingAllowance(basis, in: first))
        try effects.publish(decision(grant, for: effects.subject), in: &grant.chain)
        state.housing.grants.append(grant)
        let amount = InsuranceRules.kronor(grant.amount ?? 0)
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Bostadsbidraget är \(amount) i månaden från \(text(first)), sex månader efter dödsfallet. \(appeal)",
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
