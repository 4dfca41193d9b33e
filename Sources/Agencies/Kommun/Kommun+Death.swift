import AgencyKit
import LifeEvents

extension Kommun {
    static func adoptCare(
        _ state: inout KommunCase, _ event: Event<ElderCare>, _ effects: inout Effects<Timer>
    ) throws {
        state.care.append(KommunCase.Care(service: event.data.service, chain: ChainHead(event)))
    }

    static func endAtDeath(
        _ state: inout KommunCase, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.adopt(event, event.data.deathDate)
        var ended = try endCare(.death, on: event.data.deathDate, &state, &effects)
        if !ended.isEmpty { ended.append("En sista räkning kan komma till dödsboet") }
        if state.residence.take(.subjectDied) { effects.cancelTimer(.welcome) }
        guard !ended.isEmpty else { return }
        try effects.set(Tile(.stopped, .stopped, ended.joined(separator: ". ")))
    }

    /// Another day of death ends the services on that day: the old end is annulled, so that the chain keeps one end.
    static func correctDeath(
        _ state: inout KommunCase, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.death.head?.value
        try state.death.take(event, event.data.deathDate)
        guard former != event.data.deathDate else { return }
        guard try !restoreCare(.death, reasonCode: "deathCorrected", &state, &effects).isEmpty else { return }
        _ = try endCare(.death, on: event.data.deathDate, &state, &effects)
    }

    static func restore(
        _ state: inout KommunCase, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        let reason = event.data.reasonCode
        try state.death.take(event)
        let restored = try restoreCare(.death, reasonCode: reason, &state, &effects)
        if let lastDay = state.residence.welcomeEnds, state.residence.take(.deathAnnulled) {
            effects.setTimer(.welcome, at: KommunRules.instant(after: lastDay))
        }
        guard !restored.isEmpty else { return }
        let sentence = restored.joined(separator: ". ")
        try effects.set(Tile(.stopped, .corrected, "Rättat: \(sentence.prefix(1).lowercased())\(sentence.dropFirst())"))
    }

    /// Ends every service; the last fee follows without a message.
    /// - Returns: what the citizen reads of each.
    static func endCare(
        _ reason: ElderCareReason, on day: Day, _ state: inout KommunCase, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for index in state.care.indices where state.care[index].take(.ended) {
            let service = state.care[index].service
            state.care[index].reason = reason
            try effects.cease(
                ElderCare(
                    municipality: effects.municipality, service: service, state: .ended, from: day, reason: reason),
                in: &state.care[index].chain, occurredOn: day)
            texts.append(service.endedText)
        }
        if !texts.isEmpty {
            effects.setTimer(.fee, at: KommunRules.instant(after: day.adding(days: KommunRules.feeDays)))
        }
        return texts
    }

    /// Annuls the ends that had a reason, which makes the started service the head again.
    /// - Returns: what the citizen reads of each.
    static func restoreCare(
        _ reason: ElderCareReason, reasonCode: String, _ state: inout KommunCase, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for index in state.care.indices where state.care[index].reason == reason {
            guard state.care[index].chain.isEnded, state.care[index].take(.restored) else { continue }
            try effects.restore(ElderCare.self, in: &state.care[index].chain, reason: reasonCode)
            state.care[index].reason = nil
            texts.append(state.care[index].service.restoredText)
        }
        if !texts.isEmpty { effects.cancelTimer(.fee) }
        return texts
    }
}
