import AgencyKit
import LifeEvents

/// A decision is reviewed, then appealed (R29): what the account says then is what should have been paid.
extension Pensionsmyndigheten {
    var pensionReviews: [River<Self>] {
        [
            River(
                "take a request for review", hears: PensionReview.self,
                under: [RetirementRules.reviewing.legal, PensionRules.review.legal],
                mine: [
                    Condition("is of the old-age pension that is drawn") { state, event in
                        state.reviewRef == event.data.decisionRef
                    },
                    Condition("is not under review already") { state, _ in
                        state.review.stage == .none || state.review.stage == .reviewed
                    },
                ],
                whole: [
                    Self.filedByPensioner { $0.filedBy },
                    Condition("is filed in time") { state, event in
                        state.review.by.map { event.knownOn <= $0 } ?? false
                    },
                ],
                handle: { state, event, effects in
                    state.review.stage = .reviewing
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: RetirementRules.reviewing), to: effects.today)
                    effects.setTimer(.review, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .pension, .underReview,
                            "Vi omprövar beslutet om allmän pension. Besked väntas \(SwedishText.day(day))",
                            expected: day))
                }),
            River(
                "send an appeal to the court", hears: PensionAppealFiling.self, under: [RetirementRules.appeal.legal],
                mine: [
                    Condition("is of a decision that was reviewed") { state, event in
                        state.review.stage == .reviewed && state.reviewRef == event.data.decisionRef
                    }
                ], whole: [Self.filedByPensioner { $0.filedBy }],
                handle: { state, event, effects in
                    state.review.stage = .court
                    let inTime = state.review.appealBy.map { effects.today <= $0 } ?? false
                    try effects.publish(PensionAppeal(caseRef: event.data.decisionRef, inTime: inTime))
                    try effects.set(
                        Tile(
                            .pension, .underReview,
                            "Vi har skickat ditt överklagande till förvaltningsrätten, som avgör",
                            other: AgencyID(.forvaltningsratten)))
                }),
            River(
                "follow the court", hears: AdministrativeDecision.self, under: [RetirementRules.appeal.legal],
                mine: [
                    Condition("is a judgment of what was appealed") { state, event in
                        state.review.stage == .court && event.data.state == .judgment
                            && event.data.caseRef == state.reviewRef
                    }
                ],
                handle: { state, event, effects in
                    state.review.stage = .none
                    guard event.data.outcome == .changed else {
                        return try effects.set(
                            Tile(.pension, .decided, "Förvaltningsrätten har inte ändrat beslutet. Det gäller"))
                    }
                    _ = try Self.correctOldAge("efter förvaltningsrättens dom", &state, &effects)
                }),
            River(
                "count anew by the income of a year", hears: PensionIncome.self,
                under: [RetirementRules.yearlyCount, RetirementRules.right.legal, RetirementRules.annuity.legal],
                mine: [
                    Condition("is of one who is alive") { state, _ in !state.isDead },
                    Condition("is a new year, or corrects one") { state, event in
                        event.isNew || state.incomes.contains { event.follows($0.chain) }
                    },
                ], handle: Self.takeIncome),
        ]
    }

    static func reviewDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.review.stage == .reviewing else { return }
        guard try !correctOldAge("efter omprövning", &state, &effects) else {
            state.review.stage = .none
            return
        }
        state.review.stage = .reviewed
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(months: effects.value(of: RetirementRules.appeal)))
        state.review.appealBy = day
        try effects.set(
            Tile(
                .pension, .decided,
                "Vi har omprövat beslutet och ändrar det inte. Överklaga senast \(SwedishText.day(day))", reviewBy: day)
        )
    }

    /// The pension as the account has it, from its first month; what was paid too little is paid with the next.
    /// - Returns: whether it was another.
    private static func correctOldAge(
        _ why: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard let place = state.pensions.firstIndex(where: { $0.kind == .oldAge && $0.chain.holds }) else {
            return false
        }
        let pension = state.pensions[place]
        let right = oldAgeAmount(state, share: pension.share) ?? 0
        let more = right - (pension.amount(in: Month(of: effects.today)) ?? 0)
        guard more > 0 else { return false }
        state.pensions[place].change(to: right, from: pension.first)
        if let paid = pension.paidTo, paid >= pension.first {
            let months = (paid.year - pension.first.year) * 12 + paid.month - pension.first.month + 1
            state.arrears = Case.Arrears(from: pension.first, to: paid, amount: more * months)
        }
        try effects.publish(
            PensionDecision(
                kind: .oldAge, outcome: .granted, month: pension.first, share: pension.share,
                concerns: told(state, effects)), in: &state.pensions[place].chain, occurredOn: pension.first.firstDay)
        state.retirement.awaitsPayment = true
        let next = nextPayday(after: effects.today, born: state.birthDate)
        try effects.set(
            Tile(
                .pension, .corrected,
                "Pensionen är rättad från \(PensionRules.text(pension.first)) \(why). Det som fattas betalas "
                    + "\(SwedishText.day(next))"))
        return true
    }

    /// What was paid too little is paid with the next payment.
    static func payArrears(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let arrears = state.arrears, let payee = payee(state, effects.subject, on: effects.today) else { return }
        state.arrears = nil
        let isOne = arrears.from == arrears.to
        try effects.publish(
            PensionPayment(
                benefit: .oldAge, month: isOne ? arrears.from : nil, from: isOne ? nil : arrears.from,
                to: isOne ? nil : arrears.to, amount: arrears.amount, kind: .paid, payee: payee, paidOn: effects.today))
    }

    private static func takeIncome(
        _ state: inout Case, _ event: Event<PensionIncome>, _ effects: inout Effects<Timer>
    ) throws {
        let known = state.incomes.firstIndex { event.follows($0.chain) && !event.isNew }
        let before =
            known.map { state.incomes[$0].amount } ?? (event.isNew && isInAccount(event.data.year, state) ? nil : 0)
        if let known {
            try state.incomes[known].chain.take(event)
            state.incomes[known].amount = event.data.amount
        } else {
            state.incomes.append(.init(year: event.data.year, amount: event.data.amount, chain: ChainHead(event)))
        }
        // A year that the account has in it already is only remembered, until it is corrected.
        guard let before, event.data.amount != before, state.hasPension(.oldAge) else { return }
        let day = SwedishCalendar.adding(workingDays: effects.value(of: RetirementRules.recount), to: effects.today)
        let divisor = effects.value(of: RetirementRules.annuity) * 12
        let change = (event.data.amount - before) * effects.value(of: RetirementRules.right) / 100 / divisor
        state.account.income = max((state.account.income ?? 0) + change, 0)
        state.countsFrom = Month(year: event.data.year + 2, month: 1)
        effects.setTimer(.income, at: Stockholm.instant(day, hour: 8))
    }

    /// A year is in the account where it was closed when the pension was decided.
    private static func isInAccount(_ year: Int, _ state: Case) -> Bool {
        state.retirement.first.map { year < $0.year } ?? true
    }

    /// From January two years after the income's (R30); it is never less for months that have begun.
    static func countIncome(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let law = state.countsFrom, !state.isDead,
            let place = state.pensions.firstIndex(where: { $0.kind == .oldAge && $0.chain.holds })
        else { return }
        state.countsFrom = nil
        let pension = state.pensions[place]
        let from = max(law, Month(of: effects.today).next)
        let amount = oldAgeAmount(state, share: pension.share) ?? 0
        state.pensions[place].change(to: amount, from: from)
        try effects.publish(
            PensionDecision(
                kind: .oldAge, outcome: .granted, month: from, share: pension.share, concerns: told(state, effects)),
            in: &state.pensions[place].chain, occurredOn: from.firstDay)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try effects.set(
            Tile(
                .pension, .corrected,
                "Pensionen är ändrad från \(PensionRules.text(from)) eftersom din pensionsgrundande inkomst är ändrad. Begär "
                    + "omprövning senast \(SwedishText.day(review))", reviewBy: review))
        try recountSupplement(&state, "på grund av din ändrade pension", from: from, &effects)
    }
}

