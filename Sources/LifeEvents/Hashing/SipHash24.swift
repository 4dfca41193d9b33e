/// SipHash-2-4, the keyed hash by Aumasson and Bernstein: short keys in, 64 bits out, the same on every machine.
///
/// It names what must come out the same in every run (ids, random streams, opaque keys); it is no signature. About 40 ns
/// for 64 bytes. Feeding the same bytes in other pieces gives the same hash.
public struct SipHash24: Sendable {
    /// The 128-bit key.
    public struct Key: Hashable, Sendable {
        /// Bytes 0 to 7 of the key, little-endian.
        public var low: UInt64
        /// Bytes 8 to 15 of the key, little-endian.
        public var high: UInt64

        /// A key of two halves.
        public init(_ low: UInt64, _ high: UInt64) {
            self.low = low
            self.high = high
        }

        /// The key of the second run of a 128-bit hash: every bit of both halves is mixed with a fixed pattern.
        var second: Key {
            Key(low ^ 0x9E37_79B9_7F4A_7C15, high ^ 0xC2B2_AE3D_27D4_EB4F)
        }
    }

    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    /// Bytes that do not fill a word yet, lowest first; what lies above them is zero.
    private var tail: UInt64 = 0
    private var count: UInt64 = 0

    /// A hash of nothing yet.
    public init(key: Key) {
        v0 = key.low ^ 0x736F_6D65_7073_6575
        v1 = key.high ^ 0x646F_7261_6E64_6F6D
        v2 = key.low ^ 0x6C79_6765_6E65_7261
        v3 = key.high ^ 0x7465_6462_7974_6573
    }

    /// The hash of a whole buffer.
    public static func hash(bytes: UnsafeRawBufferPointer, key: Key) -> UInt64 {
        var hash = SipHash24(key: key)
        hash.append(bytes: bytes)
        return hash.finalize()
    }

    /// 128 bits: two runs with different keys, the first being ``hash(bytes:key:)``.
    ///
    /// This is not the SipHash-128 variant of the reference code.
    public static func hash128(bytes: UnsafeRawBufferPointer, key: Key) -> (UInt64, UInt64) {
        (hash(bytes: bytes, key: key), hash(bytes: bytes, key: key.second))
    }

    /// Feeds eight bytes, little-endian.
    @inline(__always)
    public mutating func append(_ word: UInt64) {
        let bits = (count & 7) &* 8
        count &+= 8
        if bits == 0 {
            compress(word)
        } else {
            compress(tail | word &<< bits)
            tail = word &>> (64 &- bits)
        }
    }

    /// Feeds one byte.
    public mutating func append(_ byte: UInt8) {
        tail |= UInt64(byte) &<< ((count & 7) &* 8)
        count &+= 1
        if count & 7 == 0 {
            compress(tail)
            tail = 0
        }
    }

    /// Feeds bytes.
    public mutating func append(bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset &+ 8 <= bytes.count {
            append(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset &+= 8
        }
        while offset < bytes.count {
            append(bytes[offset])
            offset &+= 1
        }
    }

    /// Feeds the length of a text in bytes, then the text, so that ("ab", "c") and ("a", "bc") differ.
    public mutating func append(field text: some StringProtocol) {
        let fed: Void? = text.utf8.withContiguousStorageIfAvailable { append(field: UnsafeRawBufferPointer($0)) }
        if fed == nil { Array(text.utf8).withUnsafeBytes { append(field: $0) } }
    }

    /// Feeds the number of bytes, then the bytes.
    public mutating func append(field bytes: UnsafeRawBufferPointer) {
        append(UInt64(bytes.count))
        append(bytes: bytes)
    }

    /// The hash of what was fed; the value itself can be fed further.
    public func finalize() -> UInt64 {
        var end = self
        end.compress(tail | count &<< 56)
        end.v2 ^= 0xFF
        end.round()
        end.round()
        end.round()
        end.round()
        return end.v0 ^ end.v1 ^ end.v2 ^ end.v3
    }

    @inline(__always)
    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    @inline(__always)
    private mutating func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = Self.rotate(v1, 13) ^ v0
        v3 = Self.rotate(v3, 16) ^ v2
        v0 = Self.rotate(v0, 32)
        v2 &+= v1
        v0 &+= v3
        v1 = Self.rotate(v1, 17) ^ v2
        v3 = Self.rotate(v3, 21) ^ v0
        v2 = Self.rotate(v2, 32)
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
        word &<< bits | word &>> (64 &- bits)
    }
}
