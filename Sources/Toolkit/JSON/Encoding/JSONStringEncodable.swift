/// A type whose JSON form is one string, and which can write it without making a `String`.
///
/// A type states the conformance and gives this one method; its `Encodable` follows and works with every encoder.
public protocol JSONStringEncodable: Encodable {
    /// Writes the value with exactly one call of `string`.
    func write(jsonString writer: inout JSONWriter)
}

/// A type whose JSON form is one string, both ways.
public typealias JSONStringCodable = JSONStringDecodable & JSONStringEncodable

extension JSONStringEncodable {
    /// Encodes the value as a string.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        if let own = writerEncoder(encoder) {
            try own.write { write(jsonString: &$0) }
        } else {
            var writer = JSONWriter()
            write(jsonString: &writer)
            var container = encoder.singleValueContainer()
            try container.encode(JSONTape.reading(writer.bytes) { try $0.decode(String.self) })
        }
    }
}

extension JSONStringEncodable where Self: RawRepresentable, RawValue == String {
    /// Writes the raw value.
    public func write(jsonString writer: inout JSONWriter) { writer.string(rawValue) }

    /// Encodes the raw value.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// The encoder of a `JSONWriter`, if that is what it is; comparing two types costs less than a cast at run time.
@inline(__always)
private func writerEncoder(_ encoder: any Encoder) -> WriterEncoder? {
    @inline(__always)
    func open<E: Encoder>(_ encoder: E) -> WriterEncoder? {
        // The two types have just been found to be the same, so the bits are those of a `WriterEncoder`.
        E.self == WriterEncoder.self ? unsafeBitCast(encoder, to: WriterEncoder.self) : nil
    }
    return open(encoder)
}
