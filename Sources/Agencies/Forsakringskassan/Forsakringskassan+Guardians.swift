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
                        state.deceased == nil && state.pays(event.data.holder)
                    },
                ], handle: Self.endPayment),
            River(
                "pay a guardian who lives", hears: Annulled<FamilyRelation>.self,
                mine: [
                    Self.isAlive(Annulled<FamilyRelation>.self),
                    Condition("annuls the end we know") { state, event in event.annuls(state.deceased?.custody) },
                ], handle: Self.resumePayment),
        ]
    }

    private static func endPayment(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        let day = event.occurredOn
        var deceased = Case.DeceasedGuardian(custody: ChainHead(event), holder: event.data.holder, day: day)
        if var parental = state.parental, parental.applicant == deceased.holder {
            state.parental = nil
            setTimers(state, &effects)
            if parental.chain.head != nil {
                _ = try cease(parental.decision, in: &parental.chain, nil, day, &effects)
            } else {
                try effects.publish(status(of: parental, .aborted, reason: .subjectDied))
            }
            deceased.parental = parental
            try effects.set(
                Tile(.parentalBenefit, .stopped, "Ärendet om föräldrapenning är avslutat"), for: deceased.holder)
        }
        state.deceased = deceased
        try endChildBenefit(&state, deceased, &effects)
    }

    private static func endChildBenefit(
        _ state: inout Case, _ deceased: Case.DeceasedGuardian, _ effects: inout Effects<Timer>
    ) throws {
        guard var child = state.child, child.payees.contains(where: { $0.person == deceased.holder }) else { return }
        let former = child
        child.ended = .init(holder: deceased.holder, from: InsuranceRules.monthAfter(deceased.day))
        if child.payees.isEmpty {
            _ = try cease(former.decision, in: &child.chain, nil, deceased.day, &effects)
            let month = SwedishText.month(Month(of: deceased.day))
            try effects.set(
                Tile(.childBenefit, .stopped, "Barnbidraget upphör efter \(month)", about: effects.subject),
                for: deceased.holder)
        } else if try correct(&child, from: former, since: deceased.day, &effects) {
            try tell(child, .ongoing, &effects)
            let month = SwedishText.month(Month(of: child.from))
            try effects.set(
                Tile(
                    .childBenefit, .stopped, "Barnbidraget betalas till den andra föräldern från \(month)",
                    about: effects.subject), for: deceased.holder)
        }
        state.child = child
    }

    /// Nobody died: what went to the guardian goes there again.
    private static func resumePayment(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let deceased = state.deceased else { return }
        state.deceased = nil
        let reason = event.data.reasonCode
        if var child = state.child {
            let former = child
            child.ended = nil
            if try effects.restore(BenefitDecision.self, in: &child.chain, reason: reason) {
                try tell(child, .corrected, &effects)
            } else if try correct(&child, from: former, since: former.since, &effects) {
                try tell(child, .corrected, &effects)
            }
            state.child = child
        }
        // The place of a case may be another applicant's by now; then hers is opened by hand.
        guard state.parental == nil, var parental = deceased.parental else { return }
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
