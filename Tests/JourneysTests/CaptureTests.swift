import Foundation
import Testing

/// Steps that count from messages of the run and quote them.
@Suite struct CaptureTests {
    private static func scenario(_ steps: String, params: String = "") -> String {
        """
        scenario: answering
        version: 1
        start: Mon 2026-03-02T08:00
        until: +2mo
        \(params)given:
          citizens:
            anna: {template: adult, municipality: "1780"}
            bo: {template: adult, municipality: "1780"}
            liv: {unborn: true}
          agencies: [skatteverket, forsakringskassan, region-17]
        steps:
          - id: notice
            at: +1d 06:30
            publish: region.birth-notice.v1
            from: region-17
            for: anna
            data: {child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}
        \(steps)
        """
    }

    private static let registered =
        "  - {id: registered, expect: {message: skatteverket.birth.v1, for: liv, after: notice, within: 2wd, as: $birth}}\n"
    private static let filing = """
          - id: name
            at: registered TIME
            citizen: anna
            action: file
            form: name
            to: skatteverket
            for: liv
            data: {given: Liv, family: Ek}

        """

    /// When a message of a type comes, and its payload, as the run's log has them.
    private static func messages(_ type: String, in folder: Folder) throws -> [(time: String, text: String)] {
        try folder.read("run.jsonl").split(separator: "\n").map(String.init).filter {
            $0.contains("\"event\":\"publish\"") && $0.contains("\"type\":\"\(type)\"")
        }.map { line in
            (try #require(line.firstMatch(of: /"time":"([^"]*)"/)).output.1.description, line)
        }
    }

    @Test(
        arguments: [
            ("+1d 19:00", "2026-03-06T18:00"), ("+2h", nil), ("+0d 01:00", nil), ("+1wd", nil),
        ])
    func `a step counts from when the message came, and never comes before it`(time: String, expected: String?) throws {
        let folder = try Folder()
        try folder.write(
            "answering.yaml",
            Self.scenario(Self.registered + Self.filing.replacing("TIME", with: time)).replacing(
                ", as: $birth", with: ""))
        let run = try livsbuss(["run", "answering.yaml", "-q", "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        let birth = try #require(try Self.messages("skatteverket.birth.v1", in: folder).first)
        let name = try #require(try Self.messages("skatteverket.filing.name.v1", in: folder).first)
        #expect(name.time > birth.time)
        if let expected { #expect(name.time.hasPrefix(expected)) }
    }

    @Test(
        arguments: [
            ("{message: skatteverket.filing.name.v1, for: liv, data: {given: Liv}, within: 1d}", 0),
            ("{message: skatteverket.birth.v1, for: liv, data: {mother: $birth.mother}, after: start, within: 1w}", 0),
            (
                "{message: skatteverket.birth.v1, for: liv, data: {birthDate: {gt: $birth.birthDate}}, after: start, within: 1w}",
                1
            ),
            (
                "{message: skatteverket.birth.v1, for: liv, data: {birthDate: {at_least: $birth.birthDate}}, after: start, within: 1w}",
                0
            ),
            (
                "{message: skatteverket.birth.v1, for: liv, data: {concerns: {contains: $birth.concerns.0}}, after: start, within: 1w}",
                0
            ),
            (
                "{message: skatteverket.birth.v1, for: liv, data: {concerns: {contains: $birth.concerns.7}}, after: start, within: 1w}",
                1
            ),
            ("{none: skatteverket.birth.v1, for: liv, data: {mother: $birth.mother}, after: start, until: end}", 1),
        ])
    func `a value that is quoted is the message's`(expectation: String, exitCode: Int32) throws {
        let folder = try Folder()
        try folder.write(
            "answering.yaml",
            Self.scenario(
                Self.registered + Self.filing.replacing("TIME", with: "+1d").replacing("$bo", with: "$birth.mother")
                    + "  - expect: \(expectation)\n  - expect: {none: skatteverket.death.v1, for: liv, data: {municipality: $birth.municipality}, until: end}\n"
            ))
        let run = try livsbuss(["run", "answering.yaml", "-q", "--seed", "3"], in: folder)
        #expect(run.exitCode == exitCode, "\(run.stdout)\(run.stderr)")
    }

    @Test func `what waits for a message that does not come is left out, and the case fails`() throws {
        let folder = try Folder()
        let never = Self.registered.replacing("for: liv", with: "for: bo").replacing(", as: $birth", with: "")
        try folder.write("answering.yaml", Self.scenario(never + Self.filing.replacing("TIME", with: "+1d")))
        let run = try livsbuss(["run", "answering.yaml", "-q", "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stderr.contains("`name` is left out: what it waits for has not come"), "\(run.stderr)")
        #expect(run.stdout.contains("failed[A001]"))
        #expect(try Self.messages("skatteverket.filing.name.v1", in: folder).isEmpty)
    }

    @Test func `each seed and each copy finds its own messages`() throws {
        let folder = try Folder()
        try folder.write(
            "answering.yaml",
            Self.scenario(
                Self.registered + Self.filing.replacing("TIME", with: "+1d")
                    + "  - expect: {count: {message: skatteverket.birth.v1, data: {mother: $birth.mother}, equals: 1}, after: start, until: end}\n"
            ))
        for arguments in [["--seeds", "1..3"], ["--copies", "3"]] {
            let run = try livsbuss(["run", "answering.yaml", "-q"] + arguments, in: folder)
            #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        }
    }

    @Test(
        arguments: [
            ("$birth.mothr", "has no value `mothr`"), ("$birth.mother.name", "has no value `mother.name`"),
            ("$brith.mother", "did you mean `birth`?"),
        ])
    func `a value that the type does not have is refused where it is written`(value: String, message: String) throws {
        let folder = try Folder()
        try folder.write(
            "answering.yaml",
            Self.scenario(
                Self.registered
                    + "  - expect: {none: skatteverket.birth.v1, for: anna, data: {mother: \(value)}, until: end}\n"))
        let check = try livsbuss(["check", "answering.yaml"], in: folder)
        #expect(check.exitCode == 2)
        #expect((check.stdout + check.stderr).contains(message), "\(check.stdout)\(check.stderr)")
    }

    @Test func `a comparison of planes takes the times of a run without one`() throws {
        let folder = try Folder()
        try folder.write(
            "answering.yaml",
            Self.scenario(Self.registered + Self.filing.replacing("TIME", with: "+1d")).replacing(
                ", as: $birth", with: ""))
        let run = try livsbuss(["compare", "answering.yaml", "--planes", "silo,bus", "--lives", "2"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
    }
}
