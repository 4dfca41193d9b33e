public import JSON

/// Which events of a type a reader is offered by what stands in a field of theirs: a branch of a municipality hears of the
/// cases of its own service alone.
public struct FieldSelection: Hashable, Sendable {
    /// The field's name.
    public let field: String
    /// The values that are offered.
    public let values: [String]
    private let name: [UInt8]
    private let texts: [[UInt8]]

    /// A selection by a field of `data`.
    public init(field: String, values: [String]) {
        self.field = field
        self.values = values
        name = Array(field.utf8)
        texts = values.map { Array($0.utf8) }
    }

    /// Whether data has one of the values in the field; nil: it lacks the field, as an annulment's data does. Allocates
    /// nothing.
    public func admits(_ data: JSONValue?) -> Bool? {
        guard let data, data.kind == .object,
            let member = name.withUnsafeBytes({ data.member($0) })
        else { return nil }
        // Yes and no are written as JSON writes them.
        guard let value = member.kind == .bool ? member.rawBytes : member.stringBytes else { return nil }
        return texts.contains { text in text.count == value.count && text.withUnsafeBytes { $0.elementsEqual(value) } }
    }
}
