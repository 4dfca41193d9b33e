import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// A guardian dies: the child's benefits go to the other one, or to nobody until there is another.
    var guardians: [River<Self>] {
        [
            River(
                "stop paying a guardian who died", hears: FamilyRelation.self,
                mine: [
                    Self.isAlive(FamilyRelation.self),
                    Condition("is an end of custody") { _, event in
                        event.change == .ceased && event.data.kind == .custody
                    },
                    Condition("is a guardian's whom we pay") { state, event in
                        state.lost == nil && state.pays(event.data.holder)
                    },
                ], handle: Self.lose),
            River(
                "pay a guardian who lives", hears: Annulled<FamilyRelation>.self,
                mine: [
                    Self.isAlive(Annulled<FamilyRelation>.self),
                    Condition("annuls the end we know") { state, event in event.annuls(state.lost?.custody) },
                ], handle: Self.regain),
        ]
    }

    private static func lose(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        let day = event.occurredOn
        var lost = Case.LostGuardian(custody: ChainHead(event), holder: event.data.holder, day: day)
        if var parental = state.parental, parental.applicant == lost.holder {
            state.parental = nil
            setTimers(state, &effects)
            if parental.chain.head != nil {
                _ = try cease(parental.decision, in: &parental.chain, nil, day, &effects)
            } else {
                try effects.publish(status(of: parental, .aborted, reason: .subjectDied))
            }
            lost.parental = parental
            try effects.set(
                Tile(.parentalBenefit, .stopped, "Ärendet om föräldrapenning är avslutat"), for: lost.holder)
        }
        state.lost = lost
        try loseChildBenefit(&state, lost, &effects)
    }

    private static func loseChildBenefit(
        _ state: inout Case, _ lost: Case.LostGuardian, _ effects: inout Effects<Timer>
    ) throws {
        guard var child = state.child, child.payees.contains(where: { $0.person == lost.holder }) else { return }
        let former = child
        child.lost = .init(holder: lost.holder, from: InsuranceRules.monthAfter(lost.day))
        if child.payees.isEmpty {
            _ = try cease(former.decision, in: &child.chain, nil, lost.day, &effects)
            let month = SwedishText.month(Month(of: lost.day))
            try effects.set(
                Tile(.childBenefit, .stopped, "Barnbidraget upphör efter \(month)", about: effects.subject),
                for: lost.holder)
        } else if try correct(&child, from: former, since: lost.day, &effects) {
            try tell(child, .ongoing, &effects)
            let month = SwedishText.month(Month(of: child.from))
            try effects.set(
                Tile(
                    .childBenefit, .stopped, "Barnbidraget betalas till den andra föräldern från \(month)",
                    about: effects.subject), for: lost.holder)
        }
        state.child = child
    }

    /// Nobody died: what went to the guardian goes there again.
    private static func regain(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let lost = state.lost else { return }
        state.lost = nil
        let reason = event.data.reasonCode
        if var child = state.child {
            let former = child
            child.lost = nil
            if try effects.restore(BenefitDecision.self, in: &child.chain, reason: reason) {
                try tell(child, .corrected, &effects)
            } else if try correct(&child, from: former, since: former.since, &effects) {
                try tell(child, .corrected, &effects)
            }
            state.child = child
        }
        // The place of a case may be another applicant's by now; then hers is opened by hand.
        guard state.parental == nil, var parental = lost.parental else { return }
        if try !effects.restore(BenefitDecision.self, in: &parental.chain, reason: reason) {
            try effects.publish(status(of: parental, .investigating))
        }
        state.parental = parental
        setTimers(state, &effects)
        try effects.set(
            Tile(.parentalBenefit, .corrected, "Rättat: föräldrapenningen fortsätter"), for: parental.applicant)
    }
}

extension ForsakringskassanCase {
    /// Whether something on this case goes to a person.
    fileprivate func pays(_ person: Subject) -> Bool {
        parental?.applicant == person || child?.payees.contains { $0.person == person } == true
    }
}
