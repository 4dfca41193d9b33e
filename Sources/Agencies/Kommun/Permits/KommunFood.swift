public import AgencyKit
public import LifeEvents

/// A municipality's environment and health (miljö och hälsoskydd): registration of food premises (EU 852/2004, C17).
///
/// A branch of its own, with a committee of its own: no other branch sees its cases (OSL 8:2).
public struct KommunFood: Agency {
    /// What is remembered of one firm.
    public typealias Case = KommunFoodCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A notice is decided.
        case decide = "food-decision"
        /// The first day of the business.
        case start = "food-start"
        /// The trustee of a bankrupt firm has not answered, or the end of the business is decided.
        case trustee = "food-trustee"
        /// A referral of a serving permit is answered.
        case serving = "food-serving"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Environment and health.
    public static let branch: Branch? = Branch("miljo")
    /// What it publishes; inspections are said by scenarios.
    public static let publications = [
        Publication(Permit.self, as: branch), Publication(FoodInspection.self, as: branch),
        Publication(FoodPermitAnswer.self, as: branch), Publication(StatusTile.self, as: branch),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { FoodRules.all + [ServingRules.foodAnswers.legal] }

    /// The branch's code.
    public init() {}

    /// What it hears: new restaurants, notices, inspections, bankruptcies.
    public var rivers: [River<Self>] {
        firms + notices
            + ServingReferrals.rivers(
                Self.self, FoodPermitAnswer.self, within: ServingRules.foodAnswers, timer: .serving,
                concerns: { Kommun.concerned($0.data.asked) })
    }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .decide: try Self.decide(&state, &effects)
        case .start: try Self.begin(&state, &effects)
        case .trustee: try Self.end(&state, &effects)
        case .serving: try ServingReferrals.answer(FoodPermitAnswer.self, &state.serving, &effects)
        }
    }

    private var firms: [River<Self>] {
        [
            River(
                "know a firm and who acts for it", hears: Company.self,
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, _ in
                    state.signatories.take(event.data)
                    state.company = ChainHead(event)
                    state.name = event.data.name
                }),
            River(
                "invite a restaurant to register", hears: Company.self, under: [FoodRules.notice.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a new firm") { _, event in
                        event.data.state == .registered && event.isNew && event.occurredOn == event.knownOn
                    },
                    Condition("serves food (SNI 56)") { _, event in FoodRules.servesFood(event.data.sni) },
                    Condition("is not known here") { state, _ in state.stage.after(.invited) != nil },
                ],
                handle: { state, event, effects in
                    guard state.take(.invited) else { return }
                    try effects.set(
                        Tile(
                            .foodRegistration, .informed,
                            "Ska ni servera mat i \(effects.place)? Anmäl det till kommunen minst två veckor innan ni börjar. "
                                + "Bolagets uppgifter är redan ifyllda"))
                }),
            River(
                "ask the trustee whether the business goes on", hears: Company.self,
                under: [FoodRules.trustee.legal], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is bankrupt") { _, event in event.data.state == .bankrupt },
                    Condition("has a registration, or asks for one") { state, _ in
                        state.stage.after(.bankrupt) != nil
                    },
                ], handle: Self.askTrustee),
            River(
                "go on where a bankruptcy is lifted", hears: Annulled<Company>.self,
                mine: [
                    Condition("annuls what we know of the firm") { state, event in event.annuls(state.company) }
                ], handle: Self.goOn),
            River(
                "know how a firm stands with the tax", hears: TaxRegistration.self,
                handle: { state, event, _ in state.tax = event.data }),
        ]
    }

    private var notices: [River<Self>] {
        [
            River(
                "adopt a registration", hears: Permit.self, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a food business that goes on") { _, event in
                        event.isNew && event.data.state == .active
                    },
                    Condition("is not one we hold") { state, _ in state.permit == nil },
                ],
                handle: { state, event, _ in
                    guard state.take(.adopted) else { return }
                    state.permit = event.data
                    state.head = event.id
                }),
            River(
                "take a notice of food premises", hears: PermitFiling.self, under: [FoodRules.notice.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of food") { _, event in event.data.kind == .foodRegistration },
                    Condition("is of a firm without a registration") { state, _ in
                        state.stage.after(.filed) != nil
                    },
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    },
                    Condition("says what is done there, and from when") { _, event in
                        event.data.activity != nil && event.data.startOn != nil
                    },
                ], handle: Self.takeNotice),
            River(
                "take what an inspector has seen", hears: FoodInspection.self, under: [FoodRules.fee],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a business that began too early") { state, event in
                        state.mayBegin.map { event.data.openedOn < $0 } ?? false
                    }
                ], handle: Self.consider),
            River(
                "take the trustee's answer", hears: PermitCompletion.self, under: [FoodRules.trustee.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is the trustee's answer") { _, event in event.data.item == .trusteeReply },
                    Condition("is waited for") { state, _ in state.stage == .trusteeAsked && !state.stops },
                ],
                whole: [
                    Condition("is filed by the trustee") { state, event in
                        state.signatories.trustee == event.data.filedBy
                    },
                    Condition("says whether the business goes on") { _, event in event.data.continues != nil },
                ],
                handle: { state, event, effects in
                    guard event.data.continues == true else { return Self.stop(&state, &effects) }
                    guard state.take(.continues) else { return }
                    effects.cancelTimer(.trustee)
                    try effects.set(
                        Tile(
                            .foodRegistration, .ongoing,
                            "Verksamheten fortsätter i konkursboet. Konkursförvaltaren ansvarar för den"))
                }),
        ]
    }
}
