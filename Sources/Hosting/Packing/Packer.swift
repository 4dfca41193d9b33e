/// Encodes one value into the packed bytes: of each field the number of its name in its type, and its value.
///
/// Eight bytes, so that the existential it travels in needs no allocation.
struct Packer: Encoder {
    let state: PackingState

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        state.isOpen = true
        return KeyedEncodingContainer(FieldPacker<Key>(state: state, level: state.level))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { UnsupportedPacker() }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension Packer: SingleValueEncodingContainer {
    func encodeNil() throws { throw PackingError.unsupported }

    func encode<T: Encodable>(_ value: T) throws {
        try withUnsafePointer(to: value) { try state.packing(of: T.self).pack($0, state) }
    }
}

/// The number of a field's name among those of its type, from 1.
///
/// The names of a type's fields are an enumeration without values: a byte, or nothing where there is one. Names that are
/// made as a program runs, as those of a dictionary, have no numbers.
@inline(__always)
private func number<Key: CodingKey>(of key: Key) throws(PackingError) -> UInt8 {
    switch MemoryLayout<Key>.size {
    case 0: return 1
    case 1:
        let number = withUnsafeBytes(of: key) { $0[0] }
        guard number < .max else { throw .unsupported }
        return number + 1
    default: throw .unsupported
    }
}

/// The fields of a value that is packed.
struct FieldPacker<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: PackingState
    let level: Int

    var codingPath: [any CodingKey] { [] }

    @inline(__always)
    private func begin(_ key: Key) throws {
        guard level == state.level else { throw PackingError.unsupported }
        state.bytes.write(try number(of: key))
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        // Its end is that of the value: nothing may come after it.
        let isNext = level == state.level
        if isNext, let number = try? number(of: key) { state.bytes.write(number) }
        state.depth += 1
        if isNext { state.level = state.depth }
        return KeyedEncodingContainer(FieldPacker<Inner>(state: state, level: state.depth))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { UnsupportedPacker() }
    func superEncoder() -> any Encoder { UnsupportedEncoder() }
    func superEncoder(forKey key: Key) -> any Encoder { UnsupportedEncoder() }
    func encodeNil(forKey key: Key) throws { throw PackingError.unsupported }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try begin(key)
        try withUnsafePointer(to: value) { try state.packing(of: T.self).pack($0, state) }
    }
}

/// What has no packed form.
private struct UnsupportedPacker: UnkeyedEncodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int { 0 }

    func encodeNil() throws { throw PackingError.unsupported }
    func encode<T: Encodable>(_ value: T) throws { throw PackingError.unsupported }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        UnsupportedEncoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { UnsupportedEncoder() }
}

/// What has no packed form: its fields are refused, for no value has this level.
private struct UnsupportedEncoder: Encoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(FieldPacker<Key>(state: PackingState(), level: -1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { UnsupportedPacker() }

    func singleValueContainer() -> any SingleValueEncodingContainer { Packer(state: PackingState()) }
}
