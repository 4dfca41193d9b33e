import Foundation
import SQLite
import Testing

/// Where a protected person is stands in nothing that a run writes or says, and nobody is left without a word of it.
@Suite struct ProtectedPersonTests {
    private static let scenario = "\(RealBinary.repository)/Scenarios/birth/protected-mother.yaml"
    /// The municipalities and the address of the scenario, and their names.
    private static let secrets = ["1784", "0684", "address-in-hiding", "Arvika", "Sävsjö"]

    private static func leaks(_ text: String) -> [String] { secrets.filter { text.contains($0) } }

    @Test func `no output of a run tells where a protected person is`() throws {
        let folder = try Folder()
        let scenario = try String(contentsOfFile: Self.scenario, encoding: .utf8)
        #expect(Self.leaks(scenario).count >= 3, "the scenario says what the run may not")
        let run = try livsbuss(
            [
                "run", Self.scenario, "--store", "store", "--log", "run.jsonl", "--junit", "junit.xml", "--html",
                "report.html",
            ], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)")
        #expect(Self.leaks(run.stderr) == [])
        var outputs = ["stdout": run.stdout]
        for file in ["run.jsonl", "junit.xml", "report.html"] { outputs[file] = folder.read(file) }
        for words in [
            ["status", "mother", "--json"], ["ledger", "mother"], ["ledger", "mother", "--json"],
            ["ledger", "child", "--json"], ["ledger", "--unused"], ["run", Self.scenario, "--json"],
        ] {
            let store = words[0] == "run" ? [] : ["--store", "store"]
            let answer = try livsbuss(words + store, in: folder)
            #expect(answer.exitCode == 0, "\(words): \(answer.stderr)")
            outputs[words.joined(separator: " ")] = answer.stdout + answer.stderr
        }
        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        for table in ["messages", "tiles", "dead_letters", "readings", "rights", "persons", "properties"] {
            let columns = try store.query("SELECT name FROM pragma_table_info('\(table)')") { $0.text(0) }
            let all = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
            let value = columns.contains("value") ? " || CAST(value AS TEXT)" : ""
            outputs["table \(table)"] = try store.query("SELECT \(all)\(value) FROM \(table)") { $0.text(0) }
                .joined(separator: "\n")
        }
        for (name, text) in outputs.sorted(by: { $0.key < $1.key }) {
            #expect(!text.isEmpty, "\(name)")
            #expect(Self.leaks(text) == [], "\(name)")
        }
    }

    @Test func `no topic but the owner's own tells where a protected person is`() throws {
        let folder = try Folder()
        let broker = try BrokerProcess()
        let run = try livsbuss(["run", Self.scenario, "--brokers", broker.servers], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        for topic in ["skatteverket.birth.v1", "skatteverket.family-relation.v1", "skatteverket.dead-letter.v1"] {
            let records = try Kcat.records(of: topic, at: broker.servers)
            #expect(records.contains("data"), "\(topic)")
            #expect(Self.leaks(records) == [], "\(topic)")
        }
        // The move in hiding is on no topic; the one after the protection was lifted is.
        let moves = try Kcat.records(of: "skatteverket.move.v1", at: broker.servers)
        #expect(moves.split(separator: "\n").count == 1 && Self.leaks(moves) == [])
        // What only Skatteverket reads reaches it whole.
        #expect(try Kcat.records(of: "skatteverket.register-entry.v1", at: broker.servers).contains("1784"))
    }

    @Test func `who is not told by the bus is told by hand`() throws {
        let folder = try Folder()
        _ = try livsbuss(["run", Self.scenario, "--store", "store"], in: folder)
        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        let letters = try store.query("SELECT reason, original_topic FROM dead_letters ORDER BY original_topic") {
            "\($0.text(0)) \($0.text(1))"
        }
        #expect(
            letters == [
                "protected skatteverket.birth.v1", "protected skatteverket.family-relation.v1",
                "protected skatteverket.move.v1",
            ])
    }
}
