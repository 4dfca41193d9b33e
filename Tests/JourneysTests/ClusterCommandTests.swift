import Foundation
import Testing

/// What a run says of its cluster before it begins.
@Suite(.waits) struct ClusterCommandTests {
    @Test(arguments: [
        (["--delete-topics"], "--delete-topics needs --brokers"),
        (["-X", "linger.ms=5"], "--property needs --brokers"),
        (["--brokers", "none:1", "-X", "acks=1"], "property acks is not for you to set: a record counts as published"),
        (["--brokers", "none:1", "-X", "auto.offset.reset=latest"], "a lost record has to be noticed"),
        (["--brokers", "none:1", "-X", "linger.ms=5", "-X", "no.such.name=1"], "no.such.name"),
        (["--brokers", "none:1", "-X", "linger.ms"], "a property is written name=value"),
    ])
    func `an option that cannot be followed is refused before anything is played`(
        options: [String], words: String
    ) throws {
        let run = try livsbuss(["run", RealBinary.scenario("move")] + options)
        #expect(run.exitCode == 64)
        #expect(run.stdout.isEmpty)
        #expect(run.stderr.contains(words), "\(run.stderr)")
    }

    @Test func `a broker announces the port that it was given`() throws {
        let free = try BrokerProcess().servers.split(separator: ":").last.map(String.init)
        let port = try #require(free)
        #expect(port != "0")
        let broker = try RealBinary.start(["broker", "--port", port], in: Folder(), streaming: true)
        let servers = "127.0.0.1:\(port)"
        #expect(try broker.nextLine().hasSuffix("topics on \(servers)"))
        let run = try livsbuss(["run", RealBinary.scenario("move"), "--brokers", servers, "-q"])
        #expect(run.exitCode == 0, "\(run.stderr)")
        let other = try livsbuss(
            ["run", RealBinary.scenario("move"), "--brokers", servers, "-q", "--namespace", "n"])
        #expect(other.exitCode == 3)
        #expect(other.stderr.contains("lacks"), "\(other.stderr)")
        #expect(other.stderr.contains("makes its topics when it starts"), "\(other.stderr)")
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `an old topic under which a run would fail is told, once for each kind`() throws {
        let kafka = try ApacheKafka()
        let run = ["run", RealBinary.scenario("move"), "--brokers", kafka.servers, "-q", "--namespace", "n"]
        for name in ["skatteverket.birth.v1", "kommun.filing.v1"] {
            try kafka.administer(
                "topics", ["--create", "--topic", "n.\(name)", "--config", "max.message.bytes=2000"])
        }
        let first = try livsbuss(run)
        #expect(first.exitCode == 0, "\(first.stderr)")
        #expect(
            first.stderr.contains(
                "note: the topic n.kommun.filing.v1, as 1 other, takes batches of at most 2000 bytes, and its contract"),
            "\(first.stderr)")
        #expect(first.stderr.contains("the topic n.kommun.filing.v1, as 1 other, lets others pack with zstd"))
        #expect(first.stderr.contains("the cluster has 1 broker"))
        try kafka.administer("topics", ["--delete", "--topic", #"n\.(skatteverket\.birth|kommun\.filing)\.v1"#])
        // What a run makes is as its contract says.
        _ = try livsbuss(run)
        let second = try livsbuss(run)
        #expect(second.exitCode == 0)
        #expect(!second.stderr.contains("note:"), "\(second.stderr)")
    }

    /// A run whose own records keep coming: nothing is silent, so that it has to ask.
    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `partitions added in mid-run end it with the topic's name, also when it goes on from its store`() throws {
        let kafka = try ApacheKafka()
        let folder = try Folder()
        let options = [
            "run", RealBinary.scenario("move"), "--brokers", kafka.servers, "--store", "store",
            "--partitions", "4",
        ]
        let run = try RealBinary.start(options + ["--speed", "8000"], in: folder)
        // It makes the topics first; then what stands on one of them says that the run has begun.
        while run.isRunning, try !Kcat.has("citizen.status-tile.v1", at: kafka.servers) { usleep(100_000) }
        try #require(run.isRunning, "\(run.standardError)")
        _ = try Kcat.consume(1, of: "citizen.status-tile.v1", at: kafka.servers).nextLine()
        try kafka.administer(
            "topics", ["--alter", "--topic", "region.medical-certificate.v1", "--partitions", "8"])
        #expect(run.wait() == 3)
        let words = "topic region.medical-certificate.v1 has now 8 partitions, the run began with 4"
        #expect(run.standardError.contains(words), "\(run.standardError)")
        let again = try RealBinary.start(options, in: folder)
        #expect(again.wait() == 3)
        #expect(again.standardError.contains(words), "\(again.standardError)")
        #expect(again.standardError.contains("--restart"))
    }
}
