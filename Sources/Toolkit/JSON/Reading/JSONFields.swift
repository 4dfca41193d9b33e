extension JSONValue {
    /// A cursor over the members of an object, for reading known members fast; without any for other values.
    public func fields() -> JSONFields { JSONFields(of: self) }
}

/// Reads the members of an object one by one in the order in which the writer is known to put them.
///
///     var fields = event.fields()
///     let id = fields.next(idKey)?.string
///     let type = fields.next(typeKey)?.string
///
/// A member that comes next costs one comparison; another order costs a search, and is as right.
public struct JSONFields {
    private let storage: UnsafeMutablePointer<TapeStorage>
    private let first: UInt32
    private let end: UInt32
    private var cursor: UInt32

    init(of object: JSONValue) {
        storage = object.storage
        let token = object.token
        first = object.index &+ 1
        end = token.is(.object) ? token.next : first
        cursor = first
    }

    /// The member with this name; nil if there is none, and the cursor then stays where it is.
    public mutating func next(_ key: JSONKey) -> JSONValue? {
        let bytes = UnsafeRawPointer(key.bytes)
        if cursor < end, storage.pointee.isKey(cursor, bytes, key.count, hash: key.hash) { return take(cursor) }
        return search(key)
    }

    @inline(__always)
    private mutating func take(_ index: UInt32) -> JSONValue {
        cursor = storage.pointee.tokens[Int(index) &+ 1].next
        return JSONValue(storage: storage, index: index &+ 1)
    }

    @inline(never)
    private mutating func search(_ key: JSONKey) -> JSONValue? {
        guard let index = find(key, from: cursor, to: end) ?? find(key, from: first, to: cursor) else { return nil }
        return take(index)
    }

    private func find(_ key: JSONKey, from start: UInt32, to stop: UInt32) -> UInt32? {
        var index = start
        while index < stop {
            if storage.pointee.isKey(index, UnsafeRawPointer(key.bytes), key.count, hash: key.hash) { return index }
            index = storage.pointee.tokens[Int(index) &+ 1].next
        }
        return nil
    }
}
