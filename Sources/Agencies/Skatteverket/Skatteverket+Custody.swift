import AgencyKit
import LifeEvents

/// Parents' own cases know who has custody of their children where it is not all of them: a parent without custody acts for
/// no child in an estate and is paid nothing for it (föräldrabalken 6 kap. 11 §, 10 kap. 1 §).
extension Skatteverket {
    var custodyOfChildren: [River<Self>] {
        [
            River(
                "remember who has custody of a child", hears: ChildGuardians.self, as: Self.register,
                handle: { state, event, _ in
                    state.register.custody.removeAll { $0.child == event.data.child }
                    state.register.custody.append(.init(child: event.data.child, guardians: event.data.guardians))
                })
        ]
    }

    /// Asks for a look at the next instant, when all that holds now has been told.
    static func custodyMoved(_ effects: inout Effects<Timer>) { effects.setTimer(.guardians, at: effects.now) }

    /// Tells the parents who have custody, where that is not all whom the register ever had for the child.
    static func tellParents(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let guardians = state.child.guardians
        var known: [Subject] = []
        for person in state.child.parents + state.child.relations.map(\.holder) where !known.contains(person) {
            known.append(person)
        }
        let isAll = known.allSatisfy(guardians.contains)
        guard state.child.toldGuardians.map({ $0 != guardians }) ?? !isAll else { return }
        state.child.toldGuardians = guardians
        for parent in known where state.child.isLiving(parent) {
            try effects.publish(ChildGuardians(child: effects.subject, guardians: guardians), about: parent)
        }
    }
}
