/// Decimal digits and separators of the fixed-width texts of this module.
enum ASCII {
    static let hyphen = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let colon = UInt8(ascii: ":")
    static let point = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")

    /// The value of one decimal digit.
    @inline(__always)
    static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- zero
        return value <= 9 ? Int(value) : nil
    }

    /// The number in `count` decimal digits; nil if a byte is no digit. The caller has checked the length.
    @inline(__always)
    static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> Int? {
        var result = 0
        for index in offset..<offset + count {
            guard let digit = digit(bytes[index]) else { return nil }
            result = result * 10 + digit
        }
        return result
    }

    /// Two digits of 0…99 as they lie in memory, the first in the low byte.
    @inline(__always)
    static func pair(_ number: UInt64) -> UInt64 {
        let tens = (number &* 103) >> 10
        return tens | (number &- tens &* 10) << 8 | 0x3030
    }

    /// Appends the lowest `count` bytes of the words, lowest byte first.
    @inline(__always)
    static func append(_ words: (UInt64, UInt64, UInt64), count: Int, to bytes: inout [UInt8]) {
        let stored = (words.0.littleEndian, words.1.littleEndian, words.2.littleEndian)
        withUnsafeBytes(of: stored) { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}
