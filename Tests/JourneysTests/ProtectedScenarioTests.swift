import Foundation
import JSON
import SQLite
import Testing

/// Of everybody who is protected in a shipped scenario no output says a place: not the journal, not the ledger, not the run log,
/// not the report, from the instant at which the register says so until it says otherwise.
@Suite struct ProtectedScenarioTests {
    /// The shipped scenarios that protect somebody.
    private static let scenarios: [String] = {
        let folder = "\(RealBinary.repository)/Scenarios"
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter { file in
            guard file.hasSuffix(".yaml"), let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            else { return false }
            return text.contains("protection: marked") || text.contains("protection: protected")
                || text.contains("protected_identity: true")
        }.sorted()
    }()

    /// A time in which a person is protected, in milliseconds.
    private struct Protection {
        var key: String
        var from: Int64
        var until = Int64.max
    }

    private struct Message {
        var seq: Int64
        var instant: Int64
        var value: String
    }

    /// A municipality's code, or an agency of a place with its number.
    private static func places(_ text: some StringProtocol) -> [String] {
        String(text).matches(
            of:
                #/"(municipality|fromMunicipality|toMunicipality|addressRef)":|\b(kommun|raddningstjanst|region|lansstyrelse)-\d\d/#
        ).map { String($0.output.0) }
    }

    @Test(arguments: scenarios)
    func `nothing that a run writes about a protected person names a place`(scenario: String) throws {
        let folder = try Folder()
        let run = try livsbuss(
            [
                "run", "\(RealBinary.repository)/Scenarios/\(scenario)", "--store", "store", "--log", "run.jsonl",
                "--html", "report.html",
            ], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)")
        let store = try Database(path: "\(folder.path)/store/status.sqlite", mode: .readOnly)
        let messages = try store.query("SELECT seq, instant, CAST(value AS TEXT) FROM messages ORDER BY seq") {
            Message(seq: $0.int64(0), instant: $0.int64(1), value: $0.text(2))
        }
        // Where the register is not played nobody has said it, and nobody is protected.
        let protections = try Self.protections(messages)
        let log = folder.read("run.jsonl").split(separator: "\n")
        for one in protections {
            let own = messages.filter {
                // A firm's seat and its board are public, and no person's place.
                $0.instant >= one.from && $0.instant < one.until && $0.value.contains("\"\(one.key)\"")
                    && !$0.value.contains(#""type":"bolagsverket."#)
            }
            #expect(!own.isEmpty)
            for message in own {
                #expect(Self.places(message.value) == [], "\(message.value)")
                let readers = try store.query(
                    "SELECT a.name FROM readings r JOIN agencies a ON a.id = r.agency WHERE r.message = \(message.seq)"
                ) { $0.text(0) }
                #expect(Self.places(readers.joined(separator: " ")) == [], "\(message.value)")
                // What the log says of it: the message, each rule, each reader.
                let id = try JSONTape.reading(message.value) { $0["id"]?.string ?? "?" }
                for line in log where line.contains(id) && !line.contains("\"cause\":\"\(id)\"") {
                    #expect(Self.places(line) == [], "\(line)")
                }
            }
            let whole = one.from == messages.first?.instant && one.until == .max
            guard whole else { continue }
            for words in [["ledger", one.key], ["ledger", one.key, "--json"]] {
                let answer = try livsbuss(words + ["--store", "store"], in: folder)
                #expect(Self.places(answer.stdout) == [], "\(words): \(answer.stdout)")
            }
            let page = folder.read("report.html")
            for line in page.split(separator: "\n") where line.contains(one.key) {
                #expect(Self.places(line) == [], "\(line.prefix(2_000))")
            }
        }
    }

    private static func protections(_ messages: [Message]) throws -> [Protection] {
        var found: [Protection] = []
        for message in messages {
            let (key, level) = try JSONTape.reading(message.value) { root in
                let type = root["type"]?.string ?? ""
                let data = root["data"]
                let says = type.hasPrefix("skatteverket.protection.") ? data?["level"] : data?["protection"]
                return (root["subject"]?.string ?? "", says?.string)
            }
            guard let level else { continue }
            let open = found.lastIndex { $0.key == key && $0.until == .max }
            if level == "marked" || level == "protected" {
                if open == nil { found.append(Protection(key: key, from: message.instant)) }
            } else if let open {
                found[open].until = message.instant
            }
        }
        return found
    }
}
