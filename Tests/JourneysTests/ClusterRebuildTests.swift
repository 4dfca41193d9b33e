import Foundation
import SQLite
import Testing

/// A store that is made from the log of a cluster has the rows of the run's own.
@Suite(.waits) struct ClusterRebuildTests {
    private static let paths = [
        RealBinary.scenario("death"), RealBinary.scenario("move"), "\(RealBinary.repository)/Scenarios/faults",
    ]

    /// What follows from messages, row by row.
    private static let queries = [
        "SELECT s.seq || hex(s.id) || s.instant || t.name || s.world || s.outside || s.dead || hex(s.value) "
            + "FROM messages s JOIN topics t ON t.id = s.topic ORDER BY s.seq",
        "SELECT seq || world || holder || coalesce(holder_name, '') || journey || tile || agency || coalesce(about, '') "
            + "|| code || valid || known || coalesce(text, '') FROM tiles_current ORDER BY seq",
        "SELECT seq || world || type || subject || coalesce(agency, '') || ceased || valid || known || id || data "
            + "FROM facts ORDER BY seq",
        "SELECT seq || coalesce(reason, '') || coalesce(detail, '') || coalesce(original_topic, '') "
            + "|| coalesce(original_id, '') FROM dead_letters ORDER BY seq",
        "SELECT world || name || scenario FROM worlds ORDER BY world",
        "SELECT hex(key) || world || name || scenario || case_name FROM persons ORDER BY id",
    ]

    private func rows(_ query: String, _ store: String, in folder: Folder) throws -> [String] {
        try Database(path: "\(folder.path)/\(store)/status.sqlite", mode: .readOnly).query(query) { $0.text(0) }
    }

    /// Plays on a cluster twice, once with other scenarios and once with another seed, and rebuilds the run between.
    private func rebuild(_ options: [String]) throws {
        let folder = try Folder()
        let birth = RealBinary.scenario("first-child")
        #expect(try livsbuss(["run", birth, "-q"] + options, in: folder).exitCode == 0)
        #expect(try livsbuss(["run"] + Self.paths + ["-q", "--store", "kept"] + options, in: folder).exitCode == 0)
        #expect(try livsbuss(["run", Self.paths[0], "-q", "--seed", "2"] + options, in: folder).exitCode == 0)
        // A store that was killed wrote the same log twice; so does the same run.
        #expect(try livsbuss(["run"] + Self.paths + ["-q", "--store", "again"] + options, in: folder).exitCode == 0)
        let rebuilt = try livsbuss(
            ["rebuild"] + Self.paths + ["--into", "rebuilt", "--topics", RealBinary.topics] + options, in: folder)
        #expect(rebuilt.exitCode == 0, "\(rebuilt.stderr)")
        #expect(rebuilt.stderr.contains("records on these topics belong to other runs"))
        for query in Self.queries {
            let (kept, made) = try (rows(query, "kept", in: folder), rows(query, "rebuilt", in: folder))
            #expect(kept == made && !kept.isEmpty, "\(query)")
        }
        for question in [["status", "widow"], ["status", "mother", "--json"]] {
            let (left, right) = try (
                livsbuss(question + ["--store", "kept"], in: folder),
                livsbuss(question + ["--store", "rebuilt"], in: folder)
            )
            #expect(left.exitCode == 0 && left == right)
        }
        // No run goes on from it, for it has no agency's state.
        let run = try livsbuss(["run"] + Self.paths + ["-q", "--store", "rebuilt"] + options, in: folder)
        #expect(run.exitCode == 3 && run.stderr.contains("this run, finished"))
    }

