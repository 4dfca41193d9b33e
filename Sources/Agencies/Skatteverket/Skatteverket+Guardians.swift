import AgencyKit
import LifeEvents

/// Who has custody (vårdnad): by law, by notice of both (FB 6:4), by court (FB 6:3, 6:5), until a death (FB 6:9).
extension Skatteverket {
    var guardians: [River<Self>] {
        relations + [
            River(
                "end a dead parent's custody", hears: ParentDied.self, as: Self.register,
                mine: [
                    Condition("is of a child that we hold") { state, _ in
                        state.child.birth.holds || !state.child.relations.isEmpty
                    },
                    Condition("moves what we know of the parent") { state, event in
                        event.belongs(to: state.child.deadParents.first { $0.parent == event.data.dead }?.death)
                    },
                ], handle: Self.parentDied),
            River(
                "give back custody to a parent who lives", hears: Annulled<ParentDied>.self, as: Self.register,
                mine: [
                    Condition("annuls a death that we know") { state, event in
                        state.child.deadParents.contains { event.annuls($0.death) }
                    }
                ], handle: Self.parentLives),
            River(
                "take a notice of joint custody", hears: CustodyNotice.self, as: Self.register,
                under: [BirthRules.custody],
                mine: [
                    Self.isAlive(), Condition("is of a child that we hold") { state, _ in state.child.birth.holds },
                ],
                whole: [
                    Condition("is filed by one whom it names, for oneself") {
                        $1.data.guardians.contains($1.data.filedBy)
                    },
                    Condition("names the child's two parents") { state, event in
                        let parents = state.child.parents
                        return parents.count == 2 && parents.allSatisfy(event.data.guardians.contains)
                    },
                    Condition("names a guardian") { state, event in
                        event.data.guardians.contains(where: state.child.guardians.contains)
                    },
                    Condition("is about custody that no court has decided") { state, _ in !state.child.isJudged },
                ], handle: Self.takeCustodyNotice),
        ]
    }

