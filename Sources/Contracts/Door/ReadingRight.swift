public import JSON
public import LifeEvents

/// What a branch is told of a type: which events, which fields, for what purpose and by which law.
public struct ReadingRight: Hashable, Sendable {
    /// The type.
    public let type: EventType
    /// Who reads.
    public let party: Party
    /// Which events of the type.
    public let offer: Offer
    /// The groups of fields that the reader gets, in the schema's order.
    public let groups: [String]
    /// The fields that the reader does not get, in the schema's order.
    public let hiddenFields: [String]
    /// Who an event concerns, where ``offer`` asks for it.
    public let delimitation: Delimitation
    /// What fields must say for an event to be offered; empty: nothing is asked for.
    public let selection: [FieldSelection]
    /// The consent without which the reader is told of nobody; nil: none is needed.
    public let consent: ConsentClause?
    /// What the data may be used for; empty where no contract says it.
    public let purpose: String
    /// The law that lets the data flow (*lagrum*), in Swedish; nil where nobody has found it yet.
    public let legalBasis: String?
    /// How much harm a leak could do; nil where no contract says it.
    public let informationClass: InformationClass?

    /// Which events of a type a reader is offered.
    public enum Offer: Hashable, Sendable {
        /// All of them.
        case all
        /// Those that name the agency; of a later link of a fact also those of a person on whom the agency holds a case,
        /// which it has because an earlier link named it.
        case concerned
        /// Those of a person on whom the agency holds a case.
        case caseHolder
        /// None, and why.
        case none(reason: String)
    }

    /// A right by its parts.
    public init(
        type: EventType, party: Party, offer: Offer, groups: [String] = [], hiddenFields: [String] = [],
        delimitation: Delimitation = Delimitation(), selection: [FieldSelection] = [],
        consent: ConsentClause? = nil, purpose: String = "", legalBasis: String? = nil,
        informationClass: InformationClass? = nil
    ) {
        self.type = type
        self.party = party
        self.offer = offer
        self.groups = groups
        self.hiddenFields = hiddenFields
        self.delimitation = delimitation
        self.selection = selection
        self.consent = consent
        self.purpose = purpose
        self.legalBasis = legalBasis
        self.informationClass = informationClass
    }

    /// Whether what an event's fields say lets it be offered.
    /// - Parameter follows: whether the agency holds a case, and the event is a later link of a fact: then data that lacks
    ///   the field, as an annulment's does, is offered.
    public func admits(_ data: JSONValue?, follows: Bool) -> Bool {
        selection.allSatisfy { $0.admits(data) ?? follows }
    }

    /// Whether the reader is offered anything of the type.
    public var isGranted: Bool {
        if case .none = offer { return false }
        return true
    }
}
