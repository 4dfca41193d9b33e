import AgencyKit
import LifeEvents

/// The registration of a birth, and of what holds by law or by an act before the birth: on the mother's case, which
/// alone knows her spouse.
extension Skatteverket {
    var expectedChildren: [River<Self>] {
        [
            River(
                "note the other parent of an expected child", hears: ParenthoodReport.self, as: Self.register,
                under: [BirthRules.board],
                mine: [
                    Condition("is the mother's own, confirmed before the birth, or corrects what was") { state, event in
                        event.data.mother == event.subject
                            && (event.isNew && event.data.state == .confirmed
                                || state.expected.contains { event.corrects($0.report) })
                    }
                ],
                whole: [
                    Condition("says who and when") { _, event in
                        event.data.state != .confirmed
                            || event.data.otherParent != nil && event.data.expectedDate != nil
                    }
                ],
                handle: { state, event, _ in
                    state.expected.removeAll { event.corrects($0.report) }
                    guard event.data.state == .confirmed, let parent = event.data.otherParent,
                        let expected = event.data.expectedDate
                    else { return }
                    state.expected.removeAll { $0.expectedOn == expected }
                    state.expected.append(
                        .init(
                            report: ChainHead(event), otherParent: parent, isJoint: event.data.jointCustody,
                            expectedOn: expected))
                }),
            River(
                "forget the other parent of an expected child", hears: Annulled<ParenthoodReport>.self,
                as: Self.register,
                mine: [
                    Condition("annuls a report of an expected child") { state, event in
                        state.expected.contains { event.annuls($0.report) }
                    }
                ], handle: Self.forgetExpected),
            River(
                "look anew at the other parent of a child that is born", hears: ParenthoodReport.self,
                as: Self.register, under: [BirthRules.board],
                mine: [
                    Condition("corrects the report by which a parent is registered") { state, event in
                        state.registered.contains { event.corrects($0.report) }
                    }
                ], handle: Self.correctRegisteredParent),
        ]
    }

    /// The board corrects after the birth what it had approved before it: another is no parent by that, and who is the
    /// parent is asked anew.
    private static func correctRegisteredParent(
        _ state: inout Case, _ event: Event<ParenthoodReport>, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.registered.indices where event.corrects(state.registered[index].report) {
            guard event.data.state != .confirmed || event.data.otherParent != state.registered[index].secondParent
            else {
                try state.registered[index].report.take(event)
                continue
            }
            state.registered[index].report = ChainHead()
            try dropReported(at: index, "parenthoodCorrected", &state, &effects)
        }
        setBirthTimer(state, &effects)
    }

    /// The board takes back what it had approved before the birth: of a child that is born by now nothing of it stands.
    private static func forgetExpected(
        _ state: inout Case, _ event: Event<Annulled<ParenthoodReport>>, _ effects: inout Effects<Timer>
    ) throws {
        state.expected.removeAll { event.annuls($0.report) }
        for index in state.registered.indices where event.annuls(state.registered[index].report) {
            try dropReported(at: index, event.data.reasonCode, &state, &effects)
        }
        setBirthTimer(state, &effects)
    }

    private static func dropReported(
        at index: Int, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let child = state.registered[index].child
        try effects.annul(
            FamilyRelation.self, in: &state.registered[index].parenthood, about: child, reason: reason)
        state.registered[index].secondParent = nil
        state.custodies.removeAll { $0.child == child }
        for place in state.register.children.indices where state.register.children[place].person == child {
            state.register.children[place].otherParent = nil
        }
    }

    /// Registers every birth whose handling time is over, and joint custody that an act before a birth asks for.
    static func registerBirths(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let ready = state.births.filter { $0.isDue(effects.now) }
        if state.residence == nil, let spouse = state.register.livingSpouse {
            // Who is not registered herself: the child is registered with her spouse.
            for place in state.births.indices where state.births[place].isDue(effects.now) {
                state.births[place].isAsked = true
                try ask(spouse, of: state.births[place].child, &effects)
            }
        } else {
            state.births.removeAll { $0.isDue(effects.now) }
            for birth in ready { try register(birth, in: state.residence, &state, &effects) }
        }
        let mother = state.death.stage == .dead ? nil : effects.subject
        for custody in state.custodies where custody.registersOn <= effects.now {
            try registerCustody(custody, mother: mother, &effects)
        }
        state.custodies.removeAll { $0.registersOn <= effects.now }
        setBirthTimer(state, &effects)
    }

