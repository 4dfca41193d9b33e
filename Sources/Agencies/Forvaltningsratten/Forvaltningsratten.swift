public import AgencyKit
public import LifeEvents

/// Förvaltningsrätten, the administrative court: appeals against decisions of agencies. What it judges is said by
/// scenarios; where none says anything it finds no reason to change a decision.
public struct Forvaltningsratten: Agency {
    /// What is remembered of one appeal.
    public typealias Case = ForvaltningsrattenCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The appeal is judged.
        case judge
    }

    /// Writes `forvaltningsratten.*`.
    public static let owner = Owner.forvaltningsratten
    /// What it publishes.
    public static let publications = [Publication(AdministrativeDecision.self)]
    /// Until the judgment.
    static let judging = DatedRule(
        "court-judging", "M7", "the administrative court judges an appeal in", .days, [.since(2026, 1, 1, 120)],
        source: "none", mark: .assumption)
    /// What it goes by.
    public static let rules = [
        judging.legal, ElderCareRules.appeal.legal, UnemploymentRules.appeal.legal, RetirementRules.appeal.legal,
        SicknessReviewRules.appeal.legal,
        ArrivalRules.appeal.legal,
    ]

    /// The court.
    public init() {}

    /// What it hears: appeals that came in time, and its own judgments.
    public var rivers: [River<Self>] {
        [
            Self.appeal("take an appeal", hears: SentAppeal.self, under: []),
            Self.appeal(
                "take an appeal of a municipality's decision", hears: MunicipalAppeal.self,
                under: [ElderCareRules.appeal.legal]),
            Self.appeal(
                "take an appeal of a fund's decision", hears: UnemploymentAppeal.self,
                under: [UnemploymentRules.appeal.legal]),
            Self.appeal(
                "take an appeal of a decision on social insurance", hears: InsuranceAppeal.self,
                under: [SicknessReviewRules.appeal.legal]),
            Self.appeal(
                "take an appeal of a decision on a pension", hears: PensionAppeal.self,
                under: [RetirementRules.appeal.legal]),
            Self.appeal(
                "take an appeal to the migration court", hears: PermitAppeal.self, under: [ArrivalRules.appeal.legal]),
            River(
                "note a judgment", hears: AdministrativeDecision.self,
                mine: [
                    Condition("is a judgment of the case that is open") { state, event in
                        event.data.state == .judgment && state.caseRef == event.data.caseRef
                    }
                ],
                handle: { state, _, effects in
                    state.caseRef = nil
                    effects.cancelTimer(.judge)
                }),
        ]
    }

    /// One that came in time is judged.
    /// - Parameter rules: how long one could appeal.
    private static func appeal<Data: ForwardedAppeal>(
        _ name: String, hears: Data.Type, under rules: [LegalRule], line: Int = #line
    ) -> River<Self> {
        River(
            name, hears: Data.self, under: [judging.legal] + rules,
            mine: [Condition("came in time") { _, event in event.data.inTime }], line: line,
            handle: { state, event, effects in
                state.caseRef = event.data.caseRef
                state.from = event.source
                let day = effects.today.adding(days: effects.value(of: judging))
                effects.setTimer(.judge, at: Stockholm.instant(day, hour: 8))
            })
    }

    /// Nothing was said of the appeal until now.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let caseRef = state.caseRef, let from = state.from else { return }
        try effects.publish(
            AdministrativeDecision(
                caseRef: caseRef, state: .judgment, outcome: .upheld, decidedOn: effects.today, concerns: [from]))
    }
}

/// What the court remembers of one appeal.
public struct ForvaltningsrattenCase: AgencyCase {
    /// The case that is open.
    var caseRef: String?
    /// Who decided what is appealed.
    var from: AgencyID?

    /// No appeal.
    public init() {}
}

/// An appeal as who decided sends it on to the court.
private protocol ForwardedAppeal: LifeEvent {
    /// The case that was decided.
    var caseRef: String { get }
    /// Whether it came before the last day to appeal was over.
    var inTime: Bool { get }
}

extension SentAppeal: ForwardedAppeal {}
extension MunicipalAppeal: ForwardedAppeal {}
extension UnemploymentAppeal: ForwardedAppeal {}
extension InsuranceAppeal: ForwardedAppeal {}
extension PensionAppeal: ForwardedAppeal {}
extension PermitAppeal: ForwardedAppeal {}
