public import AgencyKit
public import LifeEvents

/// Kammarkollegiet: names who acts for the Inheritance Fund (Allmänna arvsfonden) in an estate without heirs
/// (ärvdabalken 5 and 18 kap.).
public struct Kammarkollegiet: Agency {
    /// What is remembered of one dead person.
    public typealias Case = InheritanceFundCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A representative is found.
        case appoint
    }

    /// Whose topics it writes.
    public static let owner = Owner.kammarkollegiet
    /// What it publishes.
    public static let publications = [Publication(EstateRepresentative.self)]
    /// Until a representative is named.
    static let appointing = DatedRule(
        "fund-representative", "D14", "a representative of the Inheritance Fund is named in", .workingDays,
        [.since(2002, 1, 1, 10)], source: "ärvdabalken 5 and 18 kap.; kammarkollegiet.se", mark: .assumption)
    /// The rules that it goes by.
    public static let rules = [appointing.legal]

    /// The agency.
    public init() {}

    /// What it hears: estates without heirs.
    public var rivers: [River<Self>] {
        [
            River(
                "look for a representative", hears: Heirless.self,
                mine: [Condition("is a new estate") { state, event in event.isNew && !state.told.holds }],
                handle: { state, event, effects in
                    state.told.adopt(event)
                    state.kommun = event.source
                    effects.setTimer(
                        .appoint,
                        at: Stockholm.instant(
                            SwedishCalendar.adding(workingDays: effects.value(of: Self.appointing), to: effects.today),
                            hour: 8))
                }),
            River(
                "stop where there are heirs", hears: Annulled<Heirless>.self,
                mine: [Condition("annuls what we hold") { state, event in event.annuls(state.told) }],
                handle: { state, event, effects in
                    try state.told.take(event)
                    effects.cancelTimer(.appoint)
                    try effects.annul(
                        EstateRepresentative.self, in: &state.representative, reason: event.data.reasonCode)
                }),
        ]
    }

    /// A representative is named.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.publish(
            EstateRepresentative(
                from: effects.today, representative: Self.lawyer,
                concerns: [AgencyID(.skatteverket), state.kommun].compactMap(\.self)),
            in: &state.representative)
    }

    /// The lawyer on whom the agency relies: no person of a scenario.
    private static let lawyer = Subject(seed: 0, scenario: "kammarkollegiet", case: "", name: "lawyer")
}

/// What the agency remembers of one dead person.
public struct InheritanceFundCase: AgencyCase {
    var told = ChainHead()
    var kommun: AgencyID?
    var representative = ChainHead()

    /// Nothing.
    public init() {}
}
