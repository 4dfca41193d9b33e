/// A part of a case that most cases never touch: it is kept only where it differs from its beginning.
///
/// An agency that plays many roles has a part for each; a person's case needs one or two of them.
@propertyWrapper
public struct Part<Value: CasePart>: Sendable {
    /// The part.
    public var wrappedValue: Value

    /// A part at its beginning.
    public init() { wrappedValue = Value() }

    /// A part.
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

/// What can be a ``Part``: it has a beginning.
public protocol CasePart: Codable, Equatable, Sendable {
    /// The beginning.
    init()
}

// Only the containers of a type that has the part see whether it is at its beginning, so these two do the work.
extension Part: Codable {
    /// Writes the part.
    public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }

    /// Reads the part.
    public init(from decoder: any Decoder) throws { wrappedValue = try Value(from: decoder) }
}

extension KeyedEncodingContainer {
    /// Writes a part that is not at its beginning.
    public mutating func encode<Value>(_ part: Part<Value>, forKey key: Key) throws {
        if part.wrappedValue != Value() { try encode(part.wrappedValue, forKey: key) }
    }
}

extension KeyedDecodingContainer {
    /// Reads a part; one that is absent is at its beginning.
    public func decode<Value>(_ type: Part<Value>.Type, forKey key: Key) throws -> Part<Value> {
        Part(wrappedValue: try decodeIfPresent(Value.self, forKey: key) ?? Value())
    }
}
