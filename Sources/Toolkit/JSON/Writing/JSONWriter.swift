/// Writes JSON text piece by piece into a buffer: the same calls always give the same bytes.
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.key("name")
///     writer.string("Åsa")
///     writer.endObject()      // {"name":"Åsa"}
///
/// The writer puts the commas and escapes no more than JSON demands; that each key is followed by one value and each
/// container ended is up to the caller. A writer that is emptied and used again allocates no more when it has grown.
public struct JSONWriter: Sendable {
    /// The text so far, UTF-8.
    public internal(set) var bytes: [UInt8] = []

    /// What has to come before the next key or value.
    enum Position: UInt8, Sendable {
        /// Outside all containers.
        case document
        /// Directly behind an opening bracket or brace.
        case first
        /// Behind a value in a container.
        case next
        /// Behind a key.
        case afterKey
    }

    let isPretty: Bool
    var position = Position.document
    var depth = 0

    /// An empty writer.
    ///
    /// - Parameters:
    ///   - capacity: bytes to make room for at once.
    ///   - pretty: whether to put each element and member on its own line, indented by two spaces a level.
    public init(capacity: Int = 0, pretty: Bool = false) {
        isPretty = pretty
        bytes.reserveCapacity(capacity)
    }

    /// The text so far, valid during the call.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.span.bytes.withUnsafeBytes(body)
    }

    /// The text so far as a `String`.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Throws the text away to start anew.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        position = .document
        depth = 0
    }

    // MARK: - Containers

    /// Starts an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends the object started last.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Starts an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends the array started last.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        position = .first
        depth += 1
    }

    private mutating func end(_ bracket: UInt8) {
        assert(depth > 0 && position != .afterKey, "a container ends that was not begun, or after a key")
        depth -= 1
        if isPretty, position == .next { breakLine() }
        bytes.append(bracket)
        finish()
    }

    /// Ends a line between two documents, for JSON Lines.
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    // MARK: - Separators

    /// Writes what has to stand before a key or value.
    @inline(__always)
    mutating func separate() {
        if isPretty { return separatePretty() }
        if position == .next { bytes.append(UInt8(ascii: ",")) }
    }

    @inline(never)
    private mutating func separatePretty() {
        if position == .next { bytes.append(UInt8(ascii: ",")) }
        if position == .next || position == .first { breakLine() }
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth * 2 { bytes.append(UInt8(ascii: " ")) }
    }

    /// Notes that a value has been written.
    @inline(__always)
    mutating func finish() { position = depth == 0 ? .document : .next }

    /// Room for `count` bytes more, which `fill` writes through a pointer.
    @inline(__always)
    mutating func append(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        bytes.append(addingCapacity: count) { span in
            span.withUnsafeMutableBufferPointer { buffer, used in
                // The span has room for `count` bytes or more, so it has an address unless `count` is 0.
                guard let start = buffer.baseAddress else { return }
                fill(start + used)
                used += count
            }
        }
    }
}
