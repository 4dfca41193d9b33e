public import AgencyKit
public import LifeEvents

/// CSN (Centrala studiestödsnämnden): grants student aid, ends it when studies are broken off or the student dies, and
/// says when a loan is to be repaid.
///
/// One decision at a time [A]: an application for the next term is taken when the term before is over.
public struct CSN: Agency {
    /// What is remembered of one person.
    public typealias Case = CSNCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// An application is decided.
        case decide
        /// The last day with aid is over.
        case end
        /// A loan begins to be repaid.
        case repay
    }

    /// Whose topics it writes.
    public static let owner = Owner.csn

    /// The rules that it goes by.
    public static let rules = CSNRules.all + [GodManConsumer.knows, AidSources.list]

    /// What it publishes.
    public static let publications = [
        Publication(StudyAid.self), Publication(StudyCaseStatus.self), Publication(StudyAidIncome.self),
        Publication(StatusTile.self),
    ]

    /// The agency.
    public init() {}

    /// What it hears: what held before, what students file, and deaths.
    public var rivers: [River<Self>] { decisions + filings + deaths + representatives + [financialAid] }

    private var representatives: [River<Self>] {
        GodManConsumer.rivers(
            Self.self, "CSN", for: [.manageProperty], hasCase: { $0.loan != nil || $0.aid.holds })
    }

    /// Decisions and loans that it has not made in this run.
    private var decisions: [River<Self>] {
        [
            River(
                "follow a decision", hears: StudyAid.self,
                whole: [Condition("does not end before it begins") { _, event in event.data.from <= event.data.to }],
                handle: { state, event, effects in
                    try Self.follow(try state.aid.take(event, event.data), &state, &effects)
                }),
            River(
                "forget a decision that never was", hears: Annulled<StudyAid>.self,
                handle: { state, event, effects in try Self.follow(try state.aid.take(event), &state, &effects) }),
            River(
                "adopt a loan", hears: StudyCaseStatus.self,
                mine: [
                    Condition("is about a loan") { _, event in event.data.matter == .studyLoan },
                    Condition("is of a loan that is not repaid") { _, event in
                        event.data.state == .opened || event.data.state == .executing
                    },
                    Condition("has no loan") { state, _ in state.loan == nil },
                ],
                handle: { state, event, _ in
                    state.loan = Case.Loan(caseRef: event.data.caseRef, isRepaid: event.data.state == .executing)
                }),
        ]
    }

    private var filings: [River<Self>] {
        [
            River(
                "investigate an application", hears: StudyAidApplication.self,
                under: [CSNRules.handling.legal, CSNRules.extentRule],
                mine: [
                    Condition("has no application in hand") { state, _ in state.application == nil },
                    Condition("is paid no aid") { state, _ in !state.aid.holds },
                ],
                whole: [
                    // The dead get nothing, whether or not something was open when they died.
                    Condition("is alive") { state, _ in !state.death.holds },
                    Condition("is filed by the student") { _, event in event.data.filedBy == event.subject },
                    Condition("does not end before it begins") { _, event in event.data.from <= event.data.to },
                    Condition("is for half time at least") { _, event in
                        CSNRules.extents.contains(event.data.extent)
                    },
                ],
                handle: Self.investigate),
            River(
                "drop an application", hears: StudyInterruption.self,
                mine: [Condition("has an application in hand") { state, _ in state.application != nil }],
                whole: [Condition("is filed by the student") { _, event in event.data.filedBy == event.subject }],
                handle: { state, _, effects in try Self.drop(&state, &effects) }),
            River(
                "end aid when studies are broken off", hears: StudyInterruption.self,
                mine: [Condition("is paid aid") { state, _ in state.aid.holds }],
                whole: [
                    Condition("is filed by the student") { _, event in event.data.filedBy == event.subject },
                    Condition("is within the time that is paid for") { state, event in
                        guard let aid = state.aid.head?.value else { return true }
                        return aid.from <= event.data.lastDay && event.data.lastDay <= aid.to
                    },
                ],
                handle: Self.breakOff),
        ]
    }

    /// An application is decided, aid is over, or repayment begins.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .decide: try Self.decide(&state, &effects)
        case .end: try Self.end(&state, &effects)
        case .repay: try Self.repay(&state, &effects)
        }
        Self.setTimers(state, &effects)
    }
}

// MARK: - Handlers

extension CSN {
    /// Acts on what became of a decision that others made.
    static func follow(
        _ outcome: ChainOutcome<StudyAid>, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        if case .ended(let head) = outcome { try planRepayment(&state, lastDay: head.value.to, &effects) }
        setTimers(state, &effects)
    }

