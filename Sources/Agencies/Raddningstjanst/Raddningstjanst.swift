public import AgencyKit
public import LifeEvents

/// The rescue services (räddningstjänst), one adapter for all: what they think of premises where alcohol is to be served.
public struct Raddningstjanst: Agency {
    /// What is remembered of one firm.
    public struct Case: AgencyCase {
        @Part var serving: KnownServing

        /// Nothing.
        public init() {}
    }

    /// What they wait for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A referral is answered.
        case serving
    }

    /// Writes `raddningstjanst.*`.
    public static let owner = Owner.raddningstjanst
    /// What they publish.
    public static let publications = [Publication(RescuePermitAnswer.self)]
    /// What they go by.
    public static let rules = [ServingRules.rescueAnswers.legal]

    /// The rescue services.
    public init() {}

    /// What they hear: referrals.
    public var rivers: [River<Self>] {
        ServingReferrals.rivers(
            Self.self, RescuePermitAnswer.self, within: ServingRules.rescueAnswers, timer: .serving,
            concerns: { event in event.data.asked.filter { $0.owner == .raddningstjanst } })
    }

    /// A referral is answered.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try ServingReferrals.answer(RescuePermitAnswer.self, &state.serving, &effects)
    }
}

extension Raddningstjanst.Case: KnowsServing {}
