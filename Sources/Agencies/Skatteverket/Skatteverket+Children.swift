import AgencyKit
import LifeEvents

/// A child of whom the register's entry has not told: the other parent's own case learns of it, so that it is not forgotten
/// when that parent dies, or has died before the birth or before a court has said who the parent was (ärvdabalken 1 kap.
/// 1 §).
extension Skatteverket {
    var ownChildren: [River<Self>] {
        [
            River(
                "remember a child of one's own", hears: ChildOfParent.self, as: Self.register,
                under: [DeathRules.lateChild],
                mine: [
                    Self.isNew(),
                    Condition("is of a child that is not known yet") { state, event in
                        !state.register.children.contains { $0.person == event.data.child }
                    },
                ], handle: Self.rememberChild),
            River(
                "forget a child that is another's", hears: Annulled<ChildOfParent>.self, as: Self.register,
                mine: [
                    Condition("annuls what we were told") { state, event in
                        state.ownChildren.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.forgetChild),
        ]
    }

    // MARK: - In the child's case

    /// Tells the other parent's case of the child. Where a protected family has a child is told to nobody.
    static func tellParent(
        _ parent: Subject, judged: Bool = false, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let born = state.child.birthDate, state.register.municipality != nil, parent != state.child.mother,
            state.child.toldParent == nil
        else { return }
        var told = Case.Child.ToldParent(parent: parent, chain: ChainHead())
        try effects.publish(
            ChildOfParent(
                child: effects.subject, birthDate: born, otherParent: state.child.mother, judged: judged),
            in: &told.chain, about: parent)
        state.child.toldParent = told
    }

    /// Who is no parent has no such child.
    static func untellParent(_ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var told = state.child.toldParent else { return }
        try effects.annul(ChildOfParent.self, in: &told.chain, about: told.parent, reason: reason)
        state.child.toldParent = nil
    }

    // MARK: - In the parent's case

    private static func rememberChild(
        _ state: inout Case, _ event: Event<ChildOfParent>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        state.ownChildren.append(.init(child: data.child, chain: ChainHead(event)))
        state.register.children.append(
            .init(person: data.child, birthDate: data.birthDate, otherParent: data.otherParent))
        guard state.death.stage == .dead, let date = state.death.date else {
            if data.judged { try effects.set(parentsTile(joint: nil, about: data.child)) }
            return
        }
        if SkatteverketRules.isMinor(born: data.birthDate, on: date) {
            let head = try effects.publish(ParentDied(dead: effects.subject, deathDate: date), about: data.child)
            state.toldDeaths.append(
                .init(child: data.child, parent: effects.subject, chain: ChainHead(head), day: date))
        }
        try answerAgain(state, &effects)
    }

    private static func forgetChild(
        _ state: inout Case, _ event: Event<Annulled<ChildOfParent>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.ownChildren.firstIndex(where: { event.annuls($0.chain) }) else { return }
        let child = state.ownChildren.remove(at: place).child
        state.register.children.removeAll { $0.person == child }
        for var told in state.toldDeaths where told.child == child && told.parent == effects.subject {
            try effects.annul(ParentDied.self, in: &told.chain, about: child, reason: event.data.reasonCode)
        }
        state.toldDeaths.removeAll { $0.child == child && $0.parent == effects.subject }
        try answerAgain(state, &effects)
    }

    /// Who was told of the survivors gets the whole list once more.
    private static func answerAgain(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage == .dead, let answered = state.death.answered else { return }
        try effects.publish(survivors(state, answered, effects), purpose: survivorsPension)
    }
}