extension RetirementRules {
    static let reviewing = DatedRule(
        "pension-reviewing", "R29", "a review is decided in", .workingDays, [.since(2026, 1, 1, 30)], source: "none",
        mark: .assumption)
    static let appeal = DatedRule(
        "pension-appeal", "R29", "a reviewed decision is appealed within", .months, [.since(2011, 1, 1, 2)],
        source: "SFB 113 kap. 10 and 20 §§")
    static let yearlyCount = LegalRule(
        "R30", "the pension income of a year counts from January two years later; less only for months to come",
        source: "SFB 70 kap. 2 and 5 §§, 113 kap. 29–31 §§", mark: .likely)
    static let right = DatedRule(
        "income-pension-right", "R30", "of the pension income of a year so much is income pension right", .percent,
        [.since(1999, 1, 1, 16)], source: "SFB 61 kap. 5 §")
    static let annuity = DatedRule(
        "annuity-divisor", "R30", "shared by", .count, [.since(2026, 1, 1, 16)], source: "none", mark: .assumption)
}

extension PensionsmyndighetenCase {
    /// What the old-age pension that is drawn is called in a review.
    var reviewRef: String? {
        pensions.first { $0.kind == .oldAge && $0.chain.holds }.map { "oldAge-\($0.first)" }
    }

    /// A decision under review.
    struct Review: CasePart {
        enum Stage: String, Codable, Sendable { case none, reviewing, reviewed, court }

        var stage = Stage.none
        /// The last day to ask for it, and to appeal.
        var by: Day?
        var appealBy: Day?

        init() {}
    }

    /// What was paid too little.
    struct Arrears: Codable, Equatable, Sendable {
        var from: Month
        var to: Month
        var amount: Int
    }

    /// The pension income of a year.
    struct YearIncome: Codable, Equatable, Sendable {
        var year: Int
        var amount: Int
        var chain: ChainHead
    }
}
