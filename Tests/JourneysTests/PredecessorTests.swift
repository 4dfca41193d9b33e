import Foundation
import SQLite
import Testing

/// An event whose predecessor is lost on its way.
@Suite(.waits) struct PredecessorTests {
    private static let scenario = """
        scenario: lost-death
        version: 1
        start: Mon 2026-03-02T00:00
        given:
          citizens: {husband: {}, widow: {}}
          agencies: [skatteverket, pensionsmyndigheten, region-17]
          facts:
            - fact: skatteverket.register-entry.v1
              for: husband
              occurred: 1971-08-14
              data: {municipality: "1780", civilStatus: married, spouse: $widow, birthDate: 1944-02-11}
            - fact: skatteverket.register-entry.v1
              for: widow
              occurred: 1971-08-14
              data: {municipality: "1780", civilStatus: married, spouse: $husband, birthDate: 1947-10-23}
            - fact: pensionsmyndigheten.pension-decision.v1
              for: husband
              occurred: 2010-01-01
              data: {kind: oldAge, outcome: granted, month: 2010-01, share: 100}
        faults:
          - id: lost
            message: skatteverket.death.v1
            corrupt: {nth: 1}
        steps:
          - id: certificate
            at: +3d 09:00
            publish: region.death-certificate.v1
            from: region-17
            for: husband
            occurred: certificate -1d 00:00
            data:
              deathDate: certificate -1d
              certainty: exact
              signer: SE-EXAMPLE-0001
              channel: electronic
              forensic: false
          - id: correction
            corrects: certificate
            at: certificate +5d 10:00
            occurred: 2026-02-26
            data: {deathDate: 2026-02-26, certainty: approximate}
          - expect: {none: pensionsmyndigheten.pension-decision.v1, for: husband, until: end}
          - expect:
              dead_letter: skatteverket.death.v1
              in: pensionsmyndigheten
              for: husband
              change: corrected
              reason: {regex: '.*since 2026-03-10 10:01 for the predecessor .*, longer than 30 days'}
              by: correction +31d
        until: correction +40d
        allow_dead_letters: true
        """

    @Test func `a correction of what was lost waits thirty days and is a dead letter then, with the reason`() throws {
        let folder = try Folder()
        let file = try folder.write("lost.yaml", Self.scenario)
        let result = try report([file, "--store", "store", "--log", "run.jsonl"], in: folder)
        // That a correction follows what nobody has seen is told as well.
        let failures = try #require(result.scenarios.first).failures
        #expect(failures.map { $0.message.contains("chain-rules") } == [true], "\(failures)")
        // The notice itself, and one at each that waits: pensions, taxation, and the estates of the dead.
        #expect(result.deadLetters == 4)
        let (code, list, _) = try livsbuss(["dlq", "list", "--store", "\(folder.path)/store", "--json"])
        #expect(code == 0 && list.contains("predecessor-missing"))
        // While it waits the log says for what.
        #expect(folder.read("run.jsonl").contains(#""outcome":"handled","reason":"it waits for its predecessor "#))
    }

