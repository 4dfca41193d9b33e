/// A type that reads itself from the tape, without the boxes of a `Decoder`.
public protocol JSONReadable {
    /// Reads the value.
    /// - Throws: `JSONDecodingError` with the path from where reading began; an error of the type's own.
    init(json source: JSONSource) throws
}

extension JSONReadable where Self: JSONStringDecodable {
    /// Reads the value from a string.
    /// - Throws: `JSONDecodingError` for another value, and for a string that is none of this type.
    @inlinable
    public init(json source: JSONSource) throws {
        guard let value = Self(jsonString: try source.stringBytes()) else {
            throw source.invalid("this is not a valid \(Self.self)")
        }
        self = value
    }
}

extension String: JSONReadable {
    /// Reads a string.
    /// - Throws: `JSONDecodingError` for another value.
    public init(json source: JSONSource) throws {
        self.init(decoding: try source.stringBytes(), as: UTF8.self)
    }
}

extension Bool: JSONReadable {
    /// Reads `true` or `false`.
    /// - Throws: `JSONDecodingError` for another value.
    public init(json source: JSONSource) throws {
        guard let bool = source.value.bool else { throw source.mismatch("true or false") }
        self = bool
    }
}

extension Int: JSONReadable {
    /// Reads a whole number.
    /// - Throws: `JSONDecodingError` for another value, and for a number that is not whole or has more than 64 bits.
    public init(json source: JSONSource) throws {
        if let wide = source.value.int {
            self.init(wide)
        } else {
            self = try TapeDecoder(value: source.value, root: source.root).integer(Int.self)
        }
    }
}

extension Double: JSONReadable {
    /// Reads a number.
    /// - Throws: `JSONDecodingError` for another value, and for a number too large to be finite.
    public init(json source: JSONSource) throws {
        self = try TapeDecoder(value: source.value, root: source.root).decode(Double.self)
    }
}

extension Array: JSONReadable where Element: JSONReadable {
    /// Reads an array, each element as its type does.
    /// - Throws: `JSONDecodingError` for another value; what an element throws.
    @inlinable
    public init(json source: JSONSource) throws {
        var elements = try source.elements()
        self.init()
        reserveCapacity(elements.count)
        while let element = elements.next() { append(try Element(json: element)) }
    }
}
