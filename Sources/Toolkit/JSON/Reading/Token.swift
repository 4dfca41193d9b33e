/// One entry of the tape: a value or a key, in the order of the source.
///
/// Sixteen bytes. Offsets fit in 24 bits because larger inputs are refused, so the kind shares a word with the offset.
///
/// | kind | `length` | `next` | `info` |
/// | --- | --- | --- | --- |
/// | object | bytes in the source | token behind its last | where the next look-up starts; while open the count |
/// | array | bytes in the source | token behind its last | count of elements |
/// | string | bytes of text | token after this | place of the text |
/// | key | bytes of text | place of the text | hash |
/// | number, word | bytes in the source | token after this | – |
///
/// While a container is open its `next` is its parent. The place of a text is an offset in the source, or in the
/// scratch buffer when the source had escapes.
struct Token {
    var head: UInt32
    var length: UInt32
    var next: UInt32
    var info: UInt32

    enum Kind: UInt8 {
        case null, no, yes, integer, decimal, string, escapedString, array, object
    }

    /// Stands for "no parent" in an open container.
    static let none = UInt32.max

    @inline(__always)
    init(_ kind: Kind, at offset: Int, length: Int, next: UInt32, info: UInt32) {
        head = UInt32(truncatingIfNeeded: offset) | UInt32(kind.rawValue) << 24
        self.length = UInt32(truncatingIfNeeded: length)
        self.next = next
        self.info = info
    }

    @inline(__always)
    var offset: Int { Int(head & 0xFF_FFFF) }

    @inline(__always)
    var kind: Kind {
        // The byte was written by `init` from a `Kind`; the comparison is what keeps that from being an assumption.
        Kind(rawValue: UInt8(truncatingIfNeeded: head >> 24)) ?? .null
    }

    @inline(__always)
    func `is`(_ kind: Kind) -> Bool { head >> 24 == UInt32(kind.rawValue) }
}
