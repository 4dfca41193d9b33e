// Skatteverket's population register (folkbokföring).

/// Civil status (civilstånd).
public enum CivilStatus: String, Codable, CaseIterable, Sendable {
    case unmarried, married, divorced, widowed, partnership, partnershipDissolved, survivingPartner
}

/// A child in a register entry.
public struct RegisteredChild: Codable, Equatable, Sendable {
    /// The child.
    public var person: Subject
    /// Its birth date.
    public var birthDate: Day

    /// A child.
    public init(person: Subject, birthDate: Day) {
        self.person = person
        self.birthDate = birthDate
    }
}

/// Protection of personal data (skyddade personuppgifter).
public enum ProtectionLevel: String, Codable, CaseIterable, Sendable {
    case marked, protected
}

/// What the register holds of a person before the scenario starts (folkbokföringspost).
public struct RegisterEntry: LifeEvent {
    /// `skatteverket.register-entry.v1`.
    public static let type = EventType("skatteverket.register-entry.v1")

    /// Code of the municipality.
    public var municipality: String
    /// Civil status.
    public var civilStatus: CivilStatus
    /// The spouse.
    public var spouse: Subject?
    /// Birth date.
    public var birthDate: Day
    /// Children.
    public var children: [RegisteredChild]?
    /// Protected personal data.
    public var protection: ProtectionLevel?

    /// All fields by name.
    public init(
        municipality: String, civilStatus: CivilStatus, spouse: Subject? = nil, birthDate: Day,
        children: [RegisteredChild]? = nil, protection: ProtectionLevel? = nil
    ) {
        self.municipality = municipality
        self.civilStatus = civilStatus
        self.spouse = spouse
        self.birthDate = birthDate
        self.children = children
        self.protection = protection
    }
}

/// A registered birth (födelse); subject: the child.
public struct Birth: LifeEvent {
    /// `skatteverket.birth.v1`.
    public static let type = EventType("skatteverket.birth.v1")

    /// The mother.
    public var mother: Subject
    /// The other parent; absent: unmarried and not confirmed.
    public var secondParent: Subject?
    /// Where the child is registered.
    public var municipality: String
    /// Birth date.
    public var birthDate: Day
    /// 1 = single or first of twins.
    public var birthOrder: Int

    /// All fields by name.
    public init(
        mother: Subject, secondParent: Subject? = nil, municipality: String, birthDate: Day, birthOrder: Int
    ) {
        self.mother = mother
        self.secondParent = secondParent
        self.municipality = municipality
        self.birthDate = birthDate
        self.birthOrder = birthOrder
    }
}

/// Kind of identity number.
public enum IdentityType: String, Codable, CaseIterable, Sendable {
    case personalNumber, coordinationNumber
}

/// Identity level of a coordination number.
public enum IdentityLevel: String, Codable, CaseIterable, Sendable {
    case proven, probable, uncertain
}

/// A registered name.
public struct PersonName: Codable, Equatable, Sendable {
    /// Given name.
    public var given: String
    /// Family name.
    public var family: String

    /// A name.
    public init(given: String, family: String) {
        self.given = given
        self.family = family
    }
}

/// Identity (identitet); the number itself never travels.
public struct Identity: LifeEvent {
    /// `skatteverket.identity.v1`.
    public static let type = EventType("skatteverket.identity.v1")

    /// Kind of number.
    public var idType: IdentityType
    /// Level of a coordination number.
    public var level: IdentityLevel?
    /// Municipality.
    public var municipality: String
    /// Registered name.
    public var name: PersonName?

    /// All fields by name.
    public init(
        idType: IdentityType, level: IdentityLevel? = nil, municipality: String, name: PersonName? = nil
    ) {
        self.idType = idType
        self.level = level
        self.municipality = municipality
        self.name = name
    }
}

/// No second parent after fourteen days (föräldraskap saknas); for the family law office only.
public struct ParenthoodMissing: LifeEvent {
    /// `skatteverket.parenthood-missing.v1`.
    public static let type = EventType("skatteverket.parenthood-missing.v1")

    /// The mother.
    public var mother: Subject
    /// The child's.
    public var municipality: String
    /// Birth date.
    public var birthDate: Day
    /// Day 14, last for the e-service.
    public var lastDay: Day

    /// All fields by name.
    public init(mother: Subject, municipality: String, birthDate: Day, lastDay: Day) {
        self.mother = mother
        self.municipality = municipality
        self.birthDate = birthDate
        self.lastDay = lastDay
    }
}

