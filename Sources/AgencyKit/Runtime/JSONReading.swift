import JSON
import LifeEvents

/// Reads what the harness recorded back into typed events.
enum JSONReading {
    static func envelope(_ json: String) throws -> (EventEnvelope, String) {
        try JSONTape.reading(json) { root in
            let event = try ReadEvent(root)
            return (event.envelope, event.type.string ?? "")
        }
    }

    static func event<Data: LifeEvent>(_ json: String, as type: Data.Type) throws -> Event<Data> {
        try JSONTape.reading(json) { root in
            let event = try ReadEvent(root)
            guard let data = event.data else { throw EnvelopeError.missing("data") }
            return Event(envelope: event.envelope, data: try Data(json: JSONSource(data)))
        }
    }
}
