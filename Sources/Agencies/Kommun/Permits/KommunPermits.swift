public import AgencyKit
public import LifeEvents

/// A municipality's permits (tillstånd): the serving permit from application to supervision (alkohollagen 8 and 9 kap.).
///
/// A branch of its own: no other branch sees its cases (OSL 8:2).
public struct KommunPermits: Agency {
    /// What is remembered of one firm.
    public typealias Case = KommunPermitsCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// Whether an application is complete is checked.
        case check = "serving-check"
        /// What lacks has not come.
        case supplement = "serving-supplement"
        /// A referral is not answered in time.
        case answers = "serving-answers"
        /// The firm has not answered an objection.
        case hearing = "serving-hearing"
        /// Nobody has passed the test of knowledge who should have.
        case mending = "serving-mending"
        /// The time to decide is soon over, or over.
        case limit = "serving-limit"
        /// A delegate decides.
        case decide = "serving-decision"
        /// The certificate is issued.
        case begin = "serving-begin"
        /// What supervision has found is not mended.
        case inquiry = "serving-inquiry"
        /// F-tax was revoked, and not by a bankruptcy.
        case tax = "serving-tax"
        /// The trustee of a bankrupt firm has not answered, or the end of the serving is decided.
        case trustee = "serving-trustee"
        /// A revocation is reviewed.
        case review = "serving-review"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Permits.
    public static let branch: Branch? = Branch("tillstand")
    /// What it publishes; how a test went, and what inspectors find, is said by scenarios.
    public static let publications = [
        Publication(Permit.self, as: branch), Publication(MunicipalCaseStatus.self, as: branch),
        Publication(ServingPermitNeed.self, as: branch), Publication(KnowledgeTest.self, as: branch),
        Publication(CommitteeItem.self, as: branch), Publication(ServingInspection.self, as: branch),
        Publication(MunicipalAppeal.self, as: branch), Publication(StatusTile.self, as: branch),
        Publication(PermitDeathProofNeed.self, as: branch),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { ServingRules.all + [EstateProof.rule] }

    /// The branch's code.
    public init() {}

    /// What it hears: what the registers tell of firms, applications, answers, tests, decisions.
    public var rivers: [River<Self>] {
        changes + bankruptcies + estates + firms + applications + answers + withdrawnAnswers + tests + decisions
            + supervision
            + appeals
    }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .check: try Self.check(&state, &effects)
        case .supplement: try Self.dismiss(&state, &effects)
        case .answers: try Self.remindOrGoOn(&state, &effects)
        case .hearing: try Self.endHearing(&state, &effects)
        case .mending: try Self.loseTest(&state, &effects)
        case .limit: try Self.limitPassed(&state, &effects)
        case .decide: try Self.decide(state.application.refusal == nil, &state, &effects)
        case .begin: try Self.begin(&state, &effects)
        case .inquiry: try Self.takeStep(&state, &effects)
        case .tax: try Self.taxRevoked(&state, &effects)
        case .trustee: try Self.trusteeDue(&state, &effects)
        case .review: try Self.restore(&state, &effects)
        }
    }

    private var firms: [River<Self>] {
        [
            River(
                "know who leads a firm that may apply", hears: Company.self,
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, _ in
                    state.signatories.take(event.data)
                    state.company = ChainHead(event)
                }),
            River(
                "invite a restaurant to apply", hears: Company.self, under: [ServingRules.permit],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a new firm") { _, event in
                        event.data.state == .registered && event.isNew && event.occurredOn == event.knownOn
                    },
                    Condition("serves food (SNI 56)") { _, event in FoodRules.servesFood(event.data.sni) },
                    Condition("is not invited") { state, _ in state.stage.after(.invited) != nil },
                ],
                handle: { state, event, effects in
                    guard state.take(.invited) else { return }
                    try effects.set(
                        Tile(
                            .permitApplication, .informed,
                            "Ska ni servera alkohol? Då behöver ni tillstånd innan ni börjar. Bolagets uppgifter är redan "
                                + "ifyllda i ansökan"))
                }),
            River(
                "know how a firm stands with the tax and may apply", hears: TaxRegistration.self,
                under: [ServingRules.telling],
                handle: { state, event, effects in
                    state.tax = event.data
                    guard event.data.kinds.contains(.fTax) else { return }
                    switch event.data.state {
                    // A bankruptcy revokes it at the same instant: the trustee is asked then, and nothing else.
                    case .revoked: effects.setTimer(.tax, at: effects.next)
                    case .approved: state.application.isTaxRevoked = false
                    case .applied, .refused: break
                    }
                }),
            River(
                "know who owns an applicant", hears: BeneficialOwners.self, under: [ServingRules.fitness],
                handle: { state, event, _ in if let owners = event.data.owners { state.owners = owners } }),
        ]
    }
}

extension Effects<KommunPermits.Timer> {
    /// How the municipality that acts handles permits.
    var row: ServingMunicipality { ServingMunicipality.row(municipality) }
    /// A last day so many days ahead, moved to a weekday.
    func lastDay(in days: Int) -> Day { SwedishCalendar.lastDayMoved(today.adding(days: days)) }
    /// The last day to appeal what is decided today (P12).
    var appealBy: Day { lastDay(in: 7 * value(of: ServingRules.appeal)) }
    /// 00:00 after a last day.
    func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
    /// The desk of the municipality's committee (socialnämnd).
    var committee: Subject { Subject(deskOf: agency, office: "socialnamnd") ?? subject }
}
