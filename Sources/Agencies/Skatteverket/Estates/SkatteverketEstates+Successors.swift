import AgencyKit
import LifeEvents

/// Both spouses die: the second's heirs act in the first's estate, and who was to inherit the first after the second
/// (efterarvingar, ärvdabalken 3 kap.) become partners of the second's.
extension SkatteverketEstates {
    var successors: [River<Self>] {
        [
            River(
                "let a dead partner's heirs act", hears: PartnerDied.self,
                mine: [
                    Condition("is new, or corrects what we hold") { state, event in
                        event.isNew || state.family.representatives.contains { event.corrects($0.chain) }
                    }
                ], handle: Self.takePartnerDied),
            River(
                "let a partner who lives act again", hears: Annulled<PartnerDied>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.family.representatives.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.family.representatives.removeAll { event.annuls($0.chain) }
                    Self.renewPartners(&state, on: effects.today)
                    try Self.tellActors(&state, &effects)
                    guard let partner = state.family.spouse else { return }
                    try effects.annul(
                        EstateSuccessors.self, in: &state.estate.successors, about: partner,
                        reason: event.data.reasonCode)
                }),
            River(
                "take in who inherits after both", hears: EstateSuccessors.self,
                mine: [
                    Condition("is an estate that waits") { state, event in
                        event.isNew && state.estate.stage == .awaiting
                    }
                ],
                handle: { state, event, effects in
                    state.family.successors = event.data.persons
                    state.estate.partners = state.heirs(on: effects.today)
                    effects.cancelTimer(.unattended)
                    try Self.publishDueAgain(&state, &effects)
                    try Self.tellActors(&state, &effects)
                }),
        ]
    }

    private static func takePartnerDied(
        _ state: inout Case, _ event: Event<PartnerDied>, _ effects: inout Effects<Timer>
    ) throws {
        if let died = state.estate.death.head?.value, event.data.deathDate <= died {
            return try renewHeirs(without: event.data.partner, &state, &effects)
        }
        state.family.representatives.removeAll { $0.person == event.data.partner }
        state.family.representatives.append(
            .init(person: event.data.partner, actors: event.data.actors, chain: ChainHead(event)))
        renewPartners(&state, on: effects.today)
        try tellActors(&state, &effects)
        // What the partner inherited is divided with those who were summoned here.
        guard !state.estate.summoned.isEmpty else { return }
        try effects.publish(
            EstateSuccessors(persons: state.estate.summoned), in: &state.estate.successors,
            about: event.data.partner)
    }

    /// Nobody inherits whom one has not outlived, and where both died at once neither inherits the other (ärvdabalken 1 kap.
    /// 1 and 2 §§).
    static func renewHeirs(
        without spouse: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.stage == .awaiting, state.estate.partners.persons.contains(spouse) else { return }
        (state.family.spouse, state.family.deadSpouse) = (nil, spouse)
        try renewPartners(to: state.heirs(on: effects.today), .notOutlived, &state, &effects)
    }

    /// Tells the estate of the spouse who died before that its partner has died.
    static func tellFormerEstate(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let former = state.family.deadSpouse else { return }
        try effects.publish(
            PartnerDied(
                partner: effects.subject, actors: state.estate.partners.actors,
                deathDate: state.estate.death.head?.value ?? effects.today),
            in: &state.estate.partnerDied, about: former)
    }
}
