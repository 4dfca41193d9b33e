import AgencyKit
import LifeEvents

/// The municipalities: their branches are agencies of their own, for secrecy holds between them (OSL 8:2); each is one
/// adapter for all 290, a row of configuration each (``Municipalities``).
///
/// ``KommunAid``, ``KommunAssociations``, ``KommunCommittee``, ``KommunElderCare``, ``KommunEstates``, ``KommunFamilyLaw``,
/// ``KommunFood``, ``KommunGuardians``, ``KommunPermits``, ``KommunPreschool`` and ``KommunSchool`` are played.
enum Kommun {
    /// The municipality that data names by its code; none for a person with protected personal data.
    static func named(_ code: String?) -> [AgencyID] {
        code.flatMap { Municipalities.agency(code: $0) }.map { [$0] } ?? []
    }

    /// The municipalities that data names as those whom it concerns.
    static func concerned(_ agencies: [AgencyID]?) -> [AgencyID] {
        (agencies ?? []).filter { $0.owner == .kommun }
    }

    /// The municipalities whom a death concerns: where the dead was registered, and before a move.
    static func concerned(by death: Death) -> [AgencyID] { named(death.municipality) + concerned(death.concerns) }

    /// The municipalities whom custody of a child concerns: where the child is registered, and was before a move.
    static func concerned(by relation: FamilyRelation) -> [AgencyID] {
        concerned(relation.concerns) + (relation.formerly ?? []).flatMap { named($0) }
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
