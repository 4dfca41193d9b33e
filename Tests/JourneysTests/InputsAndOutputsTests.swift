import Foundation
import JSON
import Testing

/// What the command line names is taken once, is not written over, and is some.
@Suite struct InputsAndOutputsTests {
    private static func scenario(_ name: String = "quiet", more: String = "") -> String {
        """
        scenario: \(name)
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - id: name
            at: +0d 09:00
            citizen: anna
            action: file
            form: name
            to: skatteverket
            data: {given: A, family: B}
        \(more)

        """
    }

    @Test(arguments: [
        ["run", "-q", "a.yaml", "--junit", "a.yaml"], ["run", "-q", "a.yaml", "--html", "./a.yaml"],
        ["run", "-q", ".", "--log", "a.yaml"], ["run", "-q", "a.yaml:9", "--mermaid", "../$/a.yaml"],
        ["run", "-q", "a.yaml", "broken.yaml", "--junit", "a.yaml"], ["check", "a.yaml", "--sarif", "a.yaml"],
        ["check", ".", "--sarif", "a.yaml"], ["report", "a.yaml", "--html", "a.yaml"],
        ["coverage", "a.yaml", "--html", "a.yaml"], ["compare", "a.yaml", "--csv", "a.yaml"],
        ["map", "a.yaml", "--planes", "bus", "--output", "a.yaml"],
    ])
    func `no report is written over a file that is read`(words: [String]) throws {
        let folder = try Folder()
        let text = Self.scenario()
        try folder.write("a.yaml", text)
        if words.contains("broken.yaml") { try folder.write("broken.yaml", "scenario: [") }
        let name = folder.path.split(separator: "/").last.map { String($0) } ?? ""
        let run = try livsbuss(words.map { $0.replacing("$", with: name) }, in: folder)
        #expect(run.exitCode == 2)
        #expect(folder.read("a.yaml") == text)
        if !words.contains("broken.yaml") { #expect(run.stderr.contains("would be written over"), "\(run.stderr)") }
    }

    @Test(arguments: [
        ["run", "a.yaml", "--junit", "x", "--html", "x"], ["run", "a.yaml", "--log", "x", "--mermaid", "./x"],
        ["run", "a.yaml", "--log", "x", "--junit", "link"], ["run", "a.yaml", "--html", "link", "--junit", "other"],
        ["run", "a.yaml", "--html", "folder/x", "--junit", "x"],
        ["run", "a.yaml", "--junit", "-", "--html", "/dev/stdout"],
        ["run", "a.yaml", "--json", "--junit", "-"], ["run", "a.yaml", "--seeds", "1..2", "--json", "--junit", "-"],
        ["report", "run.jsonl", "--junit", "x", "--mermaid", "x"], ["coverage", "run.jsonl", "--json", "--html", "-"],
        ["compare", "a.yaml", "--json", "x", "--csv", "x"],
        ["map", "a.yaml", "--needs", "n.csv", "--needs-export", "x", "--output", "x"],
    ])
    func `two outputs are never one file, whatever each is called`(words: [String]) throws {
        for isThere in [false, true] {
            let folder = try Folder()
            try folder.write("a.yaml", Self.scenario())
            if isThere { try folder.write("x", "kept") }
            try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "x")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/other", withDestinationPath: "\(folder.path)/x")
            try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/folder", withDestinationPath: ".")
            let run = try livsbuss(words, in: folder)
            #expect(run.exitCode == 64 && run.stderr.contains("name one file"), "\(words): \(run.stdout)\(run.stderr)")
            #expect(folder.read("x") == (isThere ? "kept" : ""))
        }
    }

    @Test func `what is thrown away may be all of it, and an approved run is read too`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario())
        let thrown = ["--junit", "/dev/null", "--html", "/dev/null", "--mermaid", "m.mmd"]
        #expect(try livsbuss(["run", "-q", "a.yaml"] + thrown, in: folder).exitCode == 0)
        #expect(try livsbuss(["run", "-q", "a.yaml", "--approve"], in: folder).exitCode == 0)
        let kept = folder.read("a.golden")
        let run = try livsbuss(["run", "-q", "a.yaml", "--junit", "./a.golden"], in: folder)
        #expect(run.exitCode == 2 && run.stderr.contains("would be written over") && folder.read("a.golden") == kept)
    }

    @Test(arguments: ["", " ", "localhost:9092,", ","])
    func `a list of brokers names some`(brokers: String) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario())
        for words in [
            ["run", "a.yaml"], ["rebuild", "a.yaml", "--into", "x"], ["topics", "apply"], ["dlq", "list"],
        ] {
            let run = try livsbuss(words + ["--brokers", brokers], in: folder)
            #expect(run.exitCode != 0 && run.stderr.contains("--brokers names host:port"), "\(words): \(run.stderr)")
        }
    }

    @Test func `a file that is named twice is played once`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario())
        let run = try livsbuss(["run", "-q", "a.yaml", "./a.yaml", "."], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(run.stdout.firstRange(of: "passed  quiet  ") != nil)
        let check = try livsbuss(["check", "a.yaml", "./a.yaml", "."], in: folder)
        #expect(check.exitCode == 0 && check.stdout.contains("1 file, 1 scenario, 1 case"), "\(check.stdout)")
    }

    @Test func `every report says that nothing was asserted`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario())
        let words = "nothing was asserted but what holds in every run"
        let run = try livsbuss(["run", "-q", "a.yaml", "--json", "--junit", "j.xml", "--html", "h.html"], in: folder)
        #expect(run.exitCode == 0)
        for text in [run.stdout, folder.read("j.xml"), folder.read("h.html")] { #expect(text.contains(words)) }
        try folder.write("a.yaml", Self.scenario(more: "then: {status: {anna: {name: U3}}}"))
        let asks = try livsbuss(["run", "-q", "a.yaml", "--json", "--junit", "j.xml", "--html", "h.html"], in: folder)
        for text in [asks.stdout, folder.read("j.xml"), folder.read("h.html")] { #expect(!text.contains(words)) }
    }

    @Test func `the command that shows a copy's failure again plays that copy alone, with the same messages`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario(more: "then: {count: {message: skatteverket.birth.v1, equals: 7}}"))
        let all = try livsbuss(["run", "-q", "a.yaml", "--copies", "3", "--junit", "j.xml"], in: folder)
        #expect(all.exitCode == 1)
        let junit = folder.read("j.xml")
        for copy in 1...3 { #expect(junit.contains("--case 'copy=\(copy)' --seed 1 --copies 3"), "\(junit)") }
        let one = try livsbuss(
            ["run", "-q", "a.yaml", "--case", "copy=2", "--seed", "1", "--copies", "3", "--junit", "k.xml"], in: folder)
        #expect(one.exitCode == 1)
        let digests = junit.matches(of: /digest: ([0-9a-f]{64})/).map(\.output.1)
        #expect(folder.read("k.xml").matches(of: /digest: ([0-9a-f]{64})/).map(\.output.1) == [digests[1]])
    }
}
