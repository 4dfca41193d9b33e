import AgencyKit
import LifeEvents

/// The old-age pension (allmän pension) of one who applies: what is known elsewhere is asked, the Swedish part is decided
/// first, and the guarantee once its day has come (R1 to R10).
extension Pensionsmyndigheten {
    var retirement: [River<Self>] {
        [
            River(
                "take an application for an old-age pension", hears: PensionApplication.self,
                under: [
                    RetirementRules.earliest.legal, RetirementRules.fromFiling, RetirementRules.ahead.legal,
                    RetirementRules.shares, RetirementRules.handling.legal,
                ],
                mine: [
                    Condition("is for an old-age pension") { _, event in event.data.kind == .oldAge },
                    Condition("has none, and has not applied") { state, _ in
                        !state.hasPension(.oldAge) && state.retirement.stage != .applied && !state.isDead
                    },
                ],
                whole: [
                    Self.filedByPensioner { $0.filedBy },
                    Condition("is not filed too long ahead") { _, event in
                        event.data.month
                            <= Month(of: event.knownOn).adding(months: event.value(of: RetirementRules.ahead))
                    },
                    Condition("is for a whole pension, or three quarters, half or a quarter") { _, event in
                        [25, 50, 75, 100].contains(event.data.share ?? 100)
                    },
                ], handle: Self.takeOldAge),
            River(
                "correct an application that is not decided", hears: PensionApplication.self,
                under: [RetirementRules.shares],
                mine: [
                    Condition("is for an old-age pension that has been applied for") { state, event in
                        event.data.kind == .oldAge && state.retirement.stage == .applied
                    },
                    Condition("names another share") { state, event in
                        event.data.share.map { $0 != state.retirement.share } ?? false
                    },
                ], whole: [Self.filedByPensioner { $0.filedBy }],
                handle: { state, event, _ in state.retirement.share = event.data.share ?? state.retirement.share }),
            River(
                "keep a power of attorney for a pension", hears: GrantedMandate.self,
                under: [RetirementRules.deputies],
                mine: [
                    Condition("is for a pension, to a person, or changes one we know") { state, event in
                        state.deputies.concerns(event, for: .pension)
                    }
                ],
                whole: [
                    Condition("is given by the principal, or declared in force by its holder") { state, event in
                        state.deputies.mayFile(event)
                    }
                ], handle: { state, event, _ in try state.deputies.take(event, for: .pension) }),
            River(
                "hear when somebody was registered here", hears: ResidencePeriodsAnswer.self,
                under: [RetirementRules.fullYears.legal, RetirementRules.residenceAge.legal],
                handle: { state, event, effects in
                    guard case .complete = state.retirement.residence.take(event), let born = state.birthDate else {
                        return
                    }
                    state.retirement.years = RetirementRules.years(
                        event.data.periods ?? [], born: born, on: effects.today, effects.rules)
                }),
        ]
    }

    /// Who files is the person, or acts for the person by a mandate.
    static func filedByPensioner<Data>(_ filer: @escaping @Sendable (Data) -> Subject) -> Condition<Case, Data> {
        Condition("is filed by the pensioner, or with a mandate that the agency knows") { state, event in
            filer(event.data) == event.subject || state.deputies.mayAct(filer(event.data), on: event.knownOn)
        }
    }

    private static func takeOldAge(
        _ state: inout Case, _ event: Event<PensionApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard let born = state.birthDate else { return }
        let first = max(event.data.month, earliestPaid(state, effects))
        let earliest = RetirementRules.month(of: RetirementRules.earliest, born: born, effects.rules)
        guard first >= earliest else { return try refuse(&state, event, earliest, &effects) }
        guard state.retirement.take(.filed) else { return }
        let decision = SwedishCalendar.adding(
            workingDays: effects.value(of: RetirementRules.handling), to: effects.today)
        effects.cancelTimer(.letter)
        state.retirement.asked = event.data.month
        state.retirement.first = first
        state.retirement.share = event.data.share ?? 100
        let from = born.adding(months: effects.value(of: RetirementRules.residenceAge) * 12)
        try effects.ask(
            ResidenceNeed(caseRef: "old-age", facts: ["periods"], asked: [AgencyID(.skatteverket)], from: from),
            for: RetirementRules.purpose, in: &state.retirement.residence)
        state.retirement.foreign = (event.data.foreign ?? []).map { Case.Foreign(country: $0) }
        try askStates(state, by: RetirementRules.foreignDay(before: first, effects.rules), &effects)
        try askInsurance(&state, first, born, &effects)
        effects.setTimer(.oldAge, at: Stockholm.instant(decision, hour: 8))
        try effects.set(
            Tile(
                .pension, .investigating,
                "Din ansökan har kommit in. Besked om allmän pension väntas \(SwedishText.day(decision))",
                expected: decision))
    }

