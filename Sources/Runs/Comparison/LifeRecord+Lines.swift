import JSON
import LifeEvents
import Simulation

extension LifeRecord {
    /// Keeps a message as a line of JSON: `{"life":"copy-1","id":…,"type":…,"source":…,"subject":…,"time":…,"data":…}`.
    mutating func keep(_ message: ObservedMessage, of life: String) {
        var writer = JSONWriter()
        writer.beginObject()
        let envelope = message.envelope
        for (key, text) in [
            ("life", life), ("id", "\(envelope.id)"), ("type", message.type),
            ("source", envelope.source.map { "\($0)" } ?? ""), ("subject", "\(envelope.subject)"),
            ("time", "\(Stockholm.local(envelope.time))"), ("change", envelope.change?.rawValue ?? ""),
        ] where !text.isEmpty {
            writer.key(key)
            writer.string(text)
        }
        if let data = message.data {
            writer.key("data")
            writer.raw(data)
        }
        writer.endObject()
        lines += writer.bytes
        lines.append(UInt8(ascii: "\n"))
    }
}
