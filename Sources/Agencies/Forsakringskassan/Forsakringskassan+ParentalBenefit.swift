import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Parental benefit on the mother's own case: what a certificate tells before there is a child.
    var pregnancy: [River<Self>] {
        [
            River(
                "tell the mother what she may get", hears: MedicalCertificate.self,
                mine: [
                    Self.isAlive(MedicalCertificate.self),
                    Condition("is addressed to us") { _, event in event.data.addressee == .forsakringskassan },
                    Condition("certifies a pregnancy") { _, event in event.data.certificateType == .pregnancy },
                    Condition("is a new certificate") { _, event in event.isNew },
                    Condition("is not a pregnancy we know") { state, event in
                        state.pregnancy.head == nil || state.pregnancy.head?.value != event.data.expectedDate
                    },
                ],
                whole: [Condition("says when the birth is expected") { $1.data.expectedDate != nil }],
                handle: Self.inform),
            River(
                "follow a corrected certificate", hears: MedicalCertificate.self,
                mine: [
                    Condition("follows the certificate we know") { state, event in
                        !event.isNew && event.follows(state.pregnancy)
                    }
                ],
                handle: { state, event, effects in
                    guard event.change != .ceased else { return try Self.forget(&state, .stopped, &effects) }
                    guard let expected = event.data.expectedDate else { return }
                    try state.pregnancy.take(event, expected)
                }),
            River(
                "forget an annulled certificate", hears: Annulled<MedicalCertificate>.self,
                mine: [
                    Condition("is the certificate we know") { state, event in event.annuls(state.pregnancy) }
                ],
                handle: { state, _, effects in try Self.forget(&state, .corrected, &effects) }),
        ]
    }

    /// Parental benefit on the child's case, where the application opens it.
    var parentalBenefit: [River<Self>] {
        [
            River(
                "investigate parental benefit", hears: BenefitApplication.self,
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("is for parental benefit") { _, event in event.data.benefit == .parentalBenefit },
                    Condition("has no such case") { state, _ in state.parental == nil },
                ],
                whole: [
                    Condition("is filed by one who has custody") { state, event in
                        guard let child = state.child else { return true }
                        return child.payees.contains { $0.person == event.data.filedBy }
                    }
                ], handle: Self.investigate)
        ]
    }

    private static func inform(
        _ state: inout Case, _ event: Event<MedicalCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        guard let expected = event.data.expectedDate else { return }
        state.pregnancy.adopt(event, expected)
        try effects.set(
            Tile(
                .parentalBenefit, .informed,
                "Vi vet att du väntar barn. Ersättning kan börja 60 dagar före beräknad födelse"))
    }

    /// Says no more than that the case is closed: why is nobody's concern.
    private static func forget(_ state: inout Case, _ code: TileCode, _ effects: inout Effects<Timer>) throws {
        state.pregnancy = FactChain()
        let start = code == .corrected ? "Rättat: ärendet" : "Ärendet"
        try effects.set(Tile(.parentalBenefit, code, "\(start) om föräldrapenning är avslutat"))
    }

    private static func investigate(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let answer = InsuranceRules.lastDay(InsuranceRules.parentalAnswerDays, after: effects.today)
        let parental = Case.ParentalBenefit(
            state: .investigating, applicant: event.data.filedBy, from: event.data.from, to: event.data.to,
            openedOn: effects.today,
            actsOn: InsuranceRules.morning(InsuranceRules.parentalHandlingDays, after: effects.today))
        state.parental = parental
        setTimers(state, &effects)
        try effects.publish(status(of: parental, .investigating, expected: answer))
        try effects.set(
            Tile(
                .parentalBenefit, .investigating,
                "Ansökan handläggs. Besked väntas senast \(SwedishText.shortDay(answer))", expected: answer),
            for: parental.applicant)
    }

    /// The one place where parental benefit moves on with time.
    static func parentalDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var parental = state.parental else { return }
        parental.state = parental.state.next
        parental.actsOn = nil
        if parental.state == .decided {
            try effects.publish(parental.decision, in: &parental.chain)
            try effects.publish(status(of: parental, .decided))
            parental.actsOn = InsuranceRules.payment(decided: effects.today, from: parental.from)
            let review = InsuranceRules.reviewDeadline(decided: effects.today)
            let (from, last) = (SwedishText.shortDay(parental.from), SwedishText.shortDay(review))
            try effects.set(
                Tile(
                    .parentalBenefit, .decided, "Beviljad från \(from). Begär omprövning senast \(last)",
                    reviewBy: review), for: parental.applicant)
        } else {
            try effects.set(Tile(.parentalBenefit, .ongoing, "Föräldrapenning betalas ut"), for: parental.applicant)
        }
        state.parental = parental
        setTimers(state, &effects)
    }

    /// The child was never born: what the application gave is withdrawn, or the case is aborted.
    static func withdrawParental(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard var parental = state.parental else { return }
        if parental.chain.head != nil {
            try effects.annul(BenefitDecision.self, in: &parental.chain, reason: reason)
        } else {
            try effects.publish(status(of: parental, .aborted))
        }
        state.parental = nil
        setTimers(state, &effects)
        try effects.set(
            Tile(.parentalBenefit, .corrected, "Rättat: föräldrapenning betalas inte ut"), for: parental.applicant)
    }

    static func status(
        of parental: Case.ParentalBenefit, _ caseState: CaseState, expected: Day? = nil, reason: CaseReason? = nil
    ) -> InsuranceCaseStatus {
        InsuranceCaseStatus(
            caseRef: parental.caseRef, benefit: .parentalBenefit, expectedDate: expected, reason: reason,
            state: caseState)
    }

    /// Sets the timers that the states of the living wait for.
    static func setTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        if let instant = state.parental?.actsOn, !state.death.holds {
            effects.setTimer(.parental, at: instant)
        } else {
            effects.cancelTimer(.parental)
        }
        setHousingTimers(state, &effects)
    }
}
