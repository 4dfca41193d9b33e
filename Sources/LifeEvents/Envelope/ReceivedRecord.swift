public import JSON

/// What a Kafka record is, judged once, for whoever takes records from the bus: a structured event, or none.
///
/// The content type decides between CloudEvents' two modes, never an attempt to read the value: a `content-type` that
/// begins with `application/cloudevents` is structured mode; else a header `ce_specversion` is binary mode, the
/// attributes in headers and the data as value; else the record is read as structured, so that one line of JSON without
/// headers takes part.
public enum ReceivedRecord {
    /// A header as Kafka has it: names may stand twice, values may be missing.
    public typealias Header = (name: String, value: [UInt8]?)

    /// The value's JSON text in structured mode, or a view of it that was written from headers.
    public enum Event {
        /// The value is the structured event as it came.
        case asItCame
        /// The event in structured form, written from headers, or from a value with `data_base64`.
        case rewritten([UInt8])
    }

    /// Tells what a record is; it is the whole judgement that needs no contract.
    ///
    /// Reading the headers costs a microsecond, so a caller that knows a record as its own does not ask.
    /// - Parameters:
    ///   - key: The record's key; with one it has to be the event's subject.
    ///   - headers: All headers in their order.
    ///   - value: The value; nil for a tombstone.
    ///   - tape: Holds the read event if the value is the event as it came; else it is of no use afterwards.
    /// - Returns: The structured event, whose envelope can be read.
    /// - Throws: `EnvelopeError` with the sentence for the dead letter.
    public static func read(
        key: UnsafeRawBufferPointer?, headers: [Header], value: UnsafeRawBufferPointer?, tape: inout JSONTape
    ) throws(EnvelopeError) -> Event {
        let modes = try RecordModes(headers)
        let value = value ?? UnsafeRawBufferPointer(start: nil, count: 0)
        if modes.isBinary {
            let bytes = try BinaryMode.structured(modes, value: value, tape: &tape)
            try check(bytes, key, &tape)
            return .rewritten(bytes)
        }
        if value.isEmpty { throw .noValue }
        try parse(value, &tape)
        if let bytes = try EncodedData.decoded(tape.root) {
            try check(bytes, key, &tape)
            return .rewritten(bytes)
        }
        try check(tape.root, key)
        return .asItCame
    }

    private static func check(
        _ bytes: [UInt8], _ key: UnsafeRawBufferPointer?, _ tape: inout JSONTape
    ) throws(EnvelopeError) {
        // What is written here has been read before; reading it once more checks the attributes as for any other.
        let result: Result<Void, EnvelopeError> = bytes.withUnsafeBytes { buffer in
            do throws(EnvelopeError) {
                try parse(buffer, &tape)
                return .success(try check(tape.root, key))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func check(_ root: JSONValue, _ key: UnsafeRawBufferPointer?) throws(EnvelopeError) {
        let event = try ReadEvent(root)
        try AttributeRules.check(root, event)
        // Compared as text: a key of 300 bytes is no `Subject`, and no subject either.
        if let key, !key.elementsEqual(event.envelope.subject.description.utf8) { throw .otherKey }
    }

    /// The id of what is refused, as it was written, where it can be read; at most 300 bytes, for no id is longer.
    /// - Parameters:
    ///   - headers: All headers in their order.
    ///   - value: The value.
    ///   - tape: Of no use afterwards.
    public static func id(headers: [Header], value: UnsafeRawBufferPointer, tape: inout JSONTape) -> String? {
        let written =
            headers.first { $0.name.lowercased() == "ce_id" }?.value.flatMap { String(validating: $0, as: UTF8.self) }
            ?? ((try? parse(value, &tape)) == nil ? nil : tape.root["id"]?.string)
        return written.flatMap { $0.isEmpty || $0.utf8.count > mostIDBytes ? nil : $0 }
    }

    private static let mostIDBytes = 300

    static func parse(_ text: UnsafeRawBufferPointer, _ tape: inout JSONTape) throws(EnvelopeError) {
        do throws(JSONError) {
            try tape.parse(text)
        } catch {
            throw .notJSON("\(error)")
        }
    }
}

/// What a record's headers say of the mode it is in.
struct RecordModes {
    /// The attributes stand in headers.
    let isBinary: Bool
    /// The type of the data in binary mode.
    let contentType: String?
    /// The headers `ce_…` without that prefix, in their order.
    let attributes: [(name: String, value: String)]

    init(_ headers: [ReceivedRecord.Header]) throws(EnvelopeError) {
        var contentType: String?
        var attributes: [(name: String, value: String)] = []
        for header in headers {
            let name = header.name.lowercased()
            let isAttribute = name.hasPrefix("ce_")
            guard isAttribute || name == "content-type" else { continue }
            guard let bytes = header.value, let value = String(validating: bytes, as: UTF8.self) else {
                // Kafka's own tools write a header without a value where an attribute is absent.
                if header.value == nil { continue }
                throw .malformed(attribute: isAttribute ? String(name.dropFirst(3)) : name, wanted: "text in UTF-8")
            }
            if isAttribute { attributes.append((String(header.name.dropFirst(3)), value)) } else { contentType = value }
        }
        let isStructured = contentType.map { MediaType($0).isCloudEvents } ?? false
        isBinary = !isStructured && attributes.contains { $0.name == "specversion" }
        self.contentType = contentType
        self.attributes = isBinary ? attributes : []
        if let contentType, isStructured, !MediaType(contentType).isJSON {
            throw .otherFormat(contentType)
        }
    }
}
