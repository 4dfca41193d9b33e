/// Eight lower-case hexadecimal digits as one word, the first digit in the low byte.
enum Hex {
    /// The digits of the lower 32 bits.
    @inline(__always)
    static func text(_ number: UInt64) -> UInt64 {
        var nibbles = number & 0xFFFF_FFFF
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
        let digits = nibbles.byteSwapped
        // Adding 6 carries 10…15 into the upper half of their byte; those become letters, 0x27 further on.
        let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }

    /// The number of eight digits; nil if one is none, or a capital.
    @inline(__always)
    static func number(_ text: UInt64) -> UInt64? {
        let letters = text >> 6 & 0x0101_0101_0101_0101
        var nibbles = ((text & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9).byteSwapped & 0x0F0F_0F0F_0F0F_0F0F
        nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
        let number = (nibbles | nibbles >> 16) & 0xFFFF_FFFF
        // What was no digit does not come back.
        return Self.text(number) == text ? number : nil
    }
}
