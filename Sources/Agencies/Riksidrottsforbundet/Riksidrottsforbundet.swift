public import AgencyKit
public import LifeEvents

/// Riksidrottsförbundet, the Swedish Sports Confederation: it shares out the state's support for local activities
/// (förordning 1999:1177). Its own register has the participants; from the bus it gets counts, and gives a number.
public struct Riksidrottsforbundet: Agency {
    /// What is remembered of one club.
    public typealias Case = RiksidrottsforbundetCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A half-year is over.
        case halfYear = "lok-half-year"
        /// Support is decided and paid.
        case payday = "lok-payday"
    }

    /// Writes `riksidrottsforbundet.*`.
    public static let owner = Owner.riksidrottsforbundet
    /// What it publishes; its answers are said by scenarios, but for refusals.
    public static let publications = [
        Publication(StateGrant.self), Publication(StateGrantPayment.self), Publication(OverlapAnswer.self),
        Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { StateGrantRules.all }

    static let grantControl = Purpose(known: "grant-control")

    /// The confederation.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { clubs + supports + questions }

    /// A half-year is over, or support is paid.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .halfYear: try Self.forecast(&state, &effects)
        case .payday: try Self.pay(&state, &effects)
        }
    }

    private var clubs: [River<Self>] {
        [
            River(
                "know a club's number", hears: OrganisationNumberNotice.self,
                handle: { state, event, _ in state.hasNumber = event.data.state == .assigned }),
            River(
                "know a club that a municipality has registered", hears: AssociationRegistration.self,
                handle: { state, event, _ in state.isRegistered = event.data.state != .closed }),
            River(
                "keep who applies for a club", hears: GrantedMandate.self, under: [StateGrantRules.application],
                mine: [
                    Condition("begins a mandate, or changes one that is known") { state, event in
                        state.mandates.concerns(event)
                    }
                ], handle: { state, event, _ in try state.mandates.take(event) }),
            River(
                "take back who applies for a club", hears: Annulled<GrantedMandate>.self,
                mine: [Condition("annuls a mandate that is known") { state, event in state.mandates.knows(event) }],
                handle: { state, event, _ in try state.mandates.take(event) }),
        ]
    }

    private var questions: [River<Self>] {
        [
            River(
                "refuse a question about a club that is not known, or for another purpose", hears: OverlapNeed.self,
                mine: [
                    Condition("may not be answered") { state, event in
                        event.refusal(purpose: Self.grantControl, hasCase: state.place(of: event.data.period) != nil)
                            != nil
                    }
                ],
                handle: { state, event, effects in
                    guard let asker = event.source,
                        let refusal = event.refusal(
                            purpose: Self.grantControl, hasCase: state.place(of: event.data.period) != nil)
                    else { return }
                    try effects.publish(
                        OverlapAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal))
                })
        ]
    }
}
