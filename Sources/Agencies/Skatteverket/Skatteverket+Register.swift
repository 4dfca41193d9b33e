import AgencyKit
import LifeEvents

/// What the register holds before the run, and what an officer changes in it: both come on the agency's own topics.
extension Skatteverket {
    var registerEntries: [River<Self>] {
        [
            River(
                "adopt a register entry", hears: RegisterEntry.self, as: Self.register,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.change != .ceased && event.follows(state.register.entry)
                    }
                ], handle: Self.adopt),
            River(
                "adopt a civil status", hears: CivilStatusChange.self, as: Self.register,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.isNew
                            ? event.id != state.register.statusChange.head?.id
                            : event.corrects(state.register.statusChange)
                    }
                ], handle: Self.adopt),
            River(
                "restore a civil status", hears: Annulled<CivilStatusChange>.self, as: Self.register,
                mine: [Self.annuls(\.register.statusChange)], handle: Self.restoreStatus),
            River(
                "remember a relative's death", hears: RelativeDied.self, as: Self.register,
                mine: [
                    Condition("is new, or corrects what we hold") { state, event in
                        event.isNew || state.register.dead.contains { event.corrects($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.register.dead.removeAll { $0.person == event.data.dead }
                    state.register.dead.append(
                        .init(
                            person: event.data.dead, died: event.data.deathDate,
                            issue: event.data.issue.map {
                                .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                            }, chain: ChainHead(event)))
                    try Self.renewTokens(&state, &effects)
                }),
            River(
                "forget a relative's death", hears: Annulled<RelativeDied>.self, as: Self.register,
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.register.dead.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.register.dead.removeAll { event.annuls($0.chain) }
                    try Self.renewTokens(&state, &effects)
                }),
            River(
                "adopt an identity", hears: Identity.self, as: Self.register,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.change != .ceased && event.follows(state.register.identity?.chain)
                    }
                ], handle: Self.adopt),
            River(
                "drop an identity", hears: Annulled<Identity>.self, as: Self.register,
                mine: [Self.annuls { $0.register.identity?.chain ?? ChainHead() }],
                handle: { state, _, _ in state.register.identity = nil }),
        ]
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<RegisterEntry>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        try state.register.entry.take(event)
        state.register.municipality = data.municipality
        state.register.birthDate = data.birthDate
        state.register.residence = data.residence
        state.register.civilStatus = data.civilStatus
        state.register.spouse = data.spouse
        state.register.spouseSince = data.spouseSince
        state.register.children = (data.children ?? []).map {
            .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
        }
        state.register.childrenOfEntry = state.register.children.map(\.person)
        state.register.parents = data.parents ?? []
        state.register.related = data.related ?? []
        state.register.isProtected = data.protection != nil
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<CivilStatusChange>, _ effects: inout Effects<Timer>
    ) throws {
        if event.isNew {
            // A status after another is a fact of its own.
            state.register.formerStatus = state.register.civilStatus
            state.register.statusChange.adopt(event)
        } else {
            try state.register.statusChange.take(event)
        }
        state.register.civilStatus = event.data.status
        state.register.statusSince = event.data.date
        if let spouse = event.data.spouse { state.register.spouse = spouse }
        guard let spouse = state.register.spouse else { return }
        switch (event.data.status, event.change) {
        case (.widowed, nil), (.survivingPartner, nil):
            try endCustody(of: spouse, on: event.data.date, &state, &effects)
        case (.widowed, _), (.survivingPartner, _):
            try correctCustody(of: spouse, on: event.data.date, &state, &effects)
        default: break
        }
    }

    private static func restoreStatus(
        _ state: inout Case, _ event: Event<Annulled<CivilStatusChange>>, _ effects: inout Effects<Timer>
    ) throws {
        if let spouse = state.register.spouse {
            try restoreCustody(of: spouse, event.data.reasonCode, &state, &effects)
        }
        if let former = state.register.formerStatus { state.register.civilStatus = former }
        state.register.formerStatus = nil
        try state.register.statusChange.take(event)
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<Identity>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.register.identity?.name
        let isOwn = event.source == effects.agency && event.id == state.register.identity?.chain.head?.id
        guard !isOwn else { return }
        var chain = state.register.identity?.chain ?? ChainHead()
        try chain.take(event)
        state.register.identity = .init(
            chain: chain, idType: event.data.idType, level: event.data.level, name: event.data.name)
        // What an officer corrects was wrong; what a guardian notifies is told where it is notified.
        guard event.change == .corrected, event.data.name != former else { return }
        let holders = state.child.guardians.isEmpty ? [effects.subject] : state.child.guardians
        for holder in holders {
            try effects.set(
                Tile(.name, .corrected, "En uppgift om namnet var fel och är rättad", about: effects.subject),
                for: holder)
        }
    }
}
