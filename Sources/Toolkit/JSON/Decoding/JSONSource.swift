/// A value of the tape on the way into a Swift type, for types that read themselves without `Codable`.
///
/// It knows the value at which reading began, so that an error can tell the path from there. Sixteen bytes, copied
/// freely; valid as long as the tape.
public struct JSONSource {
    /// The value to read.
    public let value: JSONValue
    /// The token of the value that paths in errors start from.
    let root: UInt32

    /// A value to begin with: paths in errors start here.
    @inline(__always)
    public init(_ value: JSONValue) {
        self.value = value
        root = value.index
    }

    @inline(__always)
    init(_ value: JSONValue, root: UInt32) {
        self.value = value
        self.root = root
    }

    /// The text of a string as UTF-8, valid as long as the tape.
    /// - Throws: `JSONDecodingError` for another value.
    public func stringBytes() throws -> UnsafeRawBufferPointer {
        guard let bytes = value.stringBytes else { throw mismatch("a string") }
        return bytes
    }

    /// The elements of an array.
    /// - Throws: `JSONDecodingError` for another value.
    public func elements() throws -> JSONSourceElements {
        guard value.token.is(.array) else { throw mismatch("an array") }
        return JSONSourceElements(value, root: root)
    }

    /// The error for a value of another kind than this: `a string`, `an object`.
    public func mismatch(_ expected: String) -> JSONDecodingError {
        JSONDecodingError(value, isNot: expected, below: root)
    }

    /// The error for a value of the right kind that is wrong for this reason.
    public func invalid(_ reason: String) -> JSONDecodingError {
        JSONDecodingError(at: value, below: root, reason)
    }
}

/// Walks over the elements of an array that is being read.
public struct JSONSourceElements: IteratorProtocol {
    /// How many there are.
    public let count: Int
    private var elements: JSONElements
    private let root: UInt32

    init(_ array: JSONValue, root: UInt32) {
        count = array.count
        elements = array.elements
        self.root = root
    }

    /// The next element.
    public mutating func next() -> JSONSource? {
        elements.next().map { JSONSource($0, root: root) }
    }
}
