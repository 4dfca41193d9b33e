public import LifeEvents

/// A branch of an owner: who an access list's row is for.
public struct Party: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The owner, `team` in a row.
    public let owner: Owner
    /// The branch, `application` in a row.
    public let branch: Branch

    /// A branch of an owner.
    public init(_ owner: Owner, _ branch: Branch) {
        self.owner = owner
        self.branch = branch
    }

    /// The owner as a whole.
    public init(whole owner: Owner) {
        self.init(owner, Branch(whole: owner))
    }

    /// `kommun/forskola`, as a row would be found by.
    public var description: String { "\(owner)/\(branch)" }

    /// By owner, then by branch.
    public static func < (left: Party, right: Party) -> Bool {
        left.owner == right.owner ? left.branch < right.branch : left.owner < right.owner
    }

    func matches(_ rule: AccessRule) -> Bool {
        rule.team == owner.description && rule.application == branch.name
    }
}

/// A rule of an agency that hears a type.
public struct DeclaredReading: Sendable {
    /// Who reads.
    public let party: Party
    /// The type.
    public let type: EventType
    /// The rule's name: `stop at death`.
    public let rule: String
    /// Where the rule stands.
    public let file: String
    /// Where the rule stands, from 1.
    public let line: Int

    /// A reading by its parts.
    public init(party: Party, type: EventType, rule: String, file: String, line: Int) {
        self.party = party
        self.type = type
        self.rule = rule
        self.file = file
        self.line = line
    }
}

/// A type that a branch declares to publish.
public struct DeclaredWriting: Hashable, Sendable {
    /// Who writes.
    public let party: Party
    /// The type.
    public let type: EventType

    /// A writing by its parts.
    public init(party: Party, type: EventType) {
        self.party = party
        self.type = type
    }
}
