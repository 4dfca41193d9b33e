import CitizenStatus
import JSON
import LifeEvents

/// Remembers the code of each line of each status page, to tell what a tile changes.
struct TileLines {
    private var tiles = CurrentTiles<TileLine, TileCode>()

    /// What a tile changes; nil if the message is none, or says what was known before something that stands.
    /// - Parameter name: a person's name in the world.
    mutating func change(
        _ envelope: EventEnvelope, type: String, data: JSONValue?, world: Int?, name: (Subject) -> String
    ) -> StatusChange? {
        guard let (line, code) = TileLine.read(envelope, type: type, data: data),
            let change = tiles.see(code, line: line, known: envelope.time, id: envelope.id)
        else { return nil }
        return StatusChange(
            case: world, message: envelope.id, time: envelope.time, holder: name(line.holder), tile: line.tile,
            agency: line.agency.description, about: line.about.map(name), from: change.before?.rawValue,
            to: code.rawValue, text: data?["text"]?.string ?? "")
    }
}

extension Publish {
    init(
        _ envelope: EventEnvelope, type: String, data: JSONValue?, world: Int?, isOutside: Bool, subject: String
    ) {
        self.init(
            case: world, id: envelope.id, type: type, time: envelope.time,
            source: envelope.source?.description ?? "outside", subject: subject, cause: envelope.causationID,
            correlation: envelope.correlationID, occurred: envelope.occurredAt, change: envelope.change?.rawValue,
            previous: envelope.previousID, outside: isOutside ? true : nil,
            data: data.map { String(decoding: $0.rawBytes, as: UTF8.self) })
    }
}
