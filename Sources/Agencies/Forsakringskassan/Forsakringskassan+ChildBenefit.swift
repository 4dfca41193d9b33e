import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Child benefit (barnbidrag) on the child's case: comes by itself with the birth and follows custody (SFB 15 and 16
    /// kap.). Birth and custody come in any order, so both are kept, and what they say together is decided an instant later.
    var childBenefit: [River<Self>] {
        [
            River(
                "note a birth", hears: Birth.self, under: [ChildRules.byItself, ChildRules.lastAge.legal],
                mine: [
                    Condition("is a new birth, or corrects the one we know") { state, event in
                        event.change != .ceased && event.follows(state.child.birth)
                    }
                ],
                handle: { state, event, effects in
                    try state.child.birth.take(event)
                    state.child.birthDate = event.data.birthDate
                    state.child.birthOrder = event.data.birthOrder
                    state.child.mother = event.data.mother
                    state.guardians.take(mother: Self.isOld(event) ? event.data.mother : nil)
                    effects.setTimer(.childBenefit, at: effects.now)
                }),
            River(
                "withdraw what an annulled birth gave", hears: Annulled<Birth>.self,
                mine: [Condition("is the birth we know") { state, event in event.annuls(state.child.birth) }],
                handle: Self.withdrawBirth),
            River(
                "keep the guardians", hears: FamilyRelation.self, under: [ChildRules.payee],
                mine: [
                    Condition("is custody that we follow") { state, event in state.guardians.follows(event) }
                ], handle: Self.followGuardian),
            River(
                "correct the guardians", hears: Annulled<FamilyRelation>.self,
                under: [ChildRules.payee, ChildRules.goodFaith],
                mine: [
                    Condition("annuls custody that we follow") { state, event in state.guardians.follows(event) }
                ], handle: Self.undoGuardian),
        ]
    }

    /// With a birth the register tells who has custody, as long as the birth is new: its silence of the mother says that she
    /// has none. Of an old one it may have told the birth alone [A].
    private static func isOld(_ event: Event<Birth>) -> Bool {
        event.data.birthDate.adding(months: 3) < event.knownOn
    }

    private static func followGuardian(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        let change = try state.guardians.take(event)
        try tellHouseholds(state, ofCustody: change, isCorrection: false, &effects)
        switch change {
        case .gained(_, let from):
            // By law from the birth: nothing has changed since.
            let since = state.child.birthDate ?? state.child.decided?.from
            if since.map({ from > $0 }) ?? false { state.child.changedOn = from }
            state.child.chosen = nil
        case .lost(let guardian, let day):
            state.child.changedOn = day
            try stopDays(of: guardian, on: day, &state, &effects)
        case .annulled, .corrected, nil: return
        }
        effects.setTimer(.childBenefit, at: effects.now)
    }

    private static func undoGuardian(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        let change = try state.guardians.take(event)
        try tellHouseholds(state, ofCustody: change, isCorrection: true, &effects)
        switch change {
        case .annulled(let guardian):
            state.child.isTakenBack = true
            try annulDays(of: guardian, event.data.reasonCode, &state, &effects)
        case .gained(let guardian, _):
            // The end of custody was wrong: it is as before it.
            try resumeDays(of: guardian, event.data.reasonCode, &state, &effects)
            state.child.isTakenBack = true
            state.child.heldFrom = nil
            // Who counted as dead when the child died has not been told of it.
            if let death = state.death.head, state.death.holds {
                try tellParents(ofDeathOn: death.value, &state, &effects)
            }
        case .lost, .corrected, nil: return
        }
        effects.setTimer(.childBenefit, at: effects.now)
    }

    /// Decides what birth and custody say together, if it is another thing than before.
    static func decideChildBenefit(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds, !state.child.isOver, let first = state.child.firstMonth,
            state.child.birth.holds || !state.child.adopted.isEmpty
        else { return }
        setEndTimer(state, &effects)
        let holders = state.guardians.holders
        let isAdopted = !state.guardians.isRegistered && !state.child.adopted.isEmpty
        let payees = isAdopted ? state.child.adopted : payees(holders, chosen: state.child.chosen)
        let changed = state.child.changedOn
        let (isTakenBack, heldFrom) = (state.child.isTakenBack, state.child.heldFrom)
        state.child.isTakenBack = false
        guard !payees.isEmpty else { return try hold(&state, since: changed ?? effects.today, &effects) }
        // A change holds from the month after it; what never held, from the beginning.
        var from = changed.map { max(first, Month(of: $0).next) } ?? first
        if isTakenBack { from = first }
        if let heldFrom { from = heldFrom }
        let decision = BenefitDecision(
            benefit: .childBenefit, outcome: .granted, from: from.firstDay, payees: payees)
        guard
            decision.payees != state.child.decided?.payees
                || first.firstDay != state.child.decided?.from && changed == nil
                || !state.child.decision.holds
        else { return }
        try effects.publish(
            decision, in: &state.child.decision, occurredOn: state.child.decided == nil ? nil : changed)
        state.child.decided = decision
        state.child.heldFrom = nil
        try tellShares(payees, from: from, &state, &effects)
    }

    /// Nobody has custody: what is decided ends with the month, and is saved until there is another guardian.
    private static func hold(
        _ state: inout Case, since day: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard var decision = state.child.decided, state.child.decision.holds else { return }
        let last = Month(of: day)
        decision.to = last.lastDay
        try effects.cease(decision, in: &state.child.decision, occurredOn: last.lastDay)
        state.child.heldFrom = max(last.next, state.child.firstMonth ?? last.next)
        try tellShares([], from: last.next, &state, &effects)
    }

    /// Tells the parents' own cases what changes for each of them.
    /// - Parameter from: the first month in which the payees hold.
    static func tellShares(
        _ payees: [Payee], from: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for former in state.child.shares {
            guard former.share > 0, former.to == nil, !payees.contains(where: { $0.person == former.payee }) else {
                continue
            }
            let isNone = former.from >= from
            try tell(
                former.payee, isNone ? 0 : former.share, from: isNone ? min(former.from, from) : former.from,
                to: isNone ? nil : from.adding(months: -1), &state, &effects)
        }
        for payee in payees { try tell(payee.person, payee.share, from: from, &state, &effects) }
    }

    private static func tell(
        _ payee: Subject, _ share: Int, from: Month, to: Month? = nil, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let id = try effects.publish(
            ChildBenefitShare(child: effects.subject, share: share, from: from, to: to), about: payee)
        state.child.shares.removeAll { $0.payee == payee }
        state.child.shares.append(.init(payee: payee, share: share, from: from, to: to, chain: ChainHead(id)))
    }

    private static func withdrawBirth(
        _ state: inout Case, _ event: Event<Annulled<Birth>>, _ effects: inout Effects<Timer>
    ) throws {
        let reason = event.data.reasonCode
        effects.cancelTimer(.childBenefit)
        effects.cancelTimer(.childBenefitEnd)
        try effects.annul(BenefitDecision.self, in: &state.child.decision, reason: reason)
        for var share in state.child.shares {
            try effects.annul(ChildBenefitShare.self, in: &share.chain, about: share.payee, reason: reason)
        }
        for application in state.days.applications {
            try annulDays(of: application.applicant, reason, &state, &effects)
        }
        try state.child.birth.take(event)
        state.guardians.take(mother: nil)
        let birth = state.child.birth
        state.child = Case.ChildBenefit()
        state.child.birth = birth
    }

    // MARK: - The child's death

    /// Benefit ends with the month of the death; before its first month it never began.
    static func endChildBenefit(
        at death: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard var decision = state.child.decided, let first = state.child.firstMonth else { return }
        effects.cancelTimer(.childBenefit)
        let last = Month(of: death)
        // Another day of death: the old end is annulled, so that the chain keeps one end.
        try effects.restore(BenefitDecision.self, in: &state.child.decision, reason: "error")
        guard last >= first else {
            try effects.annul(BenefitDecision.self, in: &state.child.decision, reason: "subjectDied")
            return try tellShares([], from: first, &state, &effects)
        }
        decision.to = last.lastDay
        try effects.cease(decision, in: &state.child.decision, occurredOn: last.lastDay)
        try tellShares([], from: last.next, &state, &effects)
    }

    /// The child lives: benefit is as before.
    static func resumeChildBenefit(_ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let decision = state.child.decided, let first = state.child.firstMonth else { return }
        if try !effects.restore(BenefitDecision.self, in: &state.child.decision, reason: reason) {
            try effects.publish(decision, in: &state.child.decision)
        }
        try tellShares(decision.payees, from: max(first, Month(of: decision.from)), &state, &effects)
    }
}
