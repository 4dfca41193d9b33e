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
        try twice(["--brokers", kafka.servers])
        let again = try report(
            [DigestTests.shipped] + ["--brokers", kafka.servers, "--namespace", "n", "--delete-topics"])
        try expectReference(again)
    }

    private func twice(_ options: [String]) throws {
        for _ in 1...2 {
            let found = try report([DigestTests.shipped] + options)
            #expect(found.deterministic)
            try expectReference(found)
        }
    }

    private func expectReference(_ found: RunReport) throws {
        #expect(try found.digests == DigestTests.reference.get())
    }
}
