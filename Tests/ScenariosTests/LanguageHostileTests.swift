import Foundation
import Glibc
import Scenarios
import Testing

/// Files that try to cost much. Each is refused with a place; none may open what is not the project's.
@Suite struct LanguageHostileTests {
    private static let birth =
        "- {id: b, at: +1d, publish: region.birth-notice.v1, from: region-17, for: anna, data: {x: 1}}"

    private func firstMessage(_ files: [String: String], _ name: String = "s.yaml") throws -> String {
        let reading = try LanguageFolder(files).read(name)
        #expect(reading.scenarios.isEmpty)
        return reading.messages.first ?? ""
    }

    @Test func `ten thousand brackets are too deep`() throws {
        let text = "scenario: " + String(repeating: "[", count: 10_000)
        #expect(try firstMessage(["s.yaml": text]) == "E005 more than 64 levels of nesting")
    }

    @Test func `a text of fifty megabytes is refused unread`() throws {
        let text = "scenario: " + String(repeating: "a", count: 50_000_000)
        #expect(try firstMessage(["s.yaml": text]) == "E005 the file is larger than 1048576 bytes")
    }

    @Test func `a bomb of aliases is refused at its first anchor`() throws {
        let text = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
        #expect(try firstMessage(["s.yaml": text]).hasPrefix("E002 anchors"))
    }

    @Test func `a file that includes itself is a cycle`() throws {
        let library = "library: a\nversion: 1\ninclude: [lib.yaml]\n"
        let text = languageText("include: [lib.yaml]", steps: Self.birth)
        #expect(try firstMessage(["s.yaml": text, "lib.yaml": library]).hasPrefix("E061 the files include each other"))
        #expect(try firstMessage(["lib.yaml": library], "lib.yaml").hasPrefix("E061"))
    }

    @Test func `a long chain of files and many files are refused`() throws {
        var files = ["s.yaml": languageText("include: [l1.yaml]", steps: Self.birth)]
        for number in 1...20 {
            files["l\(number).yaml"] = "library: l\nversion: 1\ninclude: [l\(number + 1).yaml]\n"
        }
        #expect(try firstMessage(files) == "E005 more than 64 files, or 16 one inside the other")
        var wide: [String: String] = [:]
        for number in 1...80 { wide["l\(number).yaml"] = "library: l\nversion: 1\n" }
        let names = (1...80).map { "l\($0).yaml" }.joined(separator: ", ")
        wide["s.yaml"] = languageText("include: [\(names)]", steps: Self.birth)
        #expect(try firstMessage(wide) == "E005 more than 64 files, or 16 one inside the other")
    }

    @Test func `groups that multiply are stopped`() throws {
        var groups = "groups:\n"
        for level in 0..<12 {
            let uses = (0..<10).map { "{id: u\($0), use: g\(level + 1), at: +1d}" }.joined(separator: ", ")
            groups += "  g\(level): {steps: [\(uses)]}\n"
        }
        groups += "  g12: {steps: [{at: +1d, publish: skatteverket.birth.v1, for: anna}]}\n"
        let text = languageText(groups, steps: "- {use: g0, at: +1d}")
        #expect(try firstMessage(["s.yaml": text]) == "E005 the cases and groups make more than 200000 values")
    }

    @Test func `a matrix that multiplies is stopped`() throws {
        let lists = (0..<30).map { "p\($0): [1, 2, 3]" }.joined(separator: ", ")
        let text = languageText("matrix: {\(lists)}", steps: Self.birth)
        #expect(try firstMessage(["s.yaml": text]) == "E005 the matrix makes more than 10000 cases")
        let values = (0..<5_000).map(String.init).joined(separator: ", ")
        let steps = (0..<100).map {
            "- {id: b\($0), at: +1d, publish: skatteverket.birth.v1, for: anna, data: {x: $n}}"
        }.joined(separator: "\n")
        let large = languageText("matrix: {n: [\(values)]}", steps: steps)
        #expect(try firstMessage(["s.yaml": large]) == "E005 the cases and groups make more than 200000 values")
        let many = languageText(
            "params: {\((0..<200).map { "p\($0): 1" }.joined(separator: ", "))}", steps: Self.birth)
        #expect(try firstMessage(["s.yaml": many]) == "E005 more than 100 parameters")
    }

