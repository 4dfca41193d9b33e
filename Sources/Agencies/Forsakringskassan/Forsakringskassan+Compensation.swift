import AgencyKit
import LifeEvents

/// Sickness compensation until the guide age: the Pensions Agency is told its end four months before, and pays from the month
/// after (SFB 33:16).
extension Forsakringskassan {
    var compensations: [River<Self>] {
        [
            River(
                "adopt the account of a sickness compensation", hears: CompensationAccount.self,
                under: [CompensationRules.end, CompensationRules.told.legal, CompensationRules.payday],
                mine: [
                    Condition("is a new fact") { state, event in event.isNew && state.account.birthDate == nil }
                ],
                handle: { state, event, effects in
                    state.account.birthDate = event.data.birthDate
                    state.account.monthly = event.data.monthly
                    state.account.paidTo = Month(of: event.knownOn).adding(months: -1)
                    let guide = RetirementRules.month(
                        of: PensionRules.guideAge, born: event.data.birthDate, effects.rules)
                    let month = guide.adding(months: -effects.value(of: CompensationRules.told))
                    let day =
                        SwedishCalendar.isWorkingDay(month.firstDay)
                        ? month.firstDay : SwedishCalendar.adding(workingDays: 1, to: month.firstDay)
                    effects.setTimer(.compensationEnd, at: Stockholm.instant(day, hour: 8))
                    Self.setCompensationPayday(state, &effects)
                }),
            River(
                "tell the Pensions Agency of a sickness compensation", hears: PensionBenefitsNeed.self,
                under: [CompensationRules.asked],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let refusal = event.refusal(purpose: RetirementRules.purpose, hasCase: !state.death.holds)
                    let held = state.held.first { $0.decision.benefit == .sicknessCompensation && $0.chain.holds }
                    let told = held.map {
                        InsuredBenefit(
                            benefit: .sicknessCompensation, from: $0.decision.from, to: $0.decision.to,
                            degree: $0.decision.degree, applied: false)
                    }
                    try effects.publish(
                        InsuranceBenefitsAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, benefits: refusal == nil ? told.map { [$0] } : nil),
                        purpose: event.purpose)
                }),
        ]
    }

    /// The decision has its end: the month before that of the guide age.
    static func tellCompensationEnd(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.account.birthDate, !state.death.holds,
            let place = state.held.firstIndex(where: {
                $0.decision.benefit == .sicknessCompensation && $0.chain.holds
            })
        else { return }
        let last = RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules).adding(months: -1)
        state.held[place].decision.to = last.lastDay
        state.held[place].decision.concerns = [AgencyID(.pensionsmyndigheten)]
        try effects.publish(
            state.held[place].decision, in: &state.held[place].chain, occurredOn: effects.today)
        let next =
            state.held[place].decision.degree ?? 100 == 100
            ? "Pensionsmyndigheten betalar pension från månaden efter, utan ansökan"
            : "Ansök om pension hos Pensionsmyndigheten"
        try effects.set(
            Tile(
                .stopped, .stopped, "Sjukersättningen upphör efter \(PensionRules.text(last)). \(next)",
                other: AgencyID(.pensionsmyndigheten)))
    }

    /// The next month that the compensation is paid for.
    private static func setCompensationPayday(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let month = nextCompensation(state, effects) else { return effects.cancelTimer(.compensationPayday) }
        let day = CompensationRules.payday(of: month, born: state.account.birthDate)
        effects.setTimer(.compensationPayday, at: Stockholm.instant(day))
    }

    private static func nextCompensation(_ state: Case, _ effects: Effects<Timer>) -> Month? {
        guard let born = state.account.birthDate, let paid = state.account.paidTo else { return nil }
        let next = paid.next
        return next < RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules) ? next : nil
    }

    static func payCompensation(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let month = nextCompensation(state, effects), let monthly = state.account.monthly,
            state.held.contains(where: { $0.decision.benefit == .sicknessCompensation && $0.chain.holds })
        else { return }
        state.account.paidTo = month
        try effects.publish(
            InsurancePayment(
                benefit: .sicknessCompensation, month: month, amount: monthly, kind: .paid, payee: effects.subject,
                paidOn: effects.today))
        setCompensationPayday(state, &effects)
    }
}

/// The rules of sickness compensation at the guide age.
enum CompensationRules {
    static let end = LegalRule(
        "R25", "sickness compensation is paid to the month before that of the guide age", source: "SFB 33 kap. 16 §")
    static let told = DatedRule(
        "compensation-end-told", "R26", "the Pensions Agency is told of its end so long before", .months,
        [.since(2026, 1, 1, 4)], source: "none", mark: .assumption)
    static let asked = LegalRule(
        "R27", "the Pensions Agency is told degree and end of a sickness compensation, and nothing else of it",
        source: "SFB 110 kap. 31 §")
    static let payday = LegalRule(
        "R28", "sickness compensation is paid on the 18th to who was born on the 1st to the 15th, else on the 19th",
        source: "forsakringskassan.se, tables of 2018 and 2024")
    static let all: [LegalRule] = [end, told.legal, asked, payday]

    /// The payday of a month.
    static func payday(of month: Month, born: Day?) -> Day {
        PayoutDay.nearest.day((born?.dayOfMonth ?? 1) <= 15 ? 18 : 19, in: month)
    }
}

extension ForsakringskassanCase {
    /// What is paid of a sickness compensation.
    struct CompensationPay: CasePart {
        var birthDate: Day?
        /// Kronor a month.
        var monthly: Int?
        /// The last month that has been paid.
        var paidTo: Month?

        init() {}
    }
}
