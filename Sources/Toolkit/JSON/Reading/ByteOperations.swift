// Eight bytes at a time in an ordinary register: no instruction set to choose, and short strings gain the most.

@inline(__always)
func load8(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: pointer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

@inline(__always)
func load4(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: pointer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
}

@inline(__always)
func load1(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt8 {
    pointer.load(fromByteOffset: offset, as: UInt8.self)
}

/// The high bit of each byte below a space, of each quote and of each backslash.
///
/// Exact up to and including the lowest byte found; above it a borrow may set more.
@inline(__always)
func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = (word ^ (ones &* 0x22)) &- ones
    let backslashes = (word ^ (ones &* 0x5C)) &- ones
    let controls = word &- (ones &* 0x20)
    return (quotes | backslashes | controls) & ~word & highBits
}

let highBits: UInt64 = 0x8080_8080_8080_8080

/// Whether `count` bytes are the same; for short texts cheaper than a call of `memcmp`.
@inline(__always)
func sameBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
    if count >= 8 {
        var at = 0
        while at &+ 8 < count {
            if load8(left, at) != load8(right, at) { return false }
            at &+= 8
        }
        return load8(left, count &- 8) == load8(right, count &- 8)
    }
    if count >= 4 {
        return load4(left, 0) == load4(right, 0) && load4(left, count &- 4) == load4(right, count &- 4)
    }
    var at = 0
    while at < count {
        if load1(left, at) != load1(right, at) { return false }
        at &+= 1
    }
    return true
}

/// A quick hash of a key, used only to tell most different keys apart; equality is always checked on the bytes.
@inline(__always)
func keyHash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
    var first: UInt64 = 0
    var last: UInt64 = 0
    if count >= 8 {
        first = load8(bytes, 0)
        last = load8(bytes, count &- 8)
        var at = 8
        while at &+ 8 < count {
            first = (first ^ load8(bytes, at)) &* 0x9FB2_1C65_1E98_DF25
            first ^= first >> 29
            at &+= 8
        }
    } else if count >= 4 {
        first = load4(bytes, 0)
        last = load4(bytes, count &- 4)
    } else if count > 0 {
        first = UInt64(load1(bytes, 0)) | UInt64(load1(bytes, count >> 1)) << 8
        last = UInt64(load1(bytes, count &- 1))
    }
    var hash = (first ^ UInt64(truncatingIfNeeded: count) << 56) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    hash = (hash ^ last) &* 0xA076_1D64_78BD_642F
    return UInt32(truncatingIfNeeded: hash >> 32)
}
