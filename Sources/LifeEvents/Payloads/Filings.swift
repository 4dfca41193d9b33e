// What citizens file; the receiver owns its form.

/// Notice of a move (flyttanmälan).
public struct MoveNotice: LifeEvent {
    /// `skatteverket.filing.move-notice.v1`.
    public static let type = EventType("skatteverket.filing.move-notice.v1")

    /// Who filed.
    public var filedBy: Subject
    /// New municipality.
    public var toMunicipality: String
    /// Opaque reference of the address.
    public var addressRef: String
    /// When they moved.
    public var moveDate: Day
    /// Who moves together.
    public var household: [Subject]
    /// Guardians who consent.
    public var consents: [Subject]

    /// All fields by name.
    public init(
        filedBy: Subject, toMunicipality: String, addressRef: String, moveDate: Day, household: [Subject],
        consents: [Subject]
    ) {
        self.filedBy = filedBy
        self.toMunicipality = toMunicipality
        self.addressRef = addressRef
        self.moveDate = moveDate
        self.household = household
        self.consents = consents
    }
}

/// A child's name (namnanmälan).
public struct NameFiling: LifeEvent {
    /// `skatteverket.filing.name.v1`.
    public static let type = EventType("skatteverket.filing.name.v1")

    /// Who filed.
    public var filedBy: Subject
    /// Given name.
    public var given: String
    /// Family name.
    public var family: String

    /// All fields by name.
    public init(filedBy: Subject, given: String, family: String) {
        self.filedBy = filedBy
        self.given = given
        self.family = family
    }
}

/// A parent's confirmation in Skatteverket's e-service; one a parent.
public struct ParenthoodConfirmation: LifeEvent {
    /// `skatteverket.filing.parenthood-confirmation.v1`.
    public static let type = EventType("skatteverket.filing.parenthood-confirmation.v1")

    /// Who filed.
    public var filedBy: Subject
    /// The other parent.
    public var otherParent: Subject
    /// When.
    public var confirmedOn: Day
    /// Whether custody is joint.
    public var jointCustody: Bool

    /// All fields by name.
    public init(filedBy: Subject, otherParent: Subject, confirmedOn: Day, jointCustody: Bool) {
        self.filedBy = filedBy
        self.otherParent = otherParent
        self.confirmedOn = confirmedOn
        self.jointCustody = jointCustody
    }
}

/// A filed estate inventory (bouppteckning).
public struct EstateInventoryFiling: LifeEvent {
    /// `skatteverket.filing.estate-inventory.v1`.
    public static let type = EventType("skatteverket.filing.estate-inventory.v1")

    /// Who filed.
    public var filedBy: Subject
    /// When it was held.
    public var heldOn: Day
    /// Holders of the estate.
    public var holders: [Subject]

    /// All fields by name.
    public init(filedBy: Subject, heldOn: Day, holders: [Subject]) {
        self.filedBy = filedBy
        self.heldOn = heldOn
        self.holders = holders
    }
}

/// An application for a benefit.
public struct BenefitApplication: LifeEvent {
    /// `forsakringskassan.filing.application.v1`.
    public static let type = EventType("forsakringskassan.filing.application.v1")

    /// Who filed.
    public var filedBy: Subject
    /// Which benefit.
    public var benefit: Benefit
    /// From when.
    public var from: Day
    /// Until when.
    public var to: Day?

    /// All fields by name.
    public init(filedBy: Subject, benefit: Benefit, from: Day, to: Day? = nil) {
        self.filedBy = filedBy
        self.benefit = benefit
        self.from = from
        self.to = to
    }
}

/// Facts that Försäkringskassan asked for (komplettering).
public struct BenefitCompletion: LifeEvent {
    /// `forsakringskassan.filing.completion.v1`.
    public static let type = EventType("forsakringskassan.filing.completion.v1")

    /// Who filed.
    public var filedBy: Subject
    /// Which benefit.
    public var benefit: Benefit
    /// Rent a month, SEK.
    public var monthlyRent: Int?

    /// All fields by name.
    public init(filedBy: Subject, benefit: Benefit, monthlyRent: Int? = nil) {
        self.filedBy = filedBy
        self.benefit = benefit
        self.monthlyRent = monthlyRent
    }
}

/// An application to a municipality.
public struct MunicipalApplication: LifeEvent {
    /// `kommun.filing.application.v1`.
    public static let type = EventType("kommun.filing.application.v1")

    /// Who filed.
    public var filedBy: Subject
    /// Which municipality.
    public var municipality: String
    /// Which service.
    public var service: MunicipalService
    /// From when.
    public var wantedFrom: Day

    /// All fields by name.
    public init(filedBy: Subject, municipality: String, service: MunicipalService, wantedFrom: Day) {
        self.filedBy = filedBy
        self.municipality = municipality
        self.service = service
        self.wantedFrom = wantedFrom
    }
}

/// Both parents' confirmation at the municipality.
public struct MunicipalParenthoodConfirmation: LifeEvent {
    /// `kommun.filing.parenthood-confirmation.v1`.
    public static let type = EventType("kommun.filing.parenthood-confirmation.v1")

    /// Who filed.
    public var filedBy: Subject
    /// Which municipality.
    public var municipality: String
    /// The mother.
    public var mother: Subject
    /// The other parent.
    public var otherParent: Subject
    /// When.
    public var confirmedOn: Day
    /// Whether custody is joint.
    public var jointCustody: Bool

    /// All fields by name.
    public init(
        filedBy: Subject, municipality: String, mother: Subject, otherParent: Subject, confirmedOn: Day,
        jointCustody: Bool
    ) {
        self.filedBy = filedBy
        self.municipality = municipality
        self.mother = mother
        self.otherParent = otherParent
        self.confirmedOn = confirmedOn
        self.jointCustody = jointCustody
    }
}
