extension JSONWriter {
    // MARK: - Keys

    /// Writes a member's name; its value comes next.
    public mutating func key(_ key: JSONKey) {
        separate()
        if key.isPlain, !isPretty {
            append(key.count + 3) { start in
                start[0] = UInt8(ascii: "\"")
                (start + 1).update(from: key.bytes, count: key.count)
                start[key.count + 1] = UInt8(ascii: "\"")
                start[key.count + 2] = UInt8(ascii: ":")
            }
        } else {
            quote(UnsafeRawPointer(key.bytes), key.count)
            colon()
        }
        position = .afterKey
    }

    /// Writes a member's name; its value comes next.
    public mutating func key(_ name: String) {
        separate()
        quote(name)
        colon()
        position = .afterKey
    }

    @inline(__always)
    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        if isPretty { bytes.append(UInt8(ascii: " ")) }
    }

    // MARK: - Values

    /// Writes a string.
    public mutating func string(_ text: String) {
        separate()
        quote(text)
        finish()
    }

    /// Writes a string given as UTF-8, which must be well formed: it is not checked.
    public mutating func string(bytes text: UnsafeRawBufferPointer) {
        separate()
        if let base = text.baseAddress {
            quote(base, text.count)
        } else {
            quote("")
        }
        finish()
    }

    /// Writes a string whose bytes the body appends itself; they must be UTF-8 that needs no escape: not checked.
    public mutating func plainString(_ body: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        body(&bytes)
        bytes.append(UInt8(ascii: "\""))
        finish()
    }

    /// Writes a whole number.
    public mutating func int(_ number: Int64) { digits(number.magnitude, isNegative: number < 0) }

    /// Writes a whole number from 0.
    public mutating func uint(_ number: UInt64) { digits(number, isNegative: false) }

    /// Writes a number with the fewest digits that read back as the same; whole ones without a point.
    ///
    /// JSON has no infinity and no NaN: they become `null`.
    public mutating func double(_ number: Double) { floating(number.description, isFinite: number.isFinite) }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { word("null") }

    /// Writes bytes that are one JSON value already, as they are: they are not checked.
    public mutating func raw(_ value: UnsafeRawBufferPointer) {
        separate()
        bytes.append(contentsOf: value)
        finish()
    }

    /// Writes a value of a parsed message as it stands there.
    public mutating func raw(_ value: JSONValue) { raw(value.rawBytes) }

    private mutating func word(_ text: StaticString) {
        separate()
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        finish()
    }

    mutating func floating(_ description: String, isFinite: Bool) {
        guard isFinite else { return null() }
        separate()
        bytes.append(contentsOf: description.utf8)
        if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
        finish()
    }

    private mutating func digits(_ magnitude: UInt64, isNegative: Bool) {
        separate()
        var count = isNegative ? 2 : 1
        var bound = magnitude
        while bound >= 10 {
            bound /= 10
            count += 1
        }
        append(count) { start in
            var rest = magnitude
            var at = count
            repeat {
                at -= 1
                start[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if isNegative { start[0] = UInt8(ascii: "-") }
        }
        finish()
    }

    // MARK: - Text

    @inline(__always)
    private mutating func quote(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            if let base = utf8.baseAddress { return quote(UnsafeRawPointer(base), utf8.count) }
            bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")])
        }
    }

    private mutating func quote(_ text: UnsafeRawPointer, _ count: Int) {
        let plain = plainPrefix(text, from: 0, count)
        if plain == count {
            append(count + 2) { start in
                start[0] = UInt8(ascii: "\"")
                UnsafeMutableRawPointer(start + 1).copyMemory(from: text, byteCount: count)
                start[count + 1] = UInt8(ascii: "\"")
            }
        } else {
            quoteEscaping(text, count, plain: plain)
        }
    }

    @inline(never)
    private mutating func quoteEscaping(_ text: UnsafeRawPointer, _ count: Int, plain: Int) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var at = plain
        while true {
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: text + start, count: at - start))
            if at == count { break }
            escape(load1(text, at))
            start = at + 1
            at = plainPrefix(text, from: start, count)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Where from `start` the first byte stands that needs an escape, or `count`.
    @inline(__always)
    private func plainPrefix(_ text: UnsafeRawPointer, from start: Int, _ count: Int) -> Int {
        var at = start
        while at &+ 8 <= count {
            let found = specialBytes(load8(text, at))
            if found != 0 { return at &+ found.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < count {
            let byte = load1(text, at)
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
            at &+= 1
        }
        return at
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x22, 0x5C: bytes.append(byte)
        default:
            bytes.append(contentsOf: "u00".utf8)
            let low = byte & 15
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
