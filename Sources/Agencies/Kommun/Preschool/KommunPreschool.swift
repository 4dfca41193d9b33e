public import AgencyKit
public import LifeEvents

/// The municipalities' preschools (förskola): a queue, an offer that all guardians answer, a place (skollagen 8 kap.).
public struct KommunPreschool: Agency {
    /// What is remembered of one child.
    public typealias Case = KommunPreschoolCase

    /// The timers of a case.
    public enum Timer: String, CaseIterable, Sendable {
        /// A place is offered.
        case offer
        /// The time to answer is over.
        case answer
        /// The child begins.
        case start
        /// A place that was kept after a move is over.
        case keptPlace = "kept-place"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Preschool.
    public static let branch: Branch? = Branch("forskola")

    /// What it publishes.
    public static let publications = [
        Publication(MunicipalCaseStatus.self, as: branch), Publication(StatusTile.self, as: branch),
    ]

    /// What it goes by.
    public static let rules: [LegalRule] =
        PreschoolQueueRules.all + [PreschoolRules.offer, PreschoolRules.kept.legal, PreschoolRules.keptLonger.legal]

    /// The preschools' code.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { guardians + queue + moves + deaths }

    private var guardians: [River<Self>] {
        [
            River(
                "keep the guardians for preschool", hears: FamilyRelation.self, as: Self.branch,
                under: [PreschoolRules.offer],
                concerns: { Kommun.concerned(by: $0.data) },
                mine: [Condition("is custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: Self.learnGuardian),
            River(
                "correct the guardians for preschool", hears: Annulled<FamilyRelation>.self, as: Self.branch,
                mine: [Condition("annuls custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
        ]
    }

    private var queue: [River<Self>] {
        [
            River(
                "adopt a place in the preschool queue", hears: MunicipalCaseStatus.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is an open preschool case") { _, event in
                        event.isNew && event.data.service == .preschool && event.data.state == .investigating
                    },
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil },
                ], handle: Self.adopt),
            River(
                "adopt a place in preschool", hears: MunicipalCaseStatus.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a preschool place") { _, event in
                        event.isNew && event.data.service == .preschool && event.data.state == .executing
                    },
                    Condition("has no place") { state, _ in state.place.stage.after(.hadPlace) != nil },
                ],
                handle: { state, event, _ in
                    guard state.place.take(.hadPlace) else { return }
                    state.place.applicant = event.data.applicant
                    state.place.caseRef = event.data.caseRef
                }),
            River(
                "queue for preschool", hears: MunicipalApplication.self, as: Self.branch,
                under: [PreschoolQueueRules.months.legal, PreschoolQueueRules.both],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil }
                ],
                whole: [
                    Condition("is filed by a guardian") { state, event in state.guardians.mayAct(event.data.filedBy) },
                    Condition("is for a day at most six months ahead") { _, event in
                        !PreschoolQueueRules.isEarly(event)
                    },
                ], handle: Self.enqueue),
            // Of a child with protected personal data no municipality is told who has custody. The answer is the same for all who
            // ask, and says nothing of the child.
            River(
                "hand an application to an officer where no guardian is known", hears: MunicipalApplication.self,
                as: Self.branch, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("the register has told of no guardian") { state, _ in !state.guardians.isKnown },
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil },
                ],
                handle: { _, event, effects in
                    try effects.set(
                        Tile(.preschool, .received, "Vi har fått en ansökan om förskola. En handläggare hör av sig"),
                        for: event.data.filedBy)
                }),
            River(
                "send back an application that is too early", hears: MunicipalApplication.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for a day more than six months ahead") { _, event in
                        PreschoolQueueRules.isEarly(event)
                    },
                    Condition("is filed by a guardian") { state, event in state.guardians.mayAct(event.data.filedBy) },
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil },
                ], handle: Self.sendBack),
            River(
                "take an answer to an offered place", hears: PlaceAnswer.self, as: Self.branch,
                under: [PreschoolQueueRules.both],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("has been offered a place") { state, _ in state.place.stage == .offered }
                ],
                whole: [
                    Condition("is filed by a guardian, for oneself") { state, event in
                        state.guardians.mayAct(event.data.filedBy)
                    }
                ], handle: Self.takeAnswer),
        ]
    }

    private var deaths: [River<Self>] {
        [
            River(
                "remember a child's death", hears: Death.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is a new death") { state, event in event.isNew && !state.death.holds }],
                handle: Self.die),
            River(
                "follow a child's corrected death", hears: Death.self, as: Self.branch,
                mine: [Condition("corrects the death we know") { state, event in event.corrects(state.death) }],
                handle: { state, event, _ in try state.death.take(event) }),
            River(
                "forget a child's death", hears: Annulled<Death>.self, as: Self.branch,
                mine: [Condition("annuls the death we know") { state, event in event.annuls(state.death) }],
                handle: { state, event, effects in
                    try state.death.take(event)
                    try Self.comeBack(&state, event.data.reasonCode, &effects)
                }),
        ]
    }

    /// A state of the queue has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .offer: try Self.offer(&state, &effects)
        case .answer: try Self.answerMissing(&state, &effects)
        case .start: try Self.begin(&state, &effects)
        case .keptPlace: try Self.endKeptPlace(&state, &effects)
        }
    }
}
