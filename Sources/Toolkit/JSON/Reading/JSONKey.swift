/// The name of an object's member, with its hash made once.
///
/// Keys are constants: `static let subject = JSONKey("subject")`.
public struct JSONKey: @unchecked Sendable {
    // Sendable although it has a pointer: that is to a literal in the program's constants, never written or freed.
    let bytes: UnsafePointer<UInt8>
    let count: Int
    let hash: UInt32
    /// Whether the name can be written between quotes as it is.
    let isPlain: Bool

    /// The key named by a literal.
    public init(_ name: StaticString) {
        precondition(name.hasPointerRepresentation, "a key is made from a string literal")
        bytes = name.utf8Start
        count = name.utf8CodeUnitCount
        hash = keyHash(bytes, count)
        isPlain = !UnsafeBufferPointer(start: bytes, count: count).contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
    }
}

extension JSONKey {
    /// The hash of a name, for tables of names that are looked up by ``JSONMember/keyHash``.
    ///
    /// Quick, and weak: a sender can make names of one hash, so the bytes must be compared too. The same in every run.
    public static func hash(of name: UnsafeRawBufferPointer) -> UInt32 {
        var nothing: UInt8 = 0
        guard let bytes = name.baseAddress else { return keyHash(&nothing, 0) }
        return keyHash(bytes, name.count)
    }
}

extension JSONKey: CustomStringConvertible {
    /// The name.
    public var description: String { String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) }
}
