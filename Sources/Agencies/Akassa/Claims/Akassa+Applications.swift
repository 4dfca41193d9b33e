import AgencyKit
import LifeEvents

/// An application: what the claim needs is asked of those who know it, and of the applicant only what nobody else says.
extension Akassa {
    var applications: [River<Self>] {
        [
            River(
                "know a member", hears: FundMembership.self, concerns: { [$0.data.fund] },
                handle: { state, event, effects in
                    guard try state.membership.chain.take(event).hasMoved else { return }
                    state.membership.from = event.data.from
                    state.membership.to = event.data.to
                    state.membership.birthDate = event.data.birthDate
                    // How old the member is may be known only when benefit is paid.
                    if event.change == .corrected { Self.setAgeTimer(state, late: true, &effects) }
                    state.membership.former = event.data.formerFund
                    if let last = event.data.to { try Self.endMembership(&state, last, &effects) }
                }),
            River(
                "take an application", hears: UnemploymentApplication.self,
                under: [UnemploymentRules.asked, UnemploymentRules.need.legal, UnemploymentRules.alfa],
                concerns: { [$0.data.fund] },
                mine: [
                    Condition("has no claim that is open") { state, _ in state.claim.stage.after(.applied) != nil }
                ],
                whole: [
                    Condition("is filed by the applicant") { _, event in event.data.filedBy == event.subject },
                    Condition("is of somebody alive") { state, _ in !state.death.holds },
                ], handle: Self.apply),
            River(
                "hear what was earned", hears: TaxIncomeAnswer.self, under: [UnemploymentRules.asked],
                concerns: { [$0.data.asker] },
                handle: Self.takeIncome),
            River(
                "ask again when a month is known", hears: MonthlyIncome.self, under: [UnemploymentRules.asked],
                concerns: { $0.data.concerns.filter { $0.owner == .akassa } },
                mine: [
                    Condition("is a month that we lack") { state, event in
                        state.claim.lacking.contains(event.data.month) && state.claim.stage != .ended
                    }
                ],
                handle: { state, event, effects in
                    try Self.askIncome(
                        &state, event.data.month.firstDay, event.data.month.lastDay,
                        state.claim.isCollecting ? effects.needDay : nil, &effects)
                }),
            River(
                "hear of the registration", hears: JobSeekerAnswer.self, under: [UnemploymentRules.asked],
                concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    guard state.claim.jobSeeker.take(event) != .notAsked else { return }
                    state.claim.registeredFrom = event.data.registeredFrom
                    state.claim.registeredTo = event.data.registeredTo
                    // The end of a registration before this one is none of it.
                    if let from = event.data.registeredFrom, let end = state.registrationEnd, end <= from {
                        state.registrationEnd = nil
                    }
                    try Self.progress(&state, &effects)
                }),
            River(
                "hear of benefits", hears: InsuranceBenefitsAnswer.self, under: [UnemploymentRules.asked],
                concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    guard state.claim.benefits.take(event) != .notAsked else { return }
                    for one in event.data.benefits ?? [] where one.benefit == .sicknessBenefit && !one.applied {
                        state.claim.sick.append(
                            .init(chain: ChainHead(event), from: one.from, to: one.to ?? effects.today))
                    }
                    try Self.progress(&state, &effects)
                }),
        ]
    }

    private static func apply(
        _ state: inout Case, _ event: Event<UnemploymentApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let isMember = state.membership.chain.holds && (state.membership.to.map { $0 >= event.data.from } ?? true)
        guard isMember || effects.agency == UnemploymentRules.alfaFund else {
            try effects.publish(
                UnemploymentDecision(
                    fund: effects.agency, kind: .decision, outcome: .rejected, from: event.data.from,
                    concerns: [AgencyID(.arbetsformedlingen)]))
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .stopped, "Du är inte medlem hos oss. Ansök hos Alfa-kassan",
                    other: UnemploymentRules.alfaFund))
        }
        guard state.claim.take(.applied) else { return }
        state.claim = .init()
        state.claim.stage = .collecting
        state.ladder = .init()
        state.claim.from = event.data.from
        let by = effects.needDay
        let month = Month(of: event.data.from)
        let first = month.adding(months: -effects.value(of: UnemploymentRules.frame))
        // Which months count is known when the former fund has said what is left of a period.
        if let former = state.membership.former {
            try askOtherFund(former, by, &state, &effects)
        } else {
            try askFrame(&state, by, &effects)
        }
        let ref = state.claim.caseRef
        try effects.ask(
            FundJobSeekerNeed(
                caseRef: ref, facts: ["registeredFrom", "registeredTo", "extent", "programmes"],
                asked: [AgencyID(.arbetsformedlingen)], by: by), for: UnemploymentRules.purpose,
            in: &state.claim.jobSeeker)
        try effects.ask(
            FundBenefitsNeed(
                caseRef: ref, facts: ["benefits"], asked: [AgencyID(.forsakringskassan)], by: by,
                from: first.firstDay, to: month.lastDay), for: UnemploymentRules.purpose, in: &state.claim.benefits)
        if PensionDeduction.mayDraw(born: state.membership.birthDate, effects) { try askPension(&state, &effects) }
        for ended in event.data.employments {
            var proof = Case.Claim.Proof(ended: ended, inquiry: Inquiry())
            try askEmployer(&proof, ref, by, &effects)
            state.claim.proofs.append(proof)
        }
        effects.setTimer(.claim, at: Stockholm.instant(by, hour: 8))
        let employer = event.data.employments.isEmpty ? [] : ["arbetsgivaren"]
        let parties = ["Skatteverket", "Arbetsförmedlingen", "Försäkringskassan"] + employer
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingAgency,
                "Vi har din ansökan och väntar på \(Amounts.list(parties)). Nästa steg: månadsansökan för "
                    + "\(named(month)), från \(SwedishText.day(month.next.firstDay))",
                other: AgencyID(.skatteverket)))
    }

    /// Asks for the incomes of the frame.
    static func askFrame(_ state: inout Case, _ by: Day, _ effects: inout Effects<Timer>) throws {
        let month = state.claim.frameMonth
        let first = month.adding(months: -effects.value(of: UnemploymentRules.frame))
        state.claim.lacking = months(first, month.adding(months: -1))
        try askIncome(&state, first.firstDay, month.adding(months: -1).lastDay, by, &effects)
    }

    private static func askIncome(
        _ state: inout Case, _ from: Day, _ to: Day, _ by: Day?, _ effects: inout Effects<Timer>
    ) throws {
        try effects.ask(
            FundIncomeNeed(
                caseRef: state.claim.caseRef, facts: ["months"], asked: [AgencyID(.skatteverket)], by: by, from: from,
                to: to), for: UnemploymentRules.purpose, in: &state.claim.income)
    }

    static func askEmployer(
        _ proof: inout Case.Claim.Proof, _ caseRef: String, _ by: Day, _ effects: inout Effects<Timer>
    ) throws {
        try effects.ask(
            FundEmploymentNeed(
                caseRef: caseRef,
                facts: [
                    "from", "to", "terms", "endedBy", "misconduct", "severanceMonths", "offeredWork", "signedBy",
                ], asked: [AgencyID(.arbetsgivare)], by: by, employer: proof.ended.employer),
            for: UnemploymentRules.purpose, in: &proof.inquiry)
    }

    private static func takeIncome(
        _ state: inout Case, _ event: Event<TaxIncomeAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        let missing = (event.data.missing ?? []).compactMap { Month($0) }
        guard state.claim.income.take(event) != .notAsked else { return }
        guard event.data.status == .answered else { return try progress(&state, &effects) }
        for wage in event.data.months ?? [] {
            state.claim.wages.removeAll { $0.month == wage.month && $0.payer == wage.payer }
            state.claim.wages.append(wage)
        }
        let told = Set((event.data.months ?? []).map(\.month))
        state.claim.lacking.removeAll { told.contains($0) }
        if state.claim.isCollecting {
            // What is neither told nor missing was declared by nobody: no income.
            state.claim.lacking = missing
            return try progress(&state, &effects)
        }
        try correctDecision(&state, &effects)
    }

    /// Goes on where all is in; else tells once what alone is waited for.
    static func progress(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let claim = state.claim
        guard claim.isCollecting else { return }
        let open = claim.income.isOpen || claim.other.isOpen || claim.jobSeeker.isOpen || claim.benefits.isOpen
        let silent = claim.proofs.contains { $0.answer == nil }
        guard !open else { return }
        if claim.lacking.isEmpty, !silent { return try hearOrComplete(&state, &effects) }
        guard claim.stage == .collecting, !claim.isTold, let month = claim.lacking.first, !silent else { return }
        state.claim.isTold = true
        let day = TaxationRules.declarationDay(for: month, effects.rules)
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingAgency,
                "Vi väntar på din inkomst för \(Amounts.list(claim.lacking.map { named($0) })). Arbetsgivaren ska lämna "
                    + "den till Skatteverket senast \(SwedishText.day(day))", other: AgencyID(.arbetsgivare)))
    }

    /// All is in. What an employer says otherwise than the applicant is put to the applicant first.
    static func hearOrComplete(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.claim.isHeard, state.claim.proofs.contains(where: \.differs) else {
            return try complete(&state, "Alla uppgifter har kommit in", &effects)
        }
        state.claim.isHeard = true
        guard state.claim.stage == .asking || state.claim.take(.applicantAsked) else { return }
        let day = effects.answerDay
        effects.setTimer(.claim, at: effects.midnight(after: day))
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingCitizen,
                "Arbetsgivaren har lämnat en annan uppgift om varför arbetet tog slut. Svara senast "
                    + "\(SwedishText.day(day)). Annars avgör vi på arbetsgivarens uppgift", deadline: day))
    }

    static func complete(_ state: inout Case, _ what: String, _ effects: inout Effects<Timer>) throws {
        guard state.claim.take(.complete) else { return }
        let day = SwedishCalendar.adding(
            workingDays: effects.value(of: UnemploymentRules.deciding), to: effects.today)
        effects.setTimer(.claim, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .unemploymentBenefit, .investigating, "\(what). Beslut väntas \(SwedishText.day(day))", expected: day))
    }

    /// The time of a state is over.
    static func claimDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch state.claim.stage {
        case .collecting: try askApplicant(&state, &effects)
        case .asking:
            let what =
                state.claim.lacking.isEmpty ? "Tiden för ditt svar är slut" : "Vi avgör på de uppgifter som finns"
            try complete(&state, what, &effects)
        case .complete: try decide(&state, &effects)
        case .none, .decided, .paying, .exhausted, .ending, .ended, .rejected: return
        }
    }

    private static func askApplicant(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.claim.other.isOpen {
            // The former fund is silent: what it has not said is not there, and the months are asked for.
            state.claim.other.close()
            effects.setTimer(.claim, at: Stockholm.instant(effects.needDay, hour: 8))
            return try askFrame(&state, effects.needDay, &effects)
        }
        state.claim.income.close()
        state.claim.jobSeeker.close()
        state.claim.benefits.close()
        let lacking = state.claim.lacking
        guard !lacking.isEmpty || state.claim.proofs.contains(where: { $0.answer == nil }) else {
            return try hearOrComplete(&state, &effects)
        }
        guard state.claim.take(.applicantAsked) else { return }
        let day = effects.answerDay
        effects.setTimer(.claim, at: effects.midnight(after: day))
        let what =
            lacking.isEmpty
            ? "Skicka anställningsavtal och uppsägning"
            : "Skicka lönespecifikation för \(Amounts.list(lacking.map { named($0) }))"
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingCitizen,
                "\(what) senast \(SwedishText.day(day)). Annars avgör vi utan den", deadline: day))
    }

    static func months(_ first: Month, _ last: Month) -> [Month] {
        var months: [Month] = []
        var month = first
        while month <= last {
            months.append(month)
            month = month.next
        }
        return months
    }

    /// `juli 2026`
    static func named(_ month: Month) -> String { "\(SwedishText.month(month)) \(month.year)" }
}

extension Effects<Akassa.Timer> {
    /// Until when answers to needs are waited for.
    var needDay: Day { SwedishCalendar.adding(workingDays: value(of: UnemploymentRules.need), to: today) }
    /// The last day for a member's answer.
    var answerDay: Day { SwedishCalendar.lastDayMoved(today.adding(days: value(of: AkassaRules.answer))) }
}
