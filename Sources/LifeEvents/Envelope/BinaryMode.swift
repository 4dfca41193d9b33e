internal import JSON

/// CloudEvents' binary mode on Kafka: the attributes stand in headers `ce_…`, the value is the data alone.
///
/// Rare here, so such a record is written anew as the one JSON object that everything else reads.
enum BinaryMode {
    private static let first = ["specversion", "id", "type", "source", "subject", "time"]

    /// The structured event.
    static func structured(
        _ record: RecordModes, value: UnsafeRawBufferPointer, tape: inout JSONTape
    ) throws(EnvelopeError) -> [UInt8] {
        for (index, attribute) in record.attributes.enumerated() {
            guard AttributeRules.isName(attribute.name), attribute.name != "data" else {
                throw .badAttributeName(attribute.name)
            }
            if record.attributes[..<index].contains(where: { $0.name == attribute.name }) {
                throw .repeated(attribute.name)
            }
        }
        if let contentType = record.contentType, !MediaType(contentType).isJSON {
            throw .notJSONData(contentType)
        }
        var writer = JSONWriter(capacity: 1_024 + value.count)
        writer.beginObject()
        for name in first {
            guard let attribute = record.attributes.first(where: { $0.name == name }) else { continue }
            writer.key(name)
            writer.string(attribute.value)
        }
        for attribute in record.attributes where !first.contains(attribute.name) {
            writer.key(attribute.name)
            writer.string(attribute.value)
        }
        if !value.isEmpty {
            // The data is what the sender wrote, byte for byte, once it is known to be JSON.
            try ReceivedRecord.parse(value, &tape)
            writer.key("data")
            writer.raw(value)
        }
        writer.endObject()
        return writer.bytes
    }
}
