import AgencyKit
import LifeEvents

/// A parent who dies leaves custody (föräldrabalken 6 kap. 3 and 9 §§), and those who pay for the child must know.
///
/// The births are on the mother's case, which hears of her own death and, as a widow, of her spouse's. The birth alone
/// has said that the two have custody: so that its end has something to end, it is written out first [A]. Custody by
/// notice is known on the child's case only, which no parent's death reaches.
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

    /// Ends a dead parent's custody of the children registered in this person's, the mother's, name.
    static func endCustody(
        of parent: Subject, on date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for birth in state.registered
        where birth.has(parent) && SkatteverketRules.isMinor(born: birth.birthDate, on: date) {
            let custody = FamilyRelation(
                holder: parent, kind: .custody, from: birth.birthDate, municipality: birth.municipality)
            let head = try effects.publish(custody, about: birth.child, occurredOn: birth.birthDate)
            let ended = try effects.publish(
                custody, about: birth.child, occurredOn: date, change: .ceased, previous: head)
            state.custodies.append(.init(child: birth.child, custody: custody, head: head, day: date, ended: ended))
        }
    }

    /// Another day of death ends it on that day: the old end is annulled, so that the chain keeps one end.
    static func correctCustody(
        of parent: Subject, on date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.custodies.indices
        where state.custodies[index].custody.holder == parent && state.custodies[index].day != date {
            let custody = state.custodies[index]
            try effects.publish(
                Annulled<FamilyRelation>(reasonCode: "deathCorrected"), about: custody.child, change: .annulled,
                previous: custody.ended)
            state.custodies[index].day = date
            state.custodies[index].ended = try effects.publish(
                custody.custody, about: custody.child, occurredOn: date, change: .ceased, previous: custody.head)
        }
    }

    /// Nobody died: it never ended.
    static func restoreCustody(
        of parent: Subject, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for custody in state.custodies where custody.custody.holder == parent {
            try effects.publish(
                Annulled<FamilyRelation>(reasonCode: reason), about: custody.child, change: .annulled,
                previous: custody.ended)
        }
        state.custodies.removeAll { $0.custody.holder == parent }
    }
}
