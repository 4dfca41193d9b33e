import AgencyKit
import LifeEvents

/// Elder care and moves: the old municipality's help goes on for a time and then ends; an annulled move restores it (M19).
extension KommunElderCare {
    var moves: [River<Self>] {
        [
            River(
                "follow a corrected move of who has care", hears: Move.self,
                mine: [Condition("acted on the corrected move") { $1.corrects($0.move.chain) }],
                handle: Self.correctMove),
            River(
                "go on for a time after a move out", hears: Move.self,
                under: [CareRules.responsible, CareRules.oldHelp.legal],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move not known") { state, event in
                        event.isNew && !state.move.knows(event.id, event.occurredOn, .out)
                    },
                    Condition("has help at home, an alarm or a home, or has asked for it") { state, _ in
                        state.isOpen || state.application != nil
                    },
                ], handle: Self.moveOut),
            River(
                "know who has moved in", hears: Move.self, under: [CareRules.responsible],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("is a move not known") { state, event in
                        !state.move.knows(event.id, event.occurredOn, .into) && !state.move.isEarlier(event)
                    }
                ], handle: Self.moveIn),
            River(
                "undo a move of who has care", hears: Annulled<Move>.self,
                mine: [Condition("acted on the annulled move") { $0.move.annuls($1) }],
                handle: { state, event, effects in
                    try Self.undo(state.move.takeBack(event), &state, event.data.reasonCode, &effects)
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
                        Tile(
                            .homeHelp, .stopped,
                            "\(texts.joined(separator: ". ")) för att \(event.data.reason.sentence)"))
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
        let wasInquired = try closeInquiry("notValid", &state, &effects)
        guard state.isOpen else {
            guard wasInquired else { return }
            return try effects.set(
                Tile(
                    .homeHelp, .stopped,
                    "Ärendet om hjälp hemma i \(effects.place) är avslutat för att du flyttat"))
        }
        for place in state.services.indices { state.services[place].take(.movedOut) }
        try goOn(decided: event.knownOn, &state, &effects)
    }

    /// The help goes on for a time, counted from the decision on the move, also where it was heard of late; and the new
    /// municipality may take over.
    private static func goOn(
        decided: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let last = max(decided.adding(days: effects.value(of: CareRules.oldHelp)), effects.today)
        state.helpUntil = last
        effects.setTimer(.help, at: KommunRules.instant(after: last))
        state.movedTo = state.move.to
        state.offeredTo = nil
        try offer(&state, &effects)
        let new = state.move.to.map { Municipalities.name(code: $0) } ?? "din nya kommun"
        let what = state.services.first { $0.stage == .continues }?.service.name ?? "Hjälpen"
        try effects.set(
            Tile(
                .homeHelp, .awaitingCitizen, "\(what) fortsätter till den \(SwedishText.day(last)). Ansök i \(new) nu",
                deadline: last))
    }

    /// Who comes back while the old help goes on has it as before: nothing is to end, and nothing to be handed over.
    private static func moveIn(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let wasGoingOn = state.helpUntil != nil
        state.move.adopt(event, .into)
        guard wasGoingOn else { return }
        let texts = stay(&state, &effects)
        guard !texts.isEmpty else { return }
        try effects.set(
            Tile(
                .homeHelp, .ongoing,
                "Du är folkbokförd i \(effects.place) igen: \(lowered(texts.joined(separator: ". ")))"))
    }

    /// What goes on after a move out goes on without an end.
    /// - Returns: what the citizen reads of each service.
    private static func stay(_ state: inout Case, _ effects: inout Effects<Timer>) -> [String] {
        (state.helpUntil, state.movedTo, state.offeredTo) = (nil, nil, nil)
        effects.cancelTimer(.help)
        var texts: [String] = []
        for place in state.services.indices where state.services[place].take(.moveAnnulled) {
            texts.append(state.services[place].service.restoredText)
        }
        return texts
    }

    /// Another day changes nothing; another municipality is offered the case, and what the wrong one took over goes on here.
    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.move.stillConcerns(effects.municipality, event.data) else {
            return try undo(state.move.takeBackLast(), &state, "moveCorrected", &effects)
        }
        try state.move.chain.take(event, event.occurredOn)
        guard state.move.way == .out, state.move.to != event.data.toMunicipality else { return }
        state.move.to = event.data.toMunicipality
        if state.isTakenOver {
            state.isTakenOver = false
            _ = try restore(.move, "moveCorrected", &state, &effects)
            for place in state.services.indices { state.services[place].take(.movedOut) }
        }
        guard state.services.contains(where: { $0.stage == .continues }) else { return }
        try goOn(decided: event.knownOn, &state, &effects)
    }

    static func endOldHelp(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let last = state.helpUntil else { return }
        state.helpUntil = nil
        let texts = try end(.move, on: last, &state, &effects)
        guard !texts.isEmpty else { return }
        try effects.set(
            Tile(.homeHelp, .stopped, "\(texts.joined(separator: ". ")) i \(effects.place) för att du flyttat"))
    }

    private static func undo(
        _ ways: [KnownMove.Way], _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        for way in ways {
            switch way {
            case .out: try undoMoveOut(&state, reason, &effects)
            case .into: try undoMoveIn(&state, reason, &effects)
            }
        }
    }

    private static func undoMoveOut(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        state.isTakenOver = false
        _ = stay(&state, &effects)
        _ = try restore(.move, reason, &state, &effects)
        let texts = state.services.filter { $0.stage == .started }.map(\.service.restoredText)
        guard !texts.isEmpty else { return }
        try effects.set(Tile(.homeHelp, .corrected, "Rättat: \(lowered(texts.joined(separator: ". ")))"))
    }

    /// Nobody moved here: what was asked for and given for the move is taken back. Who had moved away before has moved
    /// away again.
    private static func undoMoveIn(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        var isUndone = try closeInquiry(reason, &state, &effects)
        for place in state.services.indices
        where state.services[place].isForMove && state.services[place].take(.ended) {
            try effects.annul(ElderCare.self, in: &state.services[place].chain, reason: reason)
            isUndone = true
        }
        isUndone = try !endRequests(.move, on: effects.today, &state, &effects).isEmpty || isUndone
        if isUndone {
            try effects.set(
                Tile(
                    .homeHelp, .corrected,
                    "Rättat: du har inte flyttat till \(effects.place), som inte ger dig hjälp hemma"))
        }
        guard state.move.way == .out else { return }
        for place in state.services.indices { state.services[place].take(.movedOut) }
        if state.services.contains(where: { $0.stage == .continues }) {
            try goOn(decided: effects.today, &state, &effects)
        }
    }

    /// Closes what is inquired into, and takes back what of it is granted and has not begun.
    /// - Returns: whether there was anything.
    private static func closeInquiry(
        _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard let application = state.application else { return false }
        state.application = nil
        for timer in [Timer.decide, .start] { effects.cancelTimer(timer) }
        for var granted in application.granted {
            try effects.annul(ElderCare.self, in: &granted, reason: reason)
        }
        return true
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
