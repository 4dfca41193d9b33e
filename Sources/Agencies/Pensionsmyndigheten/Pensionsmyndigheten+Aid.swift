import AgencyKit
import LifeEvents

/// What Pensionsmyndigheten tells SSBTEK: pensions paid in the period.
extension Pensionsmyndigheten {
    var aid: River<Self> {
        AidSources.river(of: Self.self, answering: PensionAidIncome.self) { state, period in
            var facts: [AidFact] = []
            for pension in state.pensions {
                for paid in pension.paid {
                    let day = PensionRules.payday(of: paid.month, born: state.birthDate)
                    guard period.contains(day) else { continue }
                    facts.append(
                        AidFact(
                            fact: .paid, benefit: pension.kind.toSocialServices, amount: paid.amount, month: paid.month,
                            paidOn: day))
                }
            }
            return facts
        }
    }
}

extension PensionKind {
    /// What social services call it.
    var toSocialServices: AidBenefit {
        switch self {
        case .oldAge: .oldAge
        case .survivor: .survivor
        case .guarantee: .guarantee
        case .housingSupplement: .housingSupplement
        }
    }
}
