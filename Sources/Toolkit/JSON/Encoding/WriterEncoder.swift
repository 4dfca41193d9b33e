/// Encodes one value into the shared text.
///
/// Twenty-four bytes, so that the existential it travels in needs no allocation.
struct WriterEncoder: Encoder {
    let state: EncodingState
    /// How many containers are open around the value.
    let level: Int
    /// The length of the text before the value.
    let mark: Int

    var codingPath: [any CodingKey] { state.path(level) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        state.open(keys: ObjectIdentifier(Key.self), level: level, mark: mark)
        return KeyedEncodingContainer(KeyedWriter<Key>(state: state, level: level, start: mark))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        state.open(keys: nil, level: level, mark: mark)
        return UnkeyedWriter(state: state, level: level, start: mark)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension WriterEncoder: SingleValueEncodingContainer {
    /// Writes the one value by hand.
    @inline(__always)
    func write(_ body: (inout JSONWriter) -> Void) throws {
        try state.single(level: level, mark: mark)
        body(&state.writer)
    }

    func encodeNil() throws { try write { $0.null() } }
    func encode(_ value: Bool) throws { try write { $0.bool(value) } }
    func encode(_ value: String) throws { try write { $0.string(value) } }
    func encode(_ value: Int) throws { try write { $0.int(Int64(value)) } }
    func encode(_ value: Int8) throws { try write { $0.int(Int64(value)) } }
    func encode(_ value: Int16) throws { try write { $0.int(Int64(value)) } }
    func encode(_ value: Int32) throws { try write { $0.int(Int64(value)) } }
    func encode(_ value: Int64) throws { try write { $0.int(value) } }
    func encode(_ value: UInt) throws { try write { $0.uint(UInt64(value)) } }
    func encode(_ value: UInt8) throws { try write { $0.uint(UInt64(value)) } }
    func encode(_ value: UInt16) throws { try write { $0.uint(UInt64(value)) } }
    func encode(_ value: UInt32) throws { try write { $0.uint(UInt64(value)) } }
    func encode(_ value: UInt64) throws { try write { $0.uint(value) } }
    func encode(_ value: Double) throws { try floating(value) }
    func encode(_ value: Float) throws { try floating(value) }

    func encode<T: Encodable>(_ value: T) throws {
        try state.single(level: level, mark: mark)
        _ = try state.encode(value, level: level)
    }

    private func floating<T: BinaryFloatingPoint & CustomStringConvertible>(_ value: T) throws {
        guard value.isFinite else { throw state.reject("\(value.description) is no JSON number", level) }
        try write { $0.floating(value.description, isFinite: true) }
    }
}
