/// Why a Swift value could not be written as JSON.
public struct JSONEncodingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the value that was encoded, such as `payees[1].share`; empty for the value itself.
    public let path: String
    /// What is wrong there.
    public let reason: String

    /// Says what is wrong with a value, for types that encode by hand.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// A sentence for a person.
    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
