/// A part of an agency that reads and writes by itself (*verksamhetsgren*): secrecy holds between the branches of one
/// agency as it does between agencies (OSL 8 kap. 2 §).
///
/// Its name is what an access list calls the application: `folkbokforing`. An owner without branches reads as a whole,
/// and then its own name stands there.
public struct Branch: Hashable, Comparable, Sendable {
    /// Words of letters a to z with one hyphen between.
    public let name: String

    /// A name written in the code; anything but letters a to z with single hyphens between is a programming error and
    /// traps.
    public init(_ name: StaticString) {
        guard let branch = Branch(text: "\(name)") else {
            preconditionFailure("a branch is letters a to z with single hyphens between, not \(name)")
        }
        self = branch
    }

    /// A name from outside; nil unless it is letters a to z with single hyphens between.
    public init?(text: some StringProtocol) {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isName = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
        }
        guard isName else { return nil }
        name = String(text)
    }

    /// The branch of an owner that has none: the owner as a whole.
    public init(whole owner: Owner) {
        name = owner.description
    }

    /// Alphabetical.
    public static func < (left: Branch, right: Branch) -> Bool {
        left.name < right.name
    }
}

extension Branch: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
