public import JSON
public import LifeEvents

/// What a dead letter says: the reason in our words, and the record as it was.
public struct DeadLetter: Sendable {
    /// Why a record could not be handled.
    public enum Reason: String, Sendable, CaseIterable {
        /// The value is no event of this bus.
        case notAnEvent = "not-an-event"
        /// The event's type does not belong on the topic.
        case wrongTopic = "wrong-topic"
        /// The contract gives the event's source no right to say it.
        case notAllowed = "not-allowed"
        /// The event's data breaks the schema of its type.
        case notValid = "not-valid"
        /// It tells of a person with protected personal data what nobody may be told.
        case protected = "protected"
        /// It tells an agency of a person who has not consented to it.
        case noConsent = "no-consent"
        /// The record's key is not the event's subject.
        case wrongKey = "wrong-key"
        /// Nobody of the run is the event's subject.
        case unknownSubject = "unknown-subject"
        /// The source is an agency that the run plays, and the run did not say it.
        case playedSource = "played-source"
        /// The event changes a fact that its source has not told, or does not say which.
        case brokenChain = "broken-chain"
        /// One id of one source stands on two different messages.
        case idTwice = "id-twice"
        /// The value is larger than the topic allows.
        case tooLarge = "too-large"
        /// More came from outside at once than a run takes.
        case tooMany = "too-many"
        /// An agency's handler threw.
        case notHandled = "not-handled"
        /// A timer's handler threw.
        case timerFailed = "timer-failed"
        /// The message was left out on request.
        case skipped = "skipped"
        /// What the message changes did not come in time.
        case predecessorMissing = "predecessor-missing"

        /// Whether it is about a message that was on the bus and that agencies could not handle; else the bus itself has
        /// refused a record.
        public var isOfHandling: Bool {
            switch self {
            case .notHandled, .skipped, .predecessorMissing: true
            case .notAnEvent, .wrongTopic, .notValid, .wrongKey, .unknownSubject, .playedSource, .idTwice, .tooLarge,
                .tooMany, .timerFailed, .notAllowed, .protected, .noConsent, .brokenChain:
                false
            }
        }
    }

    /// A header of the original record.
    public struct Header: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its value; nil for none.
        public var value: [UInt8]?

