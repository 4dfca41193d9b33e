import Testing

/// Nothing that nobody asked for is passed over in silence.
@Suite struct SilentGreenTests {
    private static let scenario = """
        scenario: quiet
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}

        """

    @Test func `a scenario that expects nothing says so`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        let run = try livsbuss(["run", "-q", "a.yaml"], in: folder)
        #expect(run.exitCode == 0)
        #expect(run.stdout.contains("nothing was asserted but what holds in every run"))
        #expect(
            try livsbuss(["run", "a.yaml", "--seeds", "1..2"], in: folder).stdout.contains(
                "nothing was asserted in quiet"))
    }

    @Test(arguments: [1, 2, 3])
    func `a log that ends before its run is no green in any report`(lost: Int) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        #expect(try livsbuss(["run", "-q", "a.yaml", "--log", "run.jsonl"], in: folder).exitCode == 0)
        let lines = folder.read("run.jsonl").split(separator: "\n")
        #expect(try livsbuss(["report", "run.jsonl"], in: folder).exitCode == 0)
        // Without run.end, without world.end, and in the middle of a line.
        let cut =
            lost == 3
            ? folder.read("run.jsonl").prefix(1_500) + "" : lines.dropLast(lost).joined(separator: "\n") + "\n"
        try folder.write("cut.jsonl", String(cut))
        let report = try livsbuss(
            ["report", "cut.jsonl", "--junit", "j.xml", "--html", "h.html", "--mermaid", "m.mmd"], in: folder)
        #expect(report.exitCode == 1)
        #expect(folder.read("j.xml").contains("errors=\"1\""))
        #expect(folder.read("j.xml").contains("<error type=\"incomplete\""))
        #expect(folder.read("h.html").contains("<h1 class=\"no\">The log ends before its run</h1>"))
        #expect(try livsbuss(["report", "cut.jsonl"], in: folder).stdout.contains("incomplete"))
        #expect(
            try livsbuss(["report", "cut.jsonl", "--github"], in: folder).stdout.hasPrefix("::error title=Livsbuss::"))
    }
}
