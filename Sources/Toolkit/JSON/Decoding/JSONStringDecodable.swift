/// A type whose JSON form is one string, and which can be read from the string's bytes.
///
/// For keys, dates and ids: decoding makes no `String`. A type states the conformance and gives this one initialiser;
/// its `Decodable` follows and works with every decoder.
public protocol JSONStringDecodable: Decodable {
    /// The value written as this text (UTF-8, escapes resolved); nil if it is none.
    ///
    /// The bytes are valid only during the call.
    init?(jsonString bytes: UnsafeRawBufferPointer)
}

// Inlinable, because a module's own types then get their own copy: the generic one asks the run time for the metadata
// of `Self?` at each value.
extension JSONStringDecodable {
    /// Decodes the value from a string.
    /// - Throws: `JSONDecodingError` from a `JSONValue`, else `DecodingError`.
    @inlinable
    public init(from decoder: any Decoder) throws {
        if let bytes = try JSONStringSource.bytes(decoder) {
            guard let value = Self(jsonString: bytes) else { throw JSONStringSource.invalid(decoder, Self.self) }
            self = value
        } else {
            var text = try String(from: decoder)
            guard let value = text.withUTF8({ Self(jsonString: UnsafeRawBufferPointer($0)) }) else {
                throw JSONStringSource.invalid(decoder, Self.self)
            }
            self = value
        }
    }
}

extension JSONStringDecodable where Self: RawRepresentable, RawValue == String {
    /// The case with this raw value.
    @inlinable
    public init?(jsonString bytes: UnsafeRawBufferPointer) {
        self.init(rawValue: String(decoding: bytes, as: UTF8.self))
    }

    /// Decodes the case from its raw value.
    /// - Throws: `JSONDecodingError` from a `JSONValue`, else `DecodingError`.
    @inlinable
    public init(from decoder: any Decoder) throws {
        guard let value = Self(rawValue: try String(from: decoder)) else {
            throw JSONStringSource.invalid(decoder, Self.self)
        }
        self = value
    }
}

/// What the initialisers above need of a decoder.
@usableFromInline
enum JSONStringSource {
    /// The text that a tape's decoder stands on; nil for other decoders.
    @usableFromInline
    static func bytes(_ decoder: any Decoder) throws -> UnsafeRawBufferPointer? {
        guard let tape = tapeDecoder(decoder) else { return nil }
        guard let bytes = tape.value.stringBytes else { throw tape.mismatch("a string") }
        return bytes
    }

    /// The error for a string that is no value of `type`.
    @usableFromInline
    static func invalid(_ decoder: any Decoder, _ type: any Decodable.Type) -> any Error {
        let reason = "this is not a valid \(type)"
        if let tape = tapeDecoder(decoder) { return JSONDecodingError(at: tape.value, below: tape.root, reason) }
        return DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
    }

    /// The decoder of a tape, if that is what it is; comparing two types costs less than a cast at run time.
    @inline(__always)
    private static func tapeDecoder(_ decoder: any Decoder) -> TapeDecoder? {
        @inline(__always)
        func open<D: Decoder>(_ decoder: D) -> TapeDecoder? {
            // The two types have just been found to be the same, so the bits are those of a `TapeDecoder`.
            D.self == TapeDecoder.self ? unsafeBitCast(decoder, to: TapeDecoder.self) : nil
        }
        return open(decoder)
    }
}
