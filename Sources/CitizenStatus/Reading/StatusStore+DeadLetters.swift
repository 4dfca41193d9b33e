import Foundation
import JSON
public import LifeEvents
import SQLite

/// A message that could not be delivered or handled, and why.
///
/// What a dead letter does not say is nil; an older one says only reason and topic, its reason being a sentence.
public struct DeadLetterRow: Hashable, Sendable {
    /// A record header of the message that failed.
    public struct Header: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value, byte for byte.
        public var value: [UInt8]
    }

    /// The dead letter itself.
    public var message: MessageRow
    /// The kind of reason, in kebab-case.
    public var reason: String?
    /// The reason as a sentence.
    public var detail: String?
    /// The topic of the message that failed.
    public var originalTopic: String?
    /// The id of the message that failed, as it was written.
    public var originalID: String?
    /// The record key of the message that failed.
    public var originalKey: String?
    /// The partition it stood on.
    public var partition: Int?
    /// Its offset there.
    public var offset: Int64?

    /// The value of the message that failed, byte for byte; nil if the dead letter does not hold it.
    public var originalBytes: [UInt8]? {
        Self.reading(message) { data in Self.bytes(data, text: Keys.original, base64: Keys.originalBase64) }
    }

    /// The record headers of the message that failed, in their order.
    public var headers: [Header] {
        Self.reading(message) { data in
            data?[Keys.headers].map { list in
                list.elements.compactMap { header in
                    guard let name = header[Keys.name]?.string,
                        let value = Self.bytes(header, text: Keys.value, base64: Keys.valueBase64)
                    else { return nil }
                    return Header(name: name, value: value)
                }
            }
        } ?? []
    }

    private static func reading<Value>(_ message: MessageRow, _ read: (JSONValue?) -> Value?) -> Value? {
        var tape = JSONTape()
        return message.value.withUnsafeBytes { bytes in
            guard (try? tape.parse(bytes)) != nil else { return nil }
            return read(tape.root[Keys.data])
        }
    }

    private static func bytes(_ value: JSONValue?, text: JSONKey, base64: JSONKey) -> [UInt8]? {
        if let text = value?[text]?.string { return Array(text.utf8) }
        return value?[base64]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}

extension StatusStore {
    /// What could not be delivered or handled, in the order of the journal.
    public func deadLetters() throws(StoreError) -> [DeadLetterRow] { try deadLetters("") }

    /// The dead letter with an id, also while a run goes on, when the journal has no index; nil if there is none. Costs
    /// two binary searches over the journal and a walk over one instant.
    public func deadLetter(_ id: EventID) throws(StoreError) -> DeadLetterRow? {
        guard id.isVersion7 else { return nil }
        let low = try firstMessage(from: id.milliseconds)
        let end = try firstMessage(from: id.milliseconds + 1)
        let sql = "SELECT seq FROM messages WHERE seq >= ? AND seq < ? AND id = ? AND dead = 1 LIMIT 1"
        let place = try rows(sql, .integer(low), .integer(end), .blob(id.stored)) { $0.int64(0) }.first
        guard let place else { return nil }
        return try deadLetters("WHERE seq = ?", .integer(place)).first
    }

    private func deadLetters(_ condition: String, _ arguments: SQLValue...) throws(StoreError) -> [DeadLetterRow] {
        let sql = """
            SELECT seq, reason, detail, original_topic, original_id, original_key, partition, "offset"
            FROM dead_letters \(condition) ORDER BY seq
            """
        let letters = try connection.rows(sql, arguments) { row in
            (
                sequence: row.int64(0), texts: (1...5).map { row.optionalText($0) }, partition: row.optionalInt(6),
                offset: row.isNull(7) ? nil : row.int64(7)
            )
        }
        var result: [DeadLetterRow] = []
        for letter in letters {
            guard let message = try messages("WHERE m.seq = ?", .integer(letter.sequence)).first else {
                throw .damaged("dead letter \(letter.sequence) has no message")
            }
            result.append(
                DeadLetterRow(
                    message: message, reason: letter.texts[0], detail: letter.texts[1], originalTopic: letter.texts[2],
                    originalID: letter.texts[3], originalKey: letter.texts[4], partition: letter.partition,
                    offset: letter.offset))
        }
        return result
    }
}
