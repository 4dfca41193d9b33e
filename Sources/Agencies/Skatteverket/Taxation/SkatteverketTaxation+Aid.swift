import AgencyKit
import LifeEvents

/// What taxation tells SSBTEK: wages as employers declare them month by month (AGI).
extension SkatteverketTaxation {
    var financialAid: [River<Self>] {
        [
            River(
                "keep what employers have declared", hears: IncomeAccount.self, as: Self.taxation,
                handle: { state, event, _ in
                    for month in event.data.months {
                        state.wages.removeAll { $0.month == month.month && $0.payer == month.payer }
                        state.wages.append(month)
                    }
                }),
            AidSources.river(of: Self.self, answering: TaxAidIncome.self, as: Self.taxation) { state, period in
                // A wage counts by the month in which it is paid.
                state.wages.filter { period.contains($0.month.firstDay) }.map {
                    AidFact(fact: .wage, amount: $0.income, month: $0.month, paidOn: $0.month.lastDay)
                }
            },
        ]
    }
}
