import AgencyKit
import LifeEvents

/// Supervision (tillsyn): what is found is to be mended, else reminder, warning and revocation follow (P16, P18).
extension KommunPermits {
    var supervision: [River<Self>] {
        [
            River(
                "adopt a permit to serve", hears: Permit.self, under: [ServingRules.permit],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is one that goes on") { _, event in event.data.state == .active },
                    Condition("is not one we hold") { state, _ in state.stage.after(.adopted) != nil },
                ],
                handle: { state, event, _ in
                    guard state.take(.adopted) else { return }
                    state.application.caseRef = event.data.caseRef
                    state.application.told = event.data
                }),
            River(
                "inquire into unpaid taxes", hears: DebtNotice.self,
                under: [ServingRules.telling, ServingRules.ladder],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is a new notice") { _, event in event.isNew },
                    Condition("is of who holds a permit, and whose debts are not inquired into") { state, _ in
                        state.stage.isSupervised && !state.hasFound(.debt)
                    },
                ],
                handle: { state, event, effects in
                    state.supervision.debt = ChainHead(event)
                    state.supervision.owesTax = event.data.kind == .tax
                    try Self.inquire(.debt, &state, &effects)
                }),
            River(
                "close an inquiry into taxes that are paid", hears: DebtNotice.self, under: [ServingRules.ladder],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("ends the notice that is inquired into") { state, event in
                        event.ceases(state.supervision.debt)
                    }
                ],
                handle: { state, event, effects in
                    try state.supervision.debt.take(event)
                    guard state.inquired == .debt else {
                        return state.supervision.waits.removeAll { $0 == .debt }
                    }
                    try Self.mend(&state, &effects)
                }),
            River(
                "close an inquiry into a debt that never was", hears: Annulled<DebtNotice>.self,
                under: [ServingRules.ladder],
                mine: [
                    Condition("annuls the notice that is inquired into") { state, event in
                        event.annuls(state.supervision.debt)
                    }
                ],
                handle: { state, event, effects in
                    try state.supervision.debt.take(event)
                    state.supervision.waits.removeAll { $0 == .debt }
                    guard state.inquired == .debt, state.take(.mended) else { return }
                    effects.cancelTimer(.inquiry)
                    state.supervision.ground = nil
                    try effects.set(
                        Tile(
                            .permitSupervision, .corrected,
                            "Rättat: Kronofogdens underrättelse var fel. Kommunen utreder inget, och tillståndet gäller"
                        ))
                    try Self.inquireIntoNext(&state, &effects)
                }),
            River(
                "inquire into what inspectors have found", hears: ServingInspection.self, under: [ServingRules.ladder],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of who holds a permit, of which inspectors have found nothing else") { state, _ in
                        state.stage.isSupervised && !state.hasFound(.inspection)
                    },
                    Condition("finds something") { _, event in !event.data.findings.isEmpty },
                ],
                handle: { state, _, effects in try Self.inquire(.inspection, &state, &effects) }),
            River(
                "take a change that is told beforehand", hears: PermitCompletion.self,
                under: [ServingRules.changes, ServingRules.told.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of officers or owners") { _, event in event.data.item == .officers },
                    Condition("is of a permit of which no change is inquired into") { state, _ in
                        state.stage.isSupervised && state.inquired != .change
                    },
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    state.supervision.changeToldOn = event.knownOn
                    state.supervision.waits.removeAll { $0 == .change }
                    // The line stays with what is to be mended.
                    guard state.inquired == nil else { return }
                    try Self.tellChange(&effects)
                }),
            River(
                "take that something is mended", hears: PermitCompletion.self, under: [ServingRules.ladder],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("mends what is inquired into") { state, event in
                        state.stage.after(.mended) != nil && state.supervision.ground?.mendedBy == event.data.item
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    guard event.data.item == .officers else { return try Self.mend(&state, &effects) }
                    guard state.take(.mended) else { return }
                    effects.cancelTimer(.inquiry)
                    state.supervision.ground = nil
                    try Self.tellChange(&effects)
                    try Self.inquireIntoNext(&state, &effects)
                }),
        ]
    }

    private static func tellChange(_ effects: inout Effects<Timer>) throws {
        try effects.set(
            Tile(
                .permitSupervision, .investigating,
                "Ändringen är anmäld den \(SwedishText.day(effects.today)). Kommunen prövar den och tar ut en avgift"))
    }

    /// Opens an inquiry: the holder may mend for a fortnight (P20). While something else is inquired into it waits.
    static func inquire(
        _ ground: Case.Supervision.Ground, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.take(.doubted) else {
            if state.stage.isSupervised, !state.hasFound(ground) { state.supervision.waits.append(ground) }
            return
        }
        state.supervision.ground = ground
        state.supervision.step = .none
        // What is found from now on does not rest on a bankruptcy before it.
        state.supervision.before = nil
        let day = effects.lastDay(in: effects.value(of: ServingRules.mending))
        effects.setTimer(.inquiry, at: effects.midnight(after: day))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .underReview))
        try effects.set(
            Tile(.permitSupervision, .awaitingCitizen, text(of: ground, by: day, state), deadline: day))
    }

    private static func text(of ground: Case.Supervision.Ground, by last: Day, _ state: Case) -> String {
        let day = SwedishText.day(last)
        return switch ground {
        case .debt:
            "Kronofogden har underrättat kommunen om \(state.supervision.owesTax ? "obetald skatt" : "obetalda avgifter"). "
                + "Visa att det är betalt senast \(day). Annars kan kommunen ingripa"
        case .inspection:
            "Tillsynen har visat brister. Säg vad ni gör åt dem senast \(day). Annars kan kommunen ingripa"
        case .change: "Anmäl ändringen senast \(day)"
        case .tax:
            "Godkännandet för F-skatt är återkallat. Visa att det är ordnat senast \(day). Annars kan kommunen ingripa"
        }
    }

    /// What was found while something else was inquired into is inquired into now.
    static func inquireIntoNext(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let ground = state.supervision.waits.first else { return }
        state.supervision.waits.removeFirst()
        try inquire(ground, &state, &effects)
    }

    /// What the holder mends during the case counts (HFD 2019:26).
    private static func mend(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.mended) else { return }
        effects.cancelTimer(.inquiry)
        state.supervision.ground = nil
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .closed))
        try effects.set(
            Tile(
                .permitSupervision, .done,
                "Det är ordnat den \(SwedishText.day(effects.today)). Ärendet är avslutat och tillståndet gäller"))
        try inquireIntoNext(&state, &effects)
    }

    /// It is not mended in time: the next step (P16).
    static func takeStep(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.take(.unmended)
        switch state.supervision.step {
        case .none:
            state.supervision.step = .reminder
            try warn(.reminder, "en erinran", &state, &effects)
        case .reminder:
            state.supervision.step = .warning
            try warn(.warning, "en varning", &state, &effects)
        case .warning: try revoke(.breach, &state, &effects)
        }
    }

    private static func warn(
        _ sanction: ServingSanction, _ name: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        try tell(.warned, &state, &effects, sanction: sanction, decidedOn: effects.today)
        let day = effects.lastDay(in: effects.value(of: ServingRules.mending))
        effects.setTimer(.inquiry, at: effects.midnight(after: day))
        let by = effects.appealBy
        try effects.set(
            Tile(
                .permitSupervision, .decided,
                "Kommunen har gett er \(name) den \(SwedishText.day(effects.today)). Ordna det senast "
                    + "\(SwedishText.day(day)). Vill ni överklaga? Gör det senast \(SwedishText.day(by))", reviewBy: by)
        )
    }

    /// The permit is revoked.
    static func revoke(
        _ reason: RevocationReason, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.take(.revoked) else { return }
        effects.cancelTimer(.inquiry)
        try tell(.revoked, &state, &effects, reason: reason, decidedOn: effects.today)
        let by = effects.appealBy
        try effects.set(
            Tile(
                .permitSupervision, .stopped,
                "Tillståndet är återkallat den \(SwedishText.day(effects.today)). Överklaga senast "
                    + SwedishText.day(by), reviewBy: by))
    }

    /// F-tax was revoked, and the firm is not bankrupt.
    static func taxRevoked(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.stage.isTried { return try hearOnTax(&state, &effects) }
        try inquire(.tax, &state, &effects)
    }
}

extension KommunPermitsCase.Supervision.Ground {
    /// What is sent to mend it.
    var mendedBy: PermitItem {
        switch self {
        case .debt, .tax: .financing
        case .inspection: .comment
        case .change: .officers
        }
    }
}

extension KommunPermitsCase {
    /// Whether a change was told in the last days: one notice covers what the registers then say of board and owners.
    func hasTold(within days: Int, on day: Day) -> Bool {
        supervision.changeToldOn.map { day <= $0.adding(days: days) } ?? false
    }
}
