public import AgencyKit
public import LifeEvents

/// Financial aid (ekonomiskt bistånd) of the municipalities, month by month: application and signatures, facts by SSBTEK,
/// calculation, decision, payment; benefits in arrears, moves and deaths in an open case.
///
/// Social services (socialtjänst): no other branch of a municipality sees its cases (OSL 8:2, 26:1).
public struct KommunAid: Agency {
    /// What it remembers of one person, or of the committee's desk.
    public typealias Case = KommunAidCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The next step of some month: signature, sources, decision, hearing, payment, close.
        case month = "aid-month"
        /// The committee meets; at its desk.
        case committee = "aid-committee"
        /// The day by which a household is to be received has passed.
        case reception = "aid-reception"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Financial aid.
    public static let branch: Branch? = Branch("bistand")
    /// What it publishes; what an officer notes is said by scenarios.
    public static let publications = [
        Publication(MunicipalCaseStatus.self), Publication(AidIncomeNeed.self), Publication(AidMonthNeed.self),
        Publication(AidMonthAnswer.self), Publication(AidPaidAnswer.self), Publication(MunicipalPayment.self),
        Publication(RetroactiveClaim.self), Publication(AidRepaid.self), Publication(AidNote.self),
        Publication(CommitteeItem.self), Publication(CommitteeDecision.self), Publication(MunicipalAppeal.self),
        Publication(CaseTransfer.self), Publication(StatusTile.self), Publication(Settlement.self),
        Publication(HousingWanted.self), Publication(HousingFree.self), Publication(HousingMatch.self),
        Publication(CourtApplication.self),
    ]
    /// What it goes by.
    public static let rules: [LegalRule] = AidRules.all + AidNorm.all + ArrivalRules.ofAid

    /// The branch.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] {
        opening + applications + completions + facts + retroactive + mandates + moves + deaths + reviews + notes
            + committee + settlements
    }

    /// Something falls due.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .month: try Self.monthsDue(&state, &effects)
        case .committee: try Self.meet(&state, &effects)
        case .reception: try Self.receptionDue(&state, &effects)
        }
    }

    /// What was paid and granted before the run; what it pays itself comes back the same way.
    private var opening: [River<Self>] {
        [
            River(
                "know a household", hears: MunicipalCaseStatus.self, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is aid that goes on") { _, event in
                        event.data.service == .financialAid && event.data.state == .executing
                    }
                ], handle: { state, _, _ in state.isKnown = true }),
            River(
                "note what was paid", hears: MunicipalPayment.self,
                under: [AidRules.onePayer, AidRules.moveMonth],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is aid") { _, event in event.data.benefit == .financialAid }],
                handle: { state, event, _ in
                    guard let month = event.data.month else { return }
                    let amount = event.data.kind == .paid ? event.data.amount : -event.data.amount
                    state.paid.append(.init(month: month, amount: amount))
                }),
        ]
    }

    // MARK: - Months

    static func monthsDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.months.indices {
            if let again = state.months[place].askAgain, again <= effects.now {
                try askAgain(place, &state, &effects)
            }
            if let review = state.months[place].reviewDue, review <= effects.now {
                try reviewByPerson(place, &state, &effects)
            }
            guard let due = state.months[place].due, due <= effects.now else { continue }
            state.months[place].due = nil
            switch state.months[place].stage {
            case .applied: try lapse(place, &state, &effects)
            case .fetching: try goOn(place, &state, &effects)
            case .elsewhere: try refuseUnanswered(place, &state, &effects)
            case .calculated: try decide(place, &state, &effects)
            case .hearing: try decideAfterHearing(place, &state, &effects)
            case .decided: try pay(place, &state, &effects)
            case .paid, .refused, .dismissed: try close(place, &state, &effects)
            case .closed: break
            }
        }
        setTimer(state, &effects)
    }

    static func setTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let first = state.months.compactMap(\.next).min() else { return effects.cancelTimer(.month) }
        effects.setTimer(.month, at: first)
    }

    /// A line on the pages of some adults, and of who acts for the applicant.
    static func tell(
        _ people: [Subject], _ name: TileName, _ code: TileCode, _ text: String, _ state: Case,
        _ effects: inout Effects<Timer>, cause: Cause? = nil, deadline: Day? = nil, expected: Day? = nil,
        next: Day? = nil, reviewBy: Day? = nil, other: AgencyID? = nil
    ) throws {
        let tile = Tile(
            name, code, text, deadline: deadline, expected: expected, next: next, reviewBy: reviewBy, other: other)
        for person in people { try effects.set(tile, for: person, cause: cause) }
        guard people.contains(effects.subject) else { return }
        // A god man in scope sees the principal's page.
        for holder in state.representatives.pages(on: effects.today) where !people.contains(holder) {
            var theirs = tile
            theirs.about = effects.subject
            try effects.set(theirs, for: holder, cause: cause)
        }
    }

    /// Where a month stands, without outcome and sum: there is no decision topic.
    static func publish(
        _ stage: CaseState, of month: AidMonth, _ effects: inout Effects<Timer>, reason: CaseReason? = nil,
        cause: Cause? = nil
    ) throws {
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: month.caseRef, municipality: effects.municipality, service: .financialAid,
                expectedDate: stage == .investigating ? month.expected : nil, reason: reason, state: stage,
                month: month.month, lastMonth: stage == .decided ? month.plan?.last : nil), cause: cause)
    }
}

extension AidMonth {
    /// `juni 2026`
    var name: String { InsuranceRules.monthName(month) }
    /// How the household is spoken to.
    var you: String { adults.count > 1 ? "ni" : "du" }
    /// The first day on which a month is applied for.
    /// - Parameter day: of the month before.
    static func opens(_ month: Month, _ day: Int) -> Day { month.adding(months: -1).firstDay.adding(days: day - 1) }
}
