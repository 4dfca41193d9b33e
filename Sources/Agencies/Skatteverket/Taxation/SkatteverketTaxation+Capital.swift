import AgencyKit
import LifeEvents

/// What the Pensions Agency may ask of one who applies for a housing supplement (SFB 110 kap. 31 §, E15).
extension SkatteverketTaxation {
    var capital: [River<Self>] {
        [
            River(
                "tell a surplus of capital", hears: CapitalNeed.self, under: [SupplementRules.asks],
                handle: { _, event, effects in
                    guard let asker = event.source else { return }
                    // Taxation knows of no surplus but what a return has told; none is told here.
                    let refusal = event.refusal(purpose: Pensionsmyndigheten.supplementPurpose, hasCase: true)
                    try effects.publish(
                        CapitalAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, year: refusal == nil ? Self.assessedYear(on: effects.today) : nil,
                            capitalSurplus: refusal == nil ? 0 : nil), purpose: event.purpose)
                })
        ]
    }

    /// The last income year for which final tax is decided: decisions come by the 15th of December (SFL 56 kap. 10 §).
    private static func assessedYear(on day: Day) -> Int {
        let isDecided = day.month == 12 && day.dayOfMonth >= 15
        return day.year - (isDecided ? 1 : 2)
    }
}