        /// A header by its parts.
        public init(name: String, value: [UInt8]?) {
            self.name = name
            self.value = value
        }
    }

    /// The id of a letter: its cause can have several at one instant, from a fault of the wire and from who protects people,
    /// or when it is sent again twice; the second and those after it are told apart by their number.
    /// - Parameters:
    ///   - isTaken: whether another letter of the instant has an id.
    ///   - make: the id with a number's text; nil: the first.
    public static func id(isTaken: (EventID) -> Bool, _ make: (_ number: String?) -> EventID) -> EventID {
        var id = make(nil)
        var number = 1
        while isTaken(id) {
            number += 1
            id = make("letter \(number)")
        }
        return id
    }

    /// The kind of reason.
    public var reason: Reason
    /// One sentence.
    public var detail: String
    /// The topic on which the original stood; nil: it was no message but a timer.
    public var topic: String?
    /// Where the original stood, if it came from outside.
    public var place: (partition: Int32, offset: Int64)?
    /// The original's id, as it was written.
    public var id: String?
    /// The original's key, where it is not its subject.
    public var key: [UInt8]?
    /// The original's headers, if it came from outside.
    public var headers: [Header] = []
    /// The original value, byte for byte; nil: it was too large to be kept.
    public var original: [UInt8]?

    /// A dead letter by its parts.
    public init(_ reason: Reason, _ detail: String, topic: String?, original: [UInt8]?) {
        self.reason = reason
        self.detail = detail
        self.topic = topic
        self.original = original
    }

    /// Takes the headers that fit, and says in the sentence which do not.
    ///
    /// The headers together take at most ``mostHeaderBytes``; one that is too large leaves room for those after it.
    public mutating func keep(_ all: [Header]) {
        var room = Self.mostHeaderBytes
        var isLeftOut: [Header] = []
        for header in all {
            let size = header.name.utf8.count + (header.value?.count ?? 0)
            if size <= room {
                room -= size
                headers.append(header)
            } else {
                isLeftOut.append(header)
            }
        }
        guard !isLeftOut.isEmpty else { return }
        let named = isLeftOut.prefix(Self.mostNamedHeaders).map { header in
            "‘\(Self.beginning(of: header.name, at: 64))’ of \(header.value?.count ?? 0) bytes"
        }
        let more = isLeftOut.count > named.count ? " and \(isLeftOut.count - named.count) more" : ""
        detail += "; not kept, for they do not fit: the headers " + named.joined(separator: ", ") + more
    }

    /// The most headers that are named as left out: the sentence must stay one that is read.
    private static let mostNamedHeaders = 3

    /// The type of an owner's dead letters.
    public static func type(of owner: Owner) -> EventType { EventType("\(owner).dead-letter.v1") }

    /// The type of what operators note about the letters of a topic: a facet of it, as `kommun.dead-letter.state.v1`.
    public static func noteType(on topic: String) -> String {
        topic.hasSuffix(".v1") ? topic.dropLast(3) + ".state.v1" : topic + ".state"
    }

    /// The most bytes of an original's headers and key that a letter keeps: a letter must fit into its topic.
    public static let mostHeaderBytes = 32 << 10

    /// The most bytes of a letter of which nothing is left but ids and the beginning of its sentence: each byte of an
    /// outsider's texts may take six in JSON.
    public static let mostBareBytes = 16 << 10

    /// The first bytes of a sentence. Counted in bytes: a single character may have any number of accents.
    private static func beginning(of sentence: String, at most: Int = 500) -> String {
        var end =
            sentence.utf8.index(sentence.startIndex, offsetBy: most, limitedBy: sentence.endIndex) ?? sentence.endIndex
        while end > sentence.startIndex, end.samePosition(in: sentence.unicodeScalars) == nil {
            end = sentence.utf8.index(before: end)
        }
        return String(sentence.unicodeScalars[..<end])
    }

    /// Writes the data; what is no UTF-8 stands as base64, so that every byte comes back.
    public func write(into writer: inout JSONWriter) {
        writer.beginObject()
        field("reason", reason.rawValue, &writer)
        field("detail", detail, &writer)
        if let topic { field("topic", topic, &writer) }
        if let place {
            writer.key("partition")
            writer.int(Int64(place.partition))
            writer.key("offset")
            writer.int(place.offset)
        }
        if let id { field("id", id, &writer) }
        if let key { Self.bytes("key", key, &writer) }
        if !headers.isEmpty {
            writer.key("headers")
            writer.beginArray()
            for header in headers {
                writer.beginObject()
                field("name", header.name, &writer)
                if let value = header.value { Self.bytes("value", value, &writer) }
                writer.endObject()
            }
            writer.endArray()
        }
        if let original { Self.bytes("original", original, &writer) }
        writer.endObject()
    }

    private func field(_ name: String, _ text: String, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.string(text)
    }

    /// Bytes as text, or as base64 under `<name>_base64`.
    private static func bytes(_ name: String, _ bytes: [UInt8], _ writer: inout JSONWriter) {
        if let text = String(validating: bytes, as: UTF8.self) {
            writer.key(name)
            writer.string(text)
        } else {
            writer.key("\(name)_base64")
            writer.string(Base64.text(of: bytes))
        }
    }

    /// The whole message: envelope and data.
    ///
    /// A letter that is larger than its topic allows is written without the original, then without headers, then
    /// without the key, and at last with the beginning of its sentence only: that takes less than ``mostBareBytes``.
    /// - Parameters:
    ///   - limit: the most bytes that the topic allows.
    public func message(_ envelope: EventEnvelope, owner: Owner, limit: Int) -> [UInt8] {
        var letter = self
        for attempt in 0..<5 {
            var writer = JSONWriter(capacity: (letter.original?.count ?? 0) * 2 + 1_024)
            envelope.write(type: Self.type(of: owner), into: &writer) { letter.write(into: &$0) }
            if writer.bytes.count <= limit || attempt == 4 { return writer.bytes }
            switch attempt {
            case 0:
                letter.detail += "; the original of \(original?.count ?? 0) bytes is not kept, for it does not fit"
                letter.original = nil
            case 1:
                if !letter.headers.isEmpty { letter.detail += "; nor are the headers" }
                letter.headers = []
            case 2:
                if letter.key != nil { letter.detail += "; nor is the key" }
                letter.key = nil
            default: letter.detail = Self.beginning(of: letter.detail)
            }
        }
        return []
    }
}

/// What is known of a timer whose handler threw: the `original` of its dead letter.
struct LostTimer {
    var report: TimerReport

    var json: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("timer")
        writer.string(report.name)
        writer.key("agency")
        writer.string("\(report.agency)")
        writer.key("subject")
        report.subject.write(jsonString: &writer)
        writer.key("due")
        report.due.write(jsonString: &writer)
        writer.key("setter")
        report.setter.write(jsonString: &writer)
        writer.endObject()
        return writer.bytes
    }
}

/// Base64 of RFC 4648, section 4.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text that stands for some bytes.
    package static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for place in 0..<3 { bits = bits << 8 | (place < group.count ? UInt32(group[start + place]) : 0) }
            for place in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * place) & 63)
                text.append(place <= group.count ? alphabet[sextet] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
