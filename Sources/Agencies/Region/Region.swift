public import AgencyKit
public import LifeEvents

/// The regions: one adapter for all 21 (``Regions``).
///
/// Played here: the call to child health, the recall after a death, the choice of care after a move between counties.
public struct Region: Agency {
    /// What is remembered of one person.
    public typealias Case = RegionCase

    /// What a case waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A visit at child health has passed.
        case visit
        /// A doctor answers what a certificate lacks.
        case complement = "certificate-complement"
    }

    /// Writes `region.*`.
    public static var owner: Owner { .region }

    /// What they publish; notices and certificates are said by scenarios.
    public static let publications = [
        Publication(BirthNotice.self), Publication(DeathCertificate.self), Publication(MedicalCertificate.self),
        Publication(StillbirthNotice.self), Publication(Discharge.self), Publication(CarePlan.self),
        Publication(CareDayClaim.self), Publication(CertificateAnswer.self), Publication(ComplementAnswer.self),
        Publication(StatusTile.self),
    ]

    /// What they go by.
    public static let rules: [LegalRule] =
        ChildHealthRules.all + [
            takesOver, GodManConsumer.knows, ArrivalRules.health.legal, GuardianRules.consent, sip.legal, noClaim,
            dayRate.legal,
            ElderCareRules.plan, ElderCareRules.payFrom.legal,
            ElderCareRules.payFromLate.legal, SicknessRules.release, ChainRules.consent,
            ComplementRules.asked, ComplementRules.answered.legal,
        ]

    /// The regions' code.
    public init() {}

    /// The rules of all regions.
    public var rivers: [River<Region>] {
        childHealth + deaths + moves + arrivals + stays + representatives + releases
            + complements
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

    /// A visit has passed.
    public func due(_ timer: Timer, _ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .visit: try visitPassed(&state, &effects)
        case .complement: try Self.answerComplement(&state, &effects)
        }
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
