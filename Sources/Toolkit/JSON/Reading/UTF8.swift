/// The length of the well-formed sequence of two to four bytes at `offset`, or 0 if there is none.
///
/// Overlong forms, surrogates and code points above U+10FFFF are not well formed (RFC 3629, section 4).
@inline(__always)
func multibyteLength(_ bytes: UnsafeRawPointer, at offset: Int, end: Int) -> Int {
    let lead = load1(bytes, offset)
    if lead < 0xC2 || lead > 0xF4 || offset &+ 1 >= end { return 0 }
    let second = load1(bytes, offset &+ 1)
    if lead < 0xE0 { return isContinuation(second) ? 2 : 0 }
    return longSequenceLength(bytes, at: offset, end: end, lead: lead, second: second)
}

@inline(never)
private func longSequenceLength(
    _ bytes: UnsafeRawPointer, at offset: Int, end: Int, lead: UInt8, second: UInt8
) -> Int {
    let range: ClosedRange<UInt8> =
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    guard range.contains(second), offset &+ 2 < end, isContinuation(load1(bytes, offset &+ 2)) else { return 0 }
    if lead < 0xF0 { return 3 }
    guard offset &+ 3 < end, isContinuation(load1(bytes, offset &+ 3)) else { return 0 }
    return 4
}

@inline(__always)
private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
