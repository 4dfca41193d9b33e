import Foundation
import Testing

/// A message that means harm, played by the real program, and each way out that shows it.
@Suite struct HostileOutputTests {
    private static let scenario = #"""
        scenario: hostile
        version: 1
        start: Mon 2026-03-02T08:00
        given:
          citizens: {ada: {template: adult, municipality: "1780"}}
          agencies: {skatteverket: external, region-17: simulated}
        steps:
        - id: tile
          at: +1d
          publish: citizen.status-tile.v1
          from: skatteverket
          for: ada
          data: {tile: name, code: U9, text: "a\x1b[2J\x1b]0;pwn\x07\x7f\u009b31m\u202e\u2066\u2028\x85\r\n::error::injected\n##[error]y"}
        - expect: {message: citizen.status-tile.v1, data: {text: "\x1b[1m\n::error::injected"}, within: 1d}
        - expect: {dead_letter: citizen.status-tile.v1, data: {text: "\x1b[1m\n::error::injected"}, within: 1d}
        """#

    /// What a terminal or a build server would act on, line breaks and the ends of JSON lines set aside.
    private static func offences(_ text: String) -> [String] {
        let bad = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A: false
            case ..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        let lines = text.split(separator: "\n").filter {
            $0.drop { $0 == " " }.hasPrefix("::error::injected") || $0.contains("##[")
        }
        return bad.map { "U+\(String($0.value, radix: 16))" } + lines.map(String.init)
    }

    @Test func `no way out lets through what a message's author would do to its reader`() throws {
        let folder = try Folder()
        try folder.write("s.yaml", Self.scenario)
        let run = try livsbuss(
            [
                "run", "s.yaml", "--github", "--junit", "j.xml", "--html", "h.html", "--mermaid", "m.mmd", "--log",
                "l.jsonl", "--store", "store",
            ], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        #expect(run.stdout.contains(#"ada: a\u001B[2J"#), "\(run.stdout)")
        var texts = [("output", run.stdout), ("errors", run.stderr)]
        // A run that failed is not approved.
        let told = Self.scenario.split(separator: "\n").filter { !$0.contains("- expect:") }.joined(separator: "\n")
        try folder.write("told.yaml", told)
        let approved = try livsbuss(["run", "told.yaml", "--approve", "--store", "other"], in: folder)
        #expect(approved.exitCode == 0, "\(approved.stderr)")
        texts.append(("approval", approved.stdout + approved.stderr))
        for file in ["j.xml", "h.html", "m.mmd", "l.jsonl", "told.golden"] {
            let text = folder.read(file)
            #expect(!text.isEmpty, "\(file)")
            texts.append((file, text))
        }
        let questions = [
            ["run", "s.yaml", "--json", "--store", "store", "--restart"], ["status", "ada", "--store", "store"],
            ["status", "ada", "--store", "store", "--json"], ["trace", "ada", "--log", "l.jsonl"],
            ["explain", "citizen.status-tile.v1", "--log", "l.jsonl"], ["report", "l.jsonl"],
            ["report", "l.jsonl", "--github"], ["coverage", "l.jsonl", "--json"], ["coverage", "l.jsonl", "--all"],
            ["check", "no\u{1B}[2J\n::error::injected\n.yaml"],
        ]
        for question in questions {
            let answer = try livsbuss(question, in: folder)
            texts.append((question.joined(separator: " "), answer.stdout + answer.stderr))
        }
        for (name, text) in texts { #expect(Self.offences(text) == [], "\(name)") }
    }
}
