extension Scanner {
    /// Reads a number; stands on its sign or first digit.
    @inline(__always)
    mutating func number() throws(JSONError) {
        let start = at
        var kind = Token.Kind.integer
        if load1(base, at) == UInt8(ascii: "-") { at &+= 1 }
        if at < end, load1(base, at) == UInt8(ascii: "0") {
            at &+= 1
            if at < end, isDigit(load1(base, at)) { throw failure(.malformedNumber) }
        } else {
            try digits()
        }
        if at < end, load1(base, at) == UInt8(ascii: ".") {
            kind = .decimal
            at &+= 1
            try digits()
        }
        if at < end, load1(base, at) | 0x20 == UInt8(ascii: "e") {
            kind = .decimal
            at &+= 1
            if at < end, load1(base, at) == UInt8(ascii: "+") || load1(base, at) == UInt8(ascii: "-") { at &+= 1 }
            try digits()
        }
        append(kind, at: start, length: at &- start, info: 0)
    }

    /// Goes past one digit or more.
    @inline(__always)
    private mutating func digits() throws(JSONError) {
        guard at < end else { throw failure(.unexpectedEnd) }
        guard isDigit(load1(base, at)) else { throw failure(.malformedNumber) }
        repeat { at &+= 1 } while at < end && isDigit(load1(base, at))
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
