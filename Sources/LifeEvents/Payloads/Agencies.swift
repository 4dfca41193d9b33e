// Decisions and case states of the agencies.

/// Where a case stands.
public enum CaseState: String, Codable, CaseIterable, Sendable {
    case opened, investigating, awaitingCitizen, awaitingOther, proposed, decided, executing, closed, underReview,
        appealed, suspended, aborted
}

/// Why a case moved.
public enum CaseReason: String, Codable, CaseIterable, Sendable {
    case transferred, subjectDied, withdrawn
}

/// Försäkringskassan's benefits.
public enum Benefit: String, Codable, CaseIterable, Sendable {
    case childBenefit, parentalBenefit, housingAllowance, sicknessBenefit, activityGrant
}

/// Outcome of a decision.
public enum Outcome: String, Codable, CaseIterable, Sendable {
    case granted, partial, rejected
}

/// A case at Försäkringskassan (ärendestatus).
public struct InsuranceCaseStatus: LifeEvent {
    /// `forsakringskassan.case-status.v1`.
    public static let type = EventType("forsakringskassan.case-status.v1")

    /// The case's reference.
    public var caseRef: String
    /// What it is about.
    public var benefit: Benefit
    /// When an answer or decision is expected.
    public var expectedDate: Day?
    /// Why it moved.
    public var reason: CaseReason?
    /// Where it stands.
    public var state: CaseState

    /// All fields by name.
    public init(
        caseRef: String, benefit: Benefit, expectedDate: Day? = nil, reason: CaseReason? = nil, state: CaseState
    ) {
        self.caseRef = caseRef
        self.benefit = benefit
        self.expectedDate = expectedDate
        self.reason = reason
        self.state = state
    }
}

/// A municipality's services.
public enum MunicipalService: String, Codable, CaseIterable, Sendable {
    case familyLaw, preschool, elderCare, financialAssistance, guardianship, permit, association
}

/// A case at a municipality (ärendestatus).
public struct MunicipalCaseStatus: LifeEvent {
    /// `kommun.case-status.v1`.
    public static let type = EventType("kommun.case-status.v1")

    /// The case's reference.
    public var caseRef: String
    /// Which municipality.
    public var municipality: String
    /// What it is about.
    public var service: MunicipalService
    /// When an answer or decision is expected.
    public var expectedDate: Day?
    /// Why it moved.
    public var reason: CaseReason?
    /// Where it stands.
    public var state: CaseState
    /// Who applied.
    public var applicant: Subject?

    /// All fields by name.
    public init(
        caseRef: String, municipality: String, service: MunicipalService, expectedDate: Day? = nil,
        reason: CaseReason? = nil, state: CaseState, applicant: Subject? = nil
    ) {
        self.caseRef = caseRef
        self.municipality = municipality
        self.service = service
        self.expectedDate = expectedDate
        self.reason = reason
        self.state = state
        self.applicant = applicant
    }
}

/// Who is paid and how much of it.
public struct Payee: Codable, Equatable, Sendable {
    /// Who is paid.
    public var person: Subject
    /// Share, percent.
    public var share: Int

    /// A payee.
    public init(person: Subject, share: Int) {
        self.person = person
        self.share = share
    }
}

/// A benefit decision (förmånsbeslut); no amounts.
public struct BenefitDecision: LifeEvent {
    /// `forsakringskassan.benefit-decision.v1`.
    public static let type = EventType("forsakringskassan.benefit-decision.v1")

    /// Which benefit.
    public var benefit: Benefit
    /// Outcome.
    public var outcome: Outcome
    /// First day.
    public var from: Day
    /// Last day.
    public var to: Day?
    /// Percent.
    public var degree: Int?
    /// Who is paid.
    public var payees: [Payee]

    /// All fields by name.
    public init(
        benefit: Benefit, outcome: Outcome, from: Day, to: Day? = nil, degree: Int? = nil, payees: [Payee]
    ) {
        self.benefit = benefit
        self.outcome = outcome
        self.from = from
        self.to = to
        self.degree = degree
        self.payees = payees
    }
}

/// Kind of pension.
public enum PensionKind: String, Codable, CaseIterable, Sendable {
    case oldAge, survivor, housingSupplement
}

/// A pension decision (pensionsbeslut).
public struct PensionDecision: LifeEvent {
    /// `pensionsmyndigheten.pension-decision.v1`.
    public static let type = EventType("pensionsmyndigheten.pension-decision.v1")

    /// Kind.
    public var kind: PensionKind
    /// Outcome.
    public var outcome: Outcome
    /// First month paid; on CEASED the last.
    public var month: Month
    /// Percent.
    public var share: Int

    /// All fields by name.
    public init(kind: PensionKind, outcome: Outcome, month: Month, share: Int) {
        self.kind = kind
        self.outcome = outcome
        self.month = month
        self.share = share
    }
}

/// Elder care services.
public enum ElderCareService: String, Codable, CaseIterable, Sendable {
    case homeHelp, residentialCare, alarm
}

/// Where a service stands.
public enum ElderCareState: String, Codable, CaseIterable, Sendable {
    case granted, rejected, queued, offered, started, ended, day90
}

/// Why a service ended.
public enum ElderCareReason: String, Codable, CaseIterable, Sendable {
    case death, move, withdrawn
}

/// Elder care (äldreomsorg).
public struct ElderCare: LifeEvent {
    /// `kommun.elder-care.v1`.
    public static let type = EventType("kommun.elder-care.v1")

    /// Which municipality.
    public var municipality: String
    /// Which service.
    public var service: ElderCareService
    /// Where it stands.
    public var state: ElderCareState
    /// Since when.
    public var from: Day
    /// Why it ended.
    public var reason: ElderCareReason?

    /// All fields by name.
    public init(
        municipality: String, service: ElderCareService, state: ElderCareState, from: Day,
        reason: ElderCareReason? = nil
    ) {
        self.municipality = municipality
        self.service = service
        self.state = state
        self.from = from
        self.reason = reason
    }
}

/// Why a registration ended.
public enum RegistrationReason: String, Codable, CaseIterable, Sendable {
    case work, study, sick, moved, lostContact, death
}

/// Registration as a job-seeker (inskrivning).
public struct JobSeekerRegistration: LifeEvent {
    /// `arbetsformedlingen.registration.v1`.
    public static let type = EventType("arbetsformedlingen.registration.v1")

    /// Since when.
    public var from: Day
    /// Percent.
    public var extent: Int
    /// Why it ended.
    public var reason: RegistrationReason?

    /// All fields by name.
    public init(from: Day, extent: Int, reason: RegistrationReason? = nil) {
        self.from = from
        self.extent = extent
        self.reason = reason
    }
}

/// Parenthood confirmed at the municipality (föräldraskap fastställt).
public struct ParenthoodReport: LifeEvent {
    /// `kommun.parenthood.v1`.
    public static let type = EventType("kommun.parenthood.v1")

    /// The mother.
    public var mother: Subject
    /// The other parent.
    public var otherParent: Subject
    /// When.
    public var confirmedOn: Day
    /// Whether custody is joint (gemensam vårdnad).
    public var jointCustody: Bool
    /// Which municipality.
    public var municipality: String

    /// All fields by name.
    public init(
        mother: Subject, otherParent: Subject, confirmedOn: Day, jointCustody: Bool, municipality: String
    ) {
        self.mother = mother
        self.otherParent = otherParent
        self.confirmedOn = confirmedOn
        self.jointCustody = jointCustody
        self.municipality = municipality
    }
}
