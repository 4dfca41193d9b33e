import AgencyKit
import LifeEvents

/// Who the other parent is (föräldraskap): fourteen days in the e-service, then the municipality's family law office.
extension Skatteverket {
    var parenthood: [River<Self>] {
        [
            River(
                "take a parent's confirmation", hears: ParenthoodConfirmation.self, as: Self.register,
                mine: [
                    Self.isAlive(),
                    Condition("waits for the parents") { state, _ in state.child.stage == .pending },
                ],
                whole: [
                    Condition("is the mother's, or names her or oneself") { state, event in
                        let data = event.data
                        return data.filedBy == state.child.mother
                            ? data.otherParent != state.child.mother
                            : data.otherParent == state.child.mother || data.otherParent == data.filedBy
                    }
                ], handle: Self.takeConfirmation),
            River(
                "register the other parent", hears: ParenthoodReport.self, as: Self.register,
                mine: [
                    Self.isNew(), Self.isAlive(),
                    Condition("waits for the other parent") { state, _ in
                        state.child.stage.after(.parentsKnown) != nil
                    },
                ],
                whole: [Condition("names the mother we know") { $1.data.mother == $0.child.mother }],
                handle: Self.takeReport),
            River(
                "correct the other parent", hears: ParenthoodReport.self, as: Self.register,
                mine: [Self.corrects(\.child.report)], handle: Self.correctReport),
            River(
                "drop the other parent", hears: Annulled<ParenthoodReport>.self, as: Self.register,
                mine: [Self.annuls(\.child.report)], handle: Self.annulReport),
            River(
                "adopt a relation", hears: FamilyRelation.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a relation we hold") { state, event in
                        !state.child.relations.contains {
                            $0.holder == event.data.holder && $0.kind == event.data.kind
                        }
                    },
                ],
                handle: { state, event, _ in
                    state.child.relations.append(
                        .init(
                            holder: event.data.holder, kind: event.data.kind, from: event.data.from,
                            chain: ChainHead(event)))
                }),
            River(
                "drop a relation", hears: Annulled<FamilyRelation>.self, as: Self.register,
                mine: [
                    Condition("is a relation we hold") { state, event in
                        state.child.relations.contains { $0.chain.holds && event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in state.child.relations.removeAll { event.annuls($0.chain) } }),
        ]
    }

    /// Asks the mother for a confirmation by both, or tells the municipality if their time is already over.
    static func askParents(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.child.birthDate, let mother = state.child.mother else { return }
        let lastDay = SkatteverketRules.lastConfirmationDay(born: born)
        if lastDay < effects.today { return try alertFamilyLaw(&state, &effects) }
        effects.setTimer(.parenthood, at: SkatteverketRules.midnight(after: lastDay))
        let day = SwedishText.shortDay(lastDay)
        guard state.child.isLiving(mother) else { return }
        try effects.set(
            Tile(
                .parenthood, .awaitingCitizen,
                "Bekräfta föräldraskapet, båda två, senast \(day). Annars tar familjerätten över",
                about: effects.subject, deadline: lastDay), for: mother)
    }

    /// Tells the municipality's family law office, and only it, that a child has one parent.
    static func alertFamilyLaw(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.child.birthDate, let mother = state.child.mother,
            let municipality = state.register.municipality, state.child.take(.lastDayPassed)
        else { return }
        effects.cancelTimer(.parenthood)
        state.child.alert = ChainHead(
            try effects.publish(
                ParenthoodMissing(
                    mother: mother, municipality: municipality, birthDate: born,
                    lastDay: SkatteverketRules.lastConfirmationDay(born: born))))
        try tellWaiting(state, &effects)
    }