    @Test(.enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"))
    func `what an agency of a paced run could not take is given to it again`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        // Longer than anybody waits: the run is stopped when it has said what is wanted.
        let later = """
              - id: later
                at: correction +8000d
                publish: skatteverket.register-entry.v1
                for: widow
                data: {municipality: "1780", civilStatus: widowed, birthDate: 1947-10-23}
            until: correction +9000d
            """
        let text = Self.scenario.replacing("until: correction +40d", with: later)
        let file = try folder.write("lost.yaml", text)
        let letter = try Kcat.consume(1, of: "pensionsmyndigheten.dead-letter.v1", at: broker.servers)
        let run = try RealBinary.start(
            ["run", file, "--brokers", broker.servers, "--speed", "1500000", "--store", "store"], in: folder)
        let event = try #require(
            JSONSerialization.jsonObject(with: Data(letter.nextLine().utf8)) as? [String: Any])
        let id = try #require(event["id"] as? String)
        let redrive = ["dlq", "redrive", id, "--brokers", broker.servers]
        #expect(try livsbuss(redrive).exitCode == 0)
        #expect(try livsbuss(redrive).exitCode == 1)
        // What is written after it on its partition is judged after it: when that has its letter, it was admitted. The
        // first letter there is about the event that was lost, two are of the branches for estates and for taxation, which
        // waited as well.
        let letters = try Kcat.consume(4, of: "skatteverket.dead-letter.v1", at: broker.servers)
        try Kcat.publish(["no event"], to: "skatteverket.death.v1", key: "k", at: broker.servers)
        for _ in 1...4 { _ = try letters.nextLine() }
        run.kill(SIGTERM)
        #expect(run.wait() == 143, "\(run.standardError)\(run.standardOutput.suffix(1_500))")
        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        let rows = try store.query(
            "SELECT outside FROM messages WHERE change = 1 AND type IN (SELECT id FROM types WHERE name = "
                + "'skatteverket.death.v1') ORDER BY seq"
        ) { $0.int(0) }
        #expect(rows == [0, 1])
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `on a cluster letters are read and dealt with under the namespace of their run, and no other`() throws {
        let (cluster, folder) = (try ApacheKafka(), try Folder())
        let file = try folder.write("lost.yaml", Self.scenario)
        let brokers = ["--brokers", cluster.servers, "--namespace"]
        for name in ["trial", "other"] {
            _ = try report([file, "--store", name] + brokers + [name], in: folder)
        }
        func list(_ name: String) throws -> [String] {
            let (code, text, errors) = try livsbuss(["dlq", "list", "--json"] + brokers + [name])
            #expect(code == 0, "\(errors)")
            let letters = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
            return try #require(letters).map { "\($0["id"] ?? "") \($0["reason"] ?? "") \($0["state"] ?? "")" }
        }
        let open = try list("trial")
        #expect(try open.count == 4 && open == list("other"))
        let lost = try #require(open.first { $0.contains(" not-an-event ") }?.prefix(36))
        let waiting = try #require(open.first { $0.contains(" predecessor-missing ") }?.prefix(36))
        let redrive = try livsbuss(["dlq", "redrive", String(waiting)] + brokers + ["trial"])
        #expect(redrive.exitCode == 0, "\(redrive.stderr)")
        #expect(try livsbuss(["dlq", "discard", String(lost), "--why", "known"] + brokers + ["trial"]).exitCode == 0)
        let dealt = open.map { letter in
            letter.hasPrefix(lost) || letter.hasPrefix(waiting)
                ? letter.replacing(" open", with: letter.hasPrefix(lost) ? " discarded" : " redriven") : letter
        }
        #expect(try list("trial") == dealt)
        #expect(try list("other") == open)
        let none = try livsbuss(["dlq", "list"] + brokers + ["nobody"])
        #expect(none.exitCode == 3 && none.stderr.contains("nobody.<owner>.dead-letter.v1"), "\(none.stderr)")
    }

    @Test func `a store's letters cannot be sent again, and can be discarded once`() throws {
        let folder = try Folder()
        let file = try folder.write("lost.yaml", Self.scenario)
        _ = try report([file, "--store", "store"], in: folder)
        let store = ["--store", "\(folder.path)/store"]
        let refused = try livsbuss(["dlq", "redrive", "--all"] + store)
        #expect(refused.exitCode == 3 && refused.stderr.contains("has ended") && refused.stderr.contains("--brokers"))
        let list = try livsbuss(["dlq", "list", "--json", "--reason", "not-an-event"] + store).stdout
        let id = try #require(list.split(separator: "\"").first { $0.contains("-7fff-") }.map(String.init))
        #expect(try livsbuss(["dlq", "discard", id, "--why", "known"] + store).exitCode == 0)
        #expect(try livsbuss(["dlq", "discard", id, "--why", "known"] + store).exitCode == 1)
        let page = try livsbuss(["dlq", "show", id] + store).stdout
        #expect(page.contains("state        discarded") && page.contains(": known"))
        #expect(try livsbuss(["rebuild", "--into", "anew"] + store, in: folder).exitCode == 0)
        #expect(try livsbuss(["dlq", "show", id, "--store", "anew"], in: folder).stdout.contains(": known"))
        // The run's own rows are as they were: the store is whole, and tells its result.
        #expect(try livsbuss(["status"] + store).stdout.contains("lost-death"))
    }
}
