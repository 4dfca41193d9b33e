import JSON
import LifeEvents

/// Remembers the code of each line of each status page, to tell what a tile changes.
struct TileLines {
    private struct Line: Hashable {
        var world: Int?
        var holder: Subject
        var tile: String
        var agency: String
        var about: String?
    }

    private var codes: [Line: String] = [:]

    /// What a tile changes; nil if the message is none, or lacks its tile or code.
    /// - Parameter name: a person's name in the case.
    mutating func change(
        _ envelope: EventEnvelope, type: String, data: JSONValue?, world: Int?, name: (Subject) -> String
    ) -> StatusChange? {
        guard type == StatusTile.type.name, let data, let tile = data["tile"]?.string, let code = data["code"]?.string
        else { return nil }
        let agency = envelope.source?.description ?? "outside"
        let about = data["about"]?.string
        let line = Line(world: world, holder: envelope.subject, tile: tile, agency: agency, about: about)
        let before = codes.updateValue(code, forKey: line)
        return StatusChange(
            case: world, message: envelope.id, time: envelope.time, holder: name(envelope.subject), tile: tile,
            agency: agency, about: about.map { text in Subject(text: text).map(name) ?? text }, from: before,
            to: code, text: data["text"]?.string ?? "")
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
