public import AgencyKit
public import LifeEvents

/// Institutions of other states, as the exchange of social security data reaches them. What they answer, and when, is said
/// by scenarios: months may pass. Only a question for another purpose is refused at once.
public struct Eessi: Agency {
    /// What is remembered of one person.
    public typealias Case = EessiCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.eessi
    /// What it publishes.
    public static let publications = [Publication(ForeignPensionAnswer.self), Publication(OffsetAnswer.self)]
    static let answers = LegalRule(
        "R24", "the institution of another state answers on years and pension of a person who has applied in Sweden",
        source: "reg. 883/2004; reg. 987/2009 art. 45 and 47", mark: .likely)
    /// What it goes by.
    public static let rules = [answers, RetirementRules.offset]

    /// The institutions' code.
    public init() {}

    /// What it hears: needs.
    public var rivers: [River<Self>] {
        [
            River(
                "note or refuse a question on a pension", hears: ForeignPensionNeed.self, under: [Self.answers],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    if let refusal = event.refusal(purpose: RetirementRules.purpose, hasCase: true) {
                        try effects.publish(
                            ForeignPensionAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal,
                                country: event.data.country), purpose: event.purpose)
                        return
                    }
                    if !state.asked.contains(event.data.country) { state.asked.append(event.data.country) }
                }),
            River(
                "note or refuse a question on arrears", hears: OffsetNeed.self, under: [RetirementRules.offset],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    // Arrears there are only of a pension that was asked about.
                    if let refusal = event.refusal(
                        purpose: RetirementRules.purpose, hasCase: state.asked.contains(event.data.country))
                    {
                        try effects.publish(
                            OffsetAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal,
                                country: event.data.country), purpose: event.purpose)
                    }
                }),
        ]
    }
}

/// What other states remember of one person.
public struct EessiCase: AgencyCase {
    /// States that were asked about a pension.
    var asked: [String] = []

    /// Nobody has asked.
    public init() {}
}
