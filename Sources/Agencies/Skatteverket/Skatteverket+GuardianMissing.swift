import AgencyKit
import LifeEvents

/// A child whose last guardian has died (D26, föräldrabalken 6 kap. 9 §): social services are told the same day, and no
/// confirmation gives anybody custody; a court does.
extension Skatteverket {
    var guardianless: [River<Self>] {
        [
            River(
                "tell that a child has no guardian", hears: FamilyRelation.self, as: Self.register,
                under: [DeathRules.guardianMissing],
                mine: [
                    Condition("is an end of custody") { _, event in
                        event.change == .ceased && event.data.kind == .custody
                    },
                    Condition("leaves nobody with custody of a child who lives") { state, _ in
                        state.child.guardians.isEmpty && state.death.stage != .dead
                    },
                    Condition("is not told yet") { state, _ in !state.child.withoutGuardian.holds },
                ],
                handle: { state, event, effects in
                    try Self.tellNoGuardian(since: event.occurredOn, after: event.data.holder, &state, &effects)
                }),
            River(
                "take back that a child has no guardian", hears: Annulled<FamilyRelation>.self, as: Self.register,
                mine: [
                    Condition("gives a guardian back") { state, _ in
                        state.child.withoutGuardian.holds && !state.child.guardians.isEmpty
                    }
                ],
                handle: { state, event, effects in
                    try effects.annul(
                        GuardianMissing.self, in: &state.child.withoutGuardian, reason: event.data.reasonCode)
                }),
            River(
                "end that a child has no guardian", hears: FamilyRelation.self, as: Self.register,
                mine: [
                    Condition("gives a guardian to a child who has none") { state, _ in
                        state.child.withoutGuardian.holds && !state.child.guardians.isEmpty
                    }
                ],
                handle: { state, event, effects in
                    try effects.cease(
                        GuardianMissing(since: event.data.from, municipality: state.register.municipality),
                        in: &state.child.withoutGuardian, occurredOn: event.data.from)
                    try Self.tellEstates(of: event.data.holder, state, &effects)
                }),
        ]
    }

    /// Tells family law, unless somebody has custody.
    static func tellNoGuardian(
        since day: Day, after former: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.guardians.isEmpty else { return }
        let known = state.child.relations.filter { $0.kind == .parenthood && $0.chain.holds }.map(\.holder)
        let other = (state.child.parents + known).first { $0 != former && state.child.isLiving($0) }
        try effects.publish(
            GuardianMissing(
                since: day, municipality: state.register.municipality, otherParent: other),
            in: &state.child.withoutGuardian)
    }

    /// A new guardian acts for the child in its dead parents' estates.
    private static func tellEstates(
        of guardian: Subject, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        for dead in state.child.deadParents where dead.death.holds {
            try effects.publish(
                PartnerRepresentative(partner: effects.subject, representatives: [guardian]), about: dead.parent)
        }
    }
}
