internal import JSON

/// `data_base64`: a structured event whose data stands as base64, which many libraries write for data they hold as bytes.
enum EncodedData {
    private static let key = JSONKey("data_base64")

    /// The event with the data in plain, the attributes as they were; nil if it has no such member.
    static func decoded(_ root: JSONValue) throws(EnvelopeError) -> [UInt8]? {
        guard root.kind == .object, let encoded = root[key], !encoded.isNull else { return nil }
        if let data = root[EventEnvelope.dataKey], !data.isNull { throw .repeated("data") }
        try AttributeRules.checkContentType(root)
        guard let text = encoded.stringBytes, let bytes = base64(text) else {
            throw .malformed(attribute: "data_base64", wanted: "base64")
        }
        var tape = JSONTape()
        let result: Result<Void, EnvelopeError> = bytes.withUnsafeBytes { buffer in
            do throws(EnvelopeError) { return .success(try ReceivedRecord.parse(buffer, &tape)) } catch {
                return .failure(error)
            }
        }
        try result.get()
        var writer = JSONWriter(capacity: 1_024 + bytes.count)
        writer.beginObject()
        for member in root.members where member.keyString != "data" && member.keyString != "data_base64" {
            writer.key(member.keyString)
            writer.raw(member.value)
        }
        writer.key("data")
        bytes.withUnsafeBytes { writer.raw($0) }
        writer.endObject()
        return writer.bytes
    }

    /// Decodes RFC 4648's alphabet with its padding; nil for anything else, line breaks and spare bits included.
    static func base64(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        let letters = text.dropLast(padding)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (bits, count): (UInt32, Int) = (0, 0)
        for letter in letters {
            guard let value = value(of: letter) else { return nil }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bits & (1 << UInt32(count) - 1) == 0 ? bytes : nil
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
