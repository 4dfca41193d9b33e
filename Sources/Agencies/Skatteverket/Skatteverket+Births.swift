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
                "keep an alert that comes with the registration", hears: ParenthoodMissing.self, as: Self.register,
                under: [BirthRules.atOnce],
                mine: [
                    Self.isNew(),
                    Condition("has no birth yet") { state, _ in !state.child.birth.holds },
                ],
                handle: { state, event, _ in state.child.alert = ChainHead(event) }),
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
        // The relations are told before the birth that they belong to.
        let former = state.child
        state.child = Case.Child()
        state.child.stage = former.stage
        state.child.relations = former.relations.filter(\.chain.holds)
        state.child.alert = former.alert
        try adopt(&state, event)
        if event.data.secondParent != nil { state.child.take(.parentsKnown) }
        // A birth before this run: what should follow from it has followed.
        guard effects.lastNameDay(born: event.data.birthDate) >= event.knownOn else { return }
        setNameTimer(state, &effects)
        if let parent = event.data.secondParent { try tellParent(parent, &state, &effects) }
        if state.child.stage == .pending { try askParents(&state, &effects) }
        for guardian in state.child.guardians { try askName(state, guardian, &effects) }
    }

    private static func adopt(_ state: inout Case, _ event: Event<Birth>) throws {
        try state.child.birth.take(event)
        state.child.mother = event.data.mother
        state.child.birthDate = event.data.birthDate
        state.child.secondParent = event.data.secondParent.flatMap { state.child.undone.contains($0) ? nil : $0 }
        state.register.birthDate = event.data.birthDate
        // A move since then stands.
        if state.move.decided == nil { state.register.municipality = event.data.municipality }
    }

    /// Tells who has become a guardian after the birth what there is to know and to do.
    static func welcome(_ guardian: Subject, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage != .dead else { return }
        try effects.set(
            Tile(.childRegistered, .done, registeredText(state.register.municipality), about: effects.subject),
            for: guardian)
        if state.child.stage == .pending, guardian == state.child.mother { try askParents(&state, &effects) }
        try askName(state, guardian, &effects)
    }

    /// Takes the correct values as the head, and does anew only what depended on the wrong ones: the clocks count anew.
    private static func correctBirth(
        _ state: inout Case, _ event: Event<Birth>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.child
        let formerMunicipality = state.register.municipality
        try adopt(&state, event)
        // Absent here is "not known from the birth": a parent registered since then stays.
        if event.data.secondParent == nil, former.mother == event.data.mother, former.stage == .complete {
            state.child.secondParent = former.secondParent
        }
        guard let born = state.child.birthDate,
            former.birthDate != born || formerMunicipality != state.register.municipality
                || former.mother != state.child.mother
        else { return }
        guard state.death.stage != .dead else { return }
        let text = "En uppgift om barnets födelse var fel och är rättad: barnet är fött den \(SwedishText.day(born))"
        for guardian in state.child.guardians {
            try effects.set(Tile(.childRegistered, .corrected, text, about: effects.subject), for: guardian)
        }
        if state.child.stage == .alerted || state.child.stage == .pending {
            try annulAlert(&state, "error", &effects)
            try askParents(&state, &effects)
        }
        guard state.naming.stage == .open || state.naming.stage == .reminded else { return }
        state.naming.stage = .open
        setNameTimer(state, &effects)
        for guardian in state.child.guardians { try askName(state, guardian, &effects) }
    }

    /// The birth of this child never was: all that followed from it is undone.
    private static func annulBirth(
        _ state: inout Case, _ event: Event<Annulled<Birth>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.stage.after(.annulled) != nil else { return }
        let reason = event.data.reasonCode
        for timer in [Timer.parenthood, .registration, .naming, .nameTest, .judgment, .move] {
            effects.cancelTimer(timer)
        }
        state.move = Case.Relocation()
        let told = state.child.guardians
        try annulAlert(&state, reason, &effects)
        try untellParent(reason, &state, &effects)
        state.child.take(.annulled)
        for index in state.child.relations.indices {
            try effects.annul(FamilyRelation.self, in: &state.child.relations[index].chain, reason: reason)
        }
        if var identity = state.register.identity {
            try effects.annul(Identity.self, in: &identity.chain, reason: reason)
        }
        for guardian in told {
            try effects.set(
                Tile(
                    .childRegistered, .corrected, "Registreringen av ett barn var fel och är borttagen",
                    about: effects.subject), for: guardian)
            for tile in [TileName.parenthood, .name] {
                try effects.set(
                    Tile(tile, .corrected, "Du behöver inte göra något", about: effects.subject), for: guardian)
            }
        }
        let stage = state.child.stage
        try state.child.birth.take(event)
        let birth = state.child.birth
        state.child = Case.Child()
        (state.child.stage, state.child.birth) = (stage, birth)
        state.naming = Case.Naming()
        state.register = Case.Register()
    }

    /// The child has died: condolence, and nothing is asked of the parents any more. The name stays open without
    /// reminders, and the law gives a surname in its time (lag om personnamn 4 §).
    static func closeChildAtDeath(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.annul(GuardianMissing.self, in: &state.child.withoutGuardian, reason: "subjectDied")
        guard state.child.birth.holds else { return }
        for timer in [Timer.parenthood, .registration, .judgment] { effects.cancelTimer(timer) }
        let waits = [.pending, .alerted, .agreed].contains(state.child.stage)
        try annulAlert(&state, "subjectDied", &effects)
        for guardian in state.child.guardians {
            try effects.set(
                Tile(
                    .childRegistered, .stopped,
                    "Vi beklagar sorgen. Myndigheterna vet att barnet har dött. Du behöver inte höra av dig",
                    about: effects.subject), for: guardian)
            guard waits else { continue }
            try effects.set(
                Tile(.parenthood, .stopped, "Du behöver inte göra något om föräldraskapet", about: effects.subject),
                for: guardian)
        }
    }

    /// The child lives: what was asked is asked again.
    static func resumeChild(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if let ended = state.child.relations.last(where: { $0.kind == .custody && $0.chain.isEnded }) {
            try tellNoGuardian(since: effects.today, after: ended.holder, &state, &effects)
        }
        guard state.child.birth.holds else { return }
        for guardian in state.child.guardians {
            try effects.set(
                Tile(
                    .childRegistered, .corrected,
                    "Uppgiften att barnet har dött var fel och är borttagen. \(registeredText(state.register.municipality))",
                    about: effects.subject), for: guardian)
        }
        if state.child.stage == .pending { try askParents(&state, &effects) }
        if let agreement = state.child.agreement { effects.setTimer(.registration, at: agreement.registersOn) }
        setJudgmentTimer(state, &effects)
        for guardian in state.child.guardians { try askName(state, guardian, &effects) }
    }
}