    @Test func `a table of two thousand cases is read, for what all have in common is made once`() throws {
        let rows = (1...2_000).map { "    - {n: \($0), x: \($0 % 7)}" }.joined(separator: "\n")
        let text = languageText(
            "matrix:\n  cases:\n\(rows)\n", steps: Self.birth.replacing("x: 1", with: "weight: $n, x: $x"))
        #expect(try LanguageFolder(["s.yaml": text]).read("s.yaml").scenarios.count == 2_000)
    }

    @Test func `a table that is too long is refused`() throws {
        let steps = Self.birth.replacing("x: 1", with: "x: $n")
        let files = [
            "s.yaml": languageText("matrix: {csv: t.csv}", steps: steps),
            "t.csv": "n\n" + (0..<20_000).map { "\($0)\n" }.joined(),
        ]
        #expect(try firstMessage(files) == "E055 more than 10000 rows")
        let wide = String(repeating: ",", count: 1_000_000)
        #expect(
            try firstMessage(["s.yaml": files["s.yaml"]!, "t.csv": wide]) == "E055 more than 1000 columns")
        let large = String(repeating: "1\n", count: 1_000_000)
        #expect(
            try firstMessage(["s.yaml": files["s.yaml"]!, "t.csv": "n\n" + large])
                == "E005 the file is larger than 1048576 bytes")
    }

    @Test func `nothing outside the project is opened, by no way`() throws {
        let outside = try LanguageFolder(["secret.yaml": "library: secret\nversion: 1\n"])
        let folder = try LanguageFolder()
        #expect(symlink("\(outside.path)/secret.yaml", "\(folder.path)/link.yaml") == 0)
        #expect(symlink(outside.path, "\(folder.path)/way") == 0)
        #expect(mkfifo("\(folder.path)/pipe.yaml", 0o600) == 0)
        let other = outside.path.split(separator: "/").last!
        let wanted = [
            ("link.yaml", "E060 `link.yaml` is a link to outside the project"),
            ("way/secret.yaml", "E060 `way/secret.yaml` is outside the project"),
            ("../\(other)/secret.yaml", "E060 `../\(other)/secret.yaml` is outside the project"),
            ("\(outside.path)/secret.yaml", "E060 `\(outside.path)/secret.yaml` is an absolute path"),
            ("/dev/zero", "E060 `/dev/zero` is an absolute path"),
            ("pipe.yaml", "E001 `\(folder.path)/pipe.yaml` cannot be read: it is no file"),
        ]
        for (name, message) in wanted {
            try folder.write(languageText("include: [\(name)]", steps: Self.birth), to: "s.yaml")
            #expect(folder.read("s.yaml").messages == [message])
            try folder.write(languageText("matrix: {csv: \(name)}", steps: Self.birth), to: "s.yaml")
            #expect(folder.read("s.yaml").messages == [message])
        }
    }

    @Test func `thousands of steps, persons, mistakes and patterns are read as one pass`() throws {
        let steps = (0..<6_000).map {
            "- {id: s\($0), at: s\(max(0, $0 - 1)) +1h, publish: skatteverket.birth.v1, for: p\($0)}"
        }
        let people = (0..<6_000).map { "p\($0): {}" }.joined(separator: ", ")
        func text(_ steps: [String]) -> String {
            """
            scenario: s
            version: 1
            start: 2026-03-02
            given: {citizens: {\(people)}, agencies: [skatteverket]}
            steps:
            \(steps.joined(separator: "\n"))
            """
        }
        var good = steps
        good[0] = "- {id: s0, at: +1h, publish: skatteverket.birth.v1, for: p0}"
        #expect(ScenarioFile.read(text: text(good), file: "s.yaml").messages == [])
        let bad = good.map { $0.replacing("for: p", with: "for: q") }
        let reading = ScenarioFile.read(text: text(bad), file: "s.yaml")
        #expect(reading.diagnostics.count == 51)
        #expect(reading.messages.last == "E004 5950 more mistakes are not shown")
        let patterns = (0..<1_100).map {
            "- expect: {message: skatteverket.birth.v1, data: {x: {regex: 'a{\($0)}'}}}"
        }
        #expect(
            ScenarioFile.read(text: text(patterns), file: "s.yaml").messages.first
                == "E005 more than 1000 different regular expressions")
        let keys = (0..<20_000).map { "k\($0): 1" }.joined(separator: ", ")
        #expect(ScenarioFile.read(text: "{\(keys)}", file: "s.yaml").diagnostics.count == 51)
    }
}
