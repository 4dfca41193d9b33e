import SQLite

/// What somebody has noted about a dead letter, such as that it was discarded.
public struct DeadLetterNoteRow: Equatable, Sendable {
    /// The letter's id, as it is written.
    public var letter: String
    /// The note, whose form is up to who writes it.
    public var text: String

    /// A note by its parts.
    public init(letter: String, text: String) {
        self.letter = letter
        self.text = text
    }
}

/// Notes about dead letters stand among the store's properties: they belong to no message, and no row of the run is
/// changed or removed by one.
extension StatusStore {
    private static let notePrefix = "dead-letter-note "

    /// The notes about dead letters, in the order in which those about one letter were written.
    public func deadLetterNotes() throws(StoreError) -> [DeadLetterNoteRow] {
        // A name is the prefix, a number of ten digits, a blank, and the letter's id.
        let sql = "SELECT name, value FROM properties WHERE name >= ? AND name < ? ORDER BY name"
        let prefix = Self.notePrefix
        return try rows(sql, .text(prefix), .text(prefix.dropLast() + "!")) { row in
            let words = row.text(0).dropFirst(prefix.count).split(separator: " ", maxSplits: 1)
            return DeadLetterNoteRow(letter: words.count == 2 ? String(words[1]) : "", text: row.text(1))
        }
    }

    /// Notes something about dead letters, after what is noted already; each note is kept by itself.
    public func note(_ notes: [DeadLetterNoteRow]) throws(StoreError) {
        var number = try deadLetterNotes().count
        for note in notes {
            let digits = String(number)
            let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
            try setProperty("\(Self.notePrefix)\(padded) \(note.letter)", note.text)
            number += 1
        }
    }
}
