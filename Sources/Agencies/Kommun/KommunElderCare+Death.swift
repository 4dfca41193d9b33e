import AgencyKit
import LifeEvents

/// What the dead had of elder care ends; an annulled death gives it back.
extension KommunElderCare {
    var deaths: [River<Self>] {
        [
            River(
                "correct a death", hears: Death.self,
                mine: [Condition("acted on the corrected death") { $1.corrects($0.death) }],
                handle: Self.correctDeath),
            River(
                "end what the dead had", hears: Death.self, concerns: { Kommun.concerned(by: $0.data) },
                mine: [
                    // Also of one who has nothing: an application may come after the death.
                    Condition("has not ended anything by a death") { state, _ in !state.death.holds }
                ], handle: Self.endAtDeath),
            River(
                "restore what an annulled death ended", hears: Annulled<Death>.self,
                mine: [Condition("acted on the annulled death") { $1.annuls($0.death) }],
                handle: Self.restoreAfterDeath),
        ]
    }

    private static func endAtDeath(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.adopt(event, event.data.deathDate)
        effects.cancelTimer(.help)
        // What is inquired into waits: the death may be an error.
        if state.application != nil { for timer in [Timer.decide, .start] { effects.cancelTimer(timer) } }
        let texts = try end(.death, on: event.data.deathDate, &state, &effects)
        guard !texts.isEmpty else { return }
        let sentence = (texts + ["En sista räkning kan komma till dödsboet"]).joined(separator: ". ")
        try effects.set(Tile(.stopped, .stopped, sentence))
    }

    /// Another day of death ends the services on that day: the old end is annulled, so that the chain keeps one end.
    private static func correctDeath(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.death.head?.value
        try state.death.take(event, event.data.deathDate)
        guard former != event.data.deathDate else { return }
        guard try !restore(.death, "deathCorrected", &state, &effects).isEmpty else { return }
        _ = try end(.death, on: event.data.deathDate, &state, &effects)
    }

    private static func restoreAfterDeath(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.death.take(event)
        let texts = try restore(.death, event.data.reasonCode, &state, &effects)
        if let application = state.application {
            effects.setTimer(.decide, at: KommunRules.morning(decisionDay(application.decidesOn, effects)))
        }
        if let last = state.helpUntil { effects.setTimer(.help, at: KommunRules.instant(after: last)) }
        guard !texts.isEmpty else { return }
        try effects.set(
            Tile(
                .stopped, .corrected,
                "Du är inte längre registrerad som avliden hos kommunen. \(texts.joined(separator: ". "))"))
    }

    /// Ends every service.
    /// - Returns: what the citizen reads of each.
    static func end(
        _ reason: ElderCareReason, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for place in state.services.indices where state.services[place].take(.ended) {
            let service = state.services[place].service
            state.services[place].reason = reason
            try effects.cease(
                ElderCare(
                    municipality: effects.municipality, service: service, state: .ended, from: day, reason: reason),
                in: &state.services[place].chain, occurredOn: day)
            texts.append(service.endedText)
        }
        texts += try endRequests(reason, on: day, &state, &effects)
        return texts
    }

    /// Ends what was asked for and has not begun; a place in the queue, and an offer, go to the next.
    static func endRequests(
        _ reason: ElderCareReason, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for place in state.care.requests.indices where state.care.requests[place].isOpen {
            let (wasGranted, request) = (state.care.requests[place].isGranted, state.care.requests[place])
            guard state.care.requests[place].take(.ended) else { continue }
            state.care.requests[place].reason = reason
            if wasGranted {
                try effects.cease(
                    ElderCare(
                        municipality: effects.municipality, service: request.service, state: .ended, from: day,
                        reason: reason), in: &state.care.requests[place].chain, occurredOn: day)
            }
            if let since = request.since, let desk = desk(effects) {
                try effects.publish(PlaceLeft(person: effects.subject, since: since), about: desk)
            }
            texts.append(request.since == nil ? "Ansökan är avslutad" : "Köplatsen till särskilt boende är avslutad")
            guard request.stage == .offered else { continue }
            // Whoever was asked, for the person too, is to answer no more; a mandate that a death has ended is told once more.
            var withdrawn = Tile(
                .careHome, .stopped, "Erbjudandet om en plats är avslutat och går till nästa i kön. Inget svar behövs")
            try effects.set(withdrawn)
            withdrawn.about = effects.subject
            for viewer in state.care.mandates.viewers(on: effects.today) { try effects.set(withdrawn, for: viewer) }
        }
        for timer in [Timer.careDecision, .careStart, .careOffer, .careOverdue, .careIncome, .careFee] {
            effects.cancelTimer(timer)
        }
        return texts
    }

    /// Gives back what ended before it began, the place in the queue since the same day.
    private static func restoreRequests(
        _ reason: ElderCareReason, _ code: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for place in state.care.requests.indices where state.care.requests[place].reason == reason {
            if state.care.requests[place].chain.isEnded {
                try effects.restore(ElderCare.self, in: &state.care.requests[place].chain, reason: code)
            }
            let wasOffered = state.care.requests[place].wasOffered
            state.care.requests[place].restore()
            if wasOffered {
                try tell(
                    Tile(
                        .careHome, .corrected,
                        "Rättat: köplatsen finns kvar. Platsen som erbjöds har gått till någon annan"), state, &effects)
            }
            if let since = state.care.requests[place].since { try wantPlace(since, &effects) }
            texts.append(
                state.care.requests[place].since == nil
                    ? "Ansökan gäller igen" : "Köplatsen till särskilt boende finns kvar")
        }
        setTimers(state, &effects)
        return texts
    }

    /// Annuls the ends that had a reason, which makes the started service the head again.
    /// - Returns: what the citizen reads of each.
    static func restore(
        _ reason: ElderCareReason, _ code: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> [String] {
        var texts: [String] = []
        for place in state.services.indices where state.services[place].reason == reason {
            guard state.services[place].chain.isEnded, state.services[place].take(.restored) else { continue }
            try effects.restore(ElderCare.self, in: &state.services[place].chain, reason: code)
            state.services[place].reason = nil
            texts.append(state.services[place].service.restoredText)
        }
        texts += try restoreRequests(reason, code, &state, &effects)
        return texts
    }
}
