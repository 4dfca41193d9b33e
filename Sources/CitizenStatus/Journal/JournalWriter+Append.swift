import JSON
import LifeEvents
import SQLite

/// A tape in a box of its own, so that the writer can read from it and be called at the same time.
final class MessageReader {
    private var tape = JSONTape()

    /// The message's value; `null` if the bytes are no JSON. Valid until the next call.
    func read(_ bytes: UnsafeRawBufferPointer) -> JSONValue {
        // What is no JSON has no attributes; it stays in the journal as it is.
        try? tape.parse(bytes)
        return tape.root
    }
}

extension JournalWriter {
    /// Writes the rows of one instant.
    func append(_ batch: InstantBatch) throws(DatabaseError) {
        let first = sequence + 1
        try batch.bytes.span.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in
            for entry in batch.entries {
                let end = Int(entry.start) + Int(entry.count)
                let value = UnsafeRawBufferPointer(rebasing: bytes[Int(entry.start)..<end])
                sequence += 1
                try append(entry, value, at: batch.instant)
            }
            // The values were bound without a copy and are about to go.
            insertMessage.clearBindings()
        }
        for reading in batch.readings {
            try insertReading.bind(1, first + Int64(reading.entry))
            try insertReading.bind(2, try agency(reading.agency))
            try insertReading.run()
        }
    }

    private func append(
        _ entry: JournalEntry, _ value: UnsafeRawBufferPointer, at instant: Instant
    ) throws(DatabaseError) {
        let event = EventView(reader.read(value))
        let source = try event.source.map { (name) throws(DatabaseError) in try self.source(name) }
        let subject = try event.subject.map { (key) throws(DatabaseError) in try person(key) }
        let journey = try event.journey.map { (id) throws(DatabaseError) in try self.journey(id) }
        try insertMessage.bind(1, sequence)
        try bind(id: entry.id, to: 2)
        try insertMessage.bind(3, instant.milliseconds)
        try insertMessage.bind(4, topic(entry.topic))
        try insertMessage.bind(5, Int64(entry.world))
        try insertMessage.bind(6, entry.isOutside ? 1 : 0)
        try insertMessage.bind(7, entry.isDeadLetter ? 1 : 0)
        try insertMessage.bind(8, try event.type.map { (name) throws(DatabaseError) in try type(name) })
        try insertMessage.bind(9, source)
        try insertMessage.bind(10, subject)
        try insertMessage.bind(11, event.time?.milliseconds)
        try insertMessage.bind(12, event.occurred?.milliseconds)
        try insertMessage.bind(13, event.change?.rawValue)
        try bind(id: event.previous, to: 14)
        try bind(id: event.cause, to: 15)
        try insertMessage.bind(16, journey)
        try insertMessage.bind(17, blob: value, copying: false)
        try insertMessage.run()
        if entry.isDeadLetter {
            try appendDeadLetter(event)
        } else if let subject, let source, event.isAgency, event.isTile {
            try appendTile(entry, event, person: subject, agency: source, journey: journey, at: instant)
        }
    }

    private func bind(id: EventID?, to parameter: Int32) throws(DatabaseError) {
        guard let id else { return try insertMessage.bindNull(parameter) }
        try insertMessage.bind(parameter, id: id)
        if id.isForeign { try note(id) }
    }

    private func appendTile(
        _ entry: JournalEntry, _ event: EventView, person holder: Int64, agency: Int64, journey: Int64?,
        at instant: Instant
    ) throws(DatabaseError) {
        guard var fields = event.data?.fields(), let tile = EventView.text(fields.next(Keys.tile)),
            let code = EventView.text(fields.next(Keys.code)).flatMap({ TileCode.number(utf8: $0) })
        else { return }
        let about = EventView.text(fields.next(Keys.about)).flatMap { Subject(utf8: $0) }
        // What an outsider says counts from its admission, whatever time it claims.
        let known = entry.isOutside ? instant : event.time ?? instant
        try insertTile.bind(1, sequence)
        try insertTile.bind(2, id: entry.id)
        try insertTile.bind(3, Int64(entry.world))
        try insertTile.bind(4, holder)
        // Without a journey a tile is a line of its own.
        if let journey {
            try insertTile.bind(5, journey)
        } else {
            try insertTile.bind(5, try self.journey(entry.id))
        }
        try insertTile.bind(6, try tileName(tile))
        try insertTile.bind(7, agency)
        try insertTile.bind(8, try about.map { (key) throws(DatabaseError) in try self.person(key) })
        try insertTile.bind(9, code)
        try insertTile.bind(10, (event.occurred ?? event.time ?? instant).milliseconds)
        try insertTile.bind(11, known.milliseconds)
        try insertTile.run()
    }

    private func appendDeadLetter(_ event: EventView) throws(DatabaseError) {
        try connection.run(
            "INSERT INTO dead_letters (seq, reason, detail, original_topic, original_id) VALUES (?, ?, ?, ?, ?)",
            .integer(sequence), Self.text(event, Keys.reason), Self.text(event, Keys.detail),
            Self.text(event, Keys.topic), Self.text(event, Keys.id))
    }

    private static func text(_ event: EventView, _ key: JSONKey) -> SQLValue {
        event.data?[key]?.string.map { .text($0) } ?? .null
    }
}

extension EventView {
    /// Whether the message sets a tile.
    var isTile: Bool {
        type?.elementsEqual(
            UnsafeRawBufferPointer(start: Keys.tileType.utf8Start, count: Keys.tileType.utf8CodeUnitCount))
            ?? false
    }
}
