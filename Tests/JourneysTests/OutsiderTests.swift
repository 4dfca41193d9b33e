import Foundation
import Testing

/// A stranger with kcat watches a paced run and takes part in it.
@Suite(.waits, .enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"), .serialized)
struct OutsiderTests {
    struct Event: Decodable {
        struct Tile: Decodable {
            var tile: String?
            var code: String?
        }
        var specversion: String
        var id: String
        var type: String
        var source: String
        var subject: String
        var data: Tile
    }

    struct Tile: Decodable {
        var holder: String
        var tile: String
        var agency: String
        var code: String
    }

    /// Seven weeks in half a minute: who speaks from outside has that long, also on a machine that does much else.
    static let speed = "140000"

    /// A run on the broker that has begun, and the keys of its people.
    private func begin(on broker: BrokerProcess, in folder: Folder) throws -> (run: Child, people: [String: String]) {
        let move = try OutsiderMutationTests.moveWithoutExpectations(in: folder)
        let people = try #require(try report([move]).scenarios.first).people
        let options = ["--json", "--brokers", broker.servers, "--speed", Self.speed, "--store", "store"]
        let run = try RealBinary.start(["run", move] + options, in: folder)
        return (run, people)
    }

    private func end(_ run: Child) throws -> RunReport {
        #expect(run.wait() == 0, "\(run.standardError)")
        let report = try RunReport(run.standardOutput)
        #expect(!report.deterministic)
        return report
    }

    @Test func `kcat prints the events as they come`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let tiles = try Kcat.consume(3, of: "citizen.status-tile.v1", at: broker.servers)
        let (run, people) = try begin(on: broker, in: folder)
        var events: [Event] = []
        for _ in 1...3 {
            events.append(try JSONDecoder().decode(Event.self, from: Data(tiles.nextLine().utf8)))
        }
        #expect(run.isRunning)
        #expect(tiles.wait() == 0)
        #expect(events.allSatisfy { $0.specversion == "1.0" && $0.type == "citizen.status-tile.v1" })
        #expect(events.allSatisfy { $0.source.hasPrefix("/agency/") && people.values.contains($0.subject) })
        #expect(events.map { "\($0.data.tile ?? "") \($0.data.code ?? "")" }.contains("housing-allowance U7"))
        #expect(try end(run).outside == 0)
    }

    @Test func `an event made by hand reaches an agency and shows in the status`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let (run, people) = try begin(on: broker, in: folder)
        let mother = try #require(people["mother"])
        for _ in 1...2 { _ = try entries.nextLine() }
        let certificate = """
            {"specversion":"1.0","id":"by-hand","type":"region.medical-certificate.v1","source":"/agency/region-09",\
            "subject":"\(mother)","data":{"certificateType":"pregnancy","expectedDate":"2026-09-05",\
            "contentRef":"certificate-1","addressee":"forsakringskassan"}}
            """
        // Twice the same is once.
        try Kcat.publish(
            [certificate, certificate], to: "region.medical-certificate.v1", key: mother, at: broker.servers)
        let report = try end(run)
        #expect(report.outside == 1)
        #expect(report.redelivered == 1)
        #expect(report.refused == 0)
        #expect(report.deadLetters == 0)

        let status = try livsbuss(["status", mother, "--json", "--store", "store"], in: folder)
        #expect(status.exitCode == 0, "\(status.stderr)")
        let tiles = try JSONDecoder().decode([Tile].self, from: Data(status.stdout.utf8))
        let told = tiles.first { $0.tile == "parental-benefit" }
        #expect(told?.agency == "forsakringskassan")
        #expect(told?.code == "U1")
        #expect(told?.holder == mother)
    }

    @Test func `an event in binary mode takes part, and one under another's key does not`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let letters = try Kcat.consume(2, of: "region.dead-letter.v1", at: broker.servers)
        let (run, people) = try begin(on: broker, in: folder)
        let (mother, daughter) = (try #require(people["mother"]), try #require(people["daughter"]))
        for _ in 1...2 { _ = try entries.nextLine() }
        let data =
            #"{"certificateType":"pregnancy","expectedDate":"2026-09-05","contentRef":"c","addressee":"#
            + #""forsakringskassan"}"#
        let headers = [
            "content-type=application/json", "ce_specversion=1.0", "ce_id=by-hand",
            "ce_type=region.medical-certificate.v1", "ce_source=/agency/region-09", "ce_subject=\(mother)",
        ]
        try Kcat.publish(
            [data], to: "region.medical-certificate.v1", key: mother, headers: headers, at: broker.servers)
        try Kcat.publish(
            [data], to: "region.medical-certificate.v1", key: daughter,
            headers: headers.map { $0 == "ce_id=by-hand" ? "ce_id=other" : $0 }, at: broker.servers)
        let structured = """
            {"specversion":"1.0","id":"third","type":"region.medical-certificate.v1","source":"/agency/region-09",\
            "subject":"\(mother)","data":\(data)}
            """
        try Kcat.publish([structured], to: "region.medical-certificate.v1", key: daughter, at: broker.servers)
        let report = try end(run)
        #expect(report.outside == 1)
        #expect(report.refused == 2)
        #expect(report.deadLetters == 2)
        for _ in 1...2 { #expect(try letters.nextLine().contains("the record's key is not its subject")) }
        let status = try livsbuss(["status", mother, "--json", "--store", "store"], in: folder)
        let tiles = try JSONDecoder().decode([Tile].self, from: Data(status.stdout.utf8))
        #expect(tiles.first { $0.tile == "parental-benefit" }?.code == "U1")
    }

    @Test func `a broker that goes for good in mid-run ends the run with its name`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let move = try OutsiderMutationTests.moveWithoutExpectations(in: folder)
        let options = ["--brokers", broker.servers, "--speed", Self.speed, "-X", "message.timeout.ms=2000"]
        let run = try RealBinary.start(["run", move] + options, in: folder)
        for _ in 1...2 { _ = try entries.nextLine() }
        broker.kill()
        #expect(run.wait() == 3)
        #expect(run.standardError.contains(broker.servers), "\(run.standardError)")
        #expect(!run.standardOutput.contains("passed"), "\(run.standardOutput)")
    }

    @Test func `what is no event becomes a dead letter, once, and the run goes on`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let letters = try Kcat.consume(3, of: "kommun.dead-letter.v1", at: broker.servers)
        let (run, people) = try begin(on: broker, in: folder)
        let mother = try #require(people["mother"])
        for _ in 1...2 { _ = try entries.nextLine() }
        let lacking = #"{"specversion":"1.0","id":"x","source":"/outside","subject":"\#(mother)","data":{}}"#
        try Kcat.publish(["this is no JSON", lacking, "[]"], to: "kommun.filing.v1", key: mother, at: broker.servers)
        let report = try end(run)
        #expect(report.refused == 3)
        #expect(report.deadLetters == 3)
        #expect(report.outside == 0)
        #expect(report.scenarios.first?.passed == true)
        let said = try (1...3).map { _ in try letters.nextLine() }.joined(separator: "\n")
        for reason in ["is not JSON", "`type` is missing", "not an object", "this is no JSON"] {
            #expect(said.contains(reason), "\(said)")
        }

        // What was dead-lettered is not met again.
        let next = try OutsiderTests.again(broker)
        #expect(next.deadLetters == 0)
        #expect(next.digests["move"] == (try DigestTests.reference.get()["move"]))
    }

    private static func again(_ broker: BrokerProcess) throws -> RunReport {
        try report([RealBinary.scenario("move"), "--brokers", broker.servers])
    }
}
