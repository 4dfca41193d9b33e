import AgencyKit
import LifeEvents

/// The rules of what employers declare.
enum EmployerRules {
    static let day = DatedRule(
        "employer-declaration", "UN30",
        "an employer declares what was paid in a month by this day of the next, or the next weekday", .dayOfMonth,
        [.since(2018, 7, 1, 12)], source: "SKV guidance 368350")
    static let lateDay = DatedRule(
        "employer-declaration-late", "UN31", "and in January and August by", .dayOfMonth, [.since(2018, 7, 1, 17)],
        source: "SKV guidance 368350")
    static let disclosure = LegalRule(
        "UN32", "a fund is told incomes by month and payer, of its frame alone", source: "lag (2001:588) 8 d §")
    static let frame = DatedRule(
        "income-frame", "UN33", "a frame with all that it skips is at most so many months", .months,
        [.since(2025, 10, 1, 72)], source: "ALF 3:6, 3:12-17")

    /// In the order of their numbers.
    static let all: [LegalRule] = [day.legal, lateDay.legal, disclosure, frame.legal]
}

extension TaxationRules {
    /// The last day on which employers declare a month.
    static func declarationDay(for month: Month, _ rules: RuleValues) -> Day {
        let next = month.next
        let rule = next.month == 1 || next.month == 8 ? EmployerRules.lateDay : EmployerRules.day
        return SwedishCalendar.lastDayMoved(
            next.firstDay.adding(days: rules.value(of: rule, on: next.firstDay) - 1))
    }
}

/// Employers declare what they have paid (AGI); a fund asks for it, and hears when a month that it lacked is known.
extension SkatteverketTaxation {
    var incomes: [River<Self>] {
        [
            River(
                "keep who may declare for a firm", hears: GrantedMandate.self, under: [EmployerRules.day.legal],
                mine: [
                    Condition("is for incomes of a firm") { state, event in
                        // A change may take the incomes out of it, or bring them in.
                        event.data.kind == .signatory
                            && (state.business.signatories.knows(event)
                                || event.change != .ceased && event.data.scope.contains(.monthlyIncome))
                    }
                ],
                whole: [
                    Condition("is given by who signs for the firm, as far as the register of companies is known") {
                        state, event in
                        state.business.signatories.groups.isEmpty
                            || state.business.signatories.signsAlone(event.data.filedBy)
                    }
                ], handle: { state, event, _ in try state.business.signatories.take(event) }),
            River(
                "book what a firm declares", hears: EmployerDeclaration.self, under: [EmployerRules.day.legal],
                whole: [
                    Condition("is filed by who may declare for the firm") { state, event in
                        state.business.signatories.mayAct(event.data.filedBy, .monthlyIncome, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    try effects.publish(
                        IncomeAccount(months: [
                            DeclaredWage(
                                month: event.data.month, payer: "\(effects.subject)", income: event.data.income)
                        ]), about: event.data.person)
                }),
            River(
                "answer a fund what was earned", hears: FundIncomeNeed.self,
                under: [EmployerRules.disclosure, EmployerRules.frame.legal], handle: Self.answerFund),
            River(
                "answer Försäkringskassan what was earned", hears: InsuranceIncomeNeed.self,
                under: [SicknessRules.incomeFrame.legal], handle: Self.answerInsurance),
            River(
                "tell a fund that a month is known", hears: IncomeAccount.self, under: [EmployerRules.disclosure],
                mine: [
                    Condition("is a month that a fund lacked") { state, event in
                        state.lacked.contains { lack in event.data.months.contains { $0.month == lack.month } }
                    }
                ],
                handle: { state, event, effects in
                    for month in event.data.months.map(\.month) {
                        let askers = state.lacked.filter { $0.month == month }.map(\.asker)
                        guard !askers.isEmpty else { continue }
                        state.lacked.removeAll { $0.month == month }
                        try effects.publish(
                            MonthlyIncome(month: month, concerns: askers))
                    }
                }),
        ]
    }

    private static func answerFund(
        _ state: inout Case, _ event: Event<FundIncomeNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let (from, to) = (Month(of: event.data.from), Month(of: event.data.to))
        let today = Month(of: effects.today)
        let isOutside =
            to < from || to > today || from < today.adding(months: -effects.value(of: EmployerRules.frame))
        let refusal =
            event.refusal(purpose: UnemploymentRules.purpose, hasCase: true) ?? (isOutside ? .outsidePeriod : nil)
        if let refusal {
            try effects.publish(
                TaxIncomeAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        var months: [DeclaredWage] = []
        var missing: [String] = []
        var month = from
        while month <= to {
            let known = state.wages.filter { $0.month == month }
            months += known
            // What nobody has declared in time was not earned, until it is declared after all.
            let isDue = TaxationRules.declarationDay(for: month, effects.rules) < effects.today
            if known.isEmpty, !isDue { missing.append("\(month)") }
            if known.isEmpty, !state.lacked.contains(where: { $0.month == month && $0.asker == asker }) {
                state.lacked.append(.init(month: month, asker: asker))
            }
            month = month.next
        }
        try effects.publish(
            TaxIncomeAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, missing: missing.isEmpty ? nil : missing,
                months: months.isEmpty ? nil : months), purpose: event.purpose)
    }

    private static func answerInsurance(
        _ state: inout Case, _ event: Event<InsuranceIncomeNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let (from, to) = (Month(of: event.data.from), Month(of: event.data.to))
        let isOutside = from < to.adding(months: 1 - effects.value(of: SicknessRules.incomeFrame))
        let refusal =
            event.refusal(purpose: SicknessRules.purpose, hasCase: true) ?? (isOutside ? .outsidePeriod : nil)
        let months = state.wages.filter { from <= $0.month && $0.month <= to }
        try effects.publish(
            TaxIncomeAnswer(
                caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                refusal: refusal, months: refusal == nil && !months.isEmpty ? months : nil), purpose: event.purpose)
    }
}
