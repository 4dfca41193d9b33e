import AgencyKit
import LifeEvents

/// A mother who dies leaves her custody (föräldrabalken 6 kap. 3 and 9 §§), and those who pay for the child must know.
///
/// The birth alone has said that she has custody. So that its end has something to end, it is written out first [A].
/// The custody of others is known on the child's case only, which a parent's death does not reach.
extension Skatteverket {
    var guardians: [River<Self>] {
        [
            River(
                "end a relation", hears: FamilyRelation.self, as: Self.register,
                mine: [
                    Condition("ends a relation we hold") { state, event in
                        event.change == .ceased
                            && state.child.relations.contains { $0.head == event.previous }
                    }
                ],
                handle: { state, event, _ in
                    for index in state.child.relations.indices
                    where state.child.relations[index].head == event.previous {
                        state.child.relations[index].ended = event.id
                    }
                }),
            River(
                "restore a relation", hears: Annulled<FamilyRelation>.self, as: Self.register,
                mine: [
                    Condition("annuls the end of a relation") { state, event in
                        state.child.relations.contains { $0.ended != nil && $0.ended == event.previous }
                    }
                ],
                handle: { state, event, _ in
                    for index in state.child.relations.indices
                    where state.child.relations[index].ended == event.previous {
                        state.child.relations[index].ended = nil
                    }
                }),
        ]
    }

    /// Ends the custody of the dead mother, child by child.
    static func endCustody(_ state: inout Case, on date: Day, _ effects: inout Effects<Timer>) throws {
        for birth in state.registered where SkatteverketRules.isMinor(born: birth.birthDate, on: date) {
            let custody = FamilyRelation(
                holder: effects.subject, kind: .custody, from: birth.birthDate, municipality: birth.municipality)
            let head = try effects.publish(custody, about: birth.child, occurredOn: birth.birthDate)
            let ended = try effects.publish(
                custody, about: birth.child, occurredOn: date, change: .ceased, previous: head)
            state.death.custodies.append(.init(child: birth.child, custody: custody, head: head, ended: ended))
        }
    }

    /// Another day of death ends it on that day: the old end is annulled, so that the chain keeps one end.
    static func correctCustody(_ state: inout Case, on date: Day, _ effects: inout Effects<Timer>) throws {
        for index in state.death.custodies.indices {
            let custody = state.death.custodies[index]
            try effects.publish(
                Annulled<FamilyRelation>(reasonCode: "deathCorrected"), about: custody.child, change: .annulled,
                previous: custody.ended)
            state.death.custodies[index].ended = try effects.publish(
                custody.custody, about: custody.child, occurredOn: date, change: .ceased, previous: custody.head)
        }
    }

    /// Nobody died: it never ended.
    static func restoreCustody(_ state: Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        for custody in state.death.custodies {
            try effects.publish(
                Annulled<FamilyRelation>(reasonCode: reason), about: custody.child, change: .annulled,
                previous: custody.ended)
        }
    }
}
