import AgencyKit
import LifeEvents

/// Joint rehabilitation with Försäkringskassan: mapped in some working days, then work training; what an officer says of absence
/// and result goes to Försäkringskassan alone, and never the text of the mapping (S61, S62).
extension Arbetsformedlingen {
    var joint: [River<Self>] {
        [
            River(
                "map together with Försäkringskassan", hears: RehabilitationStep.self,
                under: [JointRules.mapping, JointMapping.mapped.legal],
                mine: [
                    Condition("is a joint mapping that is new") { state, event in
                        event.data.state == .plan && event.data.measure == .jointMapping && state.joint.stage == .none
                            && !state.death.holds
                    }
                ],
                handle: { state, _, effects in
                    guard state.joint.take(.asked) else { return }
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: JointMapping.mapped), to: effects.today)
                    effects.setTimer(.joint, at: Stockholm.instant(day, hour: 8))
                }),
            River(
                "stop a joint rehabilitation", hears: RehabilitationStep.self, under: [ChainRules.consent],
                mine: [
                    Condition("tells that the consent or the plan has ended") { state, event in
                        event.data.state == .ended && state.joint.stage.after(.ended) != nil
                    }
                ],
                handle: { state, _, effects in
                    state.joint.take(.ended)
                    effects.cancelTimer(.joint)
                }),
            River(
                "tell what an officer says of a joint rehabilitation", hears: JointRehabilitation.self,
                under: [JointRules.mapping],
                mine: [
                    Condition("is of one that goes on") { state, event in
                        event.data.state == .ended && state.joint.stage == .started
                    }
                ],
                handle: { state, event, effects in
                    guard state.joint.take(.ended), event.data.result == .jobSeeker else { return }
                    try effects.set(
                        Tile(
                            .employmentService, .awaitingCitizen,
                            "Arbetsträningen är slut. Skriv in dig som arbetssökande, så hjälper vi dig vidare"))
                }),
        ]
    }

    /// The mapping is done, and then the training begins.
    static func jointDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds else { return }
        let told = [AgencyID(.forsakringskassan)]
        if state.joint.take(.mapped) {
            let from = SwedishCalendar.adding(
                workingDays: effects.value(of: JointMapping.starts), to: effects.today)
            state.joint.from = from
            effects.setTimer(.joint, at: Stockholm.instant(from, hour: 8))
            try effects.publish(JointRehabilitation(state: .mapped, concerns: told))
            return try effects.set(
                Tile(
                    .rehabilitation, .ongoing,
                    "Kartläggningen är klar. Arbetsträningen börjar \(SwedishText.day(from))",
                    next: from))
        }
        guard let from = state.joint.from, state.joint.take(.started) else { return }
        let to = from.adding(months: effects.value(of: JointMapping.lasts)).adding(days: -1)
        try effects.publish(
            JointRehabilitation(
                state: .started, from: from, to: to, extent: effects.value(of: JointMapping.extent), concerns: told))
        try effects.set(
            Tile(
                .rehabilitation, .ongoing, "Arbetsträningen pågår till och med \(SwedishText.day(to))", next: to))
    }
}

extension ArbetsformedlingenCase {
    /// A joint rehabilitation: `NONE → MAPPING → MAPPED → STARTED → ENDED`.
    struct Joint: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, mapping, mapped, started, ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .asked): .mapping
                case (.mapping, .mapped): .mapped
                case (.mapped, .started): .started
                case (.mapping, .ended), (.mapped, .ended), (.started, .ended): .ended
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case asked, mapped, started, ended }

        private(set) var stage = Stage.none
        /// When the training begins.
        var from: Day?

        init() {}

        /// The one place where it moves.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}

/// The rules of Arbetsförmedlingen's part of a joint rehabilitation.
enum JointMapping {
    static let mapped = DatedRule(
        "joint-mapping", "S61", "a joint mapping is done in", .workingDays, [.since(2026, 1, 1, 20)], source: "none",
        mark: .assumption)
    static let starts = DatedRule(
        "work-training-starts", "S62", "and work training begins after", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)
    static let lasts = DatedRule(
        "work-training-lasts", "S62", "for", .months, [.since(2026, 1, 1, 3)], source: "none", mark: .assumption)
    static let extent = DatedRule(
        "work-training-extent", "S62", "at so much of full time", .percent, [.since(2026, 1, 1, 50)], source: "none",
        mark: .assumption)
    static let all: [LegalRule] = [mapped.legal, starts.legal, lasts.legal, extent.legal]
}
