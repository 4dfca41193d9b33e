/// What the data of an event may be used for, as a topic's manifest names it: `survivors-pension`.
///
/// A need names its purpose, for one topic carries needs of several; an answer repeats it.
public struct Purpose: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name, small letters and single hyphens.
    public let name: String

    /// What a name looks like.
    static let textForm = "a name of at most 60 small letters and single hyphens, such as survivors-pension"

    /// A purpose; nil for what is no name of one.
    public init?(_ name: some StringProtocol) {
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        guard name.utf8.count <= 60,
            words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 } })
        else { return nil }
        self.name = String(name)
    }

    /// A purpose that the program itself names; another text than a name's is a programming error and traps.
    public init(known name: StaticString) {
        guard let purpose = Purpose(String(describing: name)) else { preconditionFailure("no name of a purpose") }
        self = purpose
    }

    /// The name.
    public var description: String { name }
}
