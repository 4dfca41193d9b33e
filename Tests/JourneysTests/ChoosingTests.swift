import Testing

/// Which scenarios are played, and what is thought of those that are known to fail.
@Suite struct ChoosingTests {
    private static func scenario(_ name: String, _ head: String = "", expects type: String) -> String {
        """
        scenario: \(name)
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        \(head)
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: {message: \(type), within: 2d}

        """
    }

    private static let good = "skatteverket.filing.name.v1"
    private static let bad = "skatteverket.birth.v1"

    private func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario("birth-a", "tags: [payments, first]", expects: Self.good))
        try folder.write("b.yaml", Self.scenario("birth-b", "tags: [payments]", expects: Self.bad))
        try folder.write("c.yaml", Self.scenario("death-c", "skip: waits for a rule", expects: Self.bad))
        try folder.write("d.yaml", Self.scenario("death-d", "known_failure: the rule is not there", expects: Self.bad))
        return folder
    }

    @Test(
        arguments: [
            (["--filter", "birth-*"], ["passed  birth-a", "failed  birth-b"], 1),
            (["--filter", "death-d"], ["known   death-d"], 0), (["--tag", "first"], ["passed  birth-a"], 0),
            (["--tag", "first", "--tag", "payments"], ["passed  birth-a", "failed  birth-b"], 1),
            (["--tag", "payments", "--filter", "*-a"], ["passed  birth-a"], 0),
        ] as [([String], [String], Int32)])
    func `scenarios are chosen by name and tag`(options: [String], shown: [String], code: Int32) throws {
        let run = try livsbuss(["run", "-q", "."] + options, in: folder())
        #expect(run.exitCode == code, "\(run.stdout)\(run.stderr)")
        let lines = run.stdout.split(separator: "\n").filter { !$0.hasPrefix(" ") && $0.contains("messages") }
        #expect(lines.map { line in shown.contains { line.hasPrefix($0) } } == shown.map { _ in true }, "\(lines)")
    }

    @Test(arguments: [["--filter", "x*"], ["--tag", "none"]])
    func `choosing nothing is a mistake`(options: [String]) throws {
        let run = try livsbuss(["run", "-q", "."] + options, in: folder())
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains("no scenario of this run"))
    }

    @Test func `what is skipped is told with its reason, and not played`() throws {
        let run = try livsbuss(["run", "-q", "."], in: folder())
        #expect(run.stderr.contains("skipped: death-c: waits for a rule"))
        #expect(!run.stdout.contains("death-c"))
        let alone = try livsbuss(["run", "-q", "c.yaml"], in: folder())
        #expect(alone.exitCode == 0)
        #expect(alone.stdout.contains("nothing was played"))
    }

    @Test func `a known failure is no failure, and one that passes is`() throws {
        let folder = try folder()
        let run = try livsbuss(["run", "-q", "d.yaml", "--junit", "j.xml", "--html", "h.html"], in: folder)
        #expect(run.exitCode == 0)
        #expect(run.stdout.contains("fails as it is known to: the rule is not there"))
        #expect(folder.read("j.xml").contains("<skipped message=\"known failure: the rule is not there\"/>"))
        #expect(folder.read("j.xml").contains("failures=\"0\""))
        try folder.write("d.yaml", Self.scenario("death-d", "known_failure: the rule is not there", expects: Self.good))
        let passing = try livsbuss(["run", "-q", "d.yaml"], in: folder)
        #expect(passing.exitCode == 1)
        #expect(passing.stdout.contains("failed[A015]: expected to fail, for “the rule is not there”, it passed"))
        let seeds = try livsbuss(["run", "d.yaml", "--seeds", "1..2"], in: folder)
        #expect(seeds.exitCode == 1 && seeds.stdout.contains("failed[A015]"))
    }

    @Test func `what failed last is run again, until nothing fails`() throws {
        let folder = try folder()
        #expect(try livsbuss(["run", "-q", "."], in: folder).exitCode == 1)
        let again = try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder)
        #expect(again.exitCode == 1)
        #expect(again.stdout.contains("failed  birth-b") && !again.stdout.contains("birth-a"))
        try folder.write("b.yaml", Self.scenario("birth-b", expects: Self.good))
        #expect(try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder).exitCode == 0)
        let nothing = try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder)
        #expect(nothing.exitCode == 2 && nothing.stderr.contains("nothing failed in the last run"))
    }
}
