import AgencyKit
import LifeEvents

/// A holder goes bankrupt: the trustee says whether the serving goes on; a permit that is not used is revoked (P17).
extension KommunPermits {
    var bankruptcies: [River<Self>] {
        [
            River(
                "ask the trustee whether the serving goes on", hears: Company.self,
                under: [ServingRules.trustee.legal], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is bankrupt") { _, event in event.data.state == .bankrupt },
                    Condition("holds a permit") { state, _ in state.stage.after(.bankrupt) != nil },
                ], handle: { state, _, effects in try Self.askTrustee(&state, &effects) }),
            River(
                "take the trustee's answer on serving", hears: PermitCompletion.self,
                under: [ServingRules.trustee.legal, ServingRules.unused.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is the trustee's answer") { _, event in event.data.item == .trusteeReply },
                    Condition("is waited for") { state, _ in state.stage == .trusteeAsked && !state.supervision.stops },
                ],
                whole: [
                    Condition("is filed by the trustee, or for the estate of a holder who is dead") { state, event in
                        state.signatories.trustee == event.data.filedBy
                            || state.death.holds && state.estateProof.mayAct(event.data.filedBy, on: event.knownOn)
                    },
                    Condition("says whether the serving goes on") { _, event in event.data.continues != nil },
                ],
                handle: { state, event, effects in
                    guard event.data.continues == true else { return Self.stop(&state, &effects) }
                    guard state.take(.continues) else { return }
                    effects.cancelTimer(.trustee)
                    try effects.set(
                        Tile(
                            .permitSupervision, .ongoing,
                            "Serveringen fortsätter under \(state.death.holds ? "dödsboet" : "konkursförvaltaren")"))
                    try Self.inquireIntoNext(&state, &effects)
                }),
            River(
                "go on where a holder's bankruptcy is lifted", hears: Annulled<Company>.self,
                under: [ServingRules.trustee.legal],
                mine: [
                    Condition("annuls what we know of the firm") { state, event in event.annuls(state.company) }
                ],
                handle: { state, event, effects in
                    try state.company.take(event)
                    state.signatories.appoint(nil)
                    try Self.lift(&state, &effects)
                }),
        ]
    }

    /// The trustee has a week; also where a court finds that the end of the serving is to be tried anew.
    static func askTrustee(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.supervision.before = state.stage
        guard state.take(.bankrupt) else { return }
        effects.cancelTimer(.inquiry)
        effects.cancelTimer(.tax)
        let day = effects.lastDay(in: effects.value(of: ServingRules.trustee))
        effects.setTimer(.trustee, at: effects.midnight(after: day))
        let who = state.death.holds ? "Innehavaren har avlidit. Dödsboet" : "Bolaget är i konkurs. Konkursförvaltaren"
        try effects.set(
            Tile(
                .permitSupervision, .awaitingCitizen,
                "\(who) ska svara senast \(SwedishText.day(day)) om serveringen fortsätter. "
                    + "Annars prövar kommunen att återkalla tillståndet", deadline: day))
    }

    /// The serving stops, or nobody has answered: the revocation is prepared.
    private static func stop(_ state: inout Case, _ effects: inout Effects<Timer>) {
        state.supervision.stops = true
        effects.setTimer(.trustee, at: effects.morning(afterWorkingDays: effects.value(of: ServingRules.unused)))
    }

    static func trusteeDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.supervision.stops else { return stop(&state, &effects) }
        state.supervision.stops = false
        try revoke(.notUsed, &state, &effects)
    }

    /// What the trustee or the estate was asked about never was.
    static func lift(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let before = state.supervision.before else { return }
        if state.stage == .revoked {
            // What is decided is reviewed (FL 37 §).
            effects.setTimer(.review, at: effects.morning(afterWorkingDays: effects.value(of: ServingRules.unused)))
            return try effects.set(
                Tile(
                    .permitSupervision, .underReview,
                    "\(state.lifted). Kommunen omprövar återkallelsen av tillståndet"))
        }
        guard state.take(.lifted(to: before)) else { return }
        state.supervision.before = nil
        state.supervision.stops = false
        effects.cancelTimer(.trustee)
        if before != .active {
            effects.setTimer(
                .inquiry, at: effects.midnight(after: effects.lastDay(in: effects.value(of: ServingRules.mending))))
        }
        try effects.set(
            Tile(
                .permitSupervision, .corrected,
                "Rättat: \(state.liftedWholly)"))
    }

    /// The revocation rested on a bankruptcy that never was.
    static func restore(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let before = state.supervision.before, state.take(.lifted(to: before)) else { return }
        state.supervision.before = nil
        state.appeal = Case.Appeal()
        try effects.annul(Permit.self, in: &state.supervision.revocation, reason: "error")
        try effects.set(
            Tile(
                .permitSupervision, .decided,
                "Återkallelsen är upphävd den \(SwedishText.day(effects.today)), för \(state.neverWas). "
                    + "Tillståndet gäller"))
    }
}

extension KommunPermitsCase {
    /// A holder who is a person has died, and no firm is bankrupt.
    private var wasOfPerson: Bool { death != FactChain() }
    /// What has been lifted, as the holder reads it.
    fileprivate var lifted: String { wasOfPerson ? "Uppgiften om dödsfallet var fel" : "Konkursbeslutet är upphävt" }
    fileprivate var liftedWholly: String {
        wasOfPerson
            ? "uppgiften om dödsfallet var fel. Tillståndet gäller som förut"
            : "konkursbeslutet är upphävt. Tillståndet gäller som om konkursen aldrig varit"
    }
    fileprivate var neverWas: String { wasOfPerson ? "innehavaren lever" : "konkursen har aldrig varit" }
}
