internal import JSON

/// What CloudEvents, and this bus beyond it, ask of a foreign event's attributes.
enum AttributeRules {
    /// CloudEvents advises 20 letters; some extensions in use have more.
    static let longestName = 40
    /// Room for any address in use; a source is kept for each message of it.
    static let longestSource = 1_000
    /// As Kafka has it for a topic, which a type names.
    static let longestType = 249

    private static let contentTypeKey = JSONKey("datacontenttype")

    /// Judges what reading the event has not: names of members, the type, the source and the kind of data.
    static func check(_ root: JSONValue, _ event: ReadEvent) throws(EnvelopeError) {
        for member in root.members {
            let isData = member.key.elementsEqual("data_base64".utf8)
            guard isName(member.key) || isData else { throw .badAttributeName(member.keyString) }
            if !isData, !member.key.elementsEqual("data".utf8),
                member.value.kind == .object || member.value.kind == .array
            {
                throw .malformed(attribute: member.keyString, wanted: "a string, a number, true or false")
            }
        }
        guard let type = event.type.stringBytes, isType(type) else {
            throw .malformed(
                attribute: "type",
                wanted:
                    "a name of at most \(longestType) small letters a to z, digits, hyphens and full stops, such as "
                    + "skatteverket.birth.v1")
        }
        if event.envelope.source == nil {
            guard let source = event.sourceText.stringBytes, isURIReference(source) else {
                throw .malformed(
                    attribute: "source",
                    wanted: "a URI reference of at most \(longestSource) bytes, such as /agency/region-17")
            }
        }
        try checkContentType(root)
    }

    /// Data that is not JSON stands in the event as a string, which no schema here describes.
    static func checkContentType(_ root: JSONValue) throws(EnvelopeError) {
        guard let type = root[contentTypeKey], !type.isNull else { return }
        guard let text = type.string, !text.isEmpty else {
            throw .malformed(attribute: "datacontenttype", wanted: "a media type such as application/json")
        }
        if !MediaType(text).isJSON { throw .notJSONData(text) }
    }

    /// Whether an attribute can have this name: small letters a to z and digits.
    static func isName(_ name: String) -> Bool {
        isName(Array(name.utf8))
    }

    private static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        1...longestName ~= bytes.count && bytes.allSatisfy { isSmallLetter($0) || isDigit($0) }
    }

    private static func isType(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count <= longestType && bytes.first.map(isSmallLetter) == true
            && bytes.allSatisfy {
                isSmallLetter($0) || isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            }
    }

    /// Whether all characters may stand in a URI reference (RFC 3986), those that need it percent-encoded.
    static func isURIReference(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard 1...longestSource ~= bytes.count else { return false }
        var hexDigitsDue = 0
        for byte in bytes {
            if hexDigitsDue > 0 {
                guard isHexDigit(byte) else { return false }
                hexDigitsDue -= 1
            } else if byte == UInt8(ascii: "%") {
                hexDigitsDue = 2
            } else if !isSmallLetter(byte | 0x20), !isDigit(byte), !otherURICharacters.contains(byte) {
                return false
            }
        }
        return hexDigitsDue == 0
    }

    private static let otherURICharacters = Array("-._~:/?#[]@!$&'()*+,;=".utf8)

    private static func isSmallLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
}
