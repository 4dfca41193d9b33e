import Hosting
import JSON
import Kafka
import Terminal

/// The dead letters on the topics of a cluster, and what was noted about them there.
final class ClusterLetters: OperatorLetters {
    private(set) var letters: [OperatorLetter] = []
    private let settings: KafkaSettings
    private let prefix: String
    private let topicNames: [String]
    private var connection: (Producer, Set<String>)?

    /// The most bytes of originals that are held at once.
    private static let mostBytes = 512 << 20
    /// So long nothing may come of what stands on a topic.
    private static let longestSilence: Duration = .seconds(30)
    private static let suffix = ".dead-letter.v1"

    init(_ brokers: String, namespace: String?, properties: ClusterProperties) throws {
        var settings = try Cluster.settings(brokers, properties: properties)
        let admin = try Admin(settings)
        let metadata = try admin.metadata(timeout: .seconds(5))
        if admin.isEmbeddedCluster(timeout: .seconds(5)) { settings.adaptToEmbeddedCluster() }
        self.settings = settings
        let prefix = namespace.map { "\($0)." } ?? ""
        self.prefix = prefix
        // An owner's name has no full stop, so a topic of another namespace is not taken for one of this.
        topicNames = metadata.topics.map(\.name).filter { name in
            name.hasPrefix(prefix) && name.hasSuffix(Self.suffix)
                && !name.dropFirst(prefix.count).dropLast(Self.suffix.count).contains(".")
        }
        guard !topicNames.isEmpty else {
            throw Failure(
                .environment,
                "the cluster at \(brokers) has no dead-letter topic \(prefix)<owner>\(Self.suffix)\n"
                    + "  help: a run with a --namespace has its topics under that prefix; name it")
        }
        try read(metadata, admin)
    }

    private func read(_ metadata: ClusterMetadata, _ admin: Admin) throws {
        let places = topicNames.flatMap { name in
            (metadata.topic(name)?.partitions ?? []).map { TopicPartition(name, $0.id) }
        }
        let marks = try admin.watermarks(of: places)
        let consumer = try Consumer(settings)
        var start: [PartitionOffset] = []
        var ends: [PartitionOffset] = []
        for place in places {
            let topic = try consumer.topicHandle(place.topic)
            guard let mark = marks[place], mark.high > mark.low else { continue }
            start.append(PartitionOffset(topic: topic, partition: place.partition, offset: mark.low))
            ends.append(PartitionOffset(topic: topic, partition: place.partition, offset: mark.high))
        }
        guard !start.isEmpty else { return }
        try consumer.assign(start)
        var reader = LetterReader(mostBytes: Self.mostBytes)
        while ends.contains(where: { (consumer.position($0.topic, $0.partition)?.offset ?? $0.offset) < $0.offset }) {
            let batch = try consumer.poll(upTo: 1_000, timeout: Self.longestSilence)
            if let interruption = batch.interruptions.first { throw interruption.error }
            if batch.isEmpty { throw consumer.silence(of: Self.longestSilence) }
            for index in 0..<batch.count {
                let record = batch[index]
                let topic = String(consumer.name(of: record.topic).dropFirst(prefix.count))
                try reader.take(record, topic)
            }
        }
        letters = reader.result
    }

    func note(_ notes: [(letter: OperatorLetter, note: LetterNote)]) throws {
        let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
        try publish(
            notes.map { letter, note in
                let number = letter.notes.count + 1
                return Outgoing(
                    topic: prefix + letter.deadLetterTopic, key: Array(letter.letterSubject.utf8),
                    value: note.event(about: letter, number: number), header: header)
            })
    }

    var redriveRefusal: String? { nil }

    func send(_ records: [RedrivenRecord]) throws {
        try publish(
            records.map {
                Outgoing(topic: prefix + $0.topic, key: $0.key, value: $0.value, header: RecordHeader($0.headers))
            })
    }

    private struct Outgoing {
        var topic: String
        var key: [UInt8]?
        var value: [UInt8]
        var header: RecordHeader
    }

    /// The producer, made when it is first needed, and the topics that there were then.
    private func connected() throws -> (Producer, Set<String>) {
        if let connection { return connection }
        let producer = try Producer(settings)
        let made = (producer, Set(try producer.fetchMetadata().topics.map(\.name)))
        connection = made
        return made
    }

    private func publish(_ records: [Outgoing]) throws {
        let (producer, known) = try connected()
        let missing = Set(records.map(\.topic)).subtracting(known).sorted()
        guard missing.isEmpty else {
            throw Failure(.environment, "the cluster has no topic \(missing.joined(separator: ", "))")
        }
        for (index, record) in records.enumerated() {
            let topic = try producer.topicHandle(record.topic)
            record.value.withUnsafeBytes { value in
                if let key = record.key {
                    key.withUnsafeBytes {
                        producer.produce(topic: topic, key: $0, value: value, header: record.header, opaque: index)
                    }
                } else {
                    producer.produce(topic: topic, key: nil, value: value, header: record.header, opaque: index)
                }
            }
        }
        let deliveries = try producer.awaitDeliveries(timeout: .seconds(60))
        if let failure = deliveries.failures.first {
            throw Failure(
                .environment,
                "\(deliveries.failures.count) of \(counted(records.count, "record")) were not taken by the broker: \(failure.error)"
            )
        }
    }
}

/// Sorts the records of dead-letter topics into letters and what was noted about them.
private struct LetterReader: ~Copyable {
    private var letters: [OperatorLetter] = []
    private var places: [String: [Int]] = [:]
    private var notes: [(letter: String, note: LetterNote)] = []
    private var tape = JSONTape()
    private var bytes = 0
    private let mostBytes: Int

    init(mostBytes: Int) { self.mostBytes = mostBytes }

    mutating func take(_ record: Record, _ topic: String) throws {
        guard let value = record.value else { return }
        if var letter = OperatorLetter(value, on: topic, &tape) {
            letter.place = (record.partition, record.offset)
            add(letter)
            bytes += letter.original?.count ?? 0
            guard bytes <= mostBytes else {
                throw Failure(
                    .environment,
                    "the dead-letter topics hold more than \(mostBytes >> 20) MiB, too much to be read at once")
            }
        } else if (try? tape.parse(value)) != nil, tape.root["type"]?.string == DeadLetter.noteType(on: topic),
            let data = tape.root["data"], let letter = data["letter"]?.string, let note = LetterNote(data)
        {
            notes.append((letter, note))
        }
    }

    /// Adds a letter, unless it stands on the log already: a run that was killed says again what it has said.
    private mutating func add(_ letter: OperatorLetter) {
        let known = places[letter.id] ?? []
        guard !known.contains(where: { letters[$0].hasSameContent(as: letter) }) else { return }
        places[letter.id, default: []].append(letters.count)
        letters.append(letter)
    }

    var result: [OperatorLetter] {
        var letters = letters
        // In the order of the log: all notes about a letter have its key, and so stand on one partition.
        for (letter, note) in notes { for index in places[letter] ?? [] { letters[index].notes.append(note) } }
        return letters.sorted(by: OperatorLetter.isBefore)
    }
}

extension OperatorLetter {
    /// Whether both say the same of the same original.
    fileprivate func hasSameContent(as other: OperatorLetter) -> Bool {
        deadLetterTopic == other.deadLetterTopic && reason == other.reason && detail == other.detail
            && originalPlace?.offset == other.originalPlace?.offset
            && originalPlace?.partition == other.originalPlace?.partition && original == other.original
    }
}
