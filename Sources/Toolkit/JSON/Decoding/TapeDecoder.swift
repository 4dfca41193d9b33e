/// Decodes one value of the tape.
///
/// Sixteen bytes without references, so that the existential it travels in needs no allocation.
struct TapeDecoder: Decoder {
    let value: JSONValue
    /// The token of the value that paths in errors start from.
    let root: UInt32

    @inline(__always)
    init(value: JSONValue, root: UInt32) {
        self.value = value
        self.root = root
    }

    var codingPath: [any CodingKey] {
        JSONPath.steps(to: value.index, from: JSONValue(storage: value.storage, index: root))
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try KeyedReader<Key>(value, root: root))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try UnkeyedReader(value, root: root)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    // MARK: - Scalars

    func mismatch(_ expected: String) -> JSONDecodingError {
        JSONDecodingError(value, isNot: expected, below: root)
    }

    @inline(__always)
    func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        if let wide = value.int, let number = T(exactly: wide) { return number }
        if let wide = value.uint, let number = T(exactly: wide) { return number }
        guard value.kind == .number else { throw mismatch("a whole number") }
        let isInteger = value.token.is(.integer)
        throw JSONDecodingError(
            at: value, below: root,
            isInteger ? "\(value.numberText) does not fit in \(T.self)" : "\(value.numberText) is not a whole \(T.self)"
        )
    }

    func number<T: BinaryFloatingPoint & LosslessStringConvertible>(_ type: T.Type) throws -> T {
        guard value.kind == .number else { throw mismatch("a number") }
        guard let number = T(value.numberText), number.isFinite else {
            throw JSONDecodingError(at: value, below: root, "\(value.numberText) does not fit in \(T.self)")
        }
        return number
    }
}

extension TapeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let bool = value.bool else { throw mismatch("true or false") }
        return bool
    }

    func decode(_ type: String.Type) throws -> String {
        guard let string = value.string else { throw mismatch("a string") }
        return string
    }

    func decode(_ type: Double.Type) throws -> Double { try value.double ?? number(type) }
    func decode(_ type: Float.Type) throws -> Float { try number(type) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }
}
