import AgencyKit
import LifeEvents

/// The registered birth as the child's case hears it.
extension Skatteverket {
    var births: [River<Self>] {
        [
            River(
                "open the child's case", hears: Birth.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a birth we hold") { state, _ in state.child.stage.after(.registered) != nil },
                ], handle: Self.openChild),
            River(
                "correct a birth", hears: Birth.self, as: Self.register,
                mine: [Self.corrects(\.child.birth)], handle: Self.correctBirth),
            River(
                "annul a birth", hears: Annulled<Birth>.self, as: Self.register,
                mine: [Self.annuls(\.child.birth)], handle: Self.annulBirth),
        ]
    }

    private static func openChild(
        _ state: inout Case, _ event: Event<Birth>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.take(.registered) else { return }
        let former = state.child
        state.child = Case.Child()
        state.child.stage = former.stage
        // Opening facts come in no order: a relation may be known before the birth that it belongs to.
        state.child.relations = former.relations
        try adopt(&state, event)
        // A birth before this run: what should follow from it has followed.
        guard SkatteverketRules.lastNameDay(born: event.data.birthDate) >= event.knownOn else {
            if event.data.secondParent != nil { state.child.take(.parentsKnown) }
            return
        }
        if let second = event.data.secondParent {
            state.child.take(.parentsKnown)
            try tellRegistered(state, second, &effects)
        } else {
            try askParents(&state, &effects)
        }
        for parent in state.child.parents { try askName(state, parent, &effects) }
    }

    private static func adopt(_ state: inout Case, _ event: Event<Birth>) throws {
        try state.child.birth.take(event)
        state.child.mother = event.data.mother
        state.child.birthDate = event.data.birthDate
        state.child.secondParent = event.data.secondParent
        state.register.birthDate = event.data.birthDate
        // A move since then stands.
        if state.move.decided == nil { state.register.municipality = event.data.municipality }
    }

    static func tellRegistered(_ state: Case, _ parent: Subject, _ effects: inout Effects<Timer>) throws {
        guard let municipality = state.register.municipality else { return }
        try effects.set(
            Tile(.childRegistered, .done, registeredText(municipality), about: effects.subject), for: parent)
    }

    /// Takes the correct values as the head, and does anew only what depended on the wrong ones.
    private static func correctBirth(
        _ state: inout Case, _ event: Event<Birth>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.child
        let formerMunicipality = state.register.municipality
        try adopt(&state, event)
        // Absent here is "not known from the birth": a parent confirmed since then stays, unless another is named.
        let isConfirmed = former.relations.contains { $0.kind == .parenthood && $0.holder == former.secondParent }
        if event.data.secondParent == nil, isConfirmed, former.mother == event.data.mother {
            state.child.secondParent = former.secondParent
        }
        let now = state.child
        let dropped = former.parents.filter { !now.parents.contains($0) }
        let isSameFamily = former.parents == now.parents
        let isSameAlert = former.birthDate == now.birthDate && formerMunicipality == state.register.municipality
        if isSameFamily && isSameAlert { return }
        try tellWrong(dropped, about: effects.subject, &effects)
        if !isSameFamily {
            state.child.fromMother = nil
            state.child.fromOther = nil
            try annulRelations(&state, of: dropped, "corrected", &effects)
        }
        guard state.death.stage != .dead else { return }
        for parent in now.parents { try tellRegistered(state, parent, &effects) }
        if now.secondParent != nil {
            try annulAlert(&state, "corrected", &effects)
            state.child.take(.parentsKnown)
            effects.cancelTimer(.parenthood)
            if !isSameFamily { try tellParents(state, &effects) }
        } else {
            try annulAlert(&state, "corrected", &effects)
            state.child.take(.parentUnknown)
            try askParents(&state, &effects)
        }
        guard state.register.identity?.name == nil || !isSameFamily else { return }
        for parent in now.parents { try askName(state, parent, &effects) }
    }

    private static func annulBirth(
        _ state: inout Case, _ event: Event<Annulled<Birth>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.stage.after(.annulled) != nil else { return }
        let reason = event.data.reasonCode
        effects.cancelTimer(.parenthood)
        effects.cancelTimer(.move)
        state.move = Case.Relocation()
        try annulAlert(&state, reason, &effects)
        state.child.take(.annulled)
        try annulRelations(&state, of: state.child.relations.map(\.holder), reason, &effects)
        if var identity = state.register.identity {
            try effects.annul(Identity.self, in: &identity.chain, reason: reason)
        }
        try tellWrong(state.child.parents, about: effects.subject, &effects)
        try state.child.birth.take(event)
        state.register = Case.Register()
    }

    /// What parents see whose child it was not.
    private static func tellWrong(
        _ parents: [Subject], about child: Subject, _ effects: inout Effects<Timer>
    ) throws {
        for parent in parents {
            try effects.set(
                Tile(.childRegistered, .corrected, "Rättat: födelsen var fel registrerad", about: child), for: parent)
            try effects.set(
                Tile(.parenthood, .corrected, "Rättat: ni behöver inte göra något", about: child), for: parent)
            try effects.set(Tile(.name, .corrected, "Rättat: ni behöver inte göra något", about: child), for: parent)
        }
    }

    /// Publishes that a person's relations to the child never held.
    static func annulRelations(
        _ state: inout Case, of holders: [Subject], _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        for var relation in state.child.relations where holders.contains(relation.holder) {
            try effects.annul(FamilyRelation.self, in: &relation.chain, reason: reason)
        }
        state.child.relations.removeAll { holders.contains($0.holder) }
    }
}