    private var relations: [River<Self>] {
        [
            River(
                "adopt a relation", hears: FamilyRelation.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a relation we hold") { state, event in
                        !state.child.relations.contains {
                            $0.holder == event.data.holder && $0.kind == event.data.kind && !$0.chain.isEnded
                        }
                    },
                ],
                handle: { state, event, effects in
                    state.child.relations.append(
                        .init(
                            holder: event.data.holder, kind: event.data.kind, from: event.data.from,
                            chain: ChainHead(event)))
                    Self.custodyMoved(&effects)
                    // Before the birth itself is told there is nothing to say yet.
                    guard event.data.kind == .custody, state.child.birth.holds else { return }
                    try Self.welcome(event.data.holder, &state, &effects)
                }),
            River(
                "follow a relation", hears: FamilyRelation.self, as: Self.register,
                mine: [
                    Condition("moves a relation we hold") { state, event in
                        !event.isNew && state.child.relations.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    for index in state.child.relations.indices
                    where event.follows(state.child.relations[index].chain) {
                        try state.child.relations[index].chain.take(event)
                    }
                }),
            River(
                "undo a relation", hears: Annulled<FamilyRelation>.self, as: Self.register, under: [BirthRules.spouse],
                mine: [
                    Condition("annuls a relation we hold, or its end") { state, event in
                        state.child.relations.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.undoRelation),
        ]
    }

    /// An officer has undone a relation: by a court, or by the spouse's own and the mother's approval of another (FB 1:2).
    private static func undoRelation(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.child.relations.indices where event.annuls(state.child.relations[index].chain) {
            try state.child.relations[index].chain.take(event)
        }
        custodyMoved(&effects)
        let undone = state.child.relations.filter { !$0.chain.holds && !$0.chain.isEnded }
        state.child.relations.removeAll { !$0.chain.holds && !$0.chain.isEnded }
        for relation in undone where relation.kind == .parenthood {
            // What rests on it falls with it: custody, and what has been confirmed and not been registered yet.
            try annulRelations(&state, of: relation.holder, event.data.reasonCode, &effects)
            guard [state.child.secondParent, state.child.agreement?.parent].contains(relation.holder) else { continue }
            state.child.secondParent = nil
            state.child.agreement = nil
            setRegistrationTimer(state, &effects)
            state.child.undone.append(relation.holder)
            try tellNoParent(relation.holder, &effects)
            guard state.child.take(.parentUnknown) else { continue }
            try askAgain(&state, &effects)
        }
    }

    // MARK: - Death of a parent

    private static func parentDied(
        _ state: inout Case, _ event: Event<ParentDied>, _ effects: inout Effects<Timer>
    ) throws {
        let dead = event.data.dead
        let place = state.child.deadParents.firstIndex { $0.parent == dead }
        var record = place.map { state.child.deadParents[$0] } ?? .init(parent: dead, death: FactChain())
        try record.death.take(event, event.data.deathDate)
        if let place { state.child.deadParents[place] = record } else { state.child.deadParents.append(record) }
        custodyMoved(&effects)
        guard record.death.holds else { return }
        // Who died before the birth was registered never had custody: nobody may have it (FB 6:9).
        if state.child.birth.holds, !state.child.withoutGuardian.holds, state.death.stage != .dead,
            !state.child.relations.contains(where: { $0.holder == dead && $0.kind == .custody })
        {
            let since = max(state.child.birthDate ?? event.data.deathDate, event.data.deathDate)
            try tellNoGuardian(since: since, after: dead, &state, &effects)
        }
        for index in state.child.relations.indices
        where state.child.relations[index].holder == dead && state.child.relations[index].kind == .custody {
            var relation = state.child.relations[index]
            // Another day of death: the old end is annulled, so that the chain keeps one end.
            try effects.restore(FamilyRelation.self, in: &relation.chain, reason: "error")
            try effects.cease(
                Self.relation(dead, .custody, from: relation.from, state.register.municipality), in: &relation.chain,
                occurredOn: event.data.deathDate)
            state.child.relations[index] = relation
        }
    }

    private static func parentLives(
        _ state: inout Case, _ event: Event<Annulled<ParentDied>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.child.deadParents.firstIndex(where: { event.annuls($0.death) }) else { return }
        let parent = state.child.deadParents[place].parent
        try state.child.deadParents[place].death.take(event)
        guard !state.child.deadParents[place].death.holds else { return }
        state.child.deadParents.remove(at: place)
        custodyMoved(&effects)
        for index in state.child.relations.indices
        where state.child.relations[index].holder == parent && state.child.relations[index].kind == .custody {
            try effects.restore(
                FamilyRelation.self, in: &state.child.relations[index].chain, reason: event.data.reasonCode)
        }
    }

    // MARK: - The parents' own notice

    private static func takeCustodyNotice(
        _ state: inout Case, _ event: Event<CustodyNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let parents = event.data.guardians.sorted()
        state.child.custodyNotice.file(parents, by: event.data.filedBy, on: event.knownOn)
        guard state.child.custodyNotice.agreed(by: { $0 }) != nil,
            let new = parents.first(where: { !state.child.guardians.contains($0) })
        else { return }
        state.child.custodyNotice.lapse()
        let day = effects.parenthoodRegistered
        state.child.custodyToCome = .init(parent: new, isJoint: true, registersOn: SkatteverketRules.morning(day))
        setRegistrationTimer(state, &effects)
    }

    static func giveCustody(to parent: Subject, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.child.guardians.contains(parent), state.child.isLiving(parent), !state.child.isJudged else {
            return
        }
        try publishRelation(parent, .custody, from: effects.today, &state, &effects)
        custodyMoved(&effects)
        for guardian in state.child.guardians {
            try effects.set(parentsTile(joint: effects.today, about: effects.subject), for: guardian)
        }
        try welcome(parent, &state, &effects)
    }

    // MARK: - What a parent's own case tells the children

    /// A parent has died: the case of each child registered in this person's name is told.
    static func endCustody(
        of parent: Subject, on date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for child in state.register.children
        where SkatteverketRules.isMinor(born: child.birthDate, on: date)
            && (parent == effects.subject && !isToldBySpouse(child, state)
                || state.registered.contains { $0.child == child.person && $0.secondParent == parent })
        {
            let head = try effects.publish(ParentDied(dead: parent, deathDate: date), about: child.person)
            state.toldDeaths.append(.init(child: child.person, parent: parent, chain: ChainHead(head), day: date))
        }
    }

    /// A child whose birth is registered after its mother's death: its own case is told, as of any parent who dies.
    static func tellMotherIsDead(
        _ child: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.death.stage == .dead, let date = state.death.date else { return }
        let head = try effects.publish(ParentDied(dead: effects.subject, deathDate: date), about: child)
        state.toldDeaths.append(.init(child: child, parent: effects.subject, chain: ChainHead(head), day: date))
    }

    /// Whether the spouse's own case, which registered the birth, tells the child that this person has died.
    private static func isToldBySpouse(_ child: Case.Register.Offspring, _ state: Case) -> Bool {
        state.ownChildren.contains { $0.child == child.person } && child.otherParent == state.register.livingSpouse
    }

    static func correctCustody(
        of parent: Subject, on date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.toldDeaths.indices
        where state.toldDeaths[index].parent == parent && state.toldDeaths[index].day != date {
            try effects.publish(
                ParentDied(dead: parent, deathDate: date), in: &state.toldDeaths[index].chain,
                about: state.toldDeaths[index].child)
            state.toldDeaths[index].day = date
        }
    }

    static func restoreCustody(
        of parent: Subject, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for var told in state.toldDeaths where told.parent == parent {
            try effects.annul(ParentDied.self, in: &told.chain, about: told.child, reason: reason)
        }
        state.toldDeaths.removeAll { $0.parent == parent }
    }
}
