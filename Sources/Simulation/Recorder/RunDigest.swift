import CCrypto
import LifeEvents

/// The digest of one world: d ← SHA-256(d ‖ for each message of an instant, in id order: id ‖ 128-bit SipHash of value).
public struct RunDigest: Hashable, Sendable, CustomStringConvertible {
    private var words: SIMD4<UInt64>

    /// The digest of nothing.
    public init() { words = .zero }

    /// A digest that was kept; nil unless it has 32 bytes.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 32 else { return nil }
        words = SIMD4(
            (0..<4).map { UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) })
    }

    /// 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }

    func write(into bytes: inout [UInt8]) {
        for index in 0..<4 {
            withUnsafeBytes(of: words[index].bigEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// Takes in what the end contributes.
    mutating func absorb(_ content: [UInt8], _ hasher: borrowing SHA256) {
        var input = bytes
        input.append(contentsOf: content)
        self = input.withUnsafeBytes { hasher.digest(of: $0) }
    }

    /// One digest over all worlds, in their order.
    public static func combined(_ digests: [RunDigest]) -> RunDigest {
        if digests.count == 1, let only = digests.first { return only }
        var all = RunDigest()
        all.absorb(digests.flatMap(\.bytes), SHA256())
        return all
    }

    /// The SHA-256 of some content, for evidence of what a run was made of.
    public static func sha256(_ content: [UInt8]) -> RunDigest {
        content.withUnsafeBytes { SHA256().digest(of: $0) }
    }

    /// 64 hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let low = SipHash24.Key(0x6C69_7673, 0x6275_7373)

    /// How many bytes one message contributes.
    static let contributionSize = 32

    /// What one message contributes: id and 128-bit SipHash of its value.
    static func contribution(_ id: EventID, _ value: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        let hash = SipHash24.hash128(bytes: value, key: low)
        withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian, hash.0.bigEndian, hash.1.bigEndian)) {
            bytes.append(contentsOf: $0)
        }
    }
}

/// SHA-256 of libcrypto; looking the algorithm up costs more than hashing an instant, so it is done once.
struct SHA256: ~Copyable {
    private let algorithm: OpaquePointer?
    private let context: OpaquePointer?

    init() {
        algorithm = EVP_MD_fetch(nil, "SHA256", nil)
        context = EVP_MD_CTX_new()
        precondition(algorithm != nil && context != nil, "libcrypto has no SHA-256")
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(algorithm)
    }

    func digest(of input: UnsafeRawBufferPointer) -> RunDigest {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { output in
            var length: UInt32 = 0
            let done =
                EVP_DigestInit_ex2(context, algorithm, nil) == 1
                && EVP_DigestUpdate(context, input.baseAddress, input.count) == 1
                && EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length) == 1
            precondition(done && length == 32, "libcrypto could not hash")
            return RunDigest(bytes: UnsafeRawBufferPointer(output)) ?? RunDigest()
        }
    }
}
