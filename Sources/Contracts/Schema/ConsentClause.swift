public import JSON

/// That a reader is told of a person only with that person's consent (*samtycke*, 10 kap. 1 § OSL): where no statute obliges
/// the owner to tell.
public struct ConsentClause: Hashable, Sendable {
    /// What the consent must be for: one of these scopes.
    public let scopes: [String]
    /// Whether a consent that lets the reader tell the owner is one, too: both share what they do together.
    public let isMutual: Bool
    /// What fields must say for the clause to be asked; empty: it is always. A refusal to answer hands over nothing.
    public let selection: [FieldSelection]

    /// A clause by its parts.
    public init(scopes: [String], isMutual: Bool = false, selection: [FieldSelection] = []) {
        self.scopes = scopes
        self.isMutual = isMutual
        self.selection = selection
    }

    /// Whether data needs the consent. Data that lacks a field it goes by needs it.
    public func isAsked(of data: JSONValue?) -> Bool { selection.allSatisfy { $0.admits(data) ?? true } }

    /// `careFee`, or `rehabilitation or jobSeekerHandover`
    public var words: String { scopes.joined(separator: " or ") }
}
