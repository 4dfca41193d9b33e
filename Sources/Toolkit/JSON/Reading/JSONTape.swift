/// A JSON message read in one pass into a flat row of tokens, for a reader of many messages.
///
/// A tape is made once and used again for every message; when it has met a message of the largest size it allocates
/// no more. Reading is strict: all of RFC 8259 is checked before `parse` returns, and also what the RFC leaves open:
/// a key may stand once in an object (`"a"` and `"\u0061"` are the same key), text must be well-formed UTF-8 without
/// half surrogate pairs, nesting ends at 128 and inputs at 16 MB. Numbers may have any size; they are kept as text.
///
///     var tape = JSONTape()
///     try message.withUnsafeBytes { (bytes) throws(JSONError) in
///         try tape.parse(bytes)
///         print(tape.root["type"]?.string ?? "no type")
///     }
///
/// The tape keeps a pointer to the bytes, not a copy: they must stay where they are as long as values are read.
public struct JSONTape: ~Copyable {
    let storage: UnsafeMutablePointer<TapeStorage>

    /// How deep arrays and objects may be nested.
    public static let depthLimit = 128
    /// The first length in bytes that is refused.
    public static let sizeLimit = 1 << 24

    /// An empty tape, whose root is `null`.
    public init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: TapeStorage())
    }

    deinit {
        storage.pointee.deallocate()
        storage.deallocate()
    }

    /// Reads one message; all values of the message before become invalid.
    ///
    /// About 0.6 ns a byte for messages of a few hundred bytes. `bytes` must outlive every read of a value.
    /// - Throws: `JSONError` for the first thing found wrong; the root is then `null`.
    public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        storage.pointee.clear()
        guard bytes.count < JSONTape.sizeLimit else { throw JSONError(reason: .tooLarge, offset: JSONTape.sizeLimit) }
        guard let base = bytes.baseAddress, bytes.count > 0 else { throw JSONError(reason: .empty, offset: 0) }
        storage.pointee.source = base
        var scanner = Scanner(base: base, end: bytes.count, storage: storage)
        do {
            try scanner.scan()
        } catch {
            storage.pointee.clear()
            throw error
        }
    }

    /// The value of the whole message; `null` before the first `parse` and after one that threw.
    public var root: JSONValue { JSONValue(storage: storage, index: 0) }
}

extension JSONTape {
    /// Reads bytes that are at hand, for callers that have one message only.
    ///
    /// The value given to `body` is valid only inside it.
    /// - Throws: `JSONError`, or what `body` throws.
    public static func reading<Result>(
        _ bytes: [UInt8], _ body: (JSONValue) throws -> Result
    ) throws -> Result {
        var tape = JSONTape()
        return try bytes.withUnsafeBytes { buffer in
            try tape.parse(buffer)
            return try body(tape.root)
        }
    }

    /// Reads a text that is at hand, for callers that have one message only.
    ///
    /// The value given to `body` is valid only inside it.
    /// - Throws: `JSONError`, or what `body` throws.
    public static func reading<Result>(
        _ text: String, _ body: (JSONValue) throws -> Result
    ) throws -> Result {
        try reading(Array(text.utf8), body)
    }
}
