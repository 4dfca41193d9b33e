import AgencyKit
import LifeEvents

/// A member who is paid has taken a seat in a company: asked, answered, decided (C13 to C15).
extension Akassa {
    var companies: [River<Self>] {
        [
            River(
                "ask a member with a company", hears: CompanyRole.self,
                under: [AkassaRules.openRegister, AkassaRules.answer.legal],
                mine: [
                    Condition("is a new role") { _, event in event.isNew },
                    Condition("is paid benefit") { state, _ in state.benefit.stage.after(.hasCompany) != nil },
                ], handle: Self.ask),
            River(
                "undo what a role in error did", hears: Annulled<CompanyRole>.self,
                mine: [
                    Condition("annuls the role we acted on") { state, event in event.annuls(state.benefit.role) }
                ], handle: Self.undo),
            River(
                "take a member's answer", hears: OwnCompanyFiling.self,
                under: [AkassaRules.entrepreneur, AkassaRules.deciding.legal], concerns: { [$0.data.fund] },
                mine: [
                    Condition("is about the company we have asked of") { state, event in
                        state.benefit.company == event.data.company
                    },
                    Condition("is waited for, or comes after the benefit has ended") { state, _ in
                        state.benefit.stage == .asked || state.benefit.stage == .ceased
                    },
                ],
                whole: [
                    Condition("is filed by the member") { _, event in event.data.filedBy == event.subject },
                    Condition("says since when there is work") { _, event in
                        !event.data.works || event.data.from != nil
                    },
                ], handle: Self.takeAnswer),
        ]
    }

