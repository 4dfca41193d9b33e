import Foundation
import SQLite
import Testing

/// For whom somebody outside may speak: that depends on what part an agency has in the scenario.
@Suite(.waits, .enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"), .serialized)
struct OutsiderPartTests {
    /// Skatteverket hears and never acts, region 17 is played by others, region 18 is not heard of.
    static let scenario = """
        scenario: parts
        version: 1
        start: Sun 2026-03-01T00:00
        given:
          citizens: {ada: {}}
          agencies: {skatteverket: silent, forsakringskassan: simulated, region-17: external}
          facts:
            - fact: skatteverket.register-entry.v1
              for: ada
              occurred: 2019-04-01
              data: {municipality: "1780", civilStatus: unmarried, birthDate: 1993-02-17}
        steps:
          - id: last
            at: +40d
            publish: region.medical-certificate.v1
            from: region-17
            for: ada
            data: {certificateType: sickness, contentRef: last, addressee: forsakringskassan}
        until: last +5d
        """

    private static func event(_ id: Int, _ type: String, _ source: String, _ ada: String, _ data: String) -> String {
        """
        {"specversion":"1.0","id":"\(id)","type":"\(type)","source":"\(source)","subject":"\(ada)","data":\(data)}
        """
    }

    @Test
    func `agencies that the run plays, acting or silent, speak for themselves only; others are taken from outside`()
        throws
    {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let file = try folder.write("parts.yaml", Self.scenario)
        let ada = try #require(try report([file]).scenarios.first?.people["ada"])
        let entries = try Kcat.consume(1, of: "skatteverket.register-entry.v1", at: broker.servers)
        let run = try RealBinary.start(
            [
                "run", file, "--brokers", broker.servers, "--speed", OutsiderTests.speed, "--store", "store", "--log",
                "run.jsonl",
            ], in: folder)
        _ = try entries.nextLine()
        let pregnancy =
            #"{"certificateType":"pregnancy","expectedDate":"2026-09-05","contentRef":"c","addressee":"#
            + #""forsakringskassan"}"#
        let certificate = { Self.event($0, "region.medical-certificate.v1", $1, ada, pregnancy) }
        try Kcat.publish(
            [
                certificate(1, "/agency/region-17"), certificate(2, "/agency/region-18"),
                certificate(3, "/agency/forsakringskassan"), certificate(4, "/agency/skatteverket"),
                certificate(5, "/agency/livsbuss"),
            ], to: "region.medical-certificate.v1", key: ada, at: broker.servers)
        // What a simulated Skatteverket would register.
        let dead =
            #"{"deathDate":"2026-03-01","certainty":"exact","signer":"s","channel":"electronic","forensic":false}"#
        try Kcat.publish(
            [Self.event(6, "region.death-certificate.v1", "/agency/region-17", ada, dead)],
            to: "region.death-certificate.v1", key: ada, at: broker.servers)

        #expect(run.wait() == 0, "\(run.standardError)")
        let text = run.standardOutput
        #expect(
            text.contains("3 outside records\n") && text.contains("3 records from outside were refused\n"), "\(text)")
        let end = try #require(folder.read("run.jsonl").split(separator: "\n").last)
        #expect(end.contains(#""outside":3"#) && end.contains(#""refused":3"#) && end.contains(#""deadLetters":3"#))

        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        let reasons = try store.query("SELECT reason, original_id FROM dead_letters ORDER BY original_id") {
            "\($0.text(0)) \($0.text(1))"
        }
        #expect(reasons == ["played-source 3", "played-source 4", "played-source 5"])
        let spoken = try store.query(
            """
            SELECT y.name FROM messages m JOIN types y ON y.id = m.type JOIN agencies a ON a.id = m.agency
            WHERE a.name = 'skatteverket'
            """
        ) { $0.text(0) }
        #expect(spoken == ["skatteverket.register-entry.v1"], "a silent agency says only what the scenario gives it")
        let heard = try store.query(
            """
            SELECT count(*) FROM readings r JOIN agencies a ON a.id = r.agency
            JOIN messages m ON m.seq = r.message JOIN types y ON y.id = m.type
            WHERE a.name = 'skatteverket' AND y.name = 'region.death-certificate.v1'
            """
        ) { $0.int64(0) }
        #expect(heard == [1], "a silent agency hears")
    }
}
