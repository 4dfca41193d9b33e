// The region's events (vocabulary: region.*), sent to one addressee each.

/// What a certificate certifies.
public enum CertificateType: String, Codable, CaseIterable, Sendable {
    case pregnancy, sickness
}

/// A medical certificate (läkarintyg), a claim check: the text itself never travels.
public struct MedicalCertificate: LifeEvent {
    /// `region.medical-certificate.v1`.
    public static let type = EventType("region.medical-certificate.v1")

    /// What is certified.
    public var certificateType: CertificateType
    /// Expected day of birth.
    public var expectedDate: Day?
    /// First day of the period.
    public var from: Day?
    /// Last day of the period.
    public var to: Day?
    /// Reduction of work capacity, percent.
    public var degree: Int?
    /// Where the addressee can fetch the text.
    public var contentRef: String
    /// The only agency that may act.
    public var addressee: AgencyID

    /// All fields by name.
    public init(
        certificateType: CertificateType, expectedDate: Day? = nil, from: Day? = nil, to: Day? = nil,
        degree: Int? = nil, contentRef: String, addressee: AgencyID
    ) {
        self.certificateType = certificateType
        self.expectedDate = expectedDate
        self.from = from
        self.to = to
        self.degree = degree
        self.contentRef = contentRef
        self.addressee = addressee
    }
}

/// Sex as registered at birth.
public enum Sex: String, Codable, CaseIterable, Sendable {
    case female, male
}

/// The hospital's notice of a birth (födelseanmälan); subject: the mother.
public struct BirthNotice: LifeEvent {
    /// `region.birth-notice.v1`.
    public static let type = EventType("region.birth-notice.v1")

    /// The newborn's key.
    public var child: Subject
    /// As observed.
    public var sex: Sex
    /// When.
    public var bornAt: Instant
    /// 1 = single or first of twins.
    public var birthOrder: Int

    /// All fields by name.
    public init(child: Subject, sex: Sex, bornAt: Instant, birthOrder: Int) {
        self.child = child
        self.sex = sex
        self.bornAt = bornAt
        self.birthOrder = birthOrder
    }
}

/// How well a date of death is known.
public enum DeathCertainty: String, Codable, CaseIterable, Sendable {
    case exact, found, approximate
}

/// How a certificate was sent.
public enum CertificateChannel: String, Codable, CaseIterable, Sendable {
    case electronic, paper
}

/// A death certificate (dödsbevis); subject: the dead. No place and no cause travels.
public struct DeathCertificate: LifeEvent {
    /// `region.death-certificate.v1`.
    public static let type = EventType("region.death-certificate.v1")

    /// Day of death, where known.
    public var deathDate: Day?
    /// Day the body was found, where death's day is unknown.
    public var foundDate: Day?
    /// How well the day is known.
    public var certainty: DeathCertainty
    /// The physician's HSA id.
    public var signer: String
    /// Electronic or paper.
    public var channel: CertificateChannel
    /// Whether the police is involved.
    public var forensic: Bool

    /// All fields by name.
    public init(
        deathDate: Day? = nil, foundDate: Day? = nil, certainty: DeathCertainty, signer: String,
        channel: CertificateChannel, forensic: Bool
    ) {
        self.deathDate = deathDate
        self.foundDate = foundDate
        self.certainty = certainty
        self.signer = signer
        self.channel = channel
        self.forensic = forensic
    }
}