    /// The month of the application; after a part of a sickness compensation up to three months back (R18).
    private static func earliestPaid(_ state: Case, _ effects: Effects<Timer>) -> Month {
        let month = Month(of: effects.today)
        guard let first = state.compensation.first else { return month }
        return min(month, max(first, month.adding(months: -effects.value(of: RetirementRules.invited))))
    }

    private static func refuse(
        _ state: inout Case, _ event: Event<PensionApplication>, _ earliest: Month, _ effects: inout Effects<Timer>
    ) throws {
        state.retirement.take(.tooEarly)
        try effects.publish(
            PensionDecision(
                kind: .oldAge, outcome: .rejected, month: event.data.month, share: event.data.share ?? 100))
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try effects.set(
            Tile(
                .pension, .decided,
                "Avslag: du har inte nått åldern för allmän pension. Tidigast \(PensionRules.text(earliest)). Begär "
                    + "omprövning senast \(SwedishText.day(review))", reviewBy: review))
    }

    /// Income and premium pension, kronor a month at a share; nil: not known here.
    static func oldAgeAmount(_ state: Case, share: Int) -> Int? {
        guard let income = state.account.income, let premium = state.account.premium else { return nil }
        return ((income + premium) * share + 50) / 100
    }

    static func decideOldAge(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let first = state.retirement.first, !state.isDead, state.retirement.take(.decided) else { return }
        let share = state.retirement.share
        let id = try effects.publish(
            PensionDecision(
                kind: .oldAge, outcome: .granted, month: first, share: share, concerns: told(state, effects)))
        state.pensions.append(
            .init(
                kind: .oldAge, survivorKind: nil, share: share, monthly: oldAgeAmount(state, share: share),
                first: first,
                last: nil, chain: ChainHead(id), paidTo: nil))
        let born = state.birthDate ?? .earliest
        let guide = RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules)
        let waits = guide > first || !state.retirement.pending.isEmpty
        let day = RetirementRules.foreignDay(before: max(guide, first), effects.rules)
        var hasGuarantee = false
        if waits && day > effects.today {
            effects.setTimer(.guarantee, at: Stockholm.instant(day, hour: 8))
        } else {
            hasGuarantee = try grantGuarantee(&state, &effects)
        }
        state.retirement.awaitsPayment = true
        setPayday(state, &effects)
        let payday = state.pensions.compactMap { nextMonth($0) }.min().map {
            PensionRules.payday(of: $0, born: state.birthDate)
        }
        let paid = max(payday ?? effects.today, nextPayday(after: effects.today, born: state.birthDate))
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        state.review.by = review
        try tellSpouse(&state, &effects)
        if state.compensation.isUnasked {
            let cover = SwedishCalendar.lastDayMoved(
                effects.today.adding(months: effects.value(of: RetirementRules.survivorCover)))
            state.compensation.coverBy = cover
            return try effects.set(
                Tile(
                    .pension, .decided,
                    "Du får hel allmän pension från \(PensionRules.text(first)) utan ansökan. Första utbetalning "
                        + "\(SwedishText.day(paid)). Efterlevandeskydd anmäler du senast \(SwedishText.day(cover)). Begär "
                        + "omprövning senast \(SwedishText.day(review))", reviewBy: review))
        }
        let what = hasGuarantee ? " och garantipension" : ""
        let isLate = state.retirement.asked.map { $0 < first } ?? false
        let late =
            !isLate
            ? ""
            : state.compensation.first == nil
                ? ", månaden då ansökan kom in: den betalas inte för tid före"
                : ": den betalas för högst tre månader före ansökan"
        try effects.set(
            Tile(
                .pension, .decided,
                "Du får \(RetirementRules.shareText(share)) allmän pension\(what) från \(PensionRules.text(first))\(late). "
                    + "Första utbetalning \(SwedishText.day(paid)). Begär omprövning senast \(SwedishText.day(review))",
                reviewBy: review))
    }

    /// Who is told of decisions: by consent who reckons a fee, and funds that have asked.
    static func told(_ state: Case, _ effects: Effects<Timer>) -> [AgencyID]? {
        let all = state.consents.recipients(of: effects.agency, .careFee, on: effects.today) + state.funds.asked
        return all.isEmpty ? nil : all
    }

    /// The guarantee as all that is known makes it, kronor a month.
    static func guaranteeAmount(_ state: Case, _ effects: Effects<Timer>) -> Int {
        guard let base = state.account.guaranteeBase else { return 0 }
        let whole = RetirementRules.guarantee(
            base: base + state.retirement.statutory * 12, isMarried: state.couple.isMarried,
            years: state.retirement.years, on: effects.today, effects.rules)
        return (whole * state.retirement.share + 50) / 100
    }

    /// - Returns: whether there is any.
    static func grantGuarantee(
        _ state: inout Case, from month: Month? = nil, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard let drawn = state.retirement.first, let born = state.birthDate else { return false }
        let guide = RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules)
        let amount = guaranteeAmount(state, effects)
        guard amount > 0 else { return false }
        let first = max(drawn, guide, month ?? guide)
        let isProvisional = !state.retirement.pending.isEmpty
        let id = try effects.publish(
            PensionDecision(
                kind: .guarantee, outcome: .granted, month: first, share: state.retirement.share,
                provisional: isProvisional ? true : nil, concerns: told(state, effects)))
        state.pensions.append(
            .init(
                kind: .guarantee, survivorKind: nil, share: state.retirement.share, monthly: amount, first: first,
                last: nil, chain: ChainHead(id), paidTo: nil))
        return true
    }

    /// The day by which other states are waited for has come, or the guide age.
    static func decideGuarantee(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.hasPension(.oldAge), !state.isDead else { return }
        setReminder(state, &effects)
        guard try grantGuarantee(&state, &effects),
            let guarantee = state.pensions.last(where: { $0.kind == .guarantee })
        else { return }
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        let names = Amounts.list(state.retirement.pending.map { CountryText.name($0.country) })
        let until = names.isEmpty ? "" : ", preliminärt tills \(names) svarar"
        try effects.set(
            Tile(
                .pension, .decided,
                "Du får också garantipension från \(PensionRules.text(guarantee.first))\(until). Begär omprövning senast "
                    + "\(SwedishText.day(review))", reviewBy: review))
    }

    /// The first payment after a decision is told, with the next.
    static func tellPaidPension(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.retirement.awaitsPayment else { return }
        state.retirement.awaitsPayment = false
        let next = PensionRules.payday(of: Month(of: effects.today).next, born: state.birthDate)
        try effects.set(
            Tile(
                .pension, .ongoing, "Pensionen betalas ut i dag. Nästa gång \(SwedishText.day(next))", next: next))
    }

    /// A letter comes before the earliest age (R15).
    static func setLetter(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let born = state.account.birthDate, state.account.income != nil, state.retirement.stage == .none else {
            return
        }
        let earliest = RetirementRules.month(of: RetirementRules.earliest, born: born, effects.rules)
        let month = earliest.adding(months: -effects.value(of: RetirementRules.letter))
        let day =
            SwedishCalendar.isWorkingDay(month.firstDay)
            ? month.firstDay : SwedishCalendar.adding(workingDays: 1, to: month.firstDay)
        guard day > effects.today else { return }
        effects.setTimer(.letter, at: Stockholm.instant(day, hour: 8))
    }

    static func sendLetter(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.birthDate, !state.isDead, state.retirement.take(.told) else { return }
        let earliest = RetirementRules.month(of: RetirementRules.earliest, born: born, effects.rules)
        try effects.set(
            Tile(
                .pension, .informed,
                "Du kan ta ut allmän pension tidigast från \(PensionRules.text(earliest)). Du bestämmer själv när. Ansök "
                    + "tre månader före"))
    }
}