    /// The child gets an identity, its guardians by law (FB 6:3), the other parent by law (FB 1:1, 1:9) or by an act, and
    /// a case of its own. The relations come first, so that who hears of the birth knows them.
    static func register(
        _ birth: Case.NotifiedBirth, in municipality: String?, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let municipality else { return }
        let spouse = parentByLaw(state.register, born: birth.birthDate, effects)
        let act = spouse == nil ? confirmation(before: birth.birthDate, state, effects) : nil
        let second = spouse?.person ?? act?.otherParent
        @discardableResult
        func publish(_ holder: Subject, _ kind: RelationKind, _ effects: inout Effects<Timer>) throws -> EventID {
            try effects.publish(
                relation(holder, kind, from: birth.birthDate, municipality), about: birth.child,
                occurredOn: birth.birthDate, cause: birth.cause)
        }
        if state.death.stage != .dead { try publish(effects.subject, .custody, &effects) }
        let parenthood = try second.map { try publish($0, .parenthood, &effects) }
        if let spouse, spouse.isLiving { try publish(spouse.person, .custody, &effects) }
        try effects.publish(
            Identity(idType: .personalNumber, municipality: municipality), about: birth.child,
            occurredOn: birth.birthDate, cause: birth.cause)
        // A mother who is not of age: family law is told at once, and the e-service is closed (B6).
        if second == nil, let born = state.register.birthDate,
            SkatteverketRules.isMinor(born: born, on: birth.birthDate)
        {
            try effects.publish(
                ParenthoodMissing(
                    mother: effects.subject, municipality: municipality, birthDate: birth.birthDate,
                    lastDay: effects.today),
                about: birth.child, cause: birth.cause)
        }
        var registered = Case.RegisteredBirth(
            child: birth.child, notice: birth.notice, mother: effects.subject, secondParent: second,
            municipality: municipality, birthDate: birth.birthDate, birthOrder: birth.birthOrder)
        registered.chain = ChainHead(
            try effects.publish(
                registered.fact, about: birth.child, occurredOn: birth.birthDate, cause: birth.cause))
        if let act, let parenthood { (registered.report, registered.parenthood) = (act.report, ChainHead(parenthood)) }
        state.registered.append(registered)
        state.register.children.append(.init(person: birth.child, birthDate: birth.birthDate, otherParent: second))
        try tellMotherIsDead(birth.child, &state, &effects)
        let living = [effects.subject].filter { _ in state.death.stage != .dead }
        for guardian in living + [spouse].compactMap({ $0?.isLiving == true ? $0?.person : nil }) {
            try effects.set(
                Tile(
                    .childRegistered, .done, registeredText(municipality, next: second == nil), about: birth.child),
                for: guardian, cause: birth.cause)
        }
        guard let act else { return }
        if act.isJoint {
            let day = effects.parenthoodRegistered
            state.custodies.append(
                .init(
                    child: birth.child, holder: act.otherParent, municipality: municipality,
                    registersOn: SkatteverketRules.morning(day), cause: birth.cause))
        } else {
            for parent in living + [act.otherParent] {
                try effects.set(parentsTile(joint: nil, about: birth.child), for: parent, cause: birth.cause)
            }
        }
    }

    private static func registerCustody(
        _ custody: Case.CustodyToCome, mother: Subject?, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            relation(custody.holder, .custody, from: effects.today, custody.municipality), about: custody.child,
            occurredOn: effects.today, cause: custody.cause)
        for parent in [mother, custody.holder].compactMap(\.self) {
            try effects.set(
                parentsTile(joint: effects.today, about: custody.child), for: parent, cause: custody.cause)
        }
    }

    /// B3: the spouse, also one who died when the child may have been conceived.
    private static func parentByLaw(
        _ register: Case.Register, born: Day, _ effects: Effects<Timer>
    ) -> (person: Subject, isLiving: Bool)? {
        if let spouse = register.livingSpouse { return (spouse, true) }
        guard register.civilStatus == .widowed || register.civilStatus == .survivingPartner,
            let spouse = register.spouse, let since = register.statusSince,
            born <= since.adding(days: effects.value(of: BirthRules.conception))
        else { return nil }
        return (spouse, false)
    }

    /// The act before the birth that is about this child.
    private static func confirmation(
        before born: Day, _ state: Case, _ effects: Effects<Timer>
    ) -> Case.ExpectedChild? {
        let days = effects.value(of: BirthRules.expected)
        return state.expected.last {
            $0.expectedOn.adding(days: -days) <= born && born <= $0.expectedOn.adding(days: days)
        }
    }

    /// Parenthood or custody as the register publishes it, for those whom the child's municipality makes it concern.
    static func relation(
        _ holder: Subject, _ kind: RelationKind, from day: Day, _ municipality: String?
    ) -> FamilyRelation {
        FamilyRelation(
            holder: holder, kind: kind, from: day, municipality: municipality,
            concerns: municipality.map(SkatteverketRules.concerned(by:)))
    }

    /// - Parameter municipality: nil: where a protected family lives is told to nobody.
    static func registeredText(_ municipality: String?, next asksParents: Bool? = nil) -> String {
        let place = municipality.map { " i \(Municipalities.name(code: $0))" } ?? ""
        let text = "Barnet är folkbokfört\(place)"
        guard let asksParents else { return text }
        return asksParents
            ? "\(text). Nästa: bekräfta föräldraskapet och anmäl namn" : "\(text). Nästa: anmäl namn"
    }

    /// What both parents see once the other one is registered.
    /// - Parameter joint: since when custody is joint; nil: it is not.
    static func parentsTile(joint: Day?, about child: Subject) -> Tile {
        let text =
            joint.map { "Ni är registrerade som föräldrar med gemensam vårdnad från den \(SwedishText.day($0))" }
            ?? "Ni är registrerade som barnets föräldrar"
        return Tile(.parenthood, .done, text, about: child)
    }
}
