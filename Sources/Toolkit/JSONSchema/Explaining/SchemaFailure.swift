/// Why a value is not valid.
public struct SchemaFailure: Equatable, Sendable, CustomStringConvertible {
    /// Where in the message, as a JSON Pointer; empty for the whole.
    public let instancePath: String
    /// Where in the message, for a person: `data.payees[1].share`; empty for the whole.
    public let place: String
    /// The byte of the message at which the value starts.
    public let offset: Int
    /// The keyword that does not hold; empty for the schema `false`.
    public let keyword: String
    /// Where the schema says so.
    public let schemaLocation: SchemaLocation
    /// A sentence without the place and without a full stop.
    public let message: String
    /// What would be right: values of `enum` and `const`, words of a `format`, known names for one that is unknown, names
    /// that are missing.
    public let allowed: [String]
    /// The value, or the unknown name, shortened; nil where values are not to be quoted.
    public let actual: String?
    /// A regular expression of ECMA-262 that is found in every text which would be right: of a `pattern`, and of a `format`
    /// that names one.
    public let pattern: String?
    /// For `anyOf` and `oneOf`, the first thing wrong with each alternative; at most 8.
    public let causes: [SchemaFailure]

    /// `data.birthDate: '2026-13-01' is no date; write yyyy-mm-dd`
    public var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
