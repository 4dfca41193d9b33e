import CCrypto
import LifeEvents

/// The digest of one case: d ← SHA-256(d ‖ for each message of an instant, in id order: id ‖ 128-bit SipHash of value).
public struct RunDigest: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    public private(set) var bytes: [UInt8]

    /// The digest of nothing.
    public init() { bytes = [UInt8](repeating: 0, count: 32) }

    /// A digest that was kept.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Takes in what an instant or the end contributes.
    public mutating func absorb(_ content: [UInt8]) {
        var input = bytes
        input.append(contentsOf: content)
        bytes = SHA256.hash(input)
    }

    /// One digest over all cases, in their order.
    public static func combined(_ digests: [RunDigest]) -> RunDigest {
        var all = RunDigest()
        if digests.count == 1, let only = digests.first { return only }
        all.absorb(digests.flatMap(\.bytes))
        return all
    }

    /// The first 16 hexadecimal digits of 64 are enough to compare by eye; this gives all.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let low = SipHash24.Key(0x6C69_7673, 0x6275_7373)

    /// What one message contributes: id and 128-bit SipHash of its value.
    static func contribution(_ id: EventID, _ value: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        let hash = SipHash24.hash128(bytes: value, key: low)
        for word in [id.high, id.low, hash.0, hash.1] {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }
}

/// SHA-256 of libcrypto.
enum SHA256 {
    static func hash(_ input: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let done = EVP_Digest(input, input.count, &output, &length, EVP_sha256(), nil)
        precondition(done == 1 && length == 32, "libcrypto has no SHA-256")
        return output
    }
}
