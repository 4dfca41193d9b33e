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
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Preschool.
    public static let branch: Branch? = Branch("forskola")

    /// What it publishes.
    public static let publications = [
        Publication(MunicipalCaseStatus.self, as: branch), Publication(StatusTile.self, as: branch),
    ]

    /// The preschools' code.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { guardians + queue + moves + deaths }

    private var guardians: [River<Self>] {
        [
            River(
                "keep the guardians for preschool", hears: FamilyRelation.self, as: Self.branch,
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [Condition("is custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
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
                "queue for preschool", hears: MunicipalApplication.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil },
                ],
                whole: [
                    Condition("is filed by a guardian") { state, event in state.guardians.mayAct(event.data.filedBy) },
                    Condition("is for a day at most six months ahead") { _, event in
                        KommunRules.earliestApplication(wanted: event.data.wantedFrom) <= event.knownOn
                    },
                ], handle: Self.enqueue),
            River(
                "send back an application that is too early", hears: MunicipalApplication.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("is for a day more than six months ahead") { _, event in
                        event.knownOn < KommunRules.earliestApplication(wanted: event.data.wantedFrom)
                    },
                    Condition("is filed by a guardian") { state, event in state.guardians.mayAct(event.data.filedBy) },
                    Condition("is not in the queue") { state, _ in state.place.stage.after(.applied) != nil },
                ], handle: Self.sendBack),
            River(
                "take an answer to an offered place", hears: PlaceAnswer.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("has been offered a place") { state, _ in state.place.stage == .offered },
                ],
                whole: [
                    Condition("is filed by a guardian, for oneself") { state, event in
                        state.guardians.mayAct(event.data.filedBy)
                    }
                ], handle: Self.takeAnswer),
        ]
    }

    private var moves: [River<Self>] {
        [
            River(
                "leave the queue after a move out", hears: Move.self, as: Self.branch,
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("has a place or waits for one") { state, _ in state.place.stage.after(.movedOut) != nil },
                ], handle: Self.leave),
            River(
                "follow a corrected move", hears: Move.self, as: Self.branch,
                mine: [Condition("corrects the move we acted on") { state, event in event.corrects(state.place.move) }],
                handle: { state, event, effects in
                    try state.place.move.take(event)
                    guard
                        event.data.fromMunicipality != effects.municipality
                            || !Kommun.changesMunicipality(event.data)
                    else { return }
                    try Self.comeBack(&state, .moveAnnulled, "error", &effects)
                }),
            River(
                "come back when nobody moved", hears: Annulled<Move>.self, as: Self.branch,
                mine: [Condition("annuls the move we acted on") { state, event in event.annuls(state.place.move) }],
                handle: { state, event, effects in
                    try state.place.move.take(event)
                    try Self.comeBack(&state, .moveAnnulled, event.data.reasonCode, &effects)
                }),
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
                    try Self.comeBack(&state, .deathAnnulled, event.data.reasonCode, &effects)
                }),
        ]
    }

    /// A state of the queue has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .offer: try Self.offer(&state, &effects)
        case .answer: try Self.answerMissing(&state, &effects)
        case .start: try Self.begin(&state, &effects)
        }
    }
}

/// What preschool remembers of one child.
public struct KommunPreschoolCase: AgencyCase {
    /// The child's place, from the queue on.
    struct Place: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, queued, offered, placed, started, closed, movedOut, closedByDeath

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .applied), (.closed, .applied), (.movedOut, .applied): .queued
                case (.queued, .offered): .offered
                case (.offered, .accepted): .placed
                case (.offered, .declined): .closed
                case (.offered, .unanswered): .queued
                case (.placed, .began): .started
                case (.queued, .movedOut), (.offered, .movedOut), (.placed, .movedOut): .movedOut
                case (.queued, .subjectDied), (.offered, .subjectDied), (.placed, .subjectDied),
                    (.started, .subjectDied):
                    .closedByDeath
                case (.movedOut, .moveAnnulled), (.closedByDeath, .deathAnnulled): .queued
                default: nil
                }
            }
        }

        enum Trigger {
            case applied, offered, accepted, declined, unanswered, began, movedOut, subjectDied, moveAnnulled
            case deathAnnulled
        }

        var stage = Stage.none
        var applicant: Subject?
        var caseRef: String?
        /// The day from which the guardians have a right to the place.
        var from: Day?
        /// What counts in the queue; an unanswered offer does not change it.
        var queueDay: Day?
        /// When the next place is offered.
        var offersOn: Day?
        /// Last day to answer.
        var lastDay: Day?
        var answers = JointAct<Bool>()
        /// The move that ended the place.
        var move = ChainHead()
        /// Our status that ended the place in the queue.
        var aborted = ChainHead()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    @Part var place: Place
    @Part var guardians: Guardians
    /// The child's death, also where nothing was open.
    @Part var death: ChainHead

    /// A child of whom nothing is known.
    public init() {}
}
