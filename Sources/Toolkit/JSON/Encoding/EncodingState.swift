/// What the encoder and the containers of one value share: the writer and the containers that are open in it.
///
/// The text is written as the type encodes, so only the innermost open container and those around it can go on. Each
/// encoder and container knows its level and the length of the text when it was made; two of the same level differ in
/// that length, so one that is used too late is found out.
final class EncodingState {
    /// A container that is open.
    struct Level {
        let isObject: Bool
        /// The length of the text before the container.
        let start: Int
        /// How many elements, also of keys and values, have been started.
        var count = 0
        /// The length of the text before the last key.
        var key = 0
        /// The length of the text when an encoder was handed out that has to write one value; -1 for none.
        var awaited = -1
        /// How many values belong together when sorting; 0 to leave the order.
        let stride: Int
        /// The lengths of the text before each group of values to be sorted.
        var groups: [Int] = []
    }

    // Only methods of this class touch these, and none hands out a reference while another runs.
    @exclusivity(unchecked) var writer: JSONWriter
    @exclusivity(unchecked) private(set) var levels: [Level] = []
    /// The first error. The text is spoilt by it and no more is written, also when a type catches the error or the
    /// standard library's protocol let none be thrown.
    @exclusivity(unchecked) private var failure: JSONEncodingError?
    /// The stride of the container that the value now encoding will open.
    @exclusivity(unchecked) private var stride = 0

    /// The type of the keys with which dictionaries encode themselves; nil while that is being found out.
    private let dictionaryKeys: ObjectIdentifier?
    /// The type of the keys of the object opened last.
    @exclusivity(unchecked) private(set) var lastKeys: ObjectIdentifier?

    init(isPretty: Bool, dictionaryKeys: ObjectIdentifier?) {
        writer = JSONWriter(pretty: isPretty)
        self.dictionaryKeys = dictionaryKeys
        levels.reserveCapacity(4)
    }

    func root<T: Encodable>(_ value: T) throws {
        let hasWritten = try encode(value, level: 0)
        if let failure { throw failure }
        if !hasWritten { throw JSONEncodingError(path: "", reason: "\(T.self) encoded no value") }
    }

    /// Encodes a value that stands in `level` containers; false if it wrote nothing.
    func encode<T: Encodable>(_ value: T, level: Int) throws -> Bool {
        let mark = writer.bytes.count
        // Asking for a conformance costs more than writing a short value; dictionaries and sets are one pointer.
        stride =
            MemoryLayout<T>.size == MemoryLayout<UnsafeRawPointer>.size
            ? (T.self as? any UnorderedCollection.Type)?.valuesInGroup ?? 0 : 0
        do {
            try value.encode(to: WriterEncoder(state: self, level: level, mark: mark))
        } catch {
            _ = reject("\(error)", level)
            throw error
        }
        stride = 0
        closeLevels(to: level)
        return writer.bytes.count > mark
    }

    /// Encodes a member or element; one that writes nothing is an empty object.
    func encodeInside<T: Encodable>(_ value: T, level: Int) throws {
        if try !encode(value, level: level), failure == nil { emptyObject() }
    }

    // MARK: - Containers

    /// Opens the container of an encoder, or goes on with it if the encoder has opened it before.
    func open(keys: ObjectIdentifier?, level: Int, mark: Int) {
        let isObject = keys != nil
        if levels.count > level, levels[level].start == mark {
            closeLevels(to: level + 1)
            if levels[level].isObject != isObject { _ = reject("a type encodes both an object and an array", level) }
            return
        }
        guard levels.count == level, writer.bytes.count == mark else {
            _ = reject("a type encodes a second value, or one too late", level)
            return
        }
        guard writer.depth < JSONTape.depthLimit else {
            _ = reject("\(JSONError.Reason.tooDeep)", level)
            return
        }
        isObject ? writer.beginObject() : writer.beginArray()
        lastKeys = keys
        let group = isObject ? (keys == dictionaryKeys ? 1 : 0) : stride
        levels.append(Level(isObject: isObject, start: mark, stride: group))
        stride = 0
    }

    /// Goes back to a container: those inside it are closed.
    @inline(__always)
    private func enter(_ level: Int, start: Int) throws(JSONEncodingError) {
        if let failure { throw failure }
        guard levels.count > level, levels[level].start == start else {
            throw reject("a container is written to after its end", level)
        }
        if levels.count > level + 1 || levels[level].awaited >= 0 { closeLevels(to: level + 1) }
    }

    /// Starts a member of the object at `level`.
    @inline(__always)
    func key(_ name: String, level: Int, start: Int) throws(JSONEncodingError) {
        try enter(level, start: start)
        levels[level].key = writer.bytes.count
        if levels[level].stride > 0 { levels[level].groups.append(writer.bytes.count) }
        writer.key(name)
    }

    /// Starts an element of the array at `level`.
    @inline(__always)
    func element(level: Int, start: Int) throws(JSONEncodingError) {
        try enter(level, start: start)
        let stride = levels[level].stride
        if stride > 0, levels[level].count % stride == 0 { levels[level].groups.append(writer.bytes.count) }
        levels[level].count += 1
    }

    /// Starts a value of an encoder that is asked for one.
    @inline(__always)
    func single(level: Int, mark: Int) throws(JSONEncodingError) {
        if let failure { throw failure }
        guard levels.count == level, writer.bytes.count == mark else {
            throw reject("a type encodes a second value, or one too late", level)
        }
    }

    /// An encoder for the value that comes next in the container at `level`.
    func awaitValue(level: Int) -> WriterEncoder {
        levels[level].awaited = writer.bytes.count
        return WriterEncoder(state: self, level: level + 1, mark: writer.bytes.count)
    }

    /// Closes containers until `count` are open.
    private func closeLevels(to count: Int) {
        guard failure == nil else { return }
        settle()
        while levels.count > count {
            let level = levels.removeLast()
            if !level.groups.isEmpty { writer.sortGroups(level.groups) }
            level.isObject ? writer.endObject() : writer.endArray()
            settle()
        }
    }

    /// Writes the empty object of an encoder that was handed out and not used.
    private func settle() {
        guard let last = levels.indices.last, levels[last].awaited >= 0 else { return }
        if levels[last].awaited == writer.bytes.count { emptyObject() }
        levels[last].awaited = -1
    }

    private func emptyObject() {
        writer.beginObject()
        writer.endObject()
    }

    // MARK: - Errors

    /// Notes an error in the value that stands in `level` containers, and gives it to be thrown.
    func reject(_ reason: String, _ level: Int) -> JSONEncodingError {
        if let failure { return failure }
        let error = JSONEncodingError(path: JSONPath.text(path(level)), reason: reason)
        failure = error
        return error
    }

    /// An encoder with which nothing can be written, where an error cannot be thrown.
    func refusing(level: Int) -> WriterEncoder { WriterEncoder(state: self, level: level, mark: -1) }

    /// The way to the value now encoded in the first `count` containers, read from the text.
    func path(_ count: Int) -> [JSONPath.Step] {
        levels.prefix(count).map { level in
            guard level.isObject else { return JSONPath.Step(intValue: max(level.count - 1, 0)) }
            let name = writer.bytes[level.key...].drop { $0 != UInt8(ascii: "\"") }.dropFirst()
            return JSONPath.Step(
                stringValue: String(decoding: name.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self))
        }
    }
}
