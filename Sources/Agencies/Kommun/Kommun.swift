public import AgencyKit
public import LifeEvents

/// The municipalities: one adapter for all 290, a row of configuration each (``Municipalities``).
///
/// Played here: family law, preschool, elder care, and the pages of those who move out and in.
public struct Kommun: Agency {
    /// What is remembered of one inhabitant.
    public typealias Case = KommunCase

    /// The timers of a case.
    public enum Timer: String, CaseIterable, Sendable {
        /// Family law's invitation is over.
        case invitation = "family-law-invitation"
        /// The last fee of ended elder care is settled.
        case fee = "care-fee"
        /// A new inhabitant's page is closed.
        case welcome
    }

    /// Writes `kommun.*`.
    public static var owner: Owner { .kommun }

    /// The branches.
    static let familyLaw = Branch("familjeratt")
    static let preschools = Branch("forskola")
    static let elderCare = Branch("aldreomsorg")
    static let financialAid = Branch("bistand")

    /// What their branches publish; services that hold before a journey are said by scenarios.
    public static let publications =
        [
            Publication(ParenthoodReport.self, as: familyLaw), Publication(MunicipalCaseStatus.self, as: familyLaw),
            Publication(MunicipalCaseStatus.self, as: preschools), Publication(ElderCare.self, as: elderCare),
        ] + [familyLaw, preschools, elderCare, financialAid].map { Publication(StatusTile.self, as: $0) }

    /// The municipalities' code.
    public init() {}

    /// The rules of all municipalities.
    public var rivers: [River<Kommun>] { familyLaw + preschool + care + moves + deaths }

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
                "queue for preschool", hears: MunicipalApplication.self, as: Self.preschools,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("is not in the queue") { state, _ in state.preschool.stage.after(.applied) != nil },
                ],
                handle: Self.queue),
        ]
    }

    /// Services that held before the start.
    var care: [River<Kommun>] {
        [
            River(
                "adopt a service of elder care", hears: ElderCare.self, as: Self.elderCare,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("is a started service") { _, event in event.isNew && event.data.state == .started },
                    Condition("does not have the service") { state, event in
                        !state.care.contains { $0.service == event.data.service && $0.stage == .started }
                    },
                ],
                handle: Self.adoptCare)
        ]
    }

    /// The old municipality closes, the new one welcomes. A correction may concern one that it no longer names.
    var moves: [River<Kommun>] {
        [
            River(
                "correct a move", hears: Move.self, as: Self.financialAid,
                mine: [
                    Condition("acted on the corrected move") { state, event in event.corrects(state.residence.move) }
                ],
                handle: Self.correctMove),
            River(
                "close after a move out", hears: Move.self, as: Self.financialAid,
                concerns: { Self.changesMunicipality($0.data) ? Self.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a move not known") { !$0.residence.knows($1.id, $1.occurredOn, .out) },
                    Condition("is an adult, or a child with a service") { state, event in
                        !event.data.minor || state.preschool.stage.after(.movedOut) != nil
                            || state.care.contains { $0.stage == .started }
                    },
                ],
                handle: Self.moveOut),
            River(
                "welcome after a move in", hears: Move.self, as: Self.financialAid,
                concerns: { Self.changesMunicipality($0.data) ? Self.named($0.data.toMunicipality) : [] },
                mine: [Condition("is a move not known") { !$0.residence.knows($1.id, $1.occurredOn, .in) }],
                handle: Self.moveIn),
            River(
                "undo a move", hears: Annulled<Move>.self, as: Self.financialAid,
                mine: [
                    Condition("acted on the annulled move") { state, event in event.annuls(state.residence.move) }
                ],
                handle: Self.annulMove),
        ]
    }

    /// What the dead had open ends; an annulled death gives it back.
    var deaths: [River<Kommun>] {
        [
            River(
                "correct a death", hears: Death.self, as: Self.elderCare,
                mine: [
                    Condition("acted on the corrected death") { state, event in event.corrects(state.death) }
                ],
                handle: Self.correctDeath),
            River(
                "end what the dead had", hears: Death.self, as: Self.elderCare,
                concerns: { Self.named($0.data.municipality) },
                mine: [
                    Condition("has not ended anything by a death") { state, _ in !state.death.holds },
                    Condition("has something open") { state, _ in state.hasSomethingOpen },
                ],
                handle: Self.endAtDeath),
            River(
                "restore what an annulled death ended", hears: Annulled<Death>.self, as: Self.elderCare,
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
        case .fee: for index in state.care.indices { state.care[index].take(.feePaid) }
        case .welcome: try Self.closeWelcome(&state, &effects)
        }
    }

    /// The municipality that data names by its code; none for a person with protected personal data.
    static func named(_ code: String?) -> [AgencyID] {
        code.flatMap { Municipalities.agency(code: $0) }.map { [$0] } ?? []
    }

    /// Whether a move is one between municipalities.
    static func changesMunicipality(_ move: Move) -> Bool { move.fromMunicipality != move.toMunicipality }
}

extension Effects<Kommun.Timer> {
    /// The code of the municipality that acts, as data says it.
    var municipality: String { agency.code ?? "" }
    /// The name of the municipality that acts.
    var place: String { Municipalities.name(code: municipality) }
}
