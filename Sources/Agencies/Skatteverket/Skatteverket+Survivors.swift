import AgencyKit
import LifeEvents

/// Who survives: those who settle the estate get a token, and agencies that ask are answered.
extension Skatteverket {
    /// The one purpose for which survivors are named.
    static let survivorsPension = Purpose(known: "survivors-pension")
    /// The one purpose for which a death is proved to a private party.
    static let estateAdministration = Purpose(known: "estate-administration")

    var proofs: [River<Self>] {
        [
            River(
                "note a mandate for the estate", hears: GrantedMandate.self, as: Self.register,
                mine: [
                    Condition("is a new mandate to an agency") { _, event in
                        event.isNew && event.data.agency != nil
                    },
                    Condition("is about one who is dead") { state, _ in state.death.stage == .dead },
                ],
                whole: [
                    Condition("is given by one who holds a token") { state, event in
                        state.death.tokens.contains { $0.holder == event.data.filedBy }
                    }
                ],
                handle: { state, event, _ in
                    guard let agency = event.data.agency else { return }
                    state.death.mandates.append(
                        .init(
                            filedBy: event.data.filedBy, agency: agency, tokenRef: event.data.tokenRef,
                            chain: ChainHead(event)))
                }),
            River(
                "take back a mandate for the estate", hears: Annulled<GrantedMandate>.self, as: Self.register,
                mine: [
                    Condition("is one we know") { state, event in
                        state.death.mandates.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in state.death.mandates.removeAll { event.annuls($0.chain) } }),
            River(
                "end a mandate for the estate", hears: GrantedMandate.self, as: Self.register,
                mine: [
                    Condition("ends one we know") { state, event in
                        event.change == .ceased && state.death.mandates.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in state.death.mandates.removeAll { event.follows($0.chain) } }),
            River(
                "give tokens to who acts for the estate later", hears: EstateActors.self, as: Self.register,
                under: [DeathRules.token.legal],
                mine: [Condition("is about one who is dead") { state, _ in state.death.stage == .dead }],
                handle: { state, event, effects in
                    state.death.actors = event.data.actors
                    try Self.renewTokens(&state, &effects)
                }),
            River(
                "say who survives", hears: SurvivorsNeed.self, as: Self.register,
                handle: Self.answerSurvivors),
            River(
                "prove a death to a bank", hears: BankDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, &effects)
                }),
            River(
                "prove a death to a funeral bureau", hears: FuneralDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, forEstate: false, &effects)
                }),
            River(
                "prove a death to the Pensions Agency", hears: PensionDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, &effects)
                }),
            River(
                "prove a death to a municipality's permits", hears: PermitDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, &effects)
                }),
            River(
                "prove a death to an unemployment fund", hears: FundDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, &effects)
                }),
            River(
                "prove a death to Social Insurance", hears: InsuranceDeathProofNeed.self, as: Self.register,
                under: [DeathRules.token.legal],
                handle: { state, event, effects in
                    try Self.prove(&state, event, tokenRef: event.data.tokenRef, &effects)
                }),
        ]
    }

    private static func answerSurvivors(
        _ state: inout Case, _ event: Event<SurvivorsNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        if let refusal = event.refusal(purpose: survivorsPension, hasCase: state.death.stage == .dead) {
            try effects.publish(
                SurvivorsAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        let answered = Case.Answered(caseRef: event.data.caseRef, asker: asker)
        state.death.answered = answered
        try effects.publish(survivors(state, answered, effects), purpose: survivorsPension)
    }

    /// Who survives, as the register has them now.
    static func survivors(
        _ state: Case, _ asked: Case.Answered, _ effects: Effects<Timer>
    ) -> SurvivorsAnswer {
        let unknown = state.register.livingSpouse.map { spouse in
            !state.register.related.contains { $0.person == spouse }
        }
        // Who has protected data is told of by a named function, by hand.
        let persons = state.survivors(of: effects.subject, died: state.death.date)
        let open = persons.filter { !state.register.isProtected($0.person) }
        let missing = (unknown == true ? ["birthDate"] : []) + (open.count < persons.count ? ["persons"] : [])
        return SurvivorsAnswer(
            caseRef: asked.caseRef, asker: asked.asker, status: .answered,
            missing: missing.isEmpty ? nil : missing, persons: open)
    }

    /// - Parameter forEstate: whether what is to be done is for who has a share of the estate.
    private static func prove<Need: NeedEvent>(
        _ state: inout Case, _ event: Event<Need>, tokenRef: String, forEstate: Bool = true,
        _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let token = state.death.tokens.first { $0.ref == tokenRef && $0.validUntil >= effects.today }
        let isOpen = state.death.stage == .dead && token != nil
        if let refusal = event.refusal(purpose: estateAdministration, hasCase: isOpen) {
            try effects.publish(
                DeathProofAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        let isMandated = state.death.mandates.contains {
            $0.agency == asker && $0.tokenRef == tokenRef && $0.filedBy == token?.holder
        }
        // A funeral is ordered by any who is near; for the estate its partners act (ärvdabalken 18 kap. 1 §).
        let actors = state.actors(of: effects.subject, on: effects.today)
        let mayAct = isMandated && (!forEstate || token.map { actors.contains($0.holder) } ?? false)
        if mayAct, forEstate, let token {
            state.death.proved.append(.init(caseRef: event.data.caseRef, asker: asker, holder: token.holder))
        }
        try effects.publish(
            DeathProofAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, deathDate: state.death.date,
                mayAct: mayAct), purpose: estateAdministration)
    }
}

extension SkatteverketCase {
    /// Spouse, cohabitant with a common child, and children who may have a right to child's pension, as the register
    /// has them; nobody else is named.
    func survivors(of dead: Subject, died date: Day?) -> [Survivor] {
        guard let date else { return [] }
        let spouse = register.livingSpouse
        var persons: [Survivor] = []
        if let spouse, let known = relative(spouse) {
            persons.append(
                Survivor(
                    person: spouse, role: .spouse, since: register.spouseSince, birthDate: known.birthDate,
                    commonChild: register.children.contains { $0.otherParent == spouse },
                    commonChildBorn: firstChild(with: spouse), sameAddress: known.sharesHome))
        }
        for other in register.children.compactMap(\.otherParent)
        where other != spouse && !persons.contains(where: { $0.person == other }) {
            guard let known = relative(other), known.sharesHome else { continue }
            persons.append(
                Survivor(
                    person: other, role: .cohabitant, since: known.since, birthDate: known.birthDate,
                    commonChild: true, commonChildBorn: firstChild(with: other), sameAddress: true))
        }
        let last = SkatteverketRules.lastPensionAge * 12
        for child in register.children where child.birthDate.adding(months: last) > date {
            let isMinor = SkatteverketRules.isMinor(born: child.birthDate, on: date)
            persons.append(
                Survivor(
                    person: child.person, role: .child, birthDate: child.birthDate, commonChild: false,
                    sameAddress: relative(child.person)?.sharesHome ?? true,
                    guardians: isMinor ? register.guardians(of: child, besides: dead) : nil))
        }
        return persons
    }

    /// When the first child with somebody was born.
    private func firstChild(with other: Subject) -> Day? {
        register.children.filter { $0.otherParent == other }.map(\.birthDate).min()
    }

    private func relative(_ person: Subject) -> RegisteredRelative? {
        register.related.first { $0.person == person }
    }
}