    private static func ask(
        _ state: inout Case, _ event: Event<CompanyRole>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.benefit.take(.hasCompany) else { return }
        state.benefit.role.adopt(event)
        state.benefit.company = event.data.company
        state.benefit.roleFrom = event.data.from
        state.benefit.works = nil
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: AkassaRules.answer)))
        effects.setTimer(.company, at: effects.midnight(after: day))
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingCitizen,
                "Du sitter i styrelsen för ett nytt aktiebolag. Berätta senast \(SwedishText.day(day)) om du arbetar i "
                    + "bolaget och från vilken dag. Annars stoppar vi ersättningen", deadline: day))
    }

    private static func takeAnswer(
        _ state: inout Case, _ event: Event<OwnCompanyFiling>, _ effects: inout Effects<Timer>
    ) throws {
        if state.benefit.stage == .ceased {
            // Proof that came late: there never was work in the company.
            guard !event.data.works else { return }
            return try restore(
                &state, "error",
                "Rättat: du arbetar inte i bolaget. Ersättningen gäller som förut från "
                    + "\(SwedishText.day((state.benefit.lastDay ?? effects.today).adding(days: 1)))", &effects)
        }
        guard state.benefit.take(.answered) else { return }
        state.benefit.works = event.data.works
        state.benefit.worksFrom = event.data.from
        let day = SwedishCalendar.adding(workingDays: effects.value(of: AkassaRules.deciding), to: effects.today)
        effects.setTimer(.company, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .unemploymentBenefit, .investigating,
                "Vi har fått ditt svar. Besked väntas \(SwedishText.day(day))", expected: day))
    }

    static func companyDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let review = effects.reviewBy
        let appeal = "Är det fel? Begär omprövning senast \(SwedishText.day(review))"
        switch state.benefit.stage {
        case .asked:
            guard let from = state.benefit.roleFrom else { return }
            let last = from.adding(days: -1)
            try end(
                &state, last,
                "Ersättningen upphör efter \(SwedishText.day(last)), för du har inte svarat om ditt bolag. \(appeal)",
                review, &effects)
        case .answered where state.benefit.works == true:
            guard let from = state.benefit.worksFrom else { return }
            let last = from.adding(days: -1)
            try end(
                &state, last,
                "Ersättningen upphör efter \(SwedishText.day(last)), för du arbetar i eget företag. \(appeal)", review,
                &effects)
        case .answered:
            guard state.benefit.take(.goesOn) else { return }
            try effects.set(
                Tile(
                    .unemploymentBenefit, .done,
                    "Ersättningen fortsätter. Säg till om du börjar arbeta i bolaget"))
        case .none, .paying, .ceased: return
        }
    }

    private static func end(
        _ state: inout Case, _ last: Day, _ text: String, _ review: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard state.benefit.take(.ended), var decision = state.benefit.decision else { return }
        state.benefit.lastDay = last
        decision.reason = .ownCompany
        decision.to = last
        decision.concerns = [AgencyID(.arbetsformedlingen)]
        try effects.cease(decision, in: &state.benefit.chain, occurredOn: last)
        try effects.set(Tile(.unemploymentBenefit, .stopped, text, reviewBy: review))
        state.claim.endsOn = last
        guard let sum = state.benefit.overpaid(after: last) else { return }
        try claimBack(sum.amount, sum.from, sum.to, &state, &effects)
    }

    /// Considers a claim back of what was paid without right.
    static func claimBack(
        _ amount: Int, _ from: Day, _ to: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.benefit.claim = Recovery(of: amount, from: from, to: to, on: effects.today, effects.recoveryTerms)
        try tellClaim(&state, .considered, &effects)
        guard let claim = state.benefit.claim else { return }
        effects.setTimer(.recovery, at: Stockholm.instant(claim.decidesOn, hour: 8))
    }

    private static func tellClaim(
        _ state: inout Case, _ told: RecoveryState, _ effects: inout Effects<Timer>
    ) throws {
        guard let claim = state.benefit.claim else { return }
        state.benefit.claimHead = try effects.publish(
            UnemploymentRecovery(
                benefit: .unemploymentBenefit, state: told, amount: claim.amount, from: claim.from, to: claim.to,
                payBy: claim.payBy))
    }

    static func decideClaim(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.benefit.claim?.decide(on: effects.today, effects.recoveryTerms) == true,
            let claim = state.benefit.claim, let payBy = claim.payBy
        else { return }
        try tellClaim(&state, .decided, &effects)
        let review = effects.reviewBy
        try effects.set(
            Tile(
                .recovery, .decided,
                "Betala tillbaka \(Amounts.kronor(claim.amount)) senast \(SwedishText.day(payBy)). Begär omprövning senast "
                    + SwedishText.day(review), reviewBy: review))
    }

    static func closeClaim(
        _ state: inout Case, _ event: Event<UnemploymentPayment>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.benefit.claim?.pay() == true else { return }
        try tellClaim(&state, .paid, &effects)
        try effects.set(Tile(.recovery, .done, "Du har betalat tillbaka. Ärendet är klart"))
    }

    private static func undo(
        _ state: inout Case, _ event: Event<Annulled<CompanyRole>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.benefit.role.take(event)
        let day = state.benefit.roleFrom.map { SwedishText.day($0) } ?? ""
        let text =
            "Rättat: Bolagsverket hade en felaktig uppgift om att du sitter i en styrelse. Ersättningen gäller som förut "
            + "från \(day)"
        guard state.benefit.stage == .ceased else {
            guard state.benefit.take(.neverHadCompany) else { return }
            effects.cancelTimer(.company)
            return try effects.set(Tile(.unemploymentBenefit, .corrected, text))
        }
        try restore(&state, event.data.reasonCode, text, &effects)
    }

    /// The end was wrong: the benefit has held all the time, and nothing is claimed back.
    private static func restore(
        _ state: inout Case, _ reason: String, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        guard state.benefit.take(.restored) else { return }
        state.claim.endsOn = nil
        try effects.restore(UnemploymentDecision.self, in: &state.benefit.chain, reason: reason)
        try effects.set(Tile(.unemploymentBenefit, .corrected, text))
        guard state.benefit.claim?.withdraw() == true, let head = state.benefit.claimHead else { return }
        effects.cancelTimer(.recovery)
        state.benefit.claimHead = try effects.publish(
            Annulled<UnemploymentRecovery>(reasonCode: reason), change: .annulled, previous: head)
        try effects.set(Tile(.recovery, .corrected, "Rättat: du ska inte betala tillbaka något"))
    }
}
