import AgencyKit
import LifeEvents

/// What CSN tells SSBTEK: student aid that touches the period.
extension CSN {
    var financialAid: River<Self> {
        AidSources.river(of: Self.self, answering: StudyAidIncome.self) { state, period in
            guard state.aid.holds, let aid = state.aid.head?.value, period.touches(aid.from, aid.to) else { return [] }
            return [AidFact(fact: .granted, benefit: .studyAid, from: aid.from, to: aid.to)]
        }
    }
}
