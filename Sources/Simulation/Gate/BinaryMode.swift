import JSON
import Kafka

/// CloudEvents' binary mode on Kafka: the attributes stand in headers `ce_…`, the value is the data alone.
///
/// Rare here, so such a record is written anew as the one JSON object that everything else reads.
enum BinaryMode {
    /// The structured event; nil if the record has no such headers, or its value is not the JSON that it must be.
    static func structured(_ record: Record) -> [UInt8]? {
        guard record.header(named: "ce_specversion") != nil, record.header(named: "ce_id") != nil else { return nil }
        var attributes: [(name: String, value: String)] = []
        var contentType = "application/json"
        for header in record.headers {
            let value = String(decoding: header.value ?? [], as: UTF8.self)
            if header.name == "content-type" { contentType = value }
            if header.name.hasPrefix("ce_") { attributes.append((String(header.name.dropFirst(3)), value)) }
        }
        var writer = JSONWriter(capacity: 1_024)
        writer.beginObject()
        let first = ["specversion", "id", "type", "source", "subject", "time"]
        for name in first {
            guard let attribute = attributes.last(where: { $0.name == name }) else { continue }
            writer.key(name)
            writer.string(attribute.value)
        }
        for attribute in attributes where !first.contains(attribute.name) {
            writer.key(attribute.name)
            writer.string(attribute.value)
        }
        guard let value = record.value, !value.isEmpty else {
            writer.endObject()
            return writer.bytes
        }
        guard contentType.hasPrefix("application/json") || contentType.contains("+json") else { return nil }
        var tape = JSONTape()
        guard (try? tape.parse(value)) != nil else { return nil }
        // The data is what the sender wrote, byte for byte.
        var bytes = writer.bytes
        bytes.append(contentsOf: #","data":"#.utf8)
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
