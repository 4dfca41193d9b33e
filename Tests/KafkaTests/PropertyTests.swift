import Kafka
import Testing

@Suite struct PropertyTests {
    @Test(arguments: [
        ("acks=1", "acknowledged|in sync"), ("enable.idempotence=false", "doubles or reorders"),
        ("delivery.report.only.error=true", "acknowledgement is waited for"), ("topic.blacklist=.*", "not seen"),
        ("enable.auto.commit=true", "run's store"), ("auto.offset.reset=earliest", "lost record"),
        ("enable.partition.eof=true", "acknowledgements"), ("partitioner=random", "Java's producer"),
        ("transactional.id=x", "no transaction"), ("isolation.level=read_committed", "open transaction"),
        ("bootstrap.servers=other:9092", "named where"), ("test.mock.num.brokers=3", "of librdkafka's own"),
        ("queuing.strategy=lifo", "would go first"), ("no.such.property=1", "no such property"),
        ("linger.ms=900000", "waits so long for its records"), ("queue.buffering.max.ms=10001", "from 0 to 10000"),
        ("message.timeout.ms=1", "that restarts is taken for lost"), ("delivery.timeout.ms=0", "gone for good"),
        ("message.max.bytes=1000", "said by its topic"), ("receive.message.max.bytes=1000", "said by its topic"),
        ("max.partition.fetch.bytes=1", "said by its topic"),
        ("fetch.min.bytes=1000000", "must be 1: the last records"),
        ("retries=0", "before it takes them"), ("socket.timeout.ms=10", "may take for an answer"),
        ("reconnect.backoff.max.ms=3600000", "after a broker's failure"), ("api.version.request=false", "headers"),
        ("linger.ms=soon", "linger.ms"), ("acks", "name=value"), ("=1", "name=value"),
    ])
    func `a property that would break a run is refused with the reason, before any broker is asked`(
        text: String, reason: String
    ) throws {
        let complaint = try #require(PropertyRules.complaint(about: text))
        #expect(reason.split(separator: "|").contains { complaint.contains($0) }, "\(complaint)")
        guard let property = PropertyRules.parse(text) else { return }
        let settings = KafkaSettings(bootstrapServers: "127.0.0.1:1", properties: [property])
        let error = #expect(throws: KafkaError.self) { try Consumer(settings) }
        #expect(error?.reason == complaint)
    }

    @Test(arguments: [
        "security.protocol=sasl_ssl", "sasl.password=a=b", "compression.codec=zstd", "group.id=mine", "linger.ms=5",
        "ssl.ca.location=", "socket.timeout.ms=1000",
    ])
    func `any other property is the user's`(text: String) {
        #expect(PropertyRules.complaint(about: text) == nil)
    }

    @Test func `a secret is not shown when it is refused`() {
        let complaint = PropertyRules.complaint(about: "ssl.key.password.=hunter2")
        #expect(complaint?.contains("hunter2") == false)
    }

    @Test(arguments: [
        (KafkaErrorCode.groupAuthorization, "--operation Read --group mine"),
        (
            .topicAuthorization,
            "--operation Create --operation Describe --operation Read --operation Write --topic topic-0.v1"
        ),
    ])
    func `a missing right is named with the line that gives it`(code: KafkaErrorCode, line: String) throws {
        let harness = try Harness(properties: [("sasl.username", "anna"), ("group.id", "mine")])
        try harness.broker.inject(.failNext(.produce, code, count: 1))
        harness.produce([1])
        let reason = try #require(try harness.producer.awaitDeliveries().failures.first?.error.reason)
        #expect(reason.contains("`kafka-acls --bootstrap-server 127.0.0.1:"))
        #expect(reason.contains("--allow-principal User:anna \(line)`"), "\(reason)")
    }

    @Test func `a broker that stays away is named, and for how long it was tried`() throws {
        let harness = try Harness()
        try harness.broker.inject(.down(broker: nil))
        harness.produce([1])
        let error = #expect(throws: KafkaError.self) {
            try harness.producer.awaitDeliveries(timeout: .milliseconds(50))
        }
        let server = try #require(harness.broker.bootstrapServers.split(separator: ",").first)
        #expect(error?.broker?.contains(server) == true, "\(error!)")
        #expect(error?.reason.hasSuffix("tried for 50 ms") == true, "\(error!)")
        #expect("\(harness.consumer.silence(of: .seconds(30)))".contains("tried for 30 s"))
    }
}
