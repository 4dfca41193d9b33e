import JSON

/// Writes events without what must not be told.
enum Concealment {
    /// What stands instead of a sentence that may quote protected data.
    static let sentence = "withheld: it is about a person with protected personal data"

    private static let data = Array("data".utf8)
    private static let detail = Array("detail".utf8)
    /// What a dead letter keeps of an original.
    private static let originals = ["original", "original_base64", "headers"].map { Array($0.utf8) }

    /// An event without some fields of its data; nil if its data has none of them.
    static func event(_ event: JSONValue, without fields: [[UInt8]]) -> [UInt8]? {
        guard let data = event.member(Self.data), data.kind == .object,
            fields.contains(where: { data.member($0) != nil })
        else { return nil }
        return rewrite(event) { member, writer in
            guard !fields.contains(where: { member.key.elementsEqual($0) }) else { return }
            writer.key(member.keyString)
            writer.raw(member.value)
        }
    }

    /// A dead letter without the original and without its sentence.
    static func letter(_ event: JSONValue) -> [UInt8] {
        rewrite(event) { member, writer in
            guard !originals.contains(where: { member.key.elementsEqual($0) }) else { return }
            writer.key(member.keyString)
            if member.key.elementsEqual(detail) { writer.string(sentence) } else { writer.raw(member.value) }
        }
    }

    private static func rewrite(_ event: JSONValue, _ field: (JSONMember, inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: event.rawBytes.count)
        writer.beginObject()
        for member in event.members {
            writer.key(member.keyString)
            guard member.key.elementsEqual(data), member.value.kind == .object else {
                writer.raw(member.value)
                continue
            }
            writer.beginObject()
            for inner in member.value.members { field(inner, &writer) }
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }
}

extension JSONValue {
    /// The member with a name given as bytes.
    func member(_ name: [UInt8]) -> JSONValue? { name.withUnsafeBytes { member($0) } }
}