    static func investigate(
        _ state: inout Case, _ event: Event<StudyAidApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        let application = Case.Application(
            aid: StudyAid(from: data.from, to: data.to, extent: data.extent, loan: data.loan),
            openedOn: effects.today, decidesAt: effects.morning(afterWorkingDays: effects.value(of: CSNRules.handling)))
        state.application = application
        try effects.publish(
            StudyCaseStatus(
                caseRef: application.caseRef, matter: .studyAid, state: .investigating,
                expectedDate: application.decidesOn))
        setTimers(state, &effects)
        try tellExpected(application, &effects)
    }

    static func tellExpected(_ application: Case.Application, _ effects: inout Effects<Timer>) throws {
        let day = application.decidesOn
        try effects.set(
            Tile(
                .studyAid, .investigating,
                "Vi handlägger din ansökan om studiemedel. Besked väntas \(SwedishText.day(day))", expected: day))
    }

    static func drop(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let application = state.application else { return }
        state.application = nil
        try effects.publish(
            StudyCaseStatus(caseRef: application.caseRef, matter: .studyAid, state: .aborted, reason: .withdrawn))
        setTimers(state, &effects)
        try effects.set(Tile(.studyAid, .done, "Du har tagit tillbaka din ansökan om studiemedel"))
    }

    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let application = state.application else { return }
        state.application = nil
        state.aid = FactChain(try effects.publish(application.aid), application.aid)
        try effects.publish(
            StudyCaseStatus(caseRef: application.caseRef, matter: .studyAid, state: .decided))
        let appeal = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: 7 * effects.value(of: CSNRules.appeal)))
        let (from, to) = (SwedishText.day(application.aid.from), SwedishText.day(application.aid.to))
        try effects.set(
            Tile(
                .studyAid, .decided,
                "Du får studiemedel från \(from) till \(to). Överklaga senast \(SwedishText.day(appeal))",
                reviewBy: appeal))
        guard application.aid.loan else { return }
        // Who repays already has no new time without repayment (csn.se, the page that CSNRules names).
        guard state.loan?.isRepaid != true else { return }
        let caseRef = state.loan?.caseRef ?? "\(StudyMatter.studyLoan.rawValue)-\(effects.today)"
        state.loan = Case.Loan(caseRef: caseRef)
        try effects.publish(StudyCaseStatus(caseRef: caseRef, matter: .studyLoan, state: .opened))
    }

    static func breakOff(
        _ state: inout Case, _ event: Event<StudyInterruption>, _ effects: inout Effects<Timer>
    ) throws {
        guard var aid = state.aid.head?.value else { return }
        aid.to = event.data.lastDay
        try effects.cease(aid, in: &state.aid, occurredOn: aid.to)
        try effects.set(
            Tile(
                .studyAid, .stopped, "Du har avbrutit studierna: studiemedlet upphörde \(SwedishText.day(aid.to))"))
        try planRepayment(&state, lastDay: aid.to, &effects)
        setTimers(state, &effects)
    }

    /// The time that was granted is over: the decision says so itself, and nothing more is said of it.
    static func end(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let aid = state.aid.head?.value else { return }
        state.aid = FactChain()
        try effects.set(Tile(.studyAid, .done, "Studiemedlet är slut sedan \(SwedishText.day(aid.to))"))
        try planRepayment(&state, lastDay: aid.to, &effects)
    }

    private static func planRepayment(
        _ state: inout Case, lastDay: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard var loan = state.loan, !loan.isRepaid else { return }
        let day = CSNRules.repayment(lastDay: lastDay, months: effects.value(of: CSNRules.withoutRepayment))
        loan.repaysFrom = day
        state.loan = loan
        try effects.publish(
            StudyCaseStatus(caseRef: loan.caseRef, matter: .studyLoan, state: .opened, expectedDate: day))
        try effects.set(
            Tile(.studyLoan, .informed, "Du börjar betala på studielånet \(SwedishText.day(day))", next: day))
    }

    static func repay(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var loan = state.loan else { return }
        loan.repaysFrom = nil
        loan.isRepaid = true
        state.loan = loan
        try effects.publish(StudyCaseStatus(caseRef: loan.caseRef, matter: .studyLoan, state: .executing))
        try effects.set(
            Tile(.studyLoan, .ongoing, "Studielånet betalas tillbaka sedan \(SwedishText.day(effects.today))"))
    }

    /// Sets the timers that the case of the living waits for, and cancels the others.
    static func setTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        let instants: [(Timer, Instant?)] = [
            (.decide, state.application?.decidesAt),
            (.end, state.aid.holds ? (state.aid.head?.value.to).map(CSNRules.end) : nil),
            (.repay, (state.loan?.repaysFrom).map { Stockholm.instant($0) }),
        ]
        for (timer, instant) in instants {
            if let instant, !state.death.holds {
                effects.setTimer(timer, at: instant)
            } else {
                effects.cancelTimer(timer)
            }
        }
    }
}
