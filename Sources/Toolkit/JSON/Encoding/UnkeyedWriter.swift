/// The elements of an array that a type is encoding.
struct UnkeyedWriter: UnkeyedEncodingContainer {
    let state: EncodingState
    /// The place of the array among the open containers.
    let level: Int
    /// The length of the text before the array.
    let start: Int

    var codingPath: [any CodingKey] { state.path(level) }

    /// How many elements have been started; 0 for an array that has ended.
    var count: Int {
        guard state.levels.count > level, state.levels[level].start == start else { return 0 }
        return state.levels[level].count
    }

    /// Starts an element and hands out the encoder for it.
    @inline(__always)
    private func value() throws -> WriterEncoder {
        try state.element(level: level, start: start)
        return WriterEncoder(state: state, level: level + 1, mark: state.writer.bytes.count)
    }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }

    private func nested() -> WriterEncoder {
        do {
            try state.element(level: level, start: start)
            return state.awaitValue(level: level)
        } catch {
            return state.refusing(level: level)
        }
    }

    func encodeNil() throws { try value().encodeNil() }
    func encode(_ value: Bool) throws { try self.value().encode(value) }
    func encode(_ value: String) throws { try self.value().encode(value) }
    func encode(_ value: Double) throws { try self.value().encode(value) }
    func encode(_ value: Float) throws { try self.value().encode(value) }
    func encode(_ value: Int) throws { try self.value().encode(value) }
    func encode(_ value: Int8) throws { try self.value().encode(value) }
    func encode(_ value: Int16) throws { try self.value().encode(value) }
    func encode(_ value: Int32) throws { try self.value().encode(value) }
    func encode(_ value: Int64) throws { try self.value().encode(value) }
    func encode(_ value: UInt) throws { try self.value().encode(value) }
    func encode(_ value: UInt8) throws { try self.value().encode(value) }
    func encode(_ value: UInt16) throws { try self.value().encode(value) }
    func encode(_ value: UInt32) throws { try self.value().encode(value) }
    func encode(_ value: UInt64) throws { try self.value().encode(value) }

    func encode<T: Encodable>(_ value: T) throws {
        try state.element(level: level, start: start)
        try state.encodeInside(value, level: level + 1)
    }
}
