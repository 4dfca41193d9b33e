public import LifeEvents

/// The schema of one event type: what its `data` holds, and what the bus has to know of it.
public struct TypeSchema: Sendable {
    /// The type, as the file's name and folder say.
    public let type: EventType
    /// Whose type it is.
    public let owner: Owner
    /// Its English title.
    public let title: String
    /// Its Swedish title.
    public let titleSwedish: String
    /// What it tells, in English.
    public let description: String
    /// The Swift struct.
    public let swiftName: String
    /// The fields in the order in which they are written.
    public let fields: [Field]
    /// Whom the event is about.
    public let about: About
    /// How one event of a fact stands to the next.
    public let chain: Chain
    /// Who reads this type, where not all may whom the topic's manifest lets read, and what each is told; nil: all of
    /// them.
    public let readers: [Reader]?
    /// The fields that say which agency of a numbered owner the event concerns; empty: none does.
    public let delimiting: [String]
    /// Whether the whole event is withheld for people in protected population registration (*skyddad folkbokföring*).
    public let isWithheldWhenProtected: Bool
    /// Whole examples of `data`, as JSON; at least one.
    public let examples: [String]
    /// Enums and objects that only this type uses, in the file's order.
    public let definitions: [Definition]
    /// The file.
    public let file: String

    /// Whom an event is about.
    public struct About: Equatable, Sendable {
        /// Who the subject is, in words: `the child`.
        public let subject: String
        /// The fields with keys of others it is about: `mother`, `payees.person`.
        public let fields: [String]
    }

    /// How one event of a fact stands to the next.
    public enum Chain: String, CaseIterable, Sendable {
        /// CREATED, then CORRECTED, then CEASED or ANNULLED, tied by `previousid`.
        case fact
        /// Each state is an event of its own; one may be CORRECTED or ANNULLED.
        case state
        /// Said once.
        case once
    }

    /// A row of a topic's access list that a type keeps, with what the reader is told of it.
    public struct Reader: Hashable, Sendable, CustomStringConvertible {
        /// The branch that reads.
        public let party: Party
        /// Which events it is offered; nil: those that concern it where its owner has many agencies and the type says
        /// whom an event concerns, else all.
        public let offer: Offer?
        /// The groups of fields it gets; nil: all.
        public let groups: [String]?
        /// The values that fields must have for the reader to be offered an event at all; empty: none is asked for.
        public let selection: [FieldSelection]
        /// The consent without which it is told of nobody; nil: none is needed.
        public let consent: ConsentClause?

        /// A reader by its parts.
        public init(
            party: Party, offer: Offer? = nil, groups: [String]? = nil, selection: [FieldSelection] = [],
            consent: ConsentClause? = nil
        ) {
            self.party = party
            self.offer = offer
            self.groups = groups
            self.selection = selection
            self.consent = consent
        }

        /// Which events of a type a reader is offered.
        public enum Offer: String, CaseIterable, Sendable {
            /// All: a statute obliges the owner to tell this reader (*uppgiftsskyldighet*).
            case all
            /// Those that name the agency.
            case concerned
            /// Those of a person on whom the agency holds a case.
            case caseHolder = "case"
        }

        /// `kommun/forskola`
        public var description: String { party.description }
    }

    /// The groups of its fields, in the order in which they are written, each once.
    public var groups: [String] {
        var groups: [String] = []
        for group in fields.compactMap(\.group) where !groups.contains(group) { groups.append(group) }
        return groups
    }
}

/// A field of an event type, or of an object in one.
public struct Field: Sendable {
    /// The key.
    public let name: String
    /// What it says, in English.
    public let description: String
    /// What stands in it.
    public let type: FieldType
    /// Whether it must be there.
    public let isRequired: Bool
    /// The group of fields that a reader may have a right to, for data minimisation; nil in shared objects.
    public let group: String?
    /// Whether it gives away where a person with protected personal data is.
    public let isProtected: Bool
    /// What the person in it is to the subject: `mother`.
    public let relation: String?
    /// Whether some reader of the type has no right to it: to that reader it is absent though it is required.
    public internal(set) var isWithheld = false
    /// Whether it must be there but for people with protected personal data: the schema itself does not require it, for
    /// of them the bus takes it out.
    public internal(set) var isRequiredUnlessProtected = false
    /// Whether the schema says, either way, if it gives away a place.
    public internal(set) var saysProtection = false
    /// Whether it says how protected the subject is: `marked`, `protected`, `lifted`.
    public internal(set) var setsProtection = false
}

/// What stands in a field.
public indirect enum FieldType: Equatable, Sendable {
    /// Text of any form, and how long it may be in characters.
    case string(Bounds)
    /// A whole number, and which.
    case integer(Bounds)
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// Text in a form that has a Swift type.
    case formatted(TextFormat)
    /// A value or object by the Swift name of its definition.
    case defined(String)
    /// A list.
    case array(of: FieldType)
}

/// The least and the most that a schema allows; nil: it sets no bound.
public struct Bounds: Equatable, Sendable {
    /// The least.
    public let minimum: Int?
    /// The most.
    public let maximum: Int?
}

/// The forms of text that have a Swift type; their names are the values of `format`.
public enum TextFormat: String, CaseIterable, Sendable {
    /// The key of a person, an organisation or a desk.
    case subject
    /// A calendar day.
    case date
    /// A calendar month.
    case month
    /// An instant in UTC.
    case dateTime = "date-time"
    /// An agency.
    case agency
    /// A line of a citizen's status page.
    case tile
    /// A municipality's four digits: text in Swift.
    case municipality
    /// A time on the clock, hours and minutes: text in Swift.
    case clock
    /// A half of a calendar year: text in Swift.
    case halfYear = "half-year"
    /// From one age to another: text in Swift.
    case ageRange = "age-range"
}

/// An enum or object with a name.
public struct Definition: Sendable {
    /// Its Swift name.
    public let swiftName: String
    /// Its English title.
    public let title: String
    /// Its Swedish title.
    public let titleSwedish: String
    /// What it says, in English.
    public let description: String
    /// What it is.
    public let content: Content
    /// The file.
    public let file: String

    /// What a definition is.
    public enum Content: Sendable {
        /// One of some texts.
        case values([Value])
        /// Fields.
        case object([Field])
    }

    /// A value of an enum.
    public struct Value: Sendable {
        /// The text in a message.
        public let text: String
        /// The Swift case.
        public let swiftName: String
        /// What it means, in English.
        public let description: String?
        /// What a page calls it, in Swedish.
        public let titleSwedish: String?
    }
}
