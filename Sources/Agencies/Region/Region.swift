public import AgencyKit
public import LifeEvents

/// The regions: one adapter for all 21 (``Regions``).
///
/// Played here: the call to child health, the recall after a death, the choice of care after a move between counties.
public struct Region: Agency {
    /// What is remembered of one person.
    public typealias Case = RegionCase
    /// No case waits for anything.
    public typealias Timer = NoTimer

    /// Writes `region.*`.
    public static var owner: Owner { .region }

    /// What they publish; notices and certificates are said by scenarios.
    public static let publications = [
        Publication(BirthNotice.self), Publication(DeathCertificate.self), Publication(MedicalCertificate.self),
        Publication(StatusTile.self),
    ]

    /// What they go by.
    public static let rules: [LegalRule] = [takesOver]

    /// The regions' code.
    public init() {}

    /// The rules of all regions.
    public var rivers: [River<Region>] { childHealth + deaths + moves }

    /// A registered child is called to child health; a guardian named later is told as the mother was.
    var childHealth: [River<Region>] {
        [
            River(
                "correct a birth", hears: Birth.self,
                mine: [
                    Condition("called because of the corrected birth") { state, event in
                        event.corrects(state.childHealth.birth)
                    }
                ],
                handle: Self.correctBirth),
            River(
                "call to child health", hears: Birth.self,
                concerns: { Self.around($0.data.municipality) },
                mine: [
                    Condition("has not called the child") { state, _ in
                        state.childHealth.stage.after(.born) != nil
                    }
                ],
                handle: Self.call),
            River(
                "tell the other guardian", hears: FamilyRelation.self,
                concerns: { $0.isNew ? Self.around($0.data.municipality) : [] },
                mine: [
                    Condition("is custody") { _, event in event.data.kind == .custody },
                    Condition("has called the child") { state, _ in state.childHealth.stage == .called },
                    Condition("has not told the guardian") { !$0.childHealth.told.contains($1.data.holder) },
                ],
                handle: { state, event, effects in try Self.tell(event.data.holder, &state, &effects) }),
            River(
                "take back the call", hears: Annulled<Birth>.self,
                mine: [
                    Condition("called because of the annulled birth") { state, event in
                        event.annuls(state.childHealth.birth)
                    }
                ],
                handle: { state, _, effects in try Self.withdrawCall(&state, &effects) }),
        ]
    }

    /// Appointments and letters are recalled; nothing in them depends on the day of death.
    var deaths: [River<Region>] {
        [
            River(
                "follow a corrected death", hears: Death.self,
                mine: [
                    Condition("recalled because of the corrected death") { state, event in event.corrects(state.death) }
                ],
                handle: { state, event, _ in try state.death.take(event) }),
            River(
                "recall appointments", hears: Death.self,
                concerns: { Self.around($0.data.municipality) },
                mine: [Condition("has not recalled appointments") { state, _ in !state.death.holds }],
                handle: Self.recall),
            River(
                "restore appointments", hears: Annulled<Death>.self,
                mine: [
                    Condition("recalled because of the annulled death") { state, event in event.annuls(state.death) }
                ],
                handle: Self.restoreAppointments),
        ]
    }

    /// The region around a municipality; none for a person with protected personal data.
    static func around(_ code: String?) -> [AgencyID] {
        code.flatMap { Regions.agency(municipality: $0) }.map { [$0] } ?? []
    }

    /// The region a move leads to, if it is another than before.
    static func newCounty(_ move: Move) -> [AgencyID] {
        let new = around(move.toMunicipality)
        return new == around(move.fromMunicipality) ? [] : new
    }
}
