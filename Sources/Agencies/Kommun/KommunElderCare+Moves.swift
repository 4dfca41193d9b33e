import AgencyKit
import LifeEvents

/// Elder care and moves: the old municipality's help goes on for a time and then ends; an annulled move restores it (M19).
extension KommunElderCare {
    var moves: [River<Self>] {
        [
            River(
                "go on for a time after a move out", hears: Move.self,
                under: [CareRules.responsible, CareRules.oldHelp.legal],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move not known") { state, event in
                        event.isNew && !state.move.knows(event.id, event.occurredOn, .out)
                    },
                    Condition("has help at home, an alarm or a home") { state, _ in state.isOpen },
                ], handle: Self.moveOut),
            River(
                "correct a move", hears: Move.self,
                mine: [Condition("acted on the corrected move") { $1.corrects($0.move.chain) }],
                handle: { state, event, effects in
                    guard !state.move.stillConcerns(effects.municipality, event.data) else {
                        try state.move.chain.take(event, event.occurredOn)
                        return
                    }
                    try Self.undoMove(&state, "moveCorrected", &effects)
                }),
            River(
                "undo a move", hears: Annulled<Move>.self,
                mine: [Condition("acted on the annulled move") { $1.annuls($0.move.chain) }],
                handle: { state, event, effects in
                    try Self.undoMove(&state, event.data.reasonCode, &effects)
                }),
            River(
                "end for who has left the country", hears: Deregistration.self,
                concerns: { $0.isNew ? Kommun.named($0.data.municipality) : [] },
                mine: [Condition("has help at home, an alarm or a home") { state, _ in state.isOpen }],
                handle: { state, event, effects in
                    state.abroad = ChainHead(event)
                    effects.cancelTimer(.help)
                    let texts = try Self.end(.move, on: event.data.from, &state, &effects)
                    try effects.set(
                        Tile(.homeHelp, .stopped, "\(texts.joined(separator: ". ")) för att du flyttat utomlands"))
                }),
            River(
                "restore for who never left", hears: Annulled<Deregistration>.self,
                mine: [Condition("is the departure we know") { $1.annuls($0.abroad) }],
                handle: { state, event, effects in
                    try state.abroad.take(event)
                    let texts = try Self.restore(.move, event.data.reasonCode, &state, &effects)
                    try effects.set(
                        Tile(.homeHelp, .corrected, "Rättat: \(Self.lowered(texts.joined(separator: ". ")))"))
                }),
        ]
    }

    private static func moveOut(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        state.move.adopt(event, .out)
        for place in state.services.indices { state.services[place].take(.movedOut) }
        // Counted from the decision on the move.
        let last = effects.today.adding(days: effects.value(of: CareRules.oldHelp))
        state.helpUntil = last
        effects.setTimer(.help, at: KommunRules.instant(after: last))
        state.movedTo = event.data.toMunicipality
        try offer(&state, &effects)
        let new = event.data.toMunicipality.map { Municipalities.name(code: $0) } ?? "din nya kommun"
        let what = state.services.first { $0.stage == .continues }?.service.name ?? "Hjälpen"
        try effects.set(
            Tile(
                .homeHelp, .awaitingCitizen, "\(what) fortsätter till den \(SwedishText.day(last)). Ansök i \(new) nu",
                deadline: last))
    }

    static func endOldHelp(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let last = state.helpUntil else { return }
        state.helpUntil = nil
        let texts = try end(.move, on: last, &state, &effects)
        guard !texts.isEmpty else { return }
        try effects.set(
            Tile(.homeHelp, .stopped, "\(texts.joined(separator: ". ")) i \(effects.place) för att du flyttat"))
    }

    private static func undoMove(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        state.move = KnownMove()
        (state.helpUntil, state.movedTo, state.offeredTo) = (nil, nil, nil)
        effects.cancelTimer(.help)
        for place in state.services.indices { state.services[place].take(.moveAnnulled) }
        _ = try restore(.move, reason, &state, &effects)
        let texts = state.services.filter { $0.stage == .started }.map(\.service.restoredText)
        guard !texts.isEmpty else { return }
        try effects.set(Tile(.homeHelp, .corrected, "Rättat: \(lowered(texts.joined(separator: ". ")))"))
    }

    static func lowered(_ text: String) -> String { "\(text.prefix(1).lowercased())\(text.dropFirst())" }
}

extension ElderCareService {
    /// What it is called in a sentence.
    var name: String {
        switch self {
        case .homeHelp: "Hemtjänsten"
        case .residentialCare: "Platsen på boendet"
        case .alarm: "Trygghetslarmet"
        }
    }
}
