import Foundation
import Testing

/// Python with the packages `cloudevents` and `confluent-kafka`: events as others read and write them.
///
/// `scripts/setup test` puts them into `.build/python`. Without them a test is named as skipped, except where
/// `CI=true`: there it fails.
enum CloudEventsClient {
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let interpreter: String? = {
        let ours = "\(RealBinary.repository)/.build/python/bin/python3"
        return [ours, "/usr/bin/python3"].first { path in
            guard FileManager.default.isExecutableFile(atPath: path),
                let folder = try? Folder(),
                let child = try? Child(path, ["-c", "import cloudevents.core, confluent_kafka"], in: folder)
            else { return false }
            return child.wait() == 0
        }
    }()

    static var isWanted: Bool { isDemanded || interpreter != nil }

    /// How an event is written to Kafka.
    enum Mode: String, CaseIterable, Sendable {
        /// All in the value, the data as JSON.
        case structured
        /// All in the value, the data as `data_base64`.
        case encoded
        /// The attributes in headers, the data alone in the value.
        case binary
    }

    private static func start(_ program: String, _ arguments: [String], streaming: Bool = false) throws -> Child {
        let interpreter = try #require(
            interpreter, "Python with cloudevents and confluent-kafka is missing; scripts/setup test installs it")
        return try Child(interpreter, ["-c", imports + program] + arguments, in: Folder(), streaming: streaming)
    }

    /// What the package reads from a broker: each event as it sees it, a JSON object a line, until it has a number of
    /// them.
    static func read(_ count: Int, at servers: String) throws -> [String] {
        let child = try start(reader, [servers, "\(count)"])
        guard child.wait() == 0 else { throw Missing("cloudevents: \(child.standardError)") }
        return child.standardOutput.split(separator: "\n").map(String.init)
    }

    /// Lets the package write an event in each mode, once the topic `awaited` has so many records.
    static func write(
        _ attributes: [String: String], data: String, to topic: String, after count: Int, of awaited: String,
        at servers: String
    ) throws {
        let attributes = String(decoding: try JSONEncoder().encode(attributes), as: UTF8.self)
        let modes = Mode.allCases.map(\.rawValue).joined(separator: ",")
        let child = try start(writer, [servers, attributes, data, topic, modes, awaited, "\(count)"])
        guard child.wait() == 0 else { throw Missing("cloudevents: \(child.standardError)") }
    }

    private static let imports = """
        import json, sys
        from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event, to_binary_event, to_structured_event
        from cloudevents.core.v1.event import CloudEvent
        from confluent_kafka import Consumer, Producer, TopicPartition, OFFSET_BEGINNING

        def records(servers, topics, count):
            consumer = Consumer({"bootstrap.servers": servers, "group.id": "none", "enable.auto.commit": False})
            known = consumer.list_topics(timeout=60).topics
            names = [name for name in sorted(known) if topics is None or name in topics]
            consumer.assign([
                TopicPartition(name, partition, OFFSET_BEGINNING)
                for name in names for partition in sorted(known[name].partitions)])
            found = []
            while len(found) < count:
                record = consumer.poll(60)
                if record is None:
                    sys.exit(f"{len(found)} records of {count}")
                if record.error():
                    sys.exit(str(record.error()))
                found.append(record)
            consumer.close()
            return found


        """

    private static let reader = """
        for record in records(sys.argv[1], None, int(sys.argv[2])):
            headers = dict(record.headers() or [])
            event = from_kafka_event(KafkaMessage(headers=headers, key=record.key(), value=record.value()))
            seen = {name: str(value) for name, value in event.get_attributes().items()}
            seen["time"] = event.get_time().isoformat(timespec="milliseconds")
            seen["topic"] = record.topic()
            print(json.dumps({"attributes": seen, "data": event.get_data()}))
        """

    private static let writer = """
        servers, attributes, data, topic, modes, awaited, count = sys.argv[1:]
        records(servers, [awaited], int(count))
        producer = Producer({"bootstrap.servers": servers, "partitioner": "murmur2_random"})
        for mode in modes.split(","):
            # Twice the same is once.
            event = CloudEvent(
                {**json.loads(attributes), "id": mode, "datacontenttype": "application/json"},
                data.encode() if mode == "encoded" else json.loads(data))
            write = to_binary_event if mode == "binary" else to_structured_event
            message = write(event, key_mapper=lambda event: event.get_subject())
            for _ in range(2):
                producer.produce(topic, key=message.key, value=message.value, headers=message.headers)
        if producer.flush(60):
            sys.exit("not all is written")
        """
}
