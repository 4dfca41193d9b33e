import Foundation
import JSON
import LifeEvents
import Terminal

/// What the commands print of dead letters. All that others wrote is escaped.
enum LetterText {
    /// A line for each letter.
    static func table(_ letters: [OperatorLetter], _ paint: Paint) -> String {
        guard !letters.isEmpty else { return "no dead letters\n" }
        var table = TextTable([
            .init("id"), .init("virtual time"), .init("state"), .init("reason"), .init("agency"), .init("topic"),
            .init("type"), .init("subject"), .init("detail"),
        ])
        for letter in letters {
            table.append(
                [
                    letter.id, "\(Stockholm.local(letter.time))", letter.state.rawValue, letter.reason, letter.agency,
                    letter.topic ?? "-", letter.type ?? "-", letter.subject, letter.detail,
                ].map(\.escapedLine))
        }
        return table.text(paint: paint)
    }

    /// All of a letter.
    static func page(_ letter: OperatorLetter, _ paint: Paint) -> String {
        var lines = [paint("dead letter \(letter.id)".escapedLine, .bold)]
        func line(_ name: String, _ text: String) {
            lines.append("  " + name.cell(13) + text.escapedLine)
        }
        line("stands on", letter.placeText ?? letter.deadLetterTopic)
        line("virtual time", "\(Stockholm.local(letter.time))")
        line("agency", letter.agency)
        line("reason", letter.reason)
        line("detail", letter.detail)
        line("state", letter.state.rawValue)
        for note in letter.notes { line("", sentence(note)) }
        line("topic", letter.topic ?? "none: the letter is about a timer")
        if let place = letter.originalPlace {
            line("place", "partition \(place.partition), offset \(place.offset)")
        } else if letter.topic != nil {
            line("place", "a message of the run or one that it has admitted")
        }
        line("id", letter.originalID ?? "-")
        line("type", letter.type ?? "-")
        line("subject", letter.subject)
        if let key = letter.key { line("key", text(key)) }
        for header in letter.headers { line("header", "\(header.name): \(header.value.map(text) ?? "(no value)")") }
        guard let original = letter.original else {
            line("value", "the letter does not hold it")
            return lines.joined(separator: "\n") + "\n"
        }
        line("value", "\(counted(original.count, "byte")), \(isText(original) ? "text" : "base64")")
        lines.append("  " + text(original).escapedLine)
        return lines.joined(separator: "\n") + "\n"
    }

    /// A record that is sent again.
    static func record(_ record: RedrivenRecord, _ paint: Paint) -> String {
        var lines = [paint("\(record.topic)  (dead letter \(record.letter.id))".escapedLine, .bold)]
        lines.append("  key     " + (record.key.map { text($0).escapedLine } ?? "(none)"))
        for header in record.headers {
            lines.append("  header  " + "\(header.name): \(header.value.map(text) ?? "(no value)")".escapedLine)
        }
        let edited = record.isEdited ? ", edited" : ""
        let size = counted(record.value.count, "byte")
        lines.append("  value   \(size), \(isText(record.value) ? "text" : "base64")\(edited)")
        lines.append("  " + text(record.value).escapedLine)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func sentence(_ note: LetterNote) -> String {
        let attempt = note.attempt.map { $0 > 1 ? " (number \($0))" : "" } ?? ""
        let edited = note.isEdited ? " with another value" : ""
        let why = note.why.map { ": \($0)" } ?? ""
        return "\(note.state.rawValue)\(attempt)\(edited) by \(note.who) at \(note.when)\(why)"
    }

    private static func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// Bytes as text where they are UTF-8, else as base64.
    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? Data(bytes).base64EncodedString()
    }

    // MARK: - JSON

    /// An array with an object for each letter.
    /// - Parameter whole: whether keys, headers and values are in it.
    static func json(_ letters: [OperatorLetter], whole: Bool = false) -> String {
        var writer = JSONWriter(pretty: true)
        writer.beginArray()
        for letter in letters { write(letter, whole, into: &writer) }
        writer.endArray()
        return EscapedText.json(writer.text) + "\n"
    }

    private static func write(_ letter: OperatorLetter, _ whole: Bool, into writer: inout JSONWriter) {
        func field(_ name: String, _ text: String?) {
            guard let text else { return }
            writer.key(name)
            writer.string(text)
        }
        writer.beginObject()
        field("id", letter.id)
        field("deadLetterTopic", letter.deadLetterTopic)
        if let place = letter.place {
            writer.key("deadLetterPartition")
            writer.int(Int64(place.partition))
            writer.key("deadLetterOffset")
            writer.int(place.offset)
        }
        field("time", "\(letter.time)")
        field("state", letter.state.rawValue)
        field("reason", letter.reason)
        field("detail", letter.detail)
        field("agency", letter.agency)
        field("topic", letter.topic)
        if let place = letter.originalPlace {
            writer.key("partition")
            writer.int(place.partition)
            writer.key("offset")
            writer.int(place.offset)
        }
        field("originalId", letter.originalID)
        field("type", letter.type)
        field("subject", letter.subject)
        writer.key("notes")
        writer.beginArray()
        for note in letter.notes {
            writer.beginObject()
            note.writeMembers(into: &writer)
            writer.endObject()
        }
        writer.endArray()
        if whole { writeContent(letter, into: &writer) }
        writer.endObject()
    }

    private static func writeContent(_ letter: OperatorLetter, into writer: inout JSONWriter) {
        func bytes(_ name: String, _ bytes: [UInt8]?) {
            guard let bytes else { return }
            writer.key(isText(bytes) ? name : "\(name)_base64")
            writer.string(text(bytes))
        }
        bytes("key", letter.key)
        writer.key("headers")
        writer.beginArray()
        for header in letter.headers {
            writer.beginObject()
            writer.key("name")
            writer.string(header.name)
            bytes("value", header.value)
            writer.endObject()
        }
        writer.endArray()
        bytes("original", letter.original)
    }
}
