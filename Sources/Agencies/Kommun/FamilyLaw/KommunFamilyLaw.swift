public import AgencyKit
public import LifeEvents

/// The municipalities' family law offices (familjerätt): who a child's other parent is, where the parents have not said it
/// in time (föräldrabalken 1 kap. 4 § and 2 kap.).
public struct KommunFamilyLaw: Agency {
    /// What is remembered of one child, or of a mother who expects one.
    public typealias Case = KommunFamilyLawCase

    /// The timers of a case.
    public enum Timer: String, CaseIterable, Sendable {
        /// The invitation is over, or the year of the inquiry.
        case lastDay = "last-day"
        /// A court's judgment can no longer be appealed.
        case judgment
        /// Social services ask the court who is to have custody of a child without a guardian.
        case application
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Family law.
    public static let branch: Branch? = Branch("familjeratt")

    /// What it publishes.
    public static let publications = [
        Publication(ParenthoodReport.self, as: branch), Publication(MunicipalCaseStatus.self, as: branch),
        Publication(StatusTile.self, as: branch), Publication(CourtApplication.self, as: branch),
        Publication(MunicipalAppeal.self, as: branch),
    ]

    /// What it goes by.
    public static let rules: [LegalRule] = FamilyLawRules.all + [application.legal]

    /// The offices' code.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] {
        inquiry + confirmations + expectedChildren + officers + approvals + appeals + custody
    }

    private var inquiry: [River<Self>] {
        [
            River(
                "invite the parents", hears: ParenthoodMissing.self, as: Self.branch, under: [FamilyLawRules.duty],
                concerns: { $0.isNew ? Kommun.named($0.data.municipality) : [] },
                mine: [
                    Condition("has no open case of parenthood") { state, event in
                        event.isNew && state.inquiry.stage.after(.alerted) != nil
                    }
                ], handle: Self.invite),
            River(
                "take back the invitation", hears: Annulled<ParenthoodMissing>.self, as: Self.branch,
                mine: [
                    Condition("was alerted by the annulled event") { state, event in event.annuls(state.inquiry.alert) }
                ], handle: Self.withdraw),
            River(
                "keep the guardians for family law", hears: FamilyRelation.self, as: Self.branch,
                concerns: { Kommun.concerned(by: $0.data) },
                mine: [Condition("is custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
            River(
                "correct the guardians for family law", hears: Annulled<FamilyRelation>.self, as: Self.branch,
                mine: [Condition("annuls custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: Self.followGuardian),
            River(
                "note a judgment about parenthood", hears: CourtJudgment.self, as: Self.branch,
                under: [FamilyLawRules.judgment],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is about parenthood") { _, event in event.data.kind == .parenthood },
                    Condition("has an open case of parenthood") { state, _ in
                        state.inquiry.stage.after(.judged) != nil
                    },
                ], handle: Self.noteJudgment),
        ]
    }

    /// Two acts, the one of who confirms and the other of the mother who approves; then the board approves (B5).
    private var confirmations: [River<Self>] {
        [
            River(
                "take a parent's confirmation", hears: MunicipalParenthoodConfirmation.self, as: Self.branch,
                under: [FamilyLawRules.board],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is about a child that is born") { _, event in event.data.expectedDate == nil },
                    Condition("has an open case of parenthood") { state, _ in
                        state.inquiry.stage.after(.bothConfirmed) != nil || state.inquiry.stage == .papers
                    },
                ],
                whole: [
                    Condition("the mother is the one in the case") { $0.inquiry.mother == $1.data.mother },
                    Condition("names another than the mother") { $1.data.otherParent != $1.data.mother },
                    Condition("is filed by one whom it names, for oneself") { _, event in
                        [event.data.mother, event.data.otherParent].contains(event.data.filedBy)
                    },
                ], handle: Self.takeConfirmation)
        ]
    }

    private var expectedChildren: [River<Self>] {
        [
            River(
                "take a confirmation before the birth", hears: MunicipalParenthoodConfirmation.self, as: Self.branch,
                under: [FamilyLawRules.board],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is about a child that is expected") { _, event in event.data.expectedDate != nil },
                    Condition("is not confirmed yet") { state, event in
                        !state.approvedBefore.contains { $0.expectedOn == event.data.expectedDate }
                    },
                ],
                whole: [
                    Condition("is the mother's case") { _, event in event.data.mother == event.subject },
                    Condition("names another than the mother") { $1.data.otherParent != $1.data.mother },
                    Condition("is filed by one whom it names, for oneself") { _, event in
                        [event.data.mother, event.data.otherParent].contains(event.data.filedBy)
                    },
                ], handle: Self.takeConfirmationBefore)
        ]
    }

    /// A period is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .lastDay: try Self.lastDayPassed(&state, &effects)
        case .judgment: try Self.closeByCourt(&state, &effects)
        case .application: try Self.applyToCourt(&state, &effects)
        }
    }
}

/// What family law remembers of one child, or of a mother who expects one.
public struct KommunFamilyLawCase: AgencyCase {
    /// What the two parents say alike.
    struct Parenthood: Codable, Hashable, Sendable {
        var mother: Subject
        var otherParent: Subject
        var isJoint: Bool
        /// The expected day of birth, before the birth.
        var expectedOn: Day?
    }

