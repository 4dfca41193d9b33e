public import JSON

/// A value with one canonical text in UTF-8: how it is written in a message, a file and a log line.
///
/// A conforming type says how its bytes are read and written; its `String` forms and `Codable` (one string) follow.
public protocol CanonicalText: LosslessStringConvertible, JSONStringCodable, JSONReadable, JSONWritable, Sendable {
    /// What the text is, for an error message: "an instant such as 2026-03-02T07:00:00.000Z".
    static var textForm: String { get }

    /// Reads the whole buffer; nil if it is not a text of this type.
    init?(utf8: UnsafeRawBufferPointer)

    /// Appends the canonical text.
    func write(into bytes: inout [UInt8])

    /// Whether the text is of letters, digits and `-:/.` only, so that JSON needs no escape in it.
    var isPlainText: Bool { get }
}

extension CanonicalText {
    /// Reads the whole text; nil if it is not a text of this type.
    public init?(_ text: some StringProtocol) {
        let read = text.utf8.withContiguousStorageIfAvailable { Self(utf8: UnsafeRawBufferPointer($0)) }
        guard let value = read ?? Array(text.utf8).withUnsafeBytes({ Self(utf8: $0) }) else { return nil }
        self = value
    }

    /// Reads the whole array; nil if it is not a text of this type.
    public init?(bytes: [UInt8]) {
        guard let value = bytes.withUnsafeBytes({ Self(utf8: $0) }) else { return nil }
        self = value
    }

    /// The canonical text.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(40)
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All but foreign keys and ids.
    public var isPlainText: Bool { true }

    /// Reads the bytes of a JSON string.
    public init?(jsonString bytes: UnsafeRawBufferPointer) { self.init(utf8: bytes) }

    /// Writes the text as a JSON string.
    public func write(jsonString writer: inout JSONWriter) {
        if isPlainText {
            writer.plainString { write(into: &$0) }
        } else {
            writer.string(description)
        }
    }
}
