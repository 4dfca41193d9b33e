import Foundation
import Testing

/// A run that cannot begin tells every mistake wherever a report was asked for, as `livsbuss check` does.
@Suite struct MistakeReportTests {
    private static let scenario = """
        scenario: filed
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: {message: skatteverket.filing.name.v1, within: 2d}

        """

    private struct Mistake: Decodable, Equatable {
        var code: String?
        var message: String
        var hint: String?
        var file: String
        var line: Int
        var column: Int
    }

    private struct Report: Decodable {
        var passed: Bool?
        var exitCode: Int?
        var diagnostics: [Mistake]
    }

    private static func report(_ text: String) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    }

    @Test(arguments: [
        [("within: 2d", "witin: 2d")], [("within: 2d", "within: soon"), ("form: name", "form: naem")],
        [("born: 1990-01-01", "born: 1990-02-30"), ("citizen: anna", "citizen: ana"), ("until: +10d", "untill: +10d")],
        [("scenario: filed", "scenario: [filed")], [("version: 1", "\tversion: 1")],
        [("skatteverket.filing.name.v1", "skatteverket.filing.nam.v1")],
    ])
    func `each mistake is in each report with its kind, place and hint`(changes: [(String, String)]) throws {
        let folder = try Folder()
        try folder.write("a.yaml", changes.reduce(Self.scenario) { $0.replacing($1.0, with: $1.1) })
        let checked = try Self.report(livsbuss(["check", "a.yaml", "--json"], in: folder).stdout).diagnostics
        #expect(checked.count >= changes.count)
        let files = ["--junit", "j.xml", "--html", "h.html", "--mermaid", "m.mmd", "--log", "l.jsonl"]
        let run = try livsbuss(["run", "a.yaml", "--json"] + files, in: folder)
        let told = try Self.report(run.stdout)
        #expect(run.exitCode == 2 && told.exitCode == 2 && told.passed == false)
        #expect(told.diagnostics == checked)
        #expect(try livsbuss(["run", "a.yaml", "--json", "--seeds", "1..2"], in: folder).stdout == run.stdout)
        let github = try livsbuss(["run", "a.yaml", "--github"], in: folder).stdout
        for one in checked {
            let code = try #require(one.code)
            let place = "a.yaml:\(one.line):\(one.column)"
            #expect(folder.read("j.xml").contains("<error type=\"\(code)\""), "\(folder.read("j.xml"))")
            for text in [folder.read("j.xml"), folder.read("h.html"), folder.read("m.mmd")] {
                #expect(text.contains("error[\(code)]: \(place): "), "\(text)")
                if let hint = one.hint?.xml { #expect(text.replacing("&quot;", with: "\"").contains(hint), "\(hint)") }
            }
            #expect(github.contains("::error file=a.yaml,line=\(one.line),"))
            #expect(github.contains(",title=\(code)::"), "\(github)")
        }
        #expect(folder.read("j.xml").contains("tests=\"1\" failures=\"0\" errors=\"1\""))
        // The log of the run that was none gives the same reports.
        let again = try livsbuss(["report", "l.jsonl", "--junit", "again.xml"], in: folder)
        #expect(again.exitCode == 1 && folder.read("again.xml") == folder.read("j.xml"))
    }

    @Test func `what only all files together show is in the reports too`() throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        try folder.write("b.yaml", Self.scenario)
        let run = try livsbuss(["run", "a.yaml", "b.yaml", "--json"], in: folder)
        let told = try Self.report(run.stdout).diagnostics
        #expect(told.map(\.code) == ["E017"] && told[0].file == "b.yaml" && told[0].line == 1)
        let beyond = try Self.report(livsbuss(["run", "a.yaml:11", "--json"], in: folder).stdout).diagnostics
        #expect(beyond.map(\.message) == ["the file has 10 lines, and no line 11"])
        let crowd = try livsbuss(["run", "a.yaml:1", "--json"], in: folder)
        #expect(try Self.report(crowd.stdout).diagnostics.map(\.message) == ["no step stands at line 1 or above it"])
    }

    @Test(arguments: [11, 40, 999_999])
    func `a line beyond the end of a file is none`(line: Int) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        #expect(try livsbuss(["run", "-q", "a.yaml:10"], in: folder).exitCode == 0)
        let run = try livsbuss(["run", "-q", "a.yaml:\(line)"], in: folder)
        #expect(run.exitCode == 2 && run.stderr.contains("and no line \(line)\n  --> a.yaml:10:1"), "\(run.stderr)")
    }

    @Test(arguments: ["none.yaml", "none", "empty", "a.yaml/b.yaml"])
    func `where there is nothing to check every form of the result says so`(path: String) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        try FileManager.default.createDirectory(atPath: "\(folder.path)/empty", withIntermediateDirectories: false)
        let check = try livsbuss(["check", "a.yaml", path, "--json", "--sarif", "s.sarif"], in: folder)
        #expect(check.exitCode == 2)
        let told = try Self.report(check.stdout).diagnostics
        #expect(told.map(\.code) == ["E001"] && told[0].file == path && told[0].message.contains("there is no"))
        #expect(folder.read("s.sarif").contains("\"E001\""), "\(folder.read("s.sarif"))")
        let github = try livsbuss(["check", path, "--github"], in: folder)
        #expect(github.exitCode == 2 && github.stdout.hasPrefix("::error file=\(path),line=1,"))
        let text = try livsbuss(["check", path], in: folder)
        #expect(text.exitCode == 2 && text.stderr.contains("\(path): there is no") && text.stdout.contains("1 mistake"))
    }

    @Test func `what a run came to is at the top of its JSON, and what failed as it is known to is told`() throws {
        struct Result: Decodable {
            struct Scenario: Decodable {
                var failures: [Mistake]
                var known: [Mistake]?
            }
            struct Mistake: Decodable {
                var code: String
                var message: String
            }
            var passed: Bool
            var exitCode: Int
            var scenarios: [Scenario]
        }
        func result(_ text: String) throws -> Result {
            let folder = try Folder()
            try folder.write("a.yaml", text)
            let run = try livsbuss(["run", "a.yaml", "--json"], in: folder)
            let result = try JSONDecoder().decode(Result.self, from: Data(run.stdout.utf8))
            #expect(result.exitCode == Int(run.exitCode) && result.passed == (run.exitCode == 0))
            return result
        }
        #expect(try result(Self.scenario).scenarios[0].known == nil)
        let wrong = Self.scenario.replacing(
            "message: skatteverket.filing.name.v1", with: "message: skatteverket.birth.v1")
        #expect(try result(wrong).scenarios[0].failures.map(\.code) == ["A001"])
        let known = try result(wrong.replacing("version: 1", with: "version: 1\nknown_failure: not there yet"))
            .scenarios[0]
        #expect(known.failures.isEmpty && known.known?.map(\.code) == ["A001"])
        #expect(known.known?.first?.message.contains("skatteverket.birth.v1") == true)
    }

    @Test(arguments: [
        (["--case", "copy=4", "--copies", "3"], "there is no copy 4; --copies 3 makes 1 to 3"),
        (["--case", "copy=0", "--copies", "2"], "there is no copy 0; --copies 2 makes 1 to 2"),
        (["--case", "copy=2"], "there is no copy 2; --copies makes some"),
        (["--case", "n=1"], "no scenario of this run has a matrix"),
    ])
    func `a copy that is not made is told as that`(words: [String], reason: String) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        let run = try livsbuss(["run", "a.yaml"] + words, in: folder)
        #expect(run.exitCode == 5 && run.stderr.contains(reason), "\(run.stderr)")
    }

    @Test(arguments: [
        ("skattevreket", "there is no agency `skattevreket`; did you mean `skatteverket`?"),
        ("xyz", "there is no agency `xyz`; those of the run: skatteverket"),
    ])
    func `an agency that there is not is no agency that takes no part`(agency: String, reason: String) throws {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        #expect(try livsbuss(["run", "-q", "a.yaml"], in: folder).exitCode == 0)
        let question = ["explain", "skatteverket.filing.name.v1", "--agency"]
        let run = try livsbuss(question + [agency], in: folder)
        #expect(run.exitCode == 2 && run.stderr.contains(reason), "\(run.stdout)\(run.stderr)")
        let absent = try livsbuss(question + ["csn"], in: folder)
        #expect(absent.exitCode == 0 && absent.stdout.contains("takes no part"))
    }
}

extension String {
    /// As XML has it.
    fileprivate var xml: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
