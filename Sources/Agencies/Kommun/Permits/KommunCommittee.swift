public import AgencyKit
public import LifeEvents

/// The diary of the committee that decides on permits: items wait for the first meeting whose papers are open, and what
/// cannot wait goes to the chair (KL 6:39).
public struct KommunCommittee: Agency {
    /// What lies on one committee's desk.
    public struct Case: AgencyCase {
        struct Item: Codable, Equatable, Sendable {
            var chain: ChainHead
            var about: Subject
            var caseRef: String
            var proposal: CommitteeOutcome
            /// When it is decided.
            var on: Day
            var cause: Cause
        }

        var items: [Item] = []

        /// Nothing.
        public init() {}
    }

    /// What the desk waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The committee meets, or the chair decides.
        case meeting = "serving-meeting"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Permits.
    public static let branch: Branch? = Branch("tillstand")
    /// The committee's desk.
    public static let section: String? = "namnd"
    /// What it publishes.
    public static let publications = [
        Publication(CommitteeMeeting.self, as: branch), Publication(CommitteeDecision.self, as: branch),
    ]
    /// What it goes by.
    public static let rules = [ServingRules.diary, ServingRules.papers.legal, ServingRules.delegated.legal]

    /// The desk.
    public init() {}

    /// What it hears: items, and that they are taken back.
    public var rivers: [River<Self>] {
        [
            River(
                "put an item on the diary", hears: CommitteeItem.self,
                under: [ServingRules.diary, ServingRules.papers.legal, ServingRules.delegated.legal],
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, effects in
                    let chair = SwedishCalendar.adding(
                        workingDays: effects.value(of: ServingRules.delegated), to: effects.today)
                    let papers = effects.value(of: ServingRules.papers)
                    let meeting = ServingDiary.meeting(readyOn: event.data.readyOn, papersBefore: papers)
                    let isUrgent = meeting.map { day in event.data.lastDay.map { $0 < day } ?? false } ?? true
                    let day = isUrgent ? chair : meeting ?? chair
                    state.items.append(
                        .init(
                            chain: ChainHead(event), about: event.data.about, caseRef: event.data.caseRef,
                            proposal: event.data.proposal ?? .granted, on: day, cause: effects.cause))
                    Self.setTimer(state, &effects)
                    try effects.publish(
                        CommitteeMeeting(
                            municipality: effects.municipality, caseRef: event.data.caseRef, on: day,
                            papersClose: isUrgent ? effects.today : day.adding(days: -papers)),
                        about: event.data.about)
                }),
            River(
                "take an item off the diary", hears: Annulled<CommitteeItem>.self, under: [ServingRules.diary],
                mine: [
                    Condition("is on it") { state, event in state.items.contains { event.annuls($0.chain) } }
                ],
                handle: { state, event, effects in
                    state.items.removeAll { event.annuls($0.chain) }
                    Self.setTimer(state, &effects)
                }),
        ]
    }

    private static func setTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let day = state.items.map(\.on).min() else { return effects.cancelTimer(.meeting) }
        effects.setTimer(.meeting, at: Stockholm.instant(day, hour: 13))
    }

    /// The committee meets, or the chair decides: as the papers propose; a scenario may say otherwise in its name.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for item in state.items where item.on <= effects.today {
            try effects.publish(
                CommitteeDecision(
                    municipality: effects.municipality, caseRef: item.caseRef, kind: .permit, outcome: item.proposal),
                about: item.about, cause: item.cause)
        }
        state.items.removeAll { $0.on <= effects.today }
        Self.setTimer(state, &effects)
    }
}
