public import LifeEvents

/// A message that a scenario publishes: what citizens, hospitals and other outsiders do, and opening facts.
public struct ScriptedMessage: Sendable {
    /// When it is published.
    public var due: Instant
    /// Its id.
    public var id: EventID
    /// Its topic.
    public var topic: String
    /// The record's key.
    public var subject: Subject
    /// The structured event.
    public var value: Value

    /// How the event is given.
    public enum Value: Sendable {
        /// As it is published.
        case bytes([UInt8])
        /// To be written when it is due.
        case template(MessageTemplate, TemplateValues)

        /// The length of the event, bytes.
        var count: Int {
            switch self {
            case .bytes(let value): value.count
            case .template(let template, _): template.count
            }
        }
    }

    /// A scripted message by its parts.
    public init(due: Instant, id: EventID, topic: String, subject: Subject, value: [UInt8]) {
        self.init(due: due, id: id, topic: topic, subject: subject, value: .bytes(value))
    }

    /// A scripted message by its parts.
    public init(due: Instant, id: EventID, topic: String, subject: Subject, value: Value) {
        self.due = due
        self.id = id
        self.topic = topic
        self.subject = subject
        self.value = value
    }
}

/// A scripted message of a topic that no manifest has.
public struct UnknownTopic: Error, Sendable, CustomStringConvertible {
    /// The topic.
    public let topic: String
    /// One sentence.
    public var description: String { "a scripted message is for the topic \(topic), which no manifest has" }
}

/// The host of what scenarios publish: its outbox is full from the start, and it hears nothing.
public struct Script {
    /// A message that waits. Of a template's world only what its values do not say: half of the memory of a journey that has
    /// just begun would be its script.
    private struct Entry {
        enum Content {
            indirect case given(ScriptedMessage)
            /// A message of a template, with its number and that of its person among the world's values.
            case ofTemplate(MessageTemplate, TemplateValues, number: Int32, person: Int16)
        }

        var content: Content
        var topic: Int32
        var world: Int32

        init(_ message: ScriptedMessage, number: Int, topic: Int32, world: Int32) {
            self.topic = topic
            self.world = world
            if case .template(let template, let values) = message.value, number < values.messages.count,
                values.messages[number] == message.id, let number = Int32(exactly: number),
                let person = values.people.firstIndex(of: message.subject).flatMap({ Int16(exactly: $0) })
            {
                content = .ofTemplate(template, values, number: number, person: person)
            } else {
                content = .given(message)
            }
        }

        var id: EventID {
            switch content {
            case .given(let message): message.id
            case .ofTemplate(_, let values, let number, _): values.messages[Int(number)]
            }
        }

        var subject: Subject {
            switch content {
            case .given(let message): message.subject
            case .ofTemplate(_, let values, _, let person): values.people[Int(person)]
            }
        }

        var value: ScriptedMessage.Value {
            switch content {
            case .given(let message): message.value
            case .ofTemplate(let template, let values, _, _): .template(template, values)
            }
        }
    }

    private var entries: [Instant: [Entry]] = [:]
    private var instants = InstantHeap()

    /// How much memory a message of a template takes while it waits, bytes.
    static var bytesOfTemplateMessage: Int { MemoryLayout<Entry>.stride }

    /// A script without messages.
    public init() {}

    /// The earliest instant with a message.
    public var nextDue: Instant? { instants.first }

    /// Adds the messages of a world.
    /// - Parameter index: the place of a topic in the run's topics.
    /// - Throws: ``UnknownTopic``; then none of the messages is added.
    public mutating func add(
        _ messages: [ScriptedMessage], world: Int32, index: (String) -> Int32?
    ) throws(UnknownTopic) {
        for message in messages where index(message.topic) == nil { throw UnknownTopic(topic: message.topic) }
        for (number, message) in messages.enumerated() {
            guard let topic = index(message.topic) else { continue }
            if entries[message.due] == nil { instants.insert(message.due) }
            entries[message.due, default: []].append(
                Entry(message, number: number, topic: topic, world: world))
        }
    }

    /// Writes the messages of an instant into its bucket.
    public mutating func takeDue(_ instant: Instant, into bucket: inout OutboxBucket) {
        // order-free: the value of one key, a list
        var due = entries.removeValue(forKey: instant) ?? []
        // Hundreds of thousands may be due at once: each value is let go of when it is written.
        due.reverse()
        while let entry = due.popLast() {
            let value = entry.value
            bucket.append(entry.id, entry.topic, entry.world, entry.subject, count: value.count) { bytes in
                switch value {
                case .bytes(let value): bytes += value
                case .template(let template, let own): template.write(own, into: &bytes)
                }
            }
        }
        instants.remove(instant)
    }

    /// Forgets everything due by an instant: a former life has published it.
    public mutating func drop(through limit: Instant) {
        while let next = instants.first, next <= limit {
            entries[next] = nil
            instants.remove(next)
        }
    }

    /// What waits after the end, by instant: topic, world and subject.
    public var waiting: [(due: Instant, topic: Int32, world: Int32, subject: Subject)] {
        // order-free: sorted by instant
        entries.sorted { $0.key < $1.key }.flatMap { due, own in
            own.map { (due, $0.topic, $0.world, $0.subject) }
        }
    }
}