    private static func tellWaiting(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let mother = state.child.mother, state.child.isLiving(mother),
            let municipality = state.register.municipality
        else { return }
        try effects.set(
            Tile(
                .parenthood, .awaitingAgency, "Väntar på familjerätten i \(Municipalities.name(code: municipality))",
                about: effects.subject, other: Municipalities.agency(code: municipality)), for: mother)
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
        if data.filedBy == state.child.mother {
            state.child.fromMother = .init(
                other: data.otherParent, day: data.confirmedOn, jointCustody: data.jointCustody)
        } else {
            state.child.fromOther = .init(other: data.filedBy, day: data.confirmedOn, jointCustody: data.jointCustody)
        }
        guard let hers = state.child.fromMother, let theirs = state.child.fromOther, hers.other == theirs.other
        else { return }
        try registerParent(
            hers.other, on: max(hers.day, theirs.day), joint: hers.jointCustody && theirs.jointCustody, &state,
            &effects)
    }

    private static func takeReport(
        _ state: inout Case, _ event: Event<ParenthoodReport>, _ effects: inout Effects<Timer>
    ) throws {
        state.child.report.adopt(event)
        try registerParent(
            event.data.otherParent, on: event.data.confirmedOn, joint: event.data.jointCustody, &state, &effects)
    }

    private static func registerParent(
        _ parent: Subject, on day: Day, joint: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.take(.parentsKnown) else { return }
        effects.cancelTimer(.parenthood)
        state.child.secondParent = parent
        state.child.fromMother = nil
        state.child.fromOther = nil
        try publishRelations(parent, on: day, joint: joint, &state, &effects)
        try tellParents(state, &effects)
        try tellRegistered(state, parent, &effects)
        try askName(state, parent, &effects)
    }

    private static func publishRelations(
        _ parent: Subject, on day: Day, joint: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let municipality = state.register.municipality else { return }
        for kind in joint ? [RelationKind.parenthood, .custody] : [.parenthood] {
            let head = try effects.publish(
                FamilyRelation(
                    holder: parent, kind: kind, from: day, municipality: municipality,
                    concerns: agencies(of: [municipality])), occurredOn: day)
            state.child.relations.append(.init(holder: parent, kind: kind, from: day, chain: ChainHead(head)))
        }
    }

    static func tellParents(_ state: Case, _ effects: inout Effects<Timer>) throws {
        for parent in state.child.parents {
            try effects.set(
                Tile(.parenthood, .done, "Båda föräldrarna är registrerade", about: effects.subject), for: parent)
        }
    }

    private static func correctReport(
        _ state: inout Case, _ event: Event<ParenthoodReport>, _ effects: inout Effects<Timer>
    ) throws {
        try state.child.report.take(event)
        guard let former = state.child.secondParent else { return }
        let data = event.data
        let wasJoint = state.child.relations.contains { $0.holder == former && $0.kind == .custody }
        guard former != data.otherParent || wasJoint != data.jointCustody else { return }
        try annulRelations(&state, of: [former], "corrected", &effects)
        state.child.secondParent = data.otherParent
        try publishRelations(data.otherParent, on: data.confirmedOn, joint: data.jointCustody, &state, &effects)
        guard former != data.otherParent else { return }
        try tellNoParent(former, &effects)
        try tellParents(state, &effects)
        try tellRegistered(state, data.otherParent, &effects)
        try askName(state, data.otherParent, &effects)
    }

    private static func annulReport(
        _ state: inout Case, _ event: Event<Annulled<ParenthoodReport>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.child.report.take(event)
        guard let former = state.child.secondParent, state.child.take(.parentUnknown) else { return }
        state.child.secondParent = nil
        try annulRelations(&state, of: [former], event.data.reasonCode, &effects)
        try tellNoParent(former, &effects)
        guard state.death.stage != .dead else { return }
        guard state.child.alert.holds else { return try askParents(&state, &effects) }
        // The family law office has been told once, and it is the one that annuls.
        state.child.take(.lastDayPassed)
        try tellWaiting(state, &effects)
    }

    private static func tellNoParent(_ former: Subject, _ effects: inout Effects<Timer>) throws {
        for tile in [TileName.parenthood, .childRegistered, .name] {
            try effects.set(
                Tile(tile, .corrected, "Rättat: föräldraskapet gäller inte", about: effects.subject), for: former)
        }
    }
}
