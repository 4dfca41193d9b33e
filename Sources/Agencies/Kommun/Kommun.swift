public import AgencyKit
public import LifeEvents

/// The municipalities: one adapter for all 290, a row of configuration each (``Municipalities``).
///
/// Played here: elder care, and the pages of those who move out and in. Family law and preschool are agencies of their
/// own (``KommunFamilyLaw``, ``KommunPreschool``): secrecy holds between a municipality's branches (OSL 8:2).
public struct Kommun: Agency {
    /// What is remembered of one inhabitant.
    public typealias Case = KommunCase

    /// The timers of a case.
    public enum Timer: String, CaseIterable, Sendable {
        /// The last fee of ended elder care is settled.
        case fee = "care-fee"
        /// A new inhabitant's page is closed.
        case welcome
    }

    /// Writes `kommun.*`.
    public static var owner: Owner { .kommun }

    /// The branches.
    static let elderCare = Branch("aldreomsorg")
    static let financialAid = Branch("bistand")

    /// What their branches publish; services that hold before a journey are said by scenarios.
    public static let publications =
        [Publication(ElderCare.self, as: elderCare)]
        + [elderCare, financialAid].map { Publication(StatusTile.self, as: $0) }

    /// The municipalities' code.
    public init() {}

    /// The rules of all municipalities.
    public var rivers: [River<Kommun>] { care + moves + deaths }

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
                        !event.data.minor || state.care.contains { $0.stage == .started }
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
        case .fee: for index in state.care.indices { state.care[index].take(.feePaid) }
        case .welcome: try Self.closeWelcome(&state, &effects)
        }
    }

    /// The municipality that data names by its code; none for a person with protected personal data.
    static func named(_ code: String?) -> [AgencyID] {
        code.flatMap { Municipalities.agency(code: $0) }.map { [$0] } ?? []
    }

    /// The municipalities that data names as those whom it concerns.
    static func concerned(_ agencies: [AgencyID]?) -> [AgencyID] {
        (agencies ?? []).filter { $0.owner == .kommun }
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
