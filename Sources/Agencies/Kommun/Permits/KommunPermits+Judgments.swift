import AgencyKit
import LifeEvents

/// What the administrative court says of a decision that went against the firm (P12): it changes it, sends the case back, or
/// lets the decision stand.
extension KommunPermits {
    static func follow(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        let judged = Judged(state)
        state.appeal = Case.Appeal()
        switch event.data.outcome {
        case .changed: try change(judged, event, &state, &effects)
        case .remitted: try tryAgain(judged, &state, &effects)
        case .dismissed: try uphold(judged, "har avvisat överklagandet", event, &state, &effects)
        case .upheld, nil: try uphold(judged, "har avslagit överklagandet", event, &state, &effects)
        }
    }

    /// What the court has judged, as the case stood.
    private struct Judged {
        let tile: TileName
        let stage: Case.Stage
        /// The revocation that the court has let rest until now.
        let stayed: Case.Appeal.Stayed?
        /// Why it was revoked, and what had been found.
        let revocation: Case.Appeal.Stayed

        init(_ state: Case) {
            tile = state.decisionTile
            stage = state.stage
            stayed = state.appeal.stayed
            revocation =
                stayed ?? .init(reason: state.application.told?.reason ?? .breach, ground: state.supervision.ground)
        }
    }

    private static func change(
        _ judged: Judged, _ event: Event<AdministrativeDecision>, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        switch judged.stage {
        case .rejected:
            guard state.take(.judged(to: .decided)) else { return }
            try tell(.decided, &state, &effects, outcome: .granted, decidedOn: event.data.decidedOn, corrects: true)
            effects.setTimer(.begin, at: effects.morning(afterWorkingDays: 1))
            try say(judged.tile, "har ändrat beslutet. Tillståndet är beviljat och gäller", &effects)
        case .dismissed:
            // The court judges only whether it was to be tried; it is, as if it had been complete from today.
            try say(judged.tile, "har upphävt avvisningen. Kommunen prövar ansökan", &effects)
            try referAnew(&state, &effects)
        case .revoked:
            guard state.take(.judged(to: .active)) else { return }
            try tell(.active, &state, &effects)
            try say(judged.tile, "har upphävt beslutet. Tillståndet gäller", &effects)
            try inquireIntoNext(&state, &effects)
        case .warned:
            guard state.take(.judged(to: .active)) else { return }
            effects.cancelTimer(.inquiry)
            try say(judged.tile, "har upphävt beslutet. Tillståndet gäller", &effects)
            try inquireIntoNext(&state, &effects)
        default:
            try say(judged.tile, "har ändrat beslutet. Tillståndet gäller", &effects)
            if judged.stayed != nil, state.stage == .active { try inquireIntoNext(&state, &effects) }
        }
    }

    /// The municipality tries it anew, from the step before what it had decided; the decision is lifted meanwhile.
    private static func tryAgain(
        _ judged: Judged, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        switch judged.stage {
        case .rejected:
            try say(judged.tile, "har lämnat tillbaka ärendet. Kommunen prövar ansökan på nytt", &effects)
            try referAnew(&state, &effects)
        case .dismissed:
            guard state.take(.judged(to: .filed)) else { return }
            state.application.completeBy = nil
            try say(
                judged.tile, "har lämnat tillbaka ärendet. Kommunen ser på nytt om ansökan är komplett", &effects)
            effects.setTimer(.check, at: effects.morning(afterWorkingDays: effects.value(of: ServingRules.check)))
        case .warned:
            guard let ground = state.supervision.ground, state.take(.judged(to: .active)) else { return }
            let step = state.supervision.step
            try say(judged.tile, "har lämnat tillbaka ärendet. Kommunen prövar det på nytt", &effects)
            try inquire(ground, &state, &effects)
            // Of a warning the reminder before it stands.
            state.supervision.step = step == .warning ? .reminder : .none
        case .revoked:
            guard state.take(.judged(to: .active)) else { return }
            try tell(.active, &state, &effects)
            try reopen(judged, &state, &effects)
        case .active where judged.stayed != nil, .inquiry where judged.stayed != nil:
            try reopen(judged, &state, &effects)
        default: try say(judged.tile, "har lämnat tillbaka ärendet. Kommunen prövar det på nytt", &effects)
        }
    }

    /// The question of a revocation is open again, and the permit holds.
    private static func reopen(_ judged: Judged, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try say(
            judged.tile, "har lämnat tillbaka ärendet. Tillståndet gäller medan kommunen prövar det på nytt", &effects)
        guard judged.revocation.reason == .breach else {
            // It was revoked because it is not used: the trustee is asked again.
            return try askTrustee(&state, &effects)
        }
        guard let ground = judged.revocation.ground else { return }
        try inquire(ground, &state, &effects)
        // Reminder and warning stand; only what followed is open.
        if state.inquired == ground { state.supervision.step = .warning }
    }

    private static func uphold(
        _ judged: Judged, _ what: String, _ event: Event<AdministrativeDecision>, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        if let stayed = judged.stayed, state.take(.judged(to: .revoked)) {
            effects.cancelTimer(.inquiry)
            try tell(.revoked, &state, &effects, reason: stayed.reason, decidedOn: event.data.decidedOn)
            state.appeal = Case.Appeal()
        }
        try say(judged.tile, "\(what). Beslutet gäller", &effects)
    }

    /// All who give an opinion are asked once more, from today.
    private static func referAnew(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.judged(to: .supplement)) else { return }
        state.application.completeOn = effects.today
        state.application.isProlonged = false
        state.referrals = Case.Referrals()
        try refer(&state, &effects)
    }

    private static func say(_ tile: TileName, _ what: String, _ effects: inout Effects<Timer>) throws {
        try effects.set(Tile(tile, .decided, "Förvaltningsrätten \(what)"))
    }
}
