import AgencyKit
import LifeEvents

/// Who the other parent is (föräldraskap): fourteen days in the e-service, then the municipality's family law office.
extension Skatteverket {
    var parenthood: [River<Self>] {
        [
            River(
                "take a parent's confirmation", hears: ParenthoodConfirmation.self, as: Self.register,
                under: [BirthRules.eService],
                mine: [
                    Self.isAlive(),
                    Condition("waits for the parents") { state, _ in state.child.stage == .pending },
                ],
                whole: [
                    Condition("names the mother we know, and another") { state, event in
                        event.data.mother == state.child.mother && event.data.otherParent != event.data.mother
                    },
                    Condition("is filed by one whom it names, for oneself") { _, event in
                        [event.data.mother, event.data.otherParent].contains(event.data.filedBy)
                    },
                ], handle: Self.takeConfirmation),
            River(
                "register the other parent", hears: ParenthoodReport.self, as: Self.register,
                under: [BirthRules.custody],
                mine: [
                    Self.isAlive(),
                    Condition("is new, or corrects one that was not whole") { state, event in
                        event.isNew || event.change == .corrected && state.child.report.state == .unknown
                    },
                    Condition("confirms a parent") { _, event in event.data.state != .dropped },
                    Condition("waits for the other parent") { state, _ in state.child.stage.after(.agreed) != nil },
                ],
                whole: [
                    Condition("names the mother we know, and another") { state, event in
                        event.data.mother == state.child.mother && event.data.otherParent != nil
                            && event.data.otherParent != event.data.mother
                    }
                ],
                handle: Self.takeReport),
            River(
                "register another parent by a corrected report", hears: ParenthoodReport.self, as: Self.register,
                under: [BirthRules.custody],
                mine: [
                    Self.isAlive(),
                    Condition("corrects the report we hold") { state, event in event.corrects(state.child.report) },
                ],
                whole: [
                    Condition("names the mother we know, and another parent unless the inquiry is dropped") {
                        state, event in
                        event.data.mother == state.child.mother && event.data.otherParent != event.data.mother
                            && (event.data.otherParent != nil || event.data.state == .dropped)
                    }
                ], handle: Self.correctReport),
            River(
                "close where the inquiry is dropped", hears: ParenthoodReport.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("drops the inquiry") { _, event in event.data.state == .dropped },
                    Condition("waits for the other parent") { state, _ in state.child.stage.after(.dropped) != nil },
                ],
                handle: { state, event, effects in
                    guard state.child.take(.dropped) else { return }
                    effects.cancelTimer(.parenthood)
                    state.child.report.adopt(event)
                }),
            River(
                "drop the other parent", hears: Annulled<ParenthoodReport>.self, as: Self.register,
                mine: [Self.annuls(\.child.report)], handle: Self.annulReport),
        ]
    }

    /// Asks the mother for a confirmation by both, or tells the municipality if their time is already over.
    static func askParents(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.child.birthDate, let mother = state.child.mother else { return }
        let lastDay = effects.lastConfirmationDay(born: born)
        if lastDay < effects.today || state.child.alert.holds { return try alertFamilyLaw(&state, &effects) }
        effects.setTimer(.parenthood, at: SkatteverketRules.midnight(after: lastDay))
        guard state.child.guardians.contains(mother) else { return }
        try effects.set(
            Tile(
                .parenthood, .awaitingCitizen,
                "Ni är inte gifta. Bekräfta vem som är barnets andra förälder, båda två, senast den "
                    + "\(SwedishText.day(lastDay)) i Skatteverkets e-tjänst. Annars tar \(familyLaw(state)) över",
                about: effects.subject, deadline: lastDay), for: mother)
    }

    /// Tells the municipality's family law office, and only it, that a child has one parent. What one of the parents has
    /// filed alone lapses.
    static func alertFamilyLaw(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.child.birthDate, let mother = state.child.mother, state.child.take(.lastDayPassed)
        else { return }
        let lastDay = effects.lastConfirmationDay(born: born)
        let municipality = state.register.municipality
        let other = municipality.flatMap { Municipalities.agency(code: $0) }
        effects.cancelTimer(.parenthood)
        // Where a protected family lives is told to nobody: named functions ring each other.
        if let municipality, !state.child.alert.holds {
            state.child.alert = ChainHead(
                try effects.publish(
                    ParenthoodMissing(
                        mother: mother, municipality: municipality, birthDate: born,
                        lastDay: lastDay)))
        }
        for filing in state.child.confirmations.lapse() where filing.by != mother {
            // Whoever it is has confirmed alone, so the line is about no child.
            try effects.set(
                Tile(
                    .parenthood, .stopped, "Bara den ena av er bekräftade i tid. Familjerätten tar över",
                    other: other), for: filing.by)
        }
        guard state.child.guardians.contains(mother) else { return }
        let begin = lastDay < effects.today ? "Tiden i e-tjänsten är slut. " : ""
        try effects.set(
            Tile(
                .parenthood, .awaitingAgency,
                "\(begin)F\(familyLaw(state).dropFirst()) hör av sig till dig",
                about: effects.subject, other: other), for: mother)
    }

    /// The family law office of the child's municipality, as parents read of it.
    private static func familyLaw(_ state: Case) -> String {
        "familjerätten" + (state.register.municipality.map { " i \(Municipalities.name(code: $0))" } ?? "")
    }

    static func annulAlert(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard state.child.stage == .alerted, state.child.alert.holds else { return }
        try effects.annul(ParenthoodMissing.self, in: &state.child.alert, reason: reason)
        state.child.take(.alertAnnulled)
    }

    private static func takeConfirmation(
        _ state: inout Case, _ event: Event<ParenthoodConfirmation>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        state.child.confirmations.file(
            .init(mother: data.mother, otherParent: data.otherParent, isJoint: data.jointCustody), by: data.filedBy,
            on: event.knownOn)
        guard let terms = state.child.confirmations.agreed(by: { [$0.mother, $0.otherParent] }) else { return }
        effects.cancelTimer(.parenthood)
        let day = agree(on: terms.otherParent, joint: terms.isJoint, &state, &effects)
        try ask(terms.otherParent, of: effects.subject, &effects)
        for parent in [terms.mother, terms.otherParent] {
            try effects.set(
                Tile(
                    .parenthood, .investigating,
                    "Ni har båda bekräftat. Skatteverket registrerar det omkring den \(SwedishText.day(day))",
                    about: effects.subject, expected: day), for: parent)
        }
    }

    private static func takeReport(
        _ state: inout Case, _ event: Event<ParenthoodReport>, _ effects: inout Effects<Timer>
    ) throws {
        guard let parent = event.data.otherParent else { return }
        effects.cancelTimer(.parenthood)
        state.child.report.adopt(event)
        _ = agree(on: parent, joint: event.data.jointCustody, &state, &effects)
    }

    /// Registers the parent some days later.
    /// - Returns: when.
    static func agree(
        on parent: Subject, joint: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) -> Day {
        let day = effects.parenthoodRegistered
        guard state.child.take(.agreed) else { return day }
        state.child.confirmations.lapse()
        state.child.agreement = .init(parent: parent, isJoint: joint, registersOn: SkatteverketRules.morning(day))
        setRegistrationTimer(state, &effects)
        return day
    }

    static func setRegistrationTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        let due = [state.child.agreement, state.child.custodyToCome].compactMap { $0?.registersOn }
        guard let next = due.min() else { return effects.cancelTimer(.registration) }
        effects.setTimer(.registration, at: next)
    }

    /// What has been agreed is registered: parenthood from the birth, custody from today (FB 6:4).
    static func registrationDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if let agreement = state.child.agreement, agreement.registersOn <= effects.now {
            state.child.agreement = nil
            try registerParent(agreement.parent, joint: agreement.isJoint, &state, &effects)
        }
        if let custody = state.child.custodyToCome, custody.registersOn <= effects.now {
            state.child.custodyToCome = nil
            try giveCustody(to: custody.parent, &state, &effects)
        }
        setRegistrationTimer(state, &effects)
    }

    /// - Parameter judged: whether a court has found who the parent is, who may be dead: his own case tells him then.
    static func registerParent(
        _ parent: Subject, joint: Bool, judged: Bool = false, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let born = state.child.birthDate, state.child.take(.parentsKnown) else { return }
        state.child.secondParent = parent
        state.child.isParentLater = true
        state.child.undone.removeAll { $0 == parent }
        try publishRelation(parent, .parenthood, from: born, &state, &effects)
        // What was confirmed at a visit brings no further message (birth.md 5): there the parent's case is not told.
        let isKnown = state.child.report.holds
        if !isKnown { try tellParent(parent, judged: judged, &state, &effects) }
        custodyMoved(&effects)
        // Nobody confirms oneself into custody that no living guardian shares.
        let mother = state.child.mother
        let isJoint = joint && !state.child.isJudged && mother.map { state.child.guardians.contains($0) } == true
        if isJoint { try publishRelation(parent, .custody, from: effects.today, &state, &effects) }
        let told = state.child.parents.filter { state.child.isLiving($0) && !(judged && !isKnown && $0 == parent) }
        for person in told {
            try effects.set(parentsTile(joint: isJoint ? effects.today : nil, about: effects.subject), for: person)
        }
        if isJoint { try welcome(parent, &state, &effects) }
    }

    /// Publishes a relation of the child's own, and holds it.
    static func publishRelation(
        _ holder: Subject, _ kind: RelationKind, from day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let head = try effects.publish(
            relation(holder, kind, from: day, state.register.municipality), occurredOn: day)
        state.child.relations.append(.init(holder: holder, kind: kind, from: day, chain: ChainHead(head)))
    }

    private static func annulReport(
        _ state: inout Case, _ event: Event<Annulled<ParenthoodReport>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.child.report.take(event)
        let former = state.child.secondParent
        let wasDropped = state.child.stage == .dropped
        guard state.child.take(.parentUnknown) else { return }
        state.child.secondParent = nil
        state.child.agreement = nil
        setRegistrationTimer(state, &effects)
        if let former {
            try annulRelations(&state, of: former, event.data.reasonCode, &effects)
            try tellNoParent(former, &effects)
        }
        // An inquiry that was dropped and goes on needs no word from here: the office that annuls has it.
        if wasDropped, state.child.alert.holds {
            state.child.take(.lastDayPassed)
        } else {
            try askAgain(&state, &effects)
        }
    }

    /// A parent who was registered never was one: both are asked anew, and family law, whose case was closed by what it
    /// had approved, is told anew (FB 2:1).
    static func askAgain(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage != .dead else { return }
        state.child.alert = ChainHead()
        try askParents(&state, &effects)
    }

    /// Publishes that a person's relations to the child never held.
    static func annulRelations(
        _ state: inout Case, of holder: Subject, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        if state.child.toldParent?.parent == holder { try untellParent(reason, &state, &effects) }
        for index in state.child.relations.indices where state.child.relations[index].holder == holder {
            try effects.annul(FamilyRelation.self, in: &state.child.relations[index].chain, reason: reason)
        }
        state.child.relations.removeAll { $0.holder == holder && !$0.chain.holds && !$0.chain.isEnded }
    }

    /// What a person sees who was registered as a parent and never was one.
    static func tellNoParent(_ former: Subject, _ effects: inout Effects<Timer>) throws {
        for tile in [TileName.parenthood, .childRegistered, .name] {
            try effects.set(
                Tile(tile, .corrected, "Du är inte längre registrerad som förälder", about: effects.subject),
                for: former)
        }
    }
}
