extension JSONValue {
    /// The elements of an array in order; nothing for other values.
    public var elements: JSONElements { JSONElements(of: self) }

    /// The members of an object in the order of the message; nothing for other values.
    public var members: JSONMembers { JSONMembers(of: self) }
}

/// The elements of an array.
public struct JSONElements: Sequence, IteratorProtocol {
    private let storage: UnsafeMutablePointer<TapeStorage>
    private var cursor: UInt32
    private let end: UInt32

    init(of array: JSONValue) {
        storage = array.storage
        let token = array.token
        cursor = array.index &+ 1
        end = token.is(.array) ? token.next : cursor
    }

    /// The next element.
    public mutating func next() -> JSONValue? {
        guard cursor < end else { return nil }
        let element = JSONValue(storage: storage, index: cursor)
        cursor = element.token.next
        return element
    }
}

/// One member of an object.
public struct JSONMember {
    /// The name as UTF-8, escapes resolved; valid as long as the value.
    public let key: UnsafeRawBufferPointer
    /// The hash of the name, as ``JSONKey/hash(of:)`` makes it; kept from reading, so it costs nothing.
    public let keyHash: UInt32
    /// The value.
    public let value: JSONValue

    /// The name.
    public var keyString: String { String(decoding: key, as: UTF8.self) }

    /// Where the name starts in the message, at its quote, in bytes from 0.
    public var keyOffset: Int { value.storage.pointee.tokens[Int(value.index) - 1].offset }
}

/// The members of an object.
public struct JSONMembers: Sequence, IteratorProtocol {
    private let storage: UnsafeMutablePointer<TapeStorage>
    private var cursor: UInt32
    private let end: UInt32

    init(of object: JSONValue) {
        storage = object.storage
        let token = object.token
        cursor = object.index &+ 1
        end = token.is(.object) ? token.next : cursor
    }

    /// The next member.
    public mutating func next() -> JSONMember? {
        guard cursor < end else { return nil }
        let key = storage.pointee.tokens[Int(cursor)]
        let bytes = UnsafeRawBufferPointer(start: storage.pointee.keyText(key), count: Int(key.length))
        let value = JSONValue(storage: storage, index: cursor &+ 1)
        cursor = value.token.next
        return JSONMember(key: bytes, keyHash: key.info, value: value)
    }
}
