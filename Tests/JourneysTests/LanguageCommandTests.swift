import Foundation
import Testing

/// The commands that read scenario files without running them.
@Suite struct LanguageCommandTests {
    private static let scenarios = "\(RealBinary.repository)/Scenarios"
    private static let bad = BadInputTests.good.replacing("for: anna,", with: "form: anna,")

    @Test func `the shipped scenarios have no mistakes and are laid out`() throws {
        let check = try livsbuss(["check", Self.scenarios])
        #expect(check.exitCode == 0, "\(check.stderr)")
        #expect(check.stdout.hasSuffix("no mistakes\n"))
        let layout = try livsbuss(["fmt", "--check", Self.scenarios])
        #expect(layout.exitCode == 0, "\(layout.stdout)\(layout.stderr)")
    }

    @Test func `a mistake is told to people, to programs and to code hosts`() throws {
        let folder = try Folder()
        let file = try folder.write("bad.yaml", Self.bad)
        let text = try livsbuss(["check", "bad.yaml", "--sarif", "log.sarif"], in: folder)
        #expect(text.exitCode == 2)
        #expect(text.stderr.contains("error[E012]: unknown key `form` in a step\n --> bad.yaml:6:70"))
        #expect(text.stdout == "1 file, 0 scenarios, 0 cases: 2 mistakes\n")
        #expect(folder.read("log.sarif").contains("\"ruleId\": \"E012\""))
        let json = try livsbuss(["check", file, "--json"], in: folder)
        #expect(json.exitCode == 2)
        let object = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
        #expect(object?["errors"] as? Int == 2)
        let github = try livsbuss(["check", "--github", "."], in: folder)
        #expect(github.stdout.hasPrefix("::error file=./bad.yaml,line=6,"))
    }

    @Test func `one name for two scenarios is a mistake with both places`() throws {
        let folder = try Folder()
        for name in ["a.yaml", "b.yaml"] { try folder.write(name, BadInputTests.good) }
        let run = try livsbuss(["check", "."], in: folder)
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains("error[E017]: two scenarios are named `small`\n --> ./b.yaml:1:11"))
        #expect(run.stderr.contains("(./a.yaml:1:11)"))
    }

    @Test func `a file is laid out once, and then stays`() throws {
        let folder = try Folder()
        let text = BadInputTests.good.replacing("- {at", with: "-   {at").replacing(
            "[skatteverket", with: "[ skatteverket")
        try folder.write("s.yaml", "# kept\n\n\n" + text)
        let check = try livsbuss(["fmt", "--check", "s.yaml"], in: folder)
        #expect(check.exitCode == 1)
        #expect(check.stdout == "s.yaml: is not formatted\n")
        #expect(try livsbuss(["fmt", "s.yaml"], in: folder).exitCode == 0)
        #expect(folder.read("s.yaml") == "# kept\n\n" + BadInputTests.good.replacing("\n- {", with: "\n  - {") + "\n")
        #expect(try livsbuss(["fmt", "--check", "."], in: folder).exitCode == 0)
        try folder.write("s.yaml", "a: [")
        #expect(try livsbuss(["fmt", "s.yaml"], in: folder).exitCode == 2)
        #expect(folder.read("s.yaml") == "a: [")
    }

    @Test func `a code is explained, and all are listed`() throws {
        let one = try livsbuss(["explain-error", "e025"])
        #expect(one.exitCode == 0)
        #expect(one.stdout.hasPrefix("E025: out of order in time"))
        #expect(try livsbuss(["explain-error"]).stdout.split(separator: "\n").count >= 40)
        #expect(try livsbuss(["explain-error", "E999"]).exitCode == 2)
    }

    @Test func `the schema is one JSON object`() throws {
        let run = try livsbuss(["schema"])
        #expect(run.exitCode == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) is [String: Any])
    }

    @Test func `a folder is walked through a link too, and libraries below it are not played`() throws {
        let folder = try Folder()
        let files = FileManager.default
        let scenarios = "\(RealBinary.repository)/Scenarios"
        try files.createSymbolicLink(atPath: "\(folder.path)/linked", withDestinationPath: "\(scenarios)/faults")
        let linked = try livsbuss(["run", "-q", "linked"], in: folder)
        #expect(linked.exitCode == 0, "\(linked.stderr)")
        try files.createDirectory(atPath: "\(folder.path)/mine/all/shared", withIntermediateDirectories: true)
        for (from, to) in [("death", "all/death"), ("shared/karlstad", "all/shared/karlstad")] {
            try files.copyItem(atPath: "\(scenarios)/\(from).yaml", toPath: "\(folder.path)/mine/\(to).yaml")
        }
        let nested = try livsbuss(["run", "-q", "mine"], in: folder)
        #expect(nested.exitCode == 0, "\(nested.stderr)")
        #expect(try livsbuss(["check", "mine"], in: folder).stdout.contains("2 files, 1 scenario"))
    }
}
