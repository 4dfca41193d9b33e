import Testing

/// The same digests on a broker in another process.
@Suite(.waits) struct ClusterDigestTests {
    @Test(arguments: [1, 4])
    func `a digest is the same on a broker of its own, also on topics that hold an earlier run`(partitions: Int) throws
    {
        let broker = try BrokerProcess(["--partitions", "\(partitions)"])
        try twice(["--brokers", broker.servers])
    }

    @Test func `a digest is the same under a namespace`() throws {
        let broker = try BrokerProcess(["--namespace", "n", "--partitions", "12"])
        try twice(["--brokers", broker.servers, "--namespace", "n"])
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `a digest is the same on Apache Kafka, also on topics that hold an earlier run`() throws {
        let kafka = try ApacheKafka()
        let all = try report([DigestTests.shipped, "--brokers", kafka.servers])
        #expect(try all.digests == DigestTests.reference.get())
        try DigestTests.expectMain(report(DigestTests.main + ["--brokers", kafka.servers]))
        let deleting = ["--brokers", kafka.servers, "--namespace", "n", "--delete-topics"]
        try DigestTests.expectMain(report(DigestTests.main + deleting))
    }

    private func twice(_ options: [String]) throws {
        for _ in 1...2 { try DigestTests.expectMain(report(DigestTests.main + options)) }
    }
}
