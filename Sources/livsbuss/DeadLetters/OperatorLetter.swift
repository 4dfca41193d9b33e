import Foundation
import JSON
import LifeEvents

/// A dead letter as an operator deals with it: read from its message, wherever that stands.
struct OperatorLetter {
    /// A header of the original record.
    typealias Header = (name: String, value: [UInt8]?)

    /// The dead letter's own id, as it is written.
    var id: String
    /// The dead-letter topic, without the namespace of a run.
    var deadLetterTopic: String
    /// Where the letter itself stands on a cluster; nil in a store.
    var place: (partition: Int32, offset: Int64)?
    /// When it became known, in virtual time.
    var time: Instant
    /// Who could not handle the record: an agency's id, or `livsbuss` for the bus.
    var agency: String
    /// The kind of reason, in kebab-case.
    var reason: String
    /// The reason as a sentence, with the field where there is one.
    var detail: String
    /// The topic of the original; nil: it was no message but a timer.
    var topic: String?
    /// Where the original stood; nil if the run itself has said it.
    var originalPlace: (partition: Int64, offset: Int64)?
    /// The original's id, as it was written.
    var originalID: String?
    /// The original's type; nil if its value does not tell.
    var type: String?
    /// Whom the original is about: its own subject, else the letter's.
    var subject: String
    /// Whom the letter is about, which is its record key: of a record that nobody could read nobody is known.
    var letterSubject: String
    /// The original's record key, where the letter keeps one.
    var key: [UInt8]?
    /// The original's headers; empty if the run itself has said it.
    var headers: [Header] = []
    /// The original value; nil if the letter does not hold it.
    var original: [UInt8]?
    /// What was noted about the letter, in the order of the notes.
    var notes: [LetterNote] = []

    /// How the letter stands: as the last note has it.
    var state: LetterState { notes.last?.state ?? .open }

    /// How often the original was sent again.
    var attempts: Int { notes.count { $0.state == .redriven } }

    /// Reads a letter from the value of its message; nil if it is none.
    init?(_ value: UnsafeRawBufferPointer, on topic: String, _ tape: inout JSONTape) {
        guard (try? tape.parse(value)) != nil else { return nil }
        let root = tape.root
        guard root["type"]?.string == topic, let id = root["id"]?.string, let data = root["data"],
            let reason = data["reason"]?.string
        else { return nil }
        self.id = id
        self.reason = reason
        deadLetterTopic = topic
        time = root["time"]?.string.flatMap { Instant($0) } ?? .earliest
        let source = root["source"]?.string ?? ""
        agency = source.hasPrefix("/agency/") ? String(source.dropFirst(8)) : source
        detail = data["detail"]?.string ?? ""
        self.topic = data["topic"]?.string
        if let partition = data["partition"]?.int, let offset = data["offset"]?.int {
            originalPlace = (partition, offset)
        }
        originalID = data["id"]?.string
        key = Self.bytes(data, "key")
        headers =
            data["headers"]?.elements.compactMap { header in
                header["name"]?.string.map { ($0, Self.bytes(header, "value")) }
            } ?? []
        original = Self.bytes(data, "original")
        letterSubject = root["subject"]?.string ?? "unknown"
        subject = letterSubject
        readOriginal(&tape)
    }

    /// Reads type and subject from the original, where it is JSON: the letter's own values are on the tape no more.
    private mutating func readOriginal(_ tape: inout JSONTape) {
        guard let original else { return }
        original.withUnsafeBytes { bytes in
            guard (try? tape.parse(bytes)) != nil, tape.root.kind == .object else { return }
            type = tape.root["type"]?.string
            if let own = tape.root["subject"]?.string { subject = own }
        }
    }

    private static func bytes(_ value: JSONValue, _ name: String) -> [UInt8]? {
        if let text = value[name]?.string { return Array(text.utf8) }
        return value["\(name)_base64"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}

extension OperatorLetter {
    /// The order in which letters are listed: by virtual time, then id.
    static func isBefore(_ left: OperatorLetter, _ right: OperatorLetter) -> Bool {
        (left.time, left.id) < (right.time, right.id)
    }
}
