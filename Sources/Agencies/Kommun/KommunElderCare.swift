public import AgencyKit
public import LifeEvents

/// Elder care (äldreomsorg) of the municipalities: what held before, and what a move, a departure and a death make of it.
///
/// A branch of its own: no other branch of a municipality sees its cases (OSL 8:2).
public struct KommunElderCare: Agency {
    /// What it remembers of one inhabitant.
    public typealias Case = KommunElderCareCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The time for which help goes on after a move is over.
        case help = "help-after-a-move"
        /// An application, or a case that was handed over, is decided.
        case decide = "care-decision"
        /// The first day of what has been granted.
        case start = "care-start"
        /// What was applied for from hospital, or for a home, is decided.
        case careDecision = "care-request-decision"
        /// Granted care begins.
        case careStart = "care-request-start"
        /// The time to answer an offered place is over.
        case careOffer = "care-home-offer"
        /// Granted care is overdue, or a quarter is over.
        case careOverdue = "care-overdue"
        /// The Pensions Agency is asked again.
        case careIncome = "care-income"
        /// A fee is decided.
        case careFee = "care-fee"
        /// The time to say again what the income is, is over.
        case careStatement = "care-statement"
        /// The court's question is answered.
        case opinion = "guardian-opinion"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Elder care.
    public static let branch: Branch? = Branch("aldreomsorg")
    /// What it publishes.
    public static let publications = [
        Publication(ElderCare.self), Publication(CaseTransfer.self), Publication(StatusTile.self),
        Publication(MunicipalCaseStatus.self), Publication(CareReadiness.self), Publication(OverdueCare.self),
        Publication(CareAlarm.self), Publication(GuardianReport.self), Publication(MunicipalAppeal.self),
        Publication(PensionAmountNeed.self), Publication(CareAssessmentNeed.self),
        Publication(CareAssessmentAnswer.self), Publication(PlaceWanted.self), Publication(PlaceFree.self),
        Publication(PlaceTaken.self), Publication(PlaceLeft.self), Publication(PlaceMatch.self),
        Publication(GuardianOpinionAnswer.self),
    ]
    /// What it goes by.
    public static let rules: [LegalRule] =
        CareRules.all + ElderCareRules.all + [
            GuardianRules.opinions, GuardianRules.socialOpinion.legal, GodManConsumer.knows,
        ]

    /// The branch.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] {
        services + stays + mandates + opinions + care + homes + fees + incomes + alarms + moves + applications + deaths
    }

    /// The time for which the old help goes on is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .help: try Self.endOldHelp(&state, &effects)
        case .decide: try Self.decide(&state, &effects)
        case .start: try Self.start(&state, &effects)
        case .careDecision: try Self.decideCare(&state, &effects)
        case .careStart: try Self.startCare(&state, &effects)
        case .careOffer: try Self.passPlace(&state, &effects)
        case .careOverdue: try Self.reportOverdue(&state, &effects)
        case .careIncome: try Self.askPensions(&state, &effects)
        case .opinion: try Self.giveOpinion(&state, &effects)
        case .careFee: try Self.decideFee(&state, &effects)
        case .careStatement: try Self.keepTold(&state, &effects)
        }
    }

    private var services: [River<Self>] {
        [
            River(
                "adopt a service of elder care", hears: ElderCare.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a started service") { _, event in event.isNew && event.data.state == .started },
                    Condition("does not have the service") { state, event in
                        !state.services.contains { $0.service == event.data.service && $0.stage != .ended }
                    },
                ],
                handle: { state, event, _ in
                    state.services.removeAll { $0.service == event.data.service }
                    state.services.append(.init(service: event.data.service, chain: ChainHead(event)))
                })
        ]
    }
}

/// The rules of elder care at a move.
enum CareRules {
    static let responsible = LegalRule(
        "M19", "the municipality of residence is responsible; the old decision does not follow",
        source: "SoL 2025:400 29 kap.; prop. 2010/11:49")
    static let oldHelp = DatedRule(
        "old-help", "M19", "help of the old municipality goes on after the decision on the move for at most", .days,
        [.since(2026, 1, 1, 14)], source: "none", mark: .assumption)
    static let deciding = DatedRule(
        "care-deciding", "M19", "the new municipality decides within", .workingDays, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    static let transfer = LegalRule(
        "M20", "a case of care is handed over with the person's consent, and the receiver answers in ten working days",
        source: "SoL 2025:400 29 kap. 10-11 §§; days assumed", mark: .assumption)
    static let appeal = DatedRule(
        "care-appeal", "M17", "a refusal is appealed within, from receipt", .weeks, [.since(1986, 7, 1, 3)],
        source: "FL 44 §")
    static let simple = DatedRule(
        "care-without-inquiry", "M23", "in Karlstad an alarm is given without inquiry from the age of", .years,
        [.since(2026, 1, 1, 68)], source: "karlstad.se")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        responsible, oldHelp.legal, deciding.legal, transfer, appeal.legal, simple.legal,
    ]

    /// The municipality of M23.
    static let karlstad = "1780"

    /// What of an application is inquired into; help at home where it names nothing.
    static func inquired(_ data: MunicipalApplication) -> [ElderCareService] {
        let asked = data.care ?? [.homeHelp]
        return asked.isEmpty ? [.homeHelp] : asked
    }
}