/// A relation to a child.
public enum RelationKind: String, Codable, CaseIterable, Sendable {
    case parenthood, custody
}

/// Parenthood or custody (föräldraskap, vårdnad); subject: the child, one event a holder and kind.
public struct FamilyRelation: LifeEvent {
    /// `skatteverket.family-relation.v1`.
    public static let type = EventType("skatteverket.family-relation.v1")

    /// The parent or guardian.
    public var holder: Subject
    /// Which relation.
    public var kind: RelationKind
    /// Since when.
    public var from: Day
    /// The child's.
    public var municipality: String

    /// All fields by name.
    public init(holder: Subject, kind: RelationKind, from: Day, municipality: String) {
        self.holder = holder
        self.kind = kind
        self.from = from
        self.municipality = municipality
    }
}

/// A registered death (dödsfall); who the survivors are stays with Skatteverket.
public struct Death: LifeEvent {
    /// `skatteverket.death.v1`.
    public static let type = EventType("skatteverket.death.v1")

    /// Day of death.
    public var deathDate: Day
    /// How well it is known.
    public var certainty: DeathCertainty
    /// Municipality.
    public var municipality: String
    /// Whether a spouse survives.
    public var hasSpouse: Bool
    /// Whether children under 18 survive.
    public var hasMinorChildren: Bool

    /// All fields by name.
    public init(
        deathDate: Day, certainty: DeathCertainty, municipality: String, hasSpouse: Bool, hasMinorChildren: Bool
    ) {
        self.deathDate = deathDate
        self.certainty = certainty
        self.municipality = municipality
        self.hasSpouse = hasSpouse
        self.hasMinorChildren = hasMinorChildren
    }
}

/// A change of civil status (civilstånd); subject: the living person.
public struct CivilStatusChange: LifeEvent {
    /// `skatteverket.civil-status.v1`.
    public static let type = EventType("skatteverket.civil-status.v1")

    /// New status.
    public var status: CivilStatus
    /// Since when.
    public var date: Day
    /// The one the status is about.
    public var spouse: Subject?

    /// All fields by name.
    public init(status: CivilStatus, date: Day, spouse: Subject? = nil) {
        self.status = status
        self.date = date
        self.spouse = spouse
    }
}

/// Where an estate inventory stands.
public enum EstateInventoryState: String, Codable, CaseIterable, Sendable {
    case due, received, supplemented, registered, reminded, ordered
}

/// Estate inventory (bouppteckning); subject: the dead.
public struct EstateInventory: LifeEvent {
    /// `skatteverket.estate-inventory.v1`.
    public static let type = EventType("skatteverket.estate-inventory.v1")

    /// Where it stands.
    public var state: EstateInventoryState
    /// Law's last day to hold it.
    public var heldBy: Day
    /// Last day to file it.
    public var dueDate: Day
    /// When it was held.
    public var heldOn: Day?
    /// Holders of the estate (dödsbodelägare).
    public var holders: [Subject]

    /// All fields by name.
    public init(
        state: EstateInventoryState, heldBy: Day, dueDate: Day, heldOn: Day? = nil, holders: [Subject]
    ) {
        self.state = state
        self.heldBy = heldBy
        self.dueDate = dueDate
        self.heldOn = heldOn
        self.holders = holders
    }
}

/// A move (flyttning), one event for each person who moves.
public struct Move: LifeEvent {
    /// `skatteverket.move.v1`.
    public static let type = EventType("skatteverket.move.v1")

    /// Old municipality.
    public var fromMunicipality: String
    /// New municipality.
    public var toMunicipality: String
    /// Opaque reference of the address.
    public var addressRef: String
    /// When the notice arrived.
    public var noticeDate: Day
    /// From when the registration holds.
    public var effectiveDate: Day
    /// Who moves together.
    public var household: [Subject]
    /// Whether the person is a child.
    public var minor: Bool

    /// All fields by name.
    public init(
        fromMunicipality: String, toMunicipality: String, addressRef: String, noticeDate: Day, effectiveDate: Day,
        household: [Subject], minor: Bool
    ) {
        self.fromMunicipality = fromMunicipality
        self.toMunicipality = toMunicipality
        self.addressRef = addressRef
        self.noticeDate = noticeDate
        self.effectiveDate = effectiveDate
        self.household = household
        self.minor = minor
    }
}
