/// What became of a message at a branch of an agency.
public enum ReadingUse: Int64, Sendable, CaseIterable {
    /// A rule of the branch acted on it.
    case used = 1
    /// The branch was told, and no rule of it acted.
    case unused = 2
    /// The branch has it, and is away or never acts.
    case kept = 3
    /// A rule of the branch asked for it and had no right to it.
    case denied = 4
}

/// What a branch may be told of a type, as the ledger keeps it.
public struct LedgerRight: Hashable, Sendable {
    /// The type.
    public var type: String
    /// The owner of the agency.
    public var owner: String
    /// The branch.
    public var branch: String
    /// Which events: `all`, `concerned`, `case`, `none`.
    public var offer: String
    /// Why there is none.
    public var refusal: String?
    /// What the data may be used for.
    public var purpose: String
    /// The law that lets it flow (*lagrum*); nil where none is named.
    public var basis: String?
    /// The information class, C1 to C5; nil where none is named.
    public var informationClass: String?
    /// The groups of fields that the reader gets.
    public var groups: [String]
    /// The fields that it does not get.
    public var hidden: [String]

    /// A right by its parts.
    public init(
        type: String, owner: String, branch: String, offer: String, refusal: String? = nil, purpose: String,
        basis: String? = nil, informationClass: String? = nil, groups: [String] = [], hidden: [String] = []
    ) {
        self.type = type
        self.owner = owner
        self.branch = branch
        self.offer = offer
        self.refusal = refusal
        self.purpose = purpose
        self.basis = basis
        self.informationClass = informationClass
        self.groups = groups
        self.hidden = hidden
    }
}
