import AgencyKit
import LifeEvents

/// Who works more than the degree lets: what employers have declared of a month is looked at, the insured is heard, the degree
/// is corrected from that month, and what was paid too much is claimed back (S50 to S52).
extension ForsakringskassanSickness {
    var overwork: [River<Self>] {
        [
            River(
                "hear what was earned while ill", hears: TaxIncomeAnswer.self,
                under: [OverworkRules.looked, OverworkRules.degree],
                handle: Self.takeEarnings)
        ]
    }

    /// Asks what employers have declared of a month that is granted from its first day to its last.
    static func lookAtWork(_ month: Month?, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let month, state.period.stage == .paying,
            state.period.spans.first.map({ $0.from <= month.firstDay }) == true,
            state.period.lastDay.map({ month.lastDay <= $0 }) == true
        else { return }
        state.overwork = .init(month: month)
        try effects.ask(
            InsuranceIncomeNeed(
                caseRef: "work-\(month)", facts: ["months"], asked: [AgencyID(.skatteverket)], from: month.firstDay,
                to: month.lastDay), for: SicknessRules.purpose, in: &state.overwork.income)
    }

    private static func takeEarnings(
        _ state: inout Case, _ event: Event<TaxIncomeAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.overwork.income.take(event), let month = state.overwork.month,
            let yearly = state.period.yearlyIncome, state.period.stage == .paying,
            let granted = state.period.spans.last(where: { $0.from <= month.lastDay })?.degree
        else { return }
        let earned = (event.data.months ?? []).reduce(0) { $0 + $1.income }
        let allowed = OverworkRules.degree(earned: earned, yearlyIncome: yearly)
        guard allowed < granted else { return }
        state.overwork.degree = allowed
        let name = "\(SwedishText.month(month)) \(month.year)"
        try hear(
            .overwork, "du enligt arbetsgivaren arbetade mer i \(name) än din grad av sjukpenning", &state, &effects)
        guard let over = overpaid(state, effects.rules), let from = state.period.firstCorrected(in: month) else {
            return
        }
        try tellClaim(.considered, over.amount, from, over.to, payBy: nil, &effects)
    }

    /// The time to be heard is over: the degree is another from the month on, and what was too much is claimed back.
    static func lessen(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let month = state.overwork.month, let degree = state.overwork.degree,
            let from = state.period.firstCorrected(in: month), let to = state.period.lastDay
        else { return }
        let over = overpaid(state, effects.rules)
        let terms = RecoveryTerms(answerDays: 0, payDays: effects.value(of: OverworkRules.payBy))
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let tail = "Begär omprövning senast \(SwedishText.day(review))"
        state.period.ground = nil
        if degree == 0 {
            try end(after: from.adding(days: -1), &state, &effects)
            try tell(
                .decided,
                "Du får inte sjukpenning efter \(SwedishText.day(from.adding(days: -1))), eftersom du arbetade heltid. \(tail)",
                reviewBy: review, &effects)
        } else if state.period.take(.grant) {
            let span = SicknessCase.SickPeriod.Span(from: from, to: to, degree: degree)
            state.period.grant(span)
            try publishDecision(span, &state, &effects)
            setPaymentTimers(state, &effects)
            try tell(
                .decided,
                "Du får \(degreeWord(degree)) sjukpenning från \(SwedishText.day(from)) till \(SwedishText.day(to)), eftersom "
                    + "du arbetade mer. \(tail)", reviewBy: review, &effects)
        }
        state.overwork = .init()
        guard let over else { return }
        // What was paid too much is claimed back, and not taken from what comes.
        state.period.paid.append(.init(to: over.to, amount: -over.amount))
        var claim = Recovery(of: over.amount, from: from, to: over.to, on: effects.today, terms)
        guard claim.decide(on: effects.today, terms), let payBy = claim.payBy else { return }
        try tellClaim(.decided, claim.amount, claim.from, claim.to, payBy: payBy, &effects)
        try effects.set(
            Tile(
                .recovery, .decided,
                "Betala tillbaka \(InsuranceRules.kronor(claim.amount)) senast \(SwedishText.day(payBy)). Du fick för mycket "
                    + "sjukpenning från \(SwedishText.day(from)). \(tail)", reviewBy: review))
    }

    private static func tellClaim(
        _ told: RecoveryState, _ amount: Int, _ from: Day, _ to: Day, payBy: Day?, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            InsuranceRecovery(
                benefit: .sicknessBenefit, state: told, amount: amount, from: from, to: to, payBy: payBy))
    }

    /// What has been paid beyond what the corrected degree gives, to which day; nil: nothing.
    private static func overpaid(_ state: Case, _ rules: RuleValues) -> (amount: Int, to: Day)? {
        guard let month = state.overwork.month, let degree = state.overwork.degree, let last = state.period.paid.last,
            let from = state.period.firstCorrected(in: month), let to = state.period.lastDay
        else { return nil }
        var period = state.period
        if degree == 0 {
            period.end(after: from.adding(days: -1))
        } else {
            period.grant(.init(from: from, to: to, degree: degree))
        }
        let over = state.period.paid.reduce(0) { $0 + $1.amount } - period.due(to: last.to, rules)
        return over > 0 ? (over, last.to) : nil
    }
}

extension SicknessCase.SickPeriod {
    /// The first day of a month that is granted.
    func firstCorrected(in month: Month) -> Day? {
        spans.first { $0.to >= month.firstDay }.map { max($0.from, month.firstDay) }
    }
}

extension SicknessCase {
    /// What was earned in a month that sickness benefit is paid for.
    struct Overwork: CasePart {
        var month: Month?
        var income = Inquiry()
        /// The degree that the earnings leave; nil: not more was earned than the degree lets.
        var degree: Int?

        init() {}
        init(month: Month) { self.month = month }
    }
}

/// The rules of work beside sickness benefit.
enum OverworkRules {
    static let looked = LegalRule(
        "S50", "what employers have declared of a month with sickness benefit may be looked at",
        source: "SFB 110:31; lag (2001:588) 7 §")
    static let degree = LegalRule(
        "S51", "the degree is the highest quarter that is left beside what is earned, of full pay", source: "SFB 27:45")
    static let payBy = DatedRule(
        "sickness-recovery", "S52", "what is claimed back after a hearing is paid within", .days,
        [.since(2026, 1, 1, 30)], source: "SFB 108:2; days assumed", mark: .assumption)
    static let all: [LegalRule] = [looked, degree, payBy.legal]

    /// The highest degree that a month's earnings leave room for, percent.
    static func degree(earned: Int, yearlyIncome: Int) -> Int {
        [100, 75, 50, 25].first { earned * 12 * 100 <= yearlyIncome * (100 - $0) } ?? 0
    }
}
