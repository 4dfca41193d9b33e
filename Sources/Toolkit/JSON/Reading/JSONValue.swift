/// A value in a parsed message: a place on the tape, cheap to copy.
///
/// Valid until the tape it came from parses again or goes out of scope, and only as long as the message's bytes stay
/// where they are; using it later is undefined. It belongs to the thread of its tape.
public struct JSONValue {
    let storage: UnsafeMutablePointer<TapeStorage>
    let index: UInt32

    /// What a value is.
    public enum Kind: Equatable, Sendable {
        /// Named members.
        case object
        /// Elements in order.
        case array
        /// Text.
        case string
        /// A number of any size.
        case number
        /// `true` or `false`.
        case bool
        /// `null`.
        case null
    }

    @inline(__always)
    init(storage: UnsafeMutablePointer<TapeStorage>, index: UInt32) {
        self.storage = storage
        self.index = index
    }

    @inline(__always)
    var token: Token { storage.pointee.tokens[Int(index)] }

    /// What the value is.
    public var kind: Kind {
        switch token.kind {
        case .null: .null
        case .no, .yes: .bool
        case .integer, .decimal: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Where the value starts in the message, in bytes from 0.
    public var offset: Int { token.offset }

    /// The value as it stands in the message, with its quotes, brackets or braces.
    ///
    /// To copy a value verbatim. A string with escapes is read through once more to find its end.
    public var rawBytes: UnsafeRawBufferPointer {
        let token = token
        let start = storage.pointee.source + token.offset
        switch token.kind {
        case .string:
            return UnsafeRawBufferPointer(start: start, count: Int(token.length) + 2)
        case .escapedString:
            var length = 1
            while load1(start, length) != UInt8(ascii: "\"") { length += load1(start, length) == 0x5C ? 2 : 1 }
            return UnsafeRawBufferPointer(start: start, count: length + 1)
        default:
            return UnsafeRawBufferPointer(start: start, count: Int(token.length))
        }
    }

    // MARK: - Scalars

    /// The text of a string as UTF-8, escapes resolved; nil for other values.
    public var stringBytes: UnsafeRawBufferPointer? {
        let token = token
        guard token.is(.string) || token.is(.escapedString) else { return nil }
        return UnsafeRawBufferPointer(start: storage.pointee.text(token), count: Int(token.length))
    }

    /// The text of a string; nil for other values.
    public var string: String? {
        guard let bytes = stringBytes else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The truth of `true` or `false`; nil for other values.
    public var bool: Bool? {
        switch token.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { token.is(.null) }

    // MARK: - Members

    /// How many elements an array or members an object has, 0 for other values.
    ///
    /// Costs nothing for an array; an object's members are counted anew.
    public var count: Int {
        let token = token
        switch token.kind {
        case .array: return Int(token.info)
        case .object:
            var found = 0
            for _ in members { found += 1 }
            return found
        default: return 0
        }
    }

    /// The member of an object with this name; nil if there is none or the value is no object.
    ///
    /// The search starts behind the member found last, so reading in the order of the writer costs one comparison each.
    public subscript(_ key: JSONKey) -> JSONValue? {
        member(UnsafeRawPointer(key.bytes), key.count, hash: key.hash)
    }

    /// The member of an object with this name; nil if there is none or the value is no object.
    public subscript(_ key: String) -> JSONValue? {
        var key = key
        return key.withUTF8 { utf8 in
            guard let bytes = utf8.baseAddress else { return member(UnsafeRawPointer(storage), 0, hash: nil) }
            return member(UnsafeRawPointer(bytes), utf8.count, hash: nil)
        }
    }

    /// The member of an object whose name is these bytes of UTF-8; nil if there is none or the value is no object.
    public func member(_ name: UnsafeRawBufferPointer) -> JSONValue? {
        guard let bytes = name.baseAddress else { return member(UnsafeRawPointer(storage), 0, hash: nil) }
        return member(bytes, name.count, hash: nil)
    }

    /// The element of an array at this position from 0; nil if there is none or the value is no array.
    ///
    /// Walks over the elements before; to read them all use `elements`.
    public subscript(_ position: Int) -> JSONValue? {
        guard position >= 0, position < (token.is(.array) ? Int(token.info) : 0) else { return nil }
        return elements.dropFirst(position).first { _ in true }
    }

    /// The member whose name is `count` bytes; the name is hashed only if it is not the next.
    ///
    /// The place of the next look-up is kept in the object's token.
    @inline(__always)
    func member(_ bytes: UnsafeRawPointer, _ count: Int, hash: UInt32?) -> JSONValue? {
        let token = token
        guard token.is(.object), token.next > index &+ 1 else { return nil }
        let tokens = storage.pointee.tokens
        let likely = tokens[Int(token.info)]
        if Int(likely.length) == count, sameBytes(storage.pointee.keyText(likely), bytes, count) {
            return found(token.info, end: token.next)
        }
        return search(bytes, count, hash: hash ?? keyHash(bytes, count), token)
    }

    @inline(never)
    private func search(_ bytes: UnsafeRawPointer, _ count: Int, hash: UInt32, _ token: Token) -> JSONValue? {
        let tokens = storage.pointee.tokens
        var key = tokens[Int(token.info) &+ 1].next
        if key >= token.next { key = index &+ 1 }
        while key != token.info {
            if storage.pointee.isKey(key, bytes, count, hash: hash) { return found(key, end: token.next) }
            key = tokens[Int(key) &+ 1].next
            if key >= token.next { key = index &+ 1 }
        }
        return nil
    }

    @inline(__always)
    private func found(_ key: UInt32, end: UInt32) -> JSONValue {
        let next = storage.pointee.tokens[Int(key) &+ 1].next
        storage.pointee.tokens[Int(index)].info = next < end ? next : index &+ 1
        return JSONValue(storage: storage, index: key &+ 1)
    }
}
