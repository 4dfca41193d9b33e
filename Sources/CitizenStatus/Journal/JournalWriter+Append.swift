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
            messages.clear()
        }
        for reading in batch.readings {
            readingCount += 1
            var row = try readings.begin(readingCount)
            try readings.bind(first + Int64(reading.entry), &row)
            try readings.bind(try agency(reading.agency), &row)
            try readings.bind(right(reading.right), &row)
            try readings.bind(reading.use.rawValue, &row)
            try readings.end(row)
        }
    }

    private func append(
        _ entry: JournalEntry, _ value: UnsafeRawBufferPointer, at instant: Instant
    ) throws(DatabaseError) {
        let event = EventView(reader.read(value))
        let source = try event.source.map { (name) throws(DatabaseError) in try self.source(name) }
        var row = try messages.begin(sequence)
        try bind(id: entry.id, &row)
        try messages.bind(instant.milliseconds, &row)
        try messages.bind(topic(entry.topic), &row)
        try messages.bind(Int64(entry.world), &row)
        try messages.bind(entry.isOutside ? 1 : 0, &row)
        try messages.bind(entry.isDeadLetter ? 1 : 0, &row)
        try messages.bind(try event.type.map { (name) throws(DatabaseError) in try type(name) }, &row)
        try messages.bind(source, &row)
        try messages.bind(event.subject?.stored, &row)
        try messages.bind(event.time?.milliseconds, &row)
        try messages.bind(event.occurred?.milliseconds, &row)
        try messages.bind(event.change?.rawValue, &row)
        try bind(id: event.previous, &row)
        try bind(id: event.cause, &row)
        try bind(id: event.journey, &row)
        try messages.bind(blob: value, &row)
        try messages.end(row)
        if let subject = event.subject { try note(subject) }
        if entry.isDeadLetter {
            try appendDeadLetter(event)
        } else if let subject = event.subject, let source, event.isAgency, event.isTile {
            try appendTile(entry, event, holder: subject, agency: source, at: instant)
        }
    }

    private func bind(id: EventID?, _ row: inout GrowingTable.Row) throws(DatabaseError) {
        try messages.bind(id, &row)
        if let id { try note(id) }
    }

    private func appendTile(
        _ entry: JournalEntry, _ event: EventView, holder: Subject, agency: Int64, at instant: Instant
    ) throws(DatabaseError) {
        guard var fields = event.data?.fields(), let tile = EventView.text(fields.next(Keys.tile)),
            let code = EventView.text(fields.next(Keys.code)).flatMap({ TileCode.number(utf8: $0) })
        else { return }
        let about = EventView.text(fields.next(Keys.about)).flatMap { Subject(utf8: $0) }
        // What an outsider says counts from its admission, whatever time it claims.
        let known = entry.isOutside ? instant : event.time ?? instant
        var row = try tiles.begin(sequence)
        try tiles.bind(entry.id, &row)
        try tiles.bind(Int64(entry.world), &row)
        try tiles.bind(holder.stored, &row)
        // Without a journey a tile is a line of its own.
        try tiles.bind(event.journey ?? entry.id, &row)
        try tiles.bind(try tileName(tile), &row)
        try tiles.bind(agency, &row)
        try tiles.bind(about?.stored, &row)
        try tiles.bind(Int64(code), &row)
        try tiles.bind((event.occurred ?? event.time ?? instant).milliseconds, &row)
        try tiles.bind(known.milliseconds, &row)
        try tiles.end(row)
        if let about { try note(about) }
    }

    private func appendDeadLetter(_ event: EventView) throws(DatabaseError) {
        let data = event.data
        var row = try deadLetters.begin(sequence)
        for key in [Keys.reason, Keys.detail, Keys.topic, Keys.id, Keys.key] {
            try deadLetters.bind(text: data?[key]?.string, &row)
        }
        for key in [Keys.partition, Keys.offset] { try deadLetters.bind(data?[key]?.int, &row) }
        try deadLetters.end(row)
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
