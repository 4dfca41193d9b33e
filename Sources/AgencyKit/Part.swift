/// A part of a case that most cases never touch: it takes memory, and is kept, only once it has been changed.
///
/// An agency that plays many roles has a part for each; a person's case needs one or two of them. Copying a case copies
/// a reference for each part; changing a part copies that part, if another copy of the case still holds it.
@propertyWrapper
public struct Part<Value: CasePart & Sendable>: Sendable {
    /// Unchecked: the value is changed only by the one reference to a box, so nobody else can be reading it.
    @usableFromInline final class Box: @unchecked Sendable {
        @exclusivity(unchecked) @usableFromInline var value: Value
        @inlinable init(_ value: Value) { self.value = value }
    }

    @usableFromInline var box: Box?

    /// The part.
    @inlinable public var wrappedValue: Value {
        _read {
            if let box { yield box.value } else { yield Value() }
        }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box?.value ?? Value()) }
            // There is a box now: the other branch is never taken.
            if let own = box { yield &own.value } else { preconditionFailure("a part without its box") }
        }
        set { box = Box(newValue) }
    }

    /// A part at its beginning.
    @inlinable public init() {}

    /// A part.
    @inlinable public init(wrappedValue: Value) { box = wrappedValue == Value() ? nil : Box(wrappedValue) }

    var isUntouched: Bool { box == nil }

    /// A part that was touched, without asking whether it is as at its beginning.
    package init(touched value: consuming Value) { box = Box(value) }

    /// Lends the value where it stands, if the part was touched.
    package func withTouched<Result>(_ body: (UnsafePointer<Value>) throws -> Result) rethrows -> Result? {
        guard let box else { return nil }
        return try withUnsafeMutablePointer(to: &box.value) { try body(UnsafePointer($0)) }
    }
}

/// What can be a ``Part``: it has a beginning.
public protocol CasePart: Codable, Equatable {
    /// The beginning.
    init()
}

// Only the containers of a type that has the part see whether it is at its beginning, so these two do the work.
extension Part: Codable {
    /// Writes the part.
    public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }

    /// Reads the part.
    public init(from decoder: any Decoder) throws { self.init(wrappedValue: try Value(from: decoder)) }
}

extension KeyedEncodingContainer {
    /// Writes a part that was changed.
    public mutating func encode<Value>(_ part: Part<Value>, forKey key: Key) throws {
        if !part.isUntouched { try encode(part.wrappedValue, forKey: key) }
    }
}

extension KeyedDecodingContainer {
    /// Reads a part; one that is absent is at its beginning.
    public func decode<Value>(_ type: Part<Value>.Type, forKey key: Key) throws -> Part<Value> {
        guard let value = try decodeIfPresent(Value.self, forKey: key) else { return Part() }
        return Part(wrappedValue: value)
    }
}

extension Optional: CasePart where Wrapped: Codable & Equatable {
    /// Nothing.
    @inlinable public init() { self = nil }
}
