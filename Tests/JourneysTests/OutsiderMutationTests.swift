import Foundation
import Kafka
import SQLite
import Testing

/// A stranger pours damaged, borrowed and invented records into a paced run, and every one of them is accounted for.
@Suite(.waits, .serialized) struct OutsiderMutationTests {
    /// So many records; `OUTSIDE_RECORDS` asks for more.
    static let count = ProcessInfo.processInfo.environment["OUTSIDE_RECORDS"].flatMap(Int.init) ?? 1_000
    static let seed =
        ProcessInfo.processInfo.environment["OUTSIDE_SEED"].flatMap(UInt64.init) ?? .random(in: 0..<100_000)
    /// Whose ids they have: `mixed`, `unique` or `original`.
    static let ids = ProcessInfo.processInfo.environment["OUTSIDE_IDS"].flatMap(Mutator.IDs.init) ?? .mixed
    /// So many are written before the broker is asked for its word.
    private static let batch = 250

    /// The move without what it expects: who is spoken to lives otherwise than the file says.
    static func moveWithoutExpectations(in folder: Folder) throws -> String {
        var lines: [Substring] = []
        var isLeftOut = false
        /// Where the newest step begins: an expectation may have an id before it.
        var step = 0
        for line in try String(contentsOfFile: RealBinary.scenario("move"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("  - ") { (isLeftOut, step) = (line.hasPrefix("  - expect:"), lines.count) }
            if line.hasPrefix("    expect:") {
                isLeftOut = true
                lines.removeSubrange(step...)
            }
            if !line.hasPrefix(" "), !line.isEmpty { isLeftOut = line.hasPrefix("then:") }
            if !isLeftOut { lines.append(line) }
        }
        return try folder.write("move.yaml", lines.joined(separator: "\n"))
    }

    /// What a run has written about its people, with the topics.
    private func written(_ store: String) throws -> [WrittenRecord] {
        try Database(path: store, mode: .readOnly).query(
            "SELECT t.name, m.value FROM messages m JOIN topics t ON t.id = m.topic WHERE m.world = 0"
        ) { row in
            var record = WrittenRecord(topic: row.text(0), key: nil, value: row.blob(1))
            record.key = record.member("subject").map { Array($0.utf8) }
            return record
        }
    }

    @Test
    func `every record of a stranger is admitted, refused or known, and a world nobody spoke to keeps its digest`()
        throws
    {
        let (broker, folder) = (try BrokerProcess(["--partitions", "4"]), try Folder())
        let files = [try Self.moveWithoutExpectations(in: folder), RealBinary.scenario("death")]
        let undisturbed = try report(files + ["--store", "undisturbed"], in: folder)
        let records = try written("\(folder.path)/undisturbed/status.sqlite")
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let run = try RealBinary.start(
            ["run"] + files + [
                "--json", "--brokers", broker.servers, "--speed", OutsiderTests.speed, "--store", "store",
            ],
            in: folder)
        for _ in 1...2 { _ = try entries.nextLine() }
        print("seed of the stranger's records: \(Self.seed)")
        try publish(Mutator(records: records, seed: Self.seed, ids: Self.ids), at: broker.servers)

        #expect(run.isRunning, "the run ended before everything was written")
        #expect(run.wait() == 0, "seed \(Self.seed): \(run.standardError)\(run.standardOutput.suffix(1_500))")
        let report = try RunReport(run.standardOutput)
        #expect(
            report.outside + report.refused + report.redelivered == Self.count,
            "seed \(Self.seed): \(report.outside) admitted, \(report.refused) refused, \(report.redelivered) known")
        #expect(report.outside > 0 && report.refused > 0 && (report.redelivered > 0 || Self.ids == .unique))
        #expect(report.digests["death"] == undisturbed.digests["death"])
    }

    private func publish(_ stranger: Mutator, at servers: String) throws {
        var settings = KafkaSettings(bootstrapServers: servers)
        settings.adaptToEmbeddedCluster()
        let producer = try Producer(settings)
        var stranger = stranger
        for number in 1...Self.count {
            let record = stranger.next()
            let topic = try producer.topicHandle(record.topic)
            (record.key ?? []).withUnsafeBytes { key in
                (record.value ?? []).withUnsafeBytes { value in
                    producer.produce(
                        topic: topic, key: record.key == nil ? nil : key, value: record.value == nil ? nil : value)
                }
            }
            guard number % Self.batch == 0 || number == Self.count else { continue }
            let deliveries = try producer.awaitDeliveries()
            try #require(deliveries.failures.isEmpty, "\(deliveries.failures)")
        }
    }
}