    /// The inquiry into who the other parent is.
    struct Inquiry: CasePart {
        enum Stage: String, Codable, Sendable {
            case idle, invited
            /// AWAITING_PAPERS: two women have confirmed, and the clinic is asked for papers and consent (FB 1:9).
            case papers
            case inquiry, confirmed, court, dropped

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.idle, .alerted): .invited
                case (.invited, .papersAsked), (.inquiry, .papersAsked): .papers
                case (.papers, .papersCame): .inquiry
                case (.papers, .judged): .court
                case (.papers, .alertAnnulled): .idle
                case (.invited, .lastDayPassed): .inquiry
                case (.inquiry, .lastDayPassed), (.invited, .droppedByOfficer), (.inquiry, .droppedByOfficer),
                    (.papers, .droppedByOfficer):
                    .dropped
                case (.invited, .bothConfirmed), (.inquiry, .bothConfirmed), (.dropped, .bothConfirmed): .confirmed
                case (.invited, .judged), (.inquiry, .judged): .court
                case (.dropped, .droppingChanged): .inquiry
                case (.invited, .alertAnnulled), (.inquiry, .alertAnnulled): .idle
                case (.confirmed, .approvalAnnulled): .idle
                default: nil
                }
            }
        }

        enum Trigger {
            case alerted, lastDayPassed, bothConfirmed, judged, alertAnnulled, papersAsked, papersCame, droppedByOfficer
            /// A court has changed the decision to drop it.
            case droppingChanged
            /// What the board has approved never was: the register tells anew if the child has one parent.
            case approvalAnnulled
        }

        var stage = Stage.idle
        /// Skatteverket's alert.
        var alert = ChainHead()
        var mother: Subject?
        var birthDate: Day?
        /// Last day of the invitation.
        var lastDay: Day?
        var confirmations = JointAct<Parenthood>()
        /// Our last case status.
        var status = ChainHead()
        /// The decision to drop it, and its report.
        var dropping: Dropping?
        /// What the board has approved.
        var approval: Approval?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// That the inquiry is dropped: a decision that the mother may appeal (B6).
    struct Dropping: Codable, Equatable, Sendable {
        var report: ChainHead
        var decidedOn: Day
        /// The last day to appeal it.
        var appealBy: Day
        var isAppealed = false

        /// What the decision is called.
        var reference: String { "parenthood-\(decidedOn)" }
    }

    /// A parent whom the board has approved.
    struct Approval: Codable, Equatable, Sendable {
        var report: ChainHead
        var otherParent: Subject
        /// The parenthood that the register has made of it.
        var relation = ChainHead()
    }

    /// A parent whom the board has approved before the birth.
    struct ApprovedBefore: Codable, Equatable, Sendable {
        var expectedOn: Day
        var otherParent: Subject
        var report: ChainHead
    }

    @Part var inquiry: Inquiry
    @Part var custody: Custody
    @Part var guardians: Guardians
    /// Of a mother: what she and another have said of a child that she expects.
    @Part var before: JointAct<Parenthood>
    /// The children whose other parent has been approved before the birth.
    var approvedBefore: [ApprovedBefore] = []

    /// A person of whom nothing is known.
    public init() {}
}
