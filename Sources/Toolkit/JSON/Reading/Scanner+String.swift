extension Scanner {
    /// Where the text of a string is, once read.
    struct Text {
        /// `.string` when the text is a slice of the source, `.escapedString` when it is in the scratch buffer.
        var kind: Token.Kind
        var place: Int
        var length: Int
    }

    /// Reads a string; stands on its first quote, and afterwards behind its last.
    @inline(__always)
    mutating func stringText() throws(JSONError) -> Text {
        let start = at &+ 1
        at = start
        while true {
            let byte = try stopByte()
            if byte == UInt8(ascii: "\"") {
                let length = at &- start
                at &+= 1
                return Text(kind: .string, place: start, length: length)
            }
            if byte == UInt8(ascii: "\\") { return try escapedText(start) }
            try multibyte(byte)
        }
    }

    /// Goes on to the first byte that is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private mutating func stopByte() throws(JSONError) -> UInt8 {
        while at &+ 8 <= end {
            let word = load8(base, at)
            let stops = specialBytes(word) | (word & highBits)
            if stops != 0 {
                let shift = stops.trailingZeroBitCount & ~7
                at &+= shift >> 3
                return UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: shift))
            }
            at &+= 8
        }
        while at < end {
            let byte = load1(base, at)
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x80 { return byte }
            at &+= 1
        }
        throw failure(.unexpectedEnd)
    }

    /// Goes past one character that is not ASCII; `byte` stands at `at`.
    @inline(__always)
    private mutating func multibyte(_ byte: UInt8) throws(JSONError) {
        guard byte >= 0x80 else { throw failure(.controlCharacter) }
        let length = multibyteLength(base, at: at, end: end)
        guard length > 0 else { throw failure(.malformedUTF8) }
        at &+= length
    }

    /// Reads on from the first backslash of a string, writing its text to the scratch buffer.
    @inline(never)
    private mutating func escapedText(_ start: Int) throws(JSONError) -> Text {
        // An escape is never shorter than what it stands for, so all texts together fit in the length of the source.
        if scratchCount == 0 { storage.pointee.reserveScratch(end) }
        let scratch = storage.pointee.scratch
        let place = scratchCount
        var runStart = start
        while true {
            let byte = try stopByte()
            switch byte {
            case UInt8(ascii: "\""):
                copyRun(from: runStart, to: scratch)
                at &+= 1
                return Text(kind: .escapedString, place: place, length: scratchCount &- place)
            case UInt8(ascii: "\\"):
                copyRun(from: runStart, to: scratch)
                try escape(to: scratch)
                runStart = at
            default:
                try multibyte(byte)
            }
        }
    }

    private mutating func copyRun(from start: Int, to scratch: UnsafeMutablePointer<UInt8>) {
        let length = at &- start
        UnsafeMutableRawPointer(scratch + scratchCount).copyMemory(from: base + start, byteCount: length)
        scratchCount &+= length
    }

    /// Reads one escape; stands on its backslash.
    private mutating func escape(to scratch: UnsafeMutablePointer<UInt8>) throws(JSONError) {
        guard at &+ 1 < end else {
            at = end
            throw failure(.unexpectedEnd)
        }
        let byte: UInt8
        switch load1(base, at &+ 1) {
        case UInt8(ascii: "\""): byte = 0x22
        case UInt8(ascii: "\\"): byte = 0x5C
        case UInt8(ascii: "/"): byte = 0x2F
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "r"): byte = 0x0D
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "u"):
            return try unicodeEscape(to: scratch)
        default:
            throw failure(.unknownEscape)
        }
        scratch[scratchCount] = byte
        scratchCount &+= 1
        at &+= 2
    }

    private mutating func unicodeEscape(to scratch: UnsafeMutablePointer<UInt8>) throws(JSONError) {
        var code = try hexadecimal(at: at)
        var length = 6
        if code & 0xF800 == 0xD800 {
            let hasSecond = at &+ 8 <= end && load1(base, at &+ 6) == 0x5C && load1(base, at &+ 7) == UInt8(ascii: "u")
            guard code < 0xDC00, hasSecond else { throw failure(.loneSurrogate) }
            let low = try hexadecimal(at: at &+ 6)
            guard low & 0xFC00 == 0xDC00 else { throw failure(.loneSurrogate) }
            code = 0x10000 &+ ((code & 0x3FF) << 10) &+ (low & 0x3FF)
            length = 12
        }
        at &+= length
        guard let scalar = Unicode.Scalar(code) else { throw failure(.loneSurrogate) }
        for byte in UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter {
            scratch[scratchCount] = byte
            scratchCount &+= 1
        }
    }

    /// The four digits of the `\u` at `place`.
    private mutating func hexadecimal(at place: Int) throws(JSONError) -> UInt32 {
        guard place &+ 6 <= end else {
            at = end
            throw failure(.unexpectedEnd)
        }
        var code: UInt32 = 0
        for index in 2..<6 {
            let byte = load1(base, place &+ index)
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte &- UInt8(ascii: "A") &+ 10
            default:
                at = place
                throw failure(.unknownEscape)
            }
            code = (code << 4) | UInt32(digit)
        }
        return code
    }
}
