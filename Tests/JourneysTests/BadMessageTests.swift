import Foundation
import Kafka
import SQLite
import Testing

/// A thousand bad messages of every kind, and what becomes of each: refused with its reason or known already, none lost,
/// none in the way of another.
@Suite(.waits, .enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"), .serialized)
struct BadMessageTests {
    private static let count = 1_000

    /// Everybody but the Tax Agency is outside.
    private static let scenario = """
        scenario: bad-messages
        version: 1
        start: Sun 2026-03-01T00:00
        given:
          citizens: {ada: {}, mother: {}, child: {unborn: true}}
          agencies: {skatteverket: simulated, region-17: external, kommun-1780: external}
          facts:
            - fact: skatteverket.register-entry.v1
              for: ada
              occurred: 2019-04-01
              data: {municipality: "1780", civilStatus: unmarried, birthDate: 1993-02-17}
            - fact: skatteverket.register-entry.v1
              for: mother
              occurred: 2019-04-01
              data: {municipality: "1784", civilStatus: unmarried, birthDate: 1993-02-17, protection: marked}
        steps:
          - id: last
            at: +90d
            publish: region.medical-certificate.v1
            from: region-17
            for: ada
            data: {certificateType: sickness, contentRef: last, addressee: forsakringskassan}
        until: last +5d
        """

    /// What is wrong with a message.
    enum Fault: Int, CaseIterable {
        case wrongType, missingAttribute, truncated, anothersKey, noSubject, unknownType, unauthorised, played,
            replayed,
            anotherFacet, protectedAddress, unknownSubject, tombstone, tooLarge
    }

    /// The reason for which a message with a fault is refused; nil: it is known already.
    private static func reason(_ fault: Fault) -> String? {
        switch fault {
        case .wrongType, .anotherFacet: "not-valid"
        case .missingAttribute, .truncated, .noSubject, .tombstone: "not-an-event"
        case .anothersKey: "wrong-key"
        case .unknownType: "wrong-topic"
        case .unauthorised: "not-allowed"
        case .played: "played-source"
        case .replayed: nil
        case .protectedAddress: "protected"
        case .unknownSubject: "unknown-subject"
        case .tooLarge: "too-large"
        }
    }

    /// Makes the messages: sound ones with one fault each.
    private struct Maker {
        let people: [String: String]
        var random = SeededGenerator(state: 11)

        private func event(
            _ id: String, _ type: String, _ source: String, _ subject: String, _ data: String
        ) -> WrittenRecord {
            let text =
                #"{"specversion":"1.0","id":"\#(id)","type":"\#(type)","source":"\#(source)","subject":"\#(subject)""#
                + #","data":\#(data)}"#
            return WrittenRecord(
                topic: "region.medical-certificate.v1", key: Array(subject.utf8), value: Array(text.utf8))
        }

        /// Whether the broker itself refuses a message, so that its writer is told and nobody reads it.
        static func isRefusedByBroker(_ number: Int, _ fault: Fault) -> Bool { fault == .tooLarge && number < 100 }

        mutating func next(_ number: Int, _ fault: Fault) throws -> WrittenRecord {
            let ada = try #require(people["ada"])
            let (mother, child) = (try #require(people["mother"]), try #require(people["child"]))
            let days = String(Int.random(in: 10...28, using: &random))
            let sound =
                #"{"certificateType":"sickness","from":"2026-03-\#(days)","contentRef":"c\#(number)","#
                + #""addressee":"forsakringskassan"}"#
            let type = "region.medical-certificate.v1"
            let region = "/agency/region-17"
            var record = event("\(number)", type, region, ada, sound)
            switch fault {
            case .wrongType: record.replace(#""2026-03-\#(days)""#, with: "\(number)")
            case .missingAttribute: record.replace(#""source":"\#(region)","#, with: "")
            case .truncated:
                record.replace("sickness", with: "sjukdomå")
                let cut = try #require(record.value?.lastIndex(of: 0xA5))
                record.value = record.value.map { Array($0[..<cut]) + Array("\"}}".utf8) }
            case .anothersKey: record.key = Array(mother.utf8)
            case .noSubject:
                record.key = nil
                record.replace(#""subject":"\#(ada)","#, with: "")
            case .unknownType: record.replace(type, with: "region.medical-certificat.v1")
            case .unauthorised: record.replace(region, with: "/agency/kommun-1780")
            case .played: record.replace(region, with: "/agency/skatteverket")
            case .replayed:
                record = event(
                    "again", type, region, ada,
                    #"{"certificateType":"sickness","contentRef":"c","addressee":"forsakringskassan"}"#)
            case .anotherFacet: record.replace(#""addressee""#, with: #""diagnosis":"F32","addressee""#)
            case .protectedAddress:
                record = event(
                    "\(number)", "kommun.parenthood.v1", "/agency/kommun-1780", child,
                    #"{"state":"confirmed","mother":"\#(mother)","otherParent":"\#(ada)","#
                        + #""jointCustody":false,"municipality":"1784","expectedDate":"2026-03-\#(days)"}"#)
                record.topic = "kommun.parenthood.v1"
            case .unknownSubject:
                record.replace(ada, with: "pbbbbbbbbbbbbbbb")
                record.key = Array("pbbbbbbbbbbbbbbb".utf8)
            case .tombstone: record.value = nil
            case .tooLarge:
                // The broker takes five megabytes, the topic one.
                let size = Self.isRefusedByBroker(number, fault) ? 6_000_000 : 1_200_000
                record.replace("\"c\(number)\"", with: "\"\(String(repeating: "x", count: size))\"")
            }
            return record
        }
    }

    @Test func `each of a thousand bad messages is refused with its reason or known, and the run goes on`() throws {
        let (broker, folder) = (try BrokerProcess(["--partitions", "4"]), try Folder())
        let file = try folder.write("bad.yaml", Self.scenario)
        let people = try #require(try report([file]).scenarios.first?.people)
        let entries = try Kcat.consume(2, of: "skatteverket.register-entry.v1", at: broker.servers)
        let run = try RealBinary.start(
            ["run", file, "--brokers", broker.servers, "--speed", OutsiderTests.speed, "--json", "--store", "store"],
            in: folder)
        for _ in 1...2 { _ = try entries.nextLine() }
        let made = try publish(people, at: broker.servers)
        #expect(run.isRunning, "the run ended before everything was written")
        #expect(run.wait() == 0, "\(run.standardError)")

        let report = try RunReport(run.standardOutput)
        var expected: [String: Int] = [:]
        for fault in made { expected[Self.reason(fault) ?? "known", default: 0] += 1 }
        // Of equal messages the first is an event as good as any.
        let known = expected.removeValue(forKey: "known") ?? 0
        #expect(report.outside == 1 && report.redelivered == known - 1)
        #expect(report.outside + report.redelivered + report.refused == made.count)
        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        var found: [String: Int] = [:]
        for row in try store.query(
            "SELECT reason, count(*) FROM dead_letters GROUP BY 1", row: { ($0.text(0), $0.int64(1)) })
        { found[row.0] = Int(row.1) }
        // An own event of the run that names the mother may add a letter of the register.
        #expect(found == expected)
        let details = try store.query("SELECT detail FROM dead_letters WHERE detail IS NULL OR detail = ''") {
            $0.text(0)
        }
        #expect(details.isEmpty, "every letter says why")
        let secrets = try store.query("SELECT count(*) FROM messages WHERE instr(value, CAST('\"1784\"' AS BLOB)) > 0")
        {
            $0.int64(0)
        }
        #expect(secrets == [0])
    }

    /// Writes all of them; those that the broker has taken.
    private func publish(_ people: [String: String], at servers: String) throws -> [Fault] {
        var settings = KafkaSettings(bootstrapServers: servers)
        settings.adaptToEmbeddedCluster()
        let producer = try Producer(settings)
        var maker = Maker(people: people)
        var (made, refused): ([Fault], Int) = ([], 0)
        for number in 0..<Self.count {
            let fault = Fault.allCases[number % Fault.allCases.count]
            if Maker.isRefusedByBroker(number, fault) { refused += 1 } else { made.append(fault) }
            let record = try maker.next(number, fault)
            let topic = try producer.topicHandle(record.topic)
            (record.key ?? []).withUnsafeBytes { key in
                (record.value ?? []).withUnsafeBytes { value in
                    producer.produce(
                        topic: topic, key: record.key == nil ? nil : key, value: record.value == nil ? nil : value)
                }
            }
        }
        let deliveries = try producer.awaitDeliveries()
        try #require(refused > 5 && made.count + refused == Self.count)
        try #require(deliveries.failures.count == refused, "\(deliveries.failures)")
        #expect(deliveries.failures.allSatisfy { "\($0.error)".contains("MSG_SIZE_TOO_LARGE") })
        return made
    }
}
