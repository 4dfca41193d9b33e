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
    private struct Entry {
        var id: EventID
        var subject: Subject
        var value: ScriptedMessage.Value
        var topic: Int32
        var world: Int32
    }

    private var entries: [Instant: [Entry]] = [:]
    private var instants = InstantHeap()

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
        for message in messages {
            guard let topic = index(message.topic) else { continue }
            if entries[message.due] == nil { instants.insert(message.due) }
            entries[message.due, default: []].append(
                Entry(id: message.id, subject: message.subject, value: message.value, topic: topic, world: world))
        }
    }

    /// Writes the messages of an instant into its bucket.
    public mutating func takeDue(_ instant: Instant, into bucket: inout OutboxBucket) {
        // order-free: the value of one key, a list
        var due = entries.removeValue(forKey: instant) ?? []
        // Hundreds of thousands may be due at once: room is made once, and each value is let go of when it is written.
        bucket.bytes.reserveCapacity(bucket.bytes.count + due.reduce(0) { $0 + $1.value.count })
        bucket.entries.reserveCapacity(bucket.entries.count + due.count)
        due.reverse()
        while let entry = due.popLast() {
            let start = bucket.bytes.count
            switch entry.value {
            case .bytes(let value): bucket.bytes.append(contentsOf: value)
            case .template(let template, let own): template.write(own, into: &bucket.bytes)
            }
            bucket.entries.append(
                OutboxEntry(
                    id: entry.id, topic: entry.topic, world: entry.world, subject: entry.subject,
                    start: start, count: bucket.bytes.count - start))
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