    @Test(arguments: [1, 4])
    func `a broker in another process is enough to make a run's rows anew`(partitions: Int) throws {
        let broker = try BrokerProcess(["--partitions", "\(partitions)", "--namespace", "n"])
        try rebuild(["--brokers", broker.servers, "--namespace", "n"])
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `Apache Kafka is enough to make a run's rows anew`() throws {
        let kafka = try ApacheKafka()
        try rebuild(["--brokers", kafka.servers])
    }

    @Test func `what outsiders have said is told and left out, and what it led to is there`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let move = RealBinary.scenario("move")
        let mother = try #require(try report([move], in: folder).scenarios.first?.people["mother"])
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let run = try RealBinary.start(
            ["run", move, "-q", "--brokers", broker.servers, "--speed", OutsiderTests.speed, "--store", "kept"],
            in: folder)
        for _ in 1...2 { _ = try entries.nextLine() }
        func certificate(from source: String) -> String {
            """
            {"specversion":"1.0","id":"by-hand","type":"region.medical-certificate.v1","source":"/agency/\(source)",\
            "subject":"\(mother)","data":{"certificateType":"pregnancy","expectedDate":"2026-09-05",\
            "contentRef":"certificate-1","addressee":"forsakringskassan"}}
            """
        }
        // Nobody plays the region; Försäkringskassan is played, and has not said this.
        try Kcat.publish(
            [certificate(from: "region-01"), certificate(from: "forsakringskassan"), "[]"],
            to: "region.medical-certificate.v1", key: mother, at: broker.servers)
        #expect(run.wait() == 0, "\(run.standardError)")
        let rebuilt = try livsbuss(
            ["rebuild", move, "--into", "rebuilt", "--topics", RealBinary.topics, "--brokers", broker.servers],
            in: folder)
        #expect(rebuilt.exitCode == 0, "\(rebuilt.stderr)")
        #expect(rebuilt.stderr.contains("2 records of the run's people are left out that the run has not made"))
        #expect(rebuilt.stderr.contains("1 record is no event"))
        let own = "SELECT hex(s.value) FROM messages s WHERE s.outside = 0 ORDER BY s.id"
        let (kept, made) = try (rows(own, "kept", in: folder), rows(own, "rebuilt", in: folder))
        #expect(kept == made && !kept.isEmpty)
        let letters = Self.queries[3].replacing("seq || ", with: "").replacing("ORDER BY seq", with: "ORDER BY detail")
        #expect(try rows(letters, "kept", in: folder) == rows(letters, "rebuilt", in: folder))
    }

    @Test func `a log without the run, and one that has let go of records, are told for what they are`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let death = RealBinary.scenario("death")
        let rebuild = ["rebuild", death, "--topics", RealBinary.topics, "--brokers", broker.servers]
        let nothing = try livsbuss(rebuild + ["--into", "a"], in: folder)
        #expect(nothing.exitCode == 3 && nothing.stderr.contains("no message of a run of these scenarios"))
        #expect(try livsbuss(["run", death, "-q", "--brokers", broker.servers], in: folder).exitCode == 0)
        // An embedded broker keeps the newest 5 MiB of a partition.
        let large = String(repeating: "x", count: 900_000)
        try Kcat.publish(
            Array(repeating: large, count: 8), to: "skatteverket.death.v1", key: "pbbbbbbbbbbbbbbb",
            at: broker.servers)
        let part = try livsbuss(rebuild + ["--into", "a"], in: folder)
        #expect(part.exitCode == 3, "\(part.stderr)")
        #expect(
            part.stderr.contains(/error: skatteverket.death.v1, partition 0: \d+ records from offset 0 were not read/))
        #expect(part.stderr.contains("error: 1 message that caused others is not on the log"))
        #expect(part.stdout.contains("a: "))
    }

    @Test(arguments: [
        (["rebuild", "--brokers", "h:1", "--into", "a"], "--brokers and the scenario files go together"),
        (["rebuild", "x.yaml", "--into", "a"], "--brokers and the scenario files go together"),
        (
            ["rebuild", "x.yaml", "--brokers", "h:1", "--store", "s", "--into", "a"],
            "--store is not read with --brokers"
        ),
    ])
    func `what does not belong together is told at once`(line: [String], sentence: String) throws {
        let answer = try livsbuss(line)
        #expect(answer.exitCode == 64 && answer.stderr.contains(sentence), "\(answer.stderr)")
    }
}
