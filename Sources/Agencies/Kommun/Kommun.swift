public import AgencyKit
public import LifeEvents

/// The municipalities: one adapter for all 290, a row of configuration each (``Municipalities``).
///
/// Played here: family law and preschool. Elder care is an agency of its own, ``KommunElderCare``.
public struct Kommun: Agency {
    /// What is remembered of one inhabitant.
    public typealias Case = KommunCase

    /// The timers of a case.
    public enum Timer: String, CaseIterable, Sendable {
        /// Family law's invitation is over.
        case invitation = "family-law-invitation"
        /// A place that was kept after a move is over.
        case keptPlace = "kept-place"
    }

    /// Writes `kommun.*`.
    public static var owner: Owner { .kommun }

    /// The branches.
    static let familyLaw = Branch("familjeratt")
    static let preschools = Branch("forskola")

    /// What their branches publish; services that hold before a journey are said by scenarios.
    public static let publications =
        [
            Publication(ParenthoodReport.self, as: familyLaw), Publication(MunicipalCaseStatus.self, as: familyLaw),
            Publication(MunicipalCaseStatus.self, as: preschools),
        ] + [familyLaw, preschools].map { Publication(StatusTile.self, as: $0) }

    /// What they go by.
    public static let rules: [LegalRule] = [PreschoolRules.offer, PreschoolRules.kept.legal]

    /// The municipalities' code.
    public init() {}

    /// The rules of all municipalities.
    public var rivers: [River<Kommun>] { familyLaw + preschool + preschoolMoves + deaths }

    /// No second parent after fourteen days (föräldrabalken 2 kap.): invite, and close when both have confirmed.
    var familyLaw: [River<Kommun>] {
        [
            River(
                "invite the parents", hears: ParenthoodMissing.self, as: Self.familyLaw,
                concerns: { $0.isNew ? Self.named($0.data.municipality) : [] },
                mine: [
                    Condition("has no open case of parenthood") {
                        $0.familyLaw.stage.after(.alerted) != nil && $1.isNew
                    }
                ],
                handle: Self.invite),
            River(
                "take back the invitation", hears: Annulled<ParenthoodMissing>.self, as: Self.familyLaw,
                mine: [
                    Condition("was alerted by the annulled event") { state, event in event.annuls(state.familyLaw.alert)
                    }
                ],
                handle: Self.withdrawInvitation),
            River(
                "confirm the parenthood", hears: MunicipalParenthoodConfirmation.self, as: Self.familyLaw,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("has an open case of parenthood") { state, _ in
                        state.familyLaw.stage.after(.bothConfirmed) != nil
                    }
                ],
                whole: [Condition("the mother is the one in the case") { $0.familyLaw.mother == $1.data.mother }],
                handle: Self.confirmParenthood),
            River(
                "stop writing to a guardian who died", hears: FamilyRelation.self, as: Self.familyLaw,
                concerns: { $0.change == .ceased ? Self.named($0.data.municipality) : [] },
                mine: [Condition("is an end of custody") { _, event in event.data.kind == .custody }],
                handle: { state, event, _ in
                    state.familyLaw.dead = .init(custody: ChainHead(event), guardian: event.data.holder)
                }
            ),
            River(
                "write to a guardian who lives", hears: Annulled<FamilyRelation>.self, as: Self.familyLaw,
                mine: [
                    Condition("annuls the end we know") { state, event in event.annuls(state.familyLaw.dead?.custody) }
                ],
                handle: Self.writeAgain),
        ]
    }

    /// A place within four months of the application (skollagen 8 kap. 14 §).
    var preschool: [River<Kommun>] {
        [
            River(
                "adopt a place in the preschool queue", hears: MunicipalCaseStatus.self, as: Self.preschools,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("is an open preschool case") { _, event in
                        event.isNew && event.data.service == .preschool && event.data.state == .investigating
                    },
                    Condition("is not in the queue") { state, _ in state.preschool.stage.after(.adopted) != nil },
                ],
                handle: Self.adoptPreschool),
            River(
                "adopt a place in preschool", hears: MunicipalCaseStatus.self, as: Self.preschools,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("is a preschool place") { _, event in
                        event.isNew && event.data.service == .preschool && event.data.state == .executing
                    },
                    Condition("has no place") { state, _ in state.preschool.stage.after(.placed) != nil },
                ],
                handle: { state, event, _ in
                    guard state.preschool.take(.placed) else { return }
                    state.preschool.applicant = event.data.applicant
                    state.preschool.caseRef = event.data.caseRef
                }),
            River(
                "queue for preschool", hears: MunicipalApplication.self, as: Self.preschools,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("is not in the queue") { state, _ in state.preschool.stage.after(.applied) != nil },
                ],
                handle: Self.queue),
        ]
    }

    /// What the dead had open ends; an annulled death gives it back.
    var deaths: [River<Kommun>] {
        [
            River(
                "correct a death", hears: Death.self, as: Self.preschools,
                mine: [
                    Condition("acted on the corrected death") { state, event in event.corrects(state.death) }
                ],
                handle: Self.correctDeath),
            River(
                "end what the dead had", hears: Death.self, as: Self.preschools,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("has not ended anything by a death") { state, _ in !state.death.holds },
                    Condition("has something open") { state, _ in state.hasSomethingOpen },
                ],
                handle: Self.endAtDeath),
            River(
                "restore what an annulled death ended", hears: Annulled<Death>.self, as: Self.preschools,
                mine: [
                    Condition("acted on the annulled death") { state, event in event.annuls(state.death) }
                ],
                handle: Self.restore),
        ]
    }

    /// A period is over.
    public func due(_ timer: Timer, _ state: inout KommunCase, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .invitation: try Self.beginInquiry(&state, &effects)
        case .keptPlace: try Self.endKeptPlace(&state, &effects)
        }
    }

    /// The municipality that data names by its code; none for a person with protected personal data.
    static func named(_ code: String?) -> [AgencyID] {
        code.flatMap { Municipalities.agency(code: $0) }.map { [$0] } ?? []
    }

    /// Whether a move is one between municipalities.
    static func changesMunicipality(_ move: Move) -> Bool { move.fromMunicipality != move.toMunicipality }
}

extension Effects {
    /// The code of the municipality that acts, as data says it.
    var municipality: String { agency.code ?? "" }
    /// The name of the municipality that acts.
    var place: String { Municipalities.name(code: municipality) }
}
