import AgencyKit
import LifeEvents

/// A child or a parent dies: nobody inherits whom one has not outlived, and the dead's children, of a parent that is the
/// person's brothers and sisters, inherit in that one's place (ärvdabalken 1 kap. 1 §, 2 kap. 1 and 2 §§).
extension SkatteverketEstates {
    var relatives: [River<Self>] {
        [
            River(
                "remember that a child or a parent has died", hears: RelativeDied.self, under: [EstateRules.partners],
                mine: [
                    Condition("is new, or corrects what we hold") { state, event in
                        event.isNew || state.family.dead.contains { event.corrects($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    let former = state.heirs(on: effects.today)
                    state.family.dead.removeAll { $0.person == event.data.dead }
                    state.family.dead.append(
                        .init(
                            person: event.data.dead, died: event.data.deathDate,
                            issue: event.data.issue.map {
                                .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                            }, actors: event.data.actors, chain: ChainHead(event)))
                    try Self.takeRelatives(&state, former, &effects)
                }),
            River(
                "let a child or a parent who lives inherit", hears: Annulled<RelativeDied>.self,
                under: [EstateRules.partners],
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.family.dead.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    let former = state.heirs(on: effects.today)
                    state.family.dead.removeAll { event.annuls($0.chain) }
                    try Self.takeRelatives(&state, former, &effects)
                }),
        ]
    }

    /// Who inherits is looked at anew; what has been filed names who it names.
    private static func takeRelatives(
        _ state: inout Case, _ former: EstatePartners, _ effects: inout Effects<Timer>
    ) throws {
        let heirs = state.heirs(on: effects.today)
        if state.estate.stage.isWaiting, heirs.persons != former.persons {
            try renewPartners(to: heirs, .notOutlived, &state, &effects)
        } else {
            renewPartners(&state, on: effects.today)
        }
        try tellActors(&state, &effects)
        try tellRelatives(&state, &effects)
    }

    /// Why somebody is no partner after all.
    enum NoPartner: String {
        /// Nobody inherits whom one has not outlived (ärvdabalken 1 kap. 1 §).
        case notOutlived = "Det var fel: den som inte har överlevt ärver inte och är inte delägare i dödsboet"
        /// The register had another's child as the dead's.
        case notChild =
            "Det var fel: den som inte är barn till den som har avlidit ärver inte och är inte delägare i dödsboet"
    }

    /// Who acted for one who is no partner after all is told so.
    static func tellNoPartner(
        _ holder: EstatePartners.Holder, _ why: NoPartner, _ effects: inout Effects<Timer>
    ) throws {
        for actor in holder.actors ?? [holder.person] {
            try effects.set(
                Tile(
                    .estateInventory, .corrected, why.rawValue,
                    about: holder.actors == nil ? effects.subject : holder.person), for: actor)
        }
    }

    /// Other partners than were told of: who is none any more is told so, and of a new minor the chief guardian is.
    static func renewPartners(
        to heirs: EstatePartners, _ why: NoPartner, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let former = state.estate.partners
        state.estate.partners = heirs
        for holder in former.holders where !heirs.persons.contains(holder.person) {
            try tellNoPartner(holder, why, &effects)
            for index in state.estate.notices.indices where state.estate.notices[index].child == holder.person {
                try effects.annul(
                    HeirNotice.self, in: &state.estate.notices[index].chain, about: holder.person, reason: "notValid")
            }
        }
        for holder in heirs.persons where state.concernsChiefGuardian(holder, on: effects.today) {
            try tellChiefGuardian(&state, holder, &effects)
        }
        try awaitActor(&state, &effects)
        try publishDueAgain(&state, &effects)
        try tellActors(&state, &effects)
    }

    /// Tells parents and children of the death, each once, and again where it has become another. Who has died with
    /// protected data, or has them, is named in nothing.
    static func tellRelatives(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.death.holds, let died = state.estate.death.head?.value, !state.family.isProtected else {
            return
        }
        let nearest = state.family.parents + state.family.children.map(\.person)
        // Of a share that was inherited later the partners of the person's own estate dispose.
        for relative in nearest
            + state.shares.estates.filter({ !nearest.contains($0) && $0 != state.family.deadSpouse })
        where !state.family.protected.contains(relative) {
            let outlived = state.family.dead.first { $0.person == relative }?.died
            let issue = state.issue(outliving: outlived).filter { child in
                child.person != relative && !state.family.protected.contains(child.person)
            }
            let place = state.estate.toldRelatives.firstIndex { $0.person == relative }
            let known = place.map { state.estate.toldRelatives[$0] }
            var told = Case.Estate.ToldRelative(
                person: relative, died: died, issue: issue, actors: state.estate.partners.actors,
                chain: known?.chain ?? ChainHead())
            guard told != known else { continue }
            try effects.publish(
                RelativeDied(
                    dead: effects.subject, deathDate: died,
                    issue: issue.map {
                        RegisteredChild(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                    }, actors: told.actors), in: &told.chain, about: relative)
            if let place {
                state.estate.toldRelatives[place] = told
            } else {
                state.estate.toldRelatives.append(told)
            }
        }
    }

    /// Nobody died.
    static func untellRelatives(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        for var told in state.estate.toldRelatives {
            try effects.annul(RelativeDied.self, in: &told.chain, about: told.person, reason: reason)
        }
        state.estate.toldRelatives = []
    }
}
