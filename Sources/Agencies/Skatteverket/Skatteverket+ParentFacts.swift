import AgencyKit
import LifeEvents

/// What one person's case asks of another's: of a spouse, where the mother is not registered (B2); of the other parent,
/// where the e-service needs both of age and registered (B4).
extension Skatteverket {
    var parentFacts: [River<Self>] {
        [
            River(
                "tell what the register holds of a parent", hears: ParentFacts.self, as: Self.register,
                mine: [Condition("asks") { _, event in event.data.registered == nil }],
                handle: { state, event, effects in
                    let register = state.register
                    let isKnown = state.residence != nil
                    try effects.publish(
                        ParentFacts(
                            child: event.data.child, person: effects.subject,
                            registered: isKnown && state.death.stage != .dead, birthDate: register.birthDate,
                            municipality: register.isProtected ? nil : state.residence),
                        about: event.data.person)
                }),
            River(
                "register a child with the other parent", hears: ParentFacts.self, as: Self.register,
                under: [BirthRules.place],
                mine: [
                    Condition("answers for a birth that waits") { state, event in
                        event.data.registered != nil
                            && state.births.contains { $0.child == event.data.child && $0.isAsked }
                    }
                ],
                whole: [Condition("is registered in a municipality") { $1.data.municipality != nil }],
                handle: { state, event, effects in
                    guard let place = state.births.firstIndex(where: { $0.child == event.data.child }) else { return }
                    let birth = state.births.remove(at: place)
                    try Self.register(birth, in: event.data.municipality, &state, &effects)
                }),
            River(
                "close the e-service to who may not confirm there", hears: ParentFacts.self, as: Self.register,
                under: [BirthRules.eService, BirthRules.ofAge.legal],
                mine: [
                    Condition("answers for a confirmation that waits to be registered") { state, event in
                        event.data.registered != nil && state.child.agreement?.parent == event.data.person
                    },
                    Condition("is not registered, or not of age") { state, event in
                        guard let born = state.child.birthDate, event.data.registered == true,
                            let parent = event.data.birthDate
                        else { return true }
                        return parent.adding(months: 12 * event.value(of: BirthRules.ofAge)) > born
                    },
                ], handle: Self.refuseAgreement),
        ]
    }

    /// Asks the other parent's case.
    static func ask(_ parent: Subject, of child: Subject, _ effects: inout Effects<Timer>) throws {
        try effects.publish(ParentFacts(child: child, person: effects.subject), about: parent)
    }

    /// What both have confirmed counts for nothing in the e-service: family law takes over at once.
    private static func refuseAgreement(
        _ state: inout Case, _ event: Event<ParentFacts>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.child.take(.parentUnknown) else { return }
        let parent = event.data.person
        state.child.agreement = nil
        setRegistrationTimer(state, &effects)
        try alertFamilyLaw(&state, &effects)
        try effects.set(
            Tile(
                .parenthood, .stopped,
                "E-tjänsten kräver att båda är 18 år och folkbokförda när barnet föds. Familjerätten tar över",
                other: state.register.municipality.flatMap { Municipalities.agency(code: $0) }), for: parent)
    }
}
