import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Death stops every benefit; an annulled death gives each back.
    var death: [River<Self>] {
        [
            River(
                "stop at death", hears: Death.self,
                mine: [
                    Condition("has a benefit or a case") { state, event in state.isOpen(on: event.knownOn) },
                    Condition("follows what we know of the death") { $1.previous == $0.death?.event },
                ], handle: Self.stop),
            River(
                "resume when nobody died", hears: Annulled<Death>.self,
                mine: [
                    Condition("is the death we know") { $0.death != nil && $1.previous == $0.death?.event }
                ], handle: Self.resume),
        ]
    }

    private static func stop(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let former = state.death?.day
        let day = event.data.deathDate
        state.death = .init(event: event.id, day: day)
        setTimers(state, &effects)
        var stopped: [String] = []
        if let child = state.child, !child.payees.isEmpty,
            let ceased = try cease(child.decision, child.head, child.ceased, former, day, &effects)
        {
            state.child?.ceased = ceased
            stopped.append("barnbidraget")
        }
        if let parental = state.parental {
            if let head = parental.head {
                if let ceased = try cease(parental.decision, head, parental.ceased, former, day, &effects) {
                    state.parental?.ceased = ceased
                    stopped.append("föräldrapenningen")
                }
            } else if former == nil {
                try effects.publish(status(of: parental, .aborted, reason: .subjectDied))
            }
        }
        if let housing = state.housing {
            let decision = housing.decision(for: effects.subject)
            if let ceased = try cease(decision, housing.head, housing.ceased, former, day, &effects) {
                state.housing?.ceased = ceased
                stopped.append("bostadsbidraget")
            }
            if former == nil, housing.state.caseState != nil {
                try effects.publish(status(of: housing, .aborted, reason: .subjectDied))
            }
        }
        if !stopped.isEmpty {
            try tell(state, .stopped, sentence(stopped), &effects)
        } else if former == nil {
            try tell(state, .stopped, "Ärendet om föräldrapenning är avslutat", &effects)
        }
    }

    /// Ends a benefit. Where a corrected day of death changes its last day the old end is annulled, so that the chain
    /// keeps one end.
    static func cease(
        _ decision: BenefitDecision, _ head: EventID?, _ ended: EventID?, _ former: Day?, _ day: Day,
        _ effects: inout Effects<Timer>
    ) throws -> EventID? {
        let end = InsuranceRules.lastDay(of: decision.benefit, death: day)
        if let former, InsuranceRules.lastDay(of: decision.benefit, death: former) == end { return nil }
        if let ended {
            try effects.publish(
                Annulled<BenefitDecision>(reasonCode: "deathCorrected"), change: .annulled, previous: ended)
        }
        var decision = decision
        decision.to = end
        return try effects.publish(decision, occurredOn: end, change: .ceased, previous: head)
    }

    private static func resume(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        state.death = nil
        for ceased in [state.child?.ceased, state.parental?.ceased, state.housing?.ceased] {
            guard let ceased else { continue }
            try effects.publish(
                Annulled<BenefitDecision>(reasonCode: event.data.reasonCode), change: .annulled, previous: ceased)
        }
        state.child?.ceased = nil
        state.parental?.ceased = nil
        state.housing?.ceased = nil
        if let parental = state.parental, parental.state == .investigating {
            try effects.publish(status(of: parental, .investigating))
        }
        if let housing = state.housing, let open = housing.state.caseState {
            try effects.publish(status(of: housing, open))
        }
        setTimers(state, &effects)
        try tell(state, .corrected, "Rättat: allt hos Försäkringskassan fortsätter som förut", &effects)
    }

    /// One tile to each whom we know, else on the dead's own key.
    private static func tell(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        let holders = state.holders.isEmpty ? [effects.subject] : state.holders
        for holder in holders { try effects.set(Tile(.stopped, code, text, about: effects.subject), for: holder) }
    }

    private static func sentence(_ parts: [String]) -> String {
        let text = parts.joined(separator: " och ")
        return "\(text.prefix(1).uppercased())\(text.dropFirst()) upphör"
    }
}
