public import AgencyKit
public import LifeEvents

/// The municipality's social services, where nobody sees to an estate or a funeral: an inquiry, and then a funeral, or an
/// estate that goes to the Inheritance Fund (ärvdabalken 18 kap. 2 §, begravningslagen 5 kap. 2 §).
public struct KommunEstates: Agency {
    /// What is remembered of one dead person.
    public typealias Case = KommunEstateCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The inquiry is done.
        case inquiry = "estate-inquiry"
    }

    /// Writes `kommun.*`.
    public static var owner: Owner { .kommun }
    /// The branch.
    public static var branch: Branch? { Branch("bistand") }
    /// Estates (dödsboanmälan); financial aid is another code of the same branch.
    public static var section: String? { "dodsbo" }

    /// What it publishes; the notice instead of an inventory is an officer's, and scenarios say it.
    public static let publications = [
        Publication(Heirless.self), Publication(SmallEstate.self), Publication(MunicipalCaseStatus.self),
        Publication(MunicipalRegisterDoubt.self), Publication(MunicipalRegisterAppeal.self),
    ]
    /// How long an inquiry takes.
    static let inquiry = DatedRule(
        "estate-inquiry", "D11", "social services inquire into an estate for", .workingDays, [.since(2002, 1, 1, 20)],
        source: "ärvdabalken 18 kap. 2 §, 20 kap. 8 a §", mark: .assumption)
    /// The rules that it goes by.
    public static let rules = [inquiry.legal]

    /// The branch.
    public init() {}

    /// What it hears: that nobody sees to an estate, or to a funeral; and who acts then.
    public var rivers: [River<Self>] {
        [
            River(
                "inquire into an estate that nobody sees to", hears: EstateUnattended.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is new") { state, event in event.isNew && !state.unattended.holds }],
                handle: { state, event, effects in
                    state.unattended.adopt(event)
                    state.hasHeirs = event.data.hasHeirs ?? false
                    try Self.open(&state, &effects)
                }),
            River(
                "see to a funeral that is overdue", hears: BurialOverdue.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is new") { state, event in event.isNew && !state.overdue.holds }],
                handle: { state, event, effects in
                    state.overdue.adopt(event)
                    try Self.open(&state, &effects)
                }),
            River(
                "stop an inquiry of one who lives", hears: Annulled<EstateUnattended>.self,
                mine: [Condition("annuls what we hold") { state, event in event.annuls(state.unattended) }],
                handle: { state, event, effects in
                    try state.unattended.take(event)
                    try Self.stop(&state, event.data.reasonCode, &effects)
                }),
            River(
                "stop a funeral of one who lives", hears: Annulled<BurialOverdue>.self,
                mine: [Condition("annuls what we hold") { state, event in event.annuls(state.overdue) }],
                handle: { state, event, effects in
                    try state.overdue.take(event)
                    try Self.stop(&state, event.data.reasonCode, &effects)
                }),
            River(
                "note a notice instead of an inventory", hears: SmallEstate.self,
                // Also before the municipality learns that nobody sees to the estate.
                concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    state.isSmall = event.data.state == .filed
                    guard !effects.hasTimer(.inquiry) else { return }
                    try Self.tellHeirless(&state, &effects)
                }),
            River(
                "leave the estate to who represents the fund", hears: EstateRepresentative.self,
                concerns: { $0.data.concerns.filter { $0.owner == .kommun } },
                mine: [Condition("is of an estate without heirs") { state, _ in state.heirless.holds }],
                handle: { state, _, effects in try Self.publish(&state, .closed, &effects) }),
        ]
    }

    /// The inquiry is done: the municipality has arranged the funeral; where nobody inherits the fund takes over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try Self.tellHeirless(&state, &effects)
        try Self.publish(&state, .decided, &effects)
    }

    /// The fund inherits where nobody else does (ärvdabalken 5 kap. 1 §), and nothing of what pays the funeral and no more.
    private static func tellHeirless(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.unattended.holds, !state.hasHeirs, !state.isSmall, !state.heirless.holds else { return }
        try effects.publish(Heirless(municipality: effects.agency.code), in: &state.heirless)
    }

    private static func open(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !effects.hasTimer(.inquiry) else { return }
        effects.setTimer(
            .inquiry,
            at: Stockholm.instant(
                SwedishCalendar.adding(workingDays: effects.value(of: Self.inquiry), to: effects.today), hour: 8))
        try publish(&state, .investigating, &effects)
    }

    private static func stop(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        guard !state.unattended.holds, !state.overdue.holds else { return }
        effects.cancelTimer(.inquiry)
        try effects.annul(Heirless.self, in: &state.heirless, reason: reason)
        try effects.annul(MunicipalCaseStatus.self, in: &state.status, reason: reason)
    }

    private static func publish(
        _ state: inout Case, _ stage: CaseState, _ effects: inout Effects<Timer>
    ) throws {
        state.status = ChainHead(
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: "estate", municipality: effects.agency.code, service: .financialAid, state: stage)))
    }
}

/// What social services remember of one dead person.
public struct KommunEstateCase: AgencyCase {
    var unattended = ChainHead()
    var overdue = ChainHead()
    /// Whether somebody inherits, who cannot act.
    var hasHeirs = false
    /// Whether a notice instead of an inventory has been filed (dödsboanmälan).
    var isSmall = false
    var heirless = ChainHead()
    var status = ChainHead()

    /// Nothing.
    public init() {}
}
