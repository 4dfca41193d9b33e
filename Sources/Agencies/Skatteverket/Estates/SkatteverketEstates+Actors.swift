import AgencyKit
import LifeEvents

/// Who acts for an estate is told to the register, which gives tokens (D5). Who has a share without being nearest of kin
/// learns it, so that who acts for that one is known; and who acts for a partner says with whom that one is married or
/// lives, for none acts where a spouse or a cohabitant has a share (D12).
extension SkatteverketEstates {
    var roles: [River<Self>] {
        [
            River(
                "learn of a share of an estate", hears: EstateRole.self, under: [EstateRules.wards],
                mine: [
                    Condition("is a share that is not known") { state, event in
                        event.data.part == .partner && !state.shares.estates.contains(event.data.dead)
                    }
                ],
                handle: { state, event, effects in
                    state.shares.estates.append(event.data.dead)
                    try Self.tellEstates(&state, &effects)
                    try Self.tellRelatives(&state, &effects)
                }),
            River(
                "say with whom a partner's representative lives", hears: EstateRole.self, under: [EstateRules.wards],
                mine: [
                    Condition("is to one who acts for a partner") { _, event in event.data.part == .representative },
                    Condition("lives with somebody who may be named") { state, _ in
                        !state.family.isProtected && !state.family.household.isEmpty
                    },
                ],
                handle: { state, event, effects in
                    try effects.publish(
                        RepresentativeHousehold(representative: effects.subject, household: state.family.household),
                        about: event.data.dead)
                }),
            River(
                "know with whom a partner's representative lives", hears: RepresentativeHousehold.self,
                under: [EstateRules.wards],
                handle: { state, event, effects in
                    let partners = state.estate.partners.persons
                    let known = partners.filter { state.needsGodMan($0, on: effects.today) }
                    state.family.households.removeAll { $0.representative == event.data.representative }
                    state.family.households.append(
                        .init(representative: event.data.representative, members: event.data.household))
                    for partner in partners
                    where !known.contains(partner) && state.needsGodMan(partner, on: effects.today) {
                        try Self.tellChiefGuardian(&state, partner, &effects)
                    }
                }),
        ]
    }

    /// Who acts is another than was told: the register learns it, taxation while the inventory is awaited, and who has a
    /// part in the estate for the first time. At first the register knows the next of kin itself.
    static func tellActors(
        _ state: inout Case, isFirst: Bool = false, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.stage != .none else { return }
        try tellRoles(&state, &effects)
        let actors = state.estate.partners.actors.filter { !state.family.protected.contains($0) }
        guard actors != state.estate.toldActors else { return }
        state.estate.toldActors = actors
        let isKnown = isFirst && !state.estate.partners.persons.contains(where: state.hasRepresentative)
        if !isKnown { try effects.publish(EstateActors(actors: actors)) }
        try correctDue(&state, &effects)
    }

    /// Who died with protected data is named to nobody; who has them is named in nothing.
    private static func tellRoles(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.family.isProtected else { return }
        let holders = state.estate.partners.holders
        for holder in holders where !state.isNearest(holder.person) {
            try tellRole(.partner, holder.person, &state, &effects)
        }
        // Who is alone has nobody beside whom another could have a share.
        guard holders.count > 1 else { return }
        for holder in holders where state.isWard(holder.person, on: effects.today) {
            for actor in holder.actors ?? [] { try tellRole(.representative, actor, &state, &effects) }
        }
    }

    private static func tellRole(
        _ part: EstatePart, _ person: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let role = Case.Estate.Role(person: person, part: part)
        guard !state.estate.roles.contains(role), !state.family.protected.contains(person) else { return }
        state.estate.roles.append(role)
        try effects.publish(EstateRole(dead: effects.subject, part: part), about: person)
    }
}
