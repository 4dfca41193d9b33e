import AgencyKit
import LifeEvents

/// Who would inherit, as the population register tells it.
extension SkatteverketEstates {
    var relations: [River<Self>] {
        [
            River(
                "remember who may inherit", hears: RegisterEntry.self,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.change != .ceased && event.follows(state.family.entry)
                    }
                ],
                handle: { state, event, effects in
                    try state.family.entry.take(event)
                    state.family.municipality = event.data.municipality
                    state.family.protected = (event.data.related ?? []).filter { $0.protected == true }.map(\.person)
                    state.family.isProtected = event.data.protection != nil
                    switch event.data.civilStatus {
                    case .married, .partnership: state.family.spouse = event.data.spouse
                    case .unmarried, .divorced, .widowed, .partnershipDissolved, .survivingPartner:
                        state.family.spouse = nil
                    }
                    state.family.children = (event.data.children ?? []).map {
                        .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                    }
                    if let parents = event.data.parents { state.family.parents = parents }
                    state.family.cohabitants = (event.data.related ?? []).filter { relative in
                        relative.sharesHome && state.family.children.contains { $0.otherParent == relative.person }
                    }.map(\.person)
                    try Self.tellRelatives(&state, &effects)
                    try Self.tellEstates(&state, &effects)
                }),
            River(
                "remember the parents", hears: Birth.self,
                mine: [Condition("is a new fact, or corrects one") { _, event in event.change != .ceased }],
                handle: { state, event, _ in
                    state.family.parents = [event.data.mother, event.data.secondParent].compactMap(\.self)
                    state.family.municipality = event.data.municipality
                }),
            River(
                "remember children of whom no entry tells", hears: EstateHeirs.self,
                mine: [Condition("is new") { _, event in event.isNew }],
                handle: { state, event, _ in
                    state.family.children = event.data.children.map {
                        .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                    }
                    if let parents = event.data.parents { state.family.parents = parents }
                }),
            River(
                "remember who acts for a child", hears: ChildGuardians.self,
                handle: { state, event, effects in
                    state.family.custody.removeAll { $0.child == event.data.child }
                    state.family.custody.append(.init(child: event.data.child, guardians: event.data.guardians))
                    let former = state.estate.partners.actors
                    Self.renewPartners(&state, on: effects.today)
                    guard state.estate.partners.actors != former else { return }
                    try Self.awaitActor(&state, &effects)
                    try Self.tellActors(&state, &effects)
                    if state.estate.stage == .awaiting { try Self.tellDue(state, &effects) }
                }),
            River(
                "remember a spouse who may inherit", hears: CivilStatusChange.self,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.isNew || event.corrects(state.family.status)
                    }
                ],
                handle: { state, event, effects in
                    if event.isNew {
                        state.family.status.adopt(event)
                    } else {
                        try state.family.status.take(event)
                    }
                    switch event.data.status {
                    case .married, .partnership: state.family.spouse = event.data.spouse
                    case .widowed, .survivingPartner:
                        let spouse = event.data.spouse ?? state.family.spouse
                        if let spouse, let died = state.estate.death.head?.value, event.data.date <= died {
                            try Self.renewHeirs(without: spouse, &state, &effects)
                        }
                        state.family.deadSpouse = spouse
                        state.family.spouse = nil
                    case .unmarried, .divorced, .partnershipDissolved: state.family.spouse = nil
                    }
                }),
            River(
                "restore a spouse who may inherit", hears: Annulled<CivilStatusChange>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in event.annuls(state.family.status) }
                ],
                handle: { state, event, _ in
                    try state.family.status.take(event)
                    guard let spouse = state.family.deadSpouse else { return }
                    (state.family.spouse, state.family.deadSpouse) = (spouse, nil)
                }),
        ]
    }
}
