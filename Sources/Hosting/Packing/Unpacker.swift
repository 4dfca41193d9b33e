/// Decodes one value from the packed bytes. Fields are read in the order in which they were written; one that does not come
/// next is absent.
struct Unpacker: Decoder {
    let state: PackingState

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        state.isOpen = true
        return KeyedDecodingContainer(FieldUnpacker<Key>(state: state))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw PackingError.unsupported }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension PackingState {
    /// The next value.
    @inline(__always)
    func read<T: Decodable>(_ type: T.Type) throws -> T {
        let place = scratch.take(MemoryLayout<T>.size, alignment: MemoryLayout<T>.alignment)
        defer { scratch.give(place) }
        try packing(of: T.self).unpack(place, self)
        return place.assumingMemoryBound(to: T.self).move()
    }
}

extension Unpacker: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try state.read(type) }
}

/// The fields of a value that is unpacked.
struct FieldUnpacker<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let state: PackingState

    var codingPath: [any CodingKey] { [] }

    /// The name of the field that comes next, if there is one.
    var allKeys: [Key] {
        let next = state.bytes.next
        guard next > 0 else { return [] }
        let place = state.scratch.take(MemoryLayout<Key>.size, alignment: MemoryLayout<Key>.alignment)
        defer { state.scratch.give(place) }
        if MemoryLayout<Key>.size == 1 { place.storeBytes(of: next - 1, as: UInt8.self) }
        return [place.load(as: Key.self)]
    }

    func contains(_ key: Key) -> Bool { isNext(key) }

    @inline(__always)
    private func isNext(_ key: Key) -> Bool {
        let next = state.bytes.next
        guard next > 0 else { return false }
        return MemoryLayout<Key>.size == 0 || withUnsafeBytes(of: key) { $0[0] } == next - 1
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        guard isNext(key) else { throw PackingError.damaged }
        state.bytes.skip()
        return KeyedDecodingContainer(FieldUnpacker<Inner>(state: state))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw PackingError.unsupported
    }

    func superDecoder() throws -> any Decoder { throw PackingError.unsupported }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw PackingError.unsupported }
    func decodeNil(forKey key: Key) throws -> Bool { !isNext(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        guard isNext(key) else { throw PackingError.damaged }
        state.bytes.skip()
        return try state.read(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard isNext(key) else { return nil }
        state.bytes.skip()
        return try state.read(type)
    }
}
