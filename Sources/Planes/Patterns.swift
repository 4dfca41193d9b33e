public import Contracts
public import LifeEvents

/// Which types a row is for: one by its name, those of a beginning (`skatteverket.*`), or all (`*`).
public struct TypePattern: Hashable, Sendable {
    /// As it is written.
    public let text: String
    private let beginning: String?

    /// All types.
    public static let all = TypePattern(text: "*", beginning: "")

    private init(text: String, beginning: String?) { (self.text, self.beginning) = (text, beginning) }

    /// A pattern; nil if a star stands elsewhere than at the end.
    public init?(_ text: String) {
        guard !text.isEmpty, !text.dropLast().contains("*") else { return nil }
        self.init(text: text, beginning: text.hasSuffix("*") ? String(text.dropLast()) : nil)
    }

    /// Whether it is one type's name.
    public var isExact: Bool { beginning == nil }

    /// Whether a type is meant.
    public func matches(_ type: String) -> Bool { beginning.map { type.hasPrefix($0) } ?? (type == text) }
}

/// Which readers a row is for.
public enum ReaderPattern: Hashable, Sendable {
    /// All agencies.
    case all
    /// All branches of an owner's agencies.
    case owner(Owner)
    /// One branch of an owner's agencies.
    case branch(Party)
    /// One agency of many, all its branches.
    case agency(AgencyID)
    /// Parties without contracts, as insurers and landlords; nil: all of them.
    case party(String?)
    /// People, who read tiles.
    case people

    /// A pattern; nil if it is none.
    public init?(_ text: String) {
        if text == "*" {
            self = .all
        } else if text == "citizen" {
            self = .people
        } else if text.hasPrefix("party:") {
            let name = text.dropFirst("party:".count)
            guard !name.isEmpty else { return nil }
            self = .party(name == "*" ? nil : String(name))
        } else if let slash = text.firstIndex(of: "/") {
            guard let owner = Owner(text: text[..<slash]), let branch = Branch(text: text[text.index(after: slash)...])
            else { return nil }
            self = .branch(Party(owner, branch))
        } else if let owner = Owner(text: text) {
            self = .owner(owner)
        } else if let agency = AgencyID(text) {
            self = .agency(agency)
        } else {
            return nil
        }
    }

    /// Whether a branch of an agency is meant; `agency` nil: of any agency of the owner.
    public func matches(_ party: Party, _ agency: AgencyID?) -> Bool {
        switch self {
        case .all: true
        case .owner(let owner): owner == party.owner
        case .branch(let own): own == party
        case .agency(let own): own == agency
        case .party, .people: false
        }
    }
}
