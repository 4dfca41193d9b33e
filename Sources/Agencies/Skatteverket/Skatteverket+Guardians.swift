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
                        state.child.relations.contains { event.ceases($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    for index in state.child.relations.indices
                    where event.ceases(state.child.relations[index].chain) {
                        try state.child.relations[index].chain.take(event)
                    }
                }),
            River(
                "restore a relation", hears: Annulled<FamilyRelation>.self, as: Self.register,
                mine: [
                    Condition("annuls the end of a relation") { state, event in
                        state.child.relations.contains { $0.chain.isEnded && event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    for index in state.child.relations.indices
                    where event.annuls(state.child.relations[index].chain) {
                        try state.child.relations[index].chain.take(event)
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
                holder: parent, kind: .custody, from: birth.birthDate, municipality: birth.municipality,
                concerns: agencies(of: [birth.municipality]))
            var chain = ChainHead()
            try effects.publish(custody, in: &chain, about: birth.child, occurredOn: birth.birthDate)
            try effects.cease(custody, in: &chain, about: birth.child, occurredOn: date)
            state.custodies.append(.init(child: birth.child, custody: custody, chain: chain, day: date))
        }
    }

    /// Another day of death ends it on that day: the old end is annulled, so that the chain keeps one end.
    static func correctCustody(
        of parent: Subject, on date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.custodies.indices
        where state.custodies[index].custody.holder == parent && state.custodies[index].day != date {
            var ended = state.custodies[index]
            try effects.restore(
                FamilyRelation.self, in: &ended.chain, about: ended.child, reason: "deathCorrected")
            ended.day = date
            try effects.cease(ended.custody, in: &ended.chain, about: ended.child, occurredOn: date)
            state.custodies[index] = ended
        }
    }

    /// Nobody died: it never ended.
    static func restoreCustody(
        of parent: Subject, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for var ended in state.custodies where ended.custody.holder == parent {
            try effects.restore(FamilyRelation.self, in: &ended.chain, about: ended.child, reason: reason)
        }
        state.custodies.removeAll { $0.custody.holder == parent }
    }
}
