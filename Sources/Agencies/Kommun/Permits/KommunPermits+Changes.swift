import AgencyKit
import LifeEvents

/// The board changes while an application is tried: who is new is asked about, and a test that left with somebody is void
/// (P2, P6).
extension KommunPermits {
    var changes: [River<Self>] {
        [
            River(
                "try a changed board", hears: Company.self, under: [ServingRules.fitness, ServingRules.attempts.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that is tried") { state, _ in state.stage.isTried },
                    Condition("has another board") { state, event in
                        event.data.officers.map { $0 != state.signatories.officers } ?? false
                    },
                ], handle: Self.tryBoard),
            River(
                "inquire into a board that changed untold", hears: Company.self, under: [ServingRules.changes],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of who holds a permit, and has not told of a change") { state, event in
                        state.stage.isSupervised && !state.hasFound(.change)
                            && !state.hasTold(within: event.value(of: ServingRules.told), on: event.knownOn)
                    },
                    Condition("has another board than we knew") { state, event in
                        state.company.holds && event.data.officers.map { $0 != state.signatories.officers } ?? false
                    },
                ], handle: { state, _, effects in try Self.inquireIntoChange(&state, &effects) }),
            River(
                "inquire into owners that changed untold", hears: BeneficialOwners.self, under: [ServingRules.changes],
                mine: [
                    Condition("is of who holds a permit, and has not told of a change") { state, event in
                        state.stage.isSupervised && !state.hasFound(.change)
                            && !state.hasTold(within: event.value(of: ServingRules.told), on: event.knownOn)
                    },
                    Condition("has other owners than we knew") { state, event in
                        state.owners != nil && event.data.owners != nil && event.data.owners != state.owners
                    },
                ], handle: { state, _, effects in try Self.inquireIntoChange(&state, &effects) }),
        ]
    }

    private static func inquireIntoChange(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try inquire(.change, &state, &effects)
    }

    private static func tryBoard(
        _ state: inout Case, _ event: Event<Company>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.signatories.officers.map(\.person)
        let knewTheLaw = state.knowsTheLaw(on: effects.today)
        state.signatories.take(event.data)
        try withdrawItem(&state, &effects)
        if knewTheLaw, !state.knowsTheLaw(on: effects.today) {
            let day = effects.lastDay(in: effects.value(of: ServingRules.mending))
            effects.setTimer(.mending, at: effects.midnight(after: day))
            try effects.set(
                Tile(
                    .permitTest, .awaitingCitizen,
                    "Ny styrelseledamot ska klara provet senast \(SwedishText.day(day))", deadline: day))
        }
        // Only these two are asked about persons.
        let persons: [AgencyID] = [.polisen, .kronofogden]
        let asked = persons.filter { state.referrals.place(of: $0) != nil }
        if state.signatories.officers.contains(where: { !former.contains($0.person) }), !asked.isEmpty {
            try ask(asked, &state, &effects)
            try tellAsked(state, &effects)
        }
        try proposeIfReady(&state, &effects)
    }
}
