import AgencyKit
import LifeEvents

/// The desk of the chief guardian's office: off unless the run gives it a capacity, and then a minor who needs a god man for
/// a share in an estate waits until somebody begins to look for one. The work of D12 is counted from then.
extension KommunGuardians {
    /// How many the office begins with a working day.
    static let capacity = DatedRule(
        "estate-god-man-capacity", "D12", "god men that an office begins to look for a working day; 0: no queue",
        .count,
        [.since(1989, 1, 1, 0)], source: "none", mark: .assumption)

    var desk: [River<Self>] {
        [
            River(
                "give a minor heir its turn", hears: ChiefGuardianTurn.self, under: [Self.capacity.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [Condition("asks for a turn") { _, event in event.data.state == .asked }],
                handle: { state, event, effects in
                    let day = state.queue.turn(
                        for: event.data.person, "god-man", at: effects.now,
                        OfficeTerms(capacity: effects.value(of: Self.capacity)))
                    try effects.publish(
                        ChiefGuardianTurn(state: .given, person: event.data.person, startsOn: day),
                        about: event.data.person)
                }),
            River(
                "take a turn back", hears: ChiefGuardianTurn.self, under: [Self.capacity.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [Condition("leaves a turn") { _, event in event.data.state == .left }],
                handle: { state, event, _ in state.queue.leave(event.data.person, "god-man") }),
            River(
                "look for a god man in turn", hears: ChiefGuardianTurn.self,
                under: [Self.capacity.legal, Self.appointing.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("gives a turn that is waited for") { state, event in
                        event.data.startsOn != nil && state.isQueued
                    }
                ],
                handle: { state, event, effects in
                    guard let startsOn = event.data.startsOn else { return }
                    state.isQueued = false
                    Self.find(from: startsOn, &effects)
                }),
        ]
    }

    /// Asks the desk when the office begins.
    static func queue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.isQueued = true
        try tellDesk(.asked, &effects)
    }

    /// Nobody is to be found after all.
    static func leaveQueue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.isQueued = false
        guard effects.value(of: Self.capacity) > 0 else { return }
        try tellDesk(.left, &effects)
    }

    private static func tellDesk(_ turn: OfficeTurnState, _ effects: inout Effects<Timer>) throws {
        guard let desk = Subject(deskOf: effects.agency, office: "overformyndare") else { return }
        try effects.publish(ChiefGuardianTurn(state: turn, person: effects.subject), about: desk)
    }
}
