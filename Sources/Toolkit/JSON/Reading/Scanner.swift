/// One pass over one message.
///
/// An open container keeps its parent's index in its own token, so nesting needs neither recursion nor a stack.
struct Scanner {
    let base: UnsafeRawPointer
    let end: Int
    let storage: UnsafeMutablePointer<TapeStorage>
    var at = 0
    var tokens: UnsafeMutablePointer<Token>
    var count = 0
    var capacity: Int
    /// Bytes of the scratch buffer in use.
    var scratchCount = 0

    init(base: UnsafeRawPointer, end: Int, storage: UnsafeMutablePointer<TapeStorage>) {
        self.base = base
        self.end = end
        self.storage = storage
        tokens = storage.pointee.tokens
        capacity = storage.pointee.tokenCapacity
    }

    mutating func scan() throws(JSONError) {
        try checkStart()
        var open = Token.none
        var inObject = false
        var depth = 0
        value: while true {
            // A turn adds at most two tokens: a container and its first key, or a value and the key after it.
            if count &+ 2 > capacity { growTokens() }
            let byte = try significantByte()
            switch byte {
            case UInt8(ascii: "\""):
                try string()
            case UInt8(ascii: "{"):
                try openContainer(.object, &open, &depth)
                inObject = true
                if try significantByte() != UInt8(ascii: "}") {
                    try key(of: open, depth: depth)
                    continue value
                }
            case UInt8(ascii: "["):
                try openContainer(.array, &open, &depth)
                inObject = false
                if try significantByte() != UInt8(ascii: "]") {
                    tokens[Int(open)].info = 1
                    continue value
                }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                try number()
            case UInt8(ascii: "t"):
                try word(.yes, "true")
            case UInt8(ascii: "f"):
                try word(.no, "false")
            case UInt8(ascii: "n"):
                try word(.null, "null")
            default:
                throw unexpected(byte)
            }
            // After a value: close what ends here, then go on with the innermost container still open.
            while depth > 0 {
                let byte = try significantByte()
                if byte == UInt8(ascii: ",") {
                    at &+= 1
                    if inObject {
                        if count &+ 2 > capacity { growTokens() }
                        _ = try significantByte()
                        try key(of: open, depth: depth)
                    } else {
                        tokens[Int(open)].info &+= 1
                    }
                    continue value
                }
                guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw failure(inObject ? .expectedCommaOrBrace : .expectedCommaOrBracket)
                }
                at &+= 1
                try close(&open, inObject: inObject)
                depth &-= 1
                inObject = open != Token.none && tokens[Int(open)].is(.object)
            }
            break
        }
        skipSpace()
        guard at == end else { throw failure(.trailingBytes) }
    }

    // MARK: - Containers

    @inline(__always)
    private mutating func openContainer(_ kind: Token.Kind, _ open: inout UInt32, _ depth: inout Int) throws(JSONError)
    {
        guard depth < JSONTape.depthLimit else { throw failure(.tooDeep) }
        tokens[count] = Token(kind, at: at, length: 0, next: open, info: 0)
        open = UInt32(truncatingIfNeeded: count)
        storage.pointee.filters[depth] = 0
        count &+= 1
        depth &+= 1
        at &+= 1
    }

    @inline(__always)
    private mutating func close(_ open: inout UInt32, inObject: Bool) throws(JSONError) {
        let index = Int(open)
        if inObject {
            if tokens[index].info > DuplicateKeys.filterLimit {
                try DuplicateKeys.check(object: open, end: count, storage)
            }
            tokens[index].info = open &+ 1
        }
        open = tokens[index].next
        tokens[index].length = UInt32(truncatingIfNeeded: at &- tokens[index].offset)
        tokens[index].next = UInt32(truncatingIfNeeded: count)
    }

    /// Reads a key and its colon; stands at the first byte of the key.
    @inline(__always)
    private mutating func key(of object: UInt32, depth: Int) throws(JSONError) {
        guard load1(base, at) == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
        let offset = at
        let text = try stringText()
        let bytes = (text.kind == .string ? base : UnsafeRawPointer(storage.pointee.scratch)) + text.place
        let hash = keyHash(bytes, text.length)
        let index = UInt32(truncatingIfNeeded: count)
        tokens[count] = Token(
            text.kind, at: offset, length: text.length, next: UInt32(truncatingIfNeeded: text.place), info: hash)
        count &+= 1
        tokens[Int(object)].info &+= 1
        let bit: UInt64 = 1 &<< UInt64(hash & 63)
        let filter = storage.pointee.filters[depth &- 1]
        storage.pointee.filters[depth &- 1] = filter | bit
        if filter & bit != 0, tokens[Int(object)].info <= DuplicateKeys.filterLimit {
            try DuplicateKeys.search(object: object, key: index, storage)
        }
        guard try significantByte() == UInt8(ascii: ":") else { throw failure(.expectedColon) }
        at &+= 1
    }

    // MARK: - Scalars

    @inline(__always)
    private mutating func string() throws(JSONError) {
        let offset = at
        let text = try stringText()
        append(text.kind, at: offset, length: text.length, info: UInt32(truncatingIfNeeded: text.place))
    }

    @inline(__always)
    private mutating func word(_ kind: Token.Kind, _ text: StaticString) throws(JSONError) {
        let length = text.utf8CodeUnitCount
        guard at &+ length <= end, sameBytes(base + at, text.utf8Start, length) else { throw failure(.unknownWord) }
        append(kind, at: at, length: length, info: 0)
        at &+= length
    }

    @inline(__always)
    mutating func append(_ kind: Token.Kind, at offset: Int, length: Int, info: UInt32) {
        tokens[count] = Token(
            kind, at: offset, length: length, next: UInt32(truncatingIfNeeded: count &+ 1), info: info)
        count &+= 1
    }

    // MARK: - Bytes

    /// The next byte that is not white space; stays on it.
    @inline(__always)
    private mutating func significantByte() throws(JSONError) -> UInt8 {
        while at < end {
            let byte = load1(base, at)
            guard isSpace(byte) else { return byte }
            at &+= 1
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func skipSpace() {
        while at < end, isSpace(load1(base, at)) { at &+= 1 }
    }

    private mutating func checkStart() throws(JSONError) {
        if end >= 3, load1(base, 0) == 0xEF, load1(base, 1) == 0xBB, load1(base, 2) == 0xBF {
            throw failure(.byteOrderMark)
        }
        skipSpace()
        if at == end { throw failure(.empty) }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool {
        byte <= 0x20 && (byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09)
    }

    @inline(never)
    private mutating func growTokens() {
        storage.pointee.growTokens(keeping: count)
        tokens = storage.pointee.tokens
        capacity = storage.pointee.tokenCapacity
    }

    func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: at) }

    private func unexpected(_ byte: UInt8) -> JSONError {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "."): failure(.malformedNumber)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): failure(.unknownWord)
        default: failure(.expectedValue)
        }
    }
}
