/// Reads the members of an object by their names, each name at most once.
///
/// ```swift
/// var reader = try JSONObjectReader(source)
/// person = try reader.required(Self.names.person)
/// spouse = try reader.optional(Self.names.spouse)
/// ```
///
/// Members in the order of the calls cost one comparison each, and as long as they come in it an absent one costs no
/// look at those before. Another order costs a search, and is as right. Members nobody asks for are passed over.
public struct JSONObjectReader {
    private let storage: UnsafeMutablePointer<TapeStorage>
    private let object: UInt32
    private let root: UInt32
    private let end: UInt32
    private var cursor: UInt32
    /// Where members begin that have not been taken: all before it have.
    private var untaken: UInt32

    /// A reader of an object.
    /// - Throws: `JSONDecodingError` for another value.
    public init(_ source: JSONSource) throws {
        let token = source.value.token
        guard token.is(.object) else { throw source.mismatch("an object") }
        storage = source.value.storage
        object = source.value.index
        root = source.root
        end = token.next
        cursor = object &+ 1
        untaken = cursor
    }

    /// The value of a member that must be there.
    /// - Throws: `JSONDecodingError` if it is not; what the value's type throws.
    @inlinable
    public mutating func required<Value: JSONReadable>(_ key: JSONKey) throws -> Value {
        guard let source = next(key) else { throw missing(key) }
        return try Value(json: source)
    }

    /// The value of a member; nil if it is absent or `null`.
    /// - Throws: what the value's type throws.
    @inlinable
    public mutating func optional<Value: JSONReadable>(_ key: JSONKey) throws -> Value? {
        guard let source = next(key), !source.value.isNull else { return nil }
        return try Value(json: source)
    }

    /// The member with this name, which has not been asked for before; nil if there is none.
    public mutating func next(_ key: JSONKey) -> JSONSource? {
        if cursor < end, isKey(cursor, key) {
            let isInOrder = untaken == cursor
            let source = take(cursor)
            if isInOrder { untaken = cursor }
            return source
        }
        return cursor < end || untaken < cursor ? search(key) : nil
    }

    /// The error for a member that must be there.
    public func missing(_ key: JSONKey) -> JSONDecodingError {
        let object = JSONValue(storage: storage, index: object)
        return JSONDecodingError(missing: JSONPath.Step(stringValue: key.description), in: object, below: root)
    }

    @inline(__always)
    private func isKey(_ index: UInt32, _ key: JSONKey) -> Bool {
        storage.pointee.isKey(index, UnsafeRawPointer(key.bytes), key.count, hash: key.hash)
    }

    @inline(__always)
    private mutating func take(_ index: UInt32) -> JSONSource {
        cursor = storage.pointee.tokens[Int(index) &+ 1].next
        return JSONSource(JSONValue(storage: storage, index: index &+ 1), root: root)
    }

    @inline(never)
    private mutating func search(_ key: JSONKey) -> JSONSource? {
        guard let index = find(key, from: cursor, to: end) ?? find(key, from: untaken, to: cursor) else { return nil }
        return take(index)
    }

    private func find(_ key: JSONKey, from start: UInt32, to stop: UInt32) -> UInt32? {
        var index = start
        while index < stop {
            if isKey(index, key) { return index }
            index = storage.pointee.tokens[Int(index) &+ 1].next
        }
        return nil
    }
}
