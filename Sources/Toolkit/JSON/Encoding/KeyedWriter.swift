/// The members of an object that a type is encoding.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: EncodingState
    /// The place of the object among the open containers.
    let level: Int
    /// The length of the text before the object.
    let start: Int

    var codingPath: [any CodingKey] { state.path(level) }

    /// Writes a key and hands out the encoder for its value.
    @inline(__always)
    private func value(_ key: some CodingKey) throws -> WriterEncoder {
        try state.key(key.stringValue, level: level, start: start)
        return WriterEncoder(state: state, level: level + 1, mark: state.writer.bytes.count)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { nested(JSONPath.Step(stringValue: "super")) }
    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: some CodingKey) -> WriterEncoder {
        do {
            try state.key(key.stringValue, level: level, start: start)
            return state.awaitValue(level: level)
        } catch {
            return state.refusing(level: level)
        }
    }

    func encodeNil(forKey key: Key) throws { try value(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: String, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { try self.value(key).encode(value) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try state.key(key.stringValue, level: level, start: start)
        try state.encodeInside(value, level: level + 1)
    }
}
