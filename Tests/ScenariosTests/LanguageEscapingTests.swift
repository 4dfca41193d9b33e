import Scenarios
import Terminal
import Testing

/// What a file or a message says reaches no reader as it is, in no form of a mistake or a failure.
@Suite struct LanguageEscapingTests {
    /// Clears a screen, names a window, turns the direction of a line, ends one and orders a build server about.
    static let hostile =
        "\u{1B}]0;pwned\u{7}\u{1B}[2J\u{9B}31m\u{7F}\u{202E}\u{2066}\u{2028}\u{85}\r\n::error::injected\n##[error]x ##vso[task]%%{init}%%<script>alert(1)</script>"

    static func offences(_ text: String) -> [String] {
        let scalars = text.unicodeScalars.filter { $0 != "\n" && EscapedText.isUnsafe($0) }.map {
            "\($0.escaped(asASCII: true))"
        }
        let lines = text.split(whereSeparator: \.isNewline).filter {
            $0.drop { $0 == " " }.hasPrefix("::error::injected") || $0.contains("##[") || $0.contains("##vso[")
        }
        return scalars + lines.map(String.init)
    }

    @Test func `an error about a hostile file name is one line`() {
        let failure = ExpectationFailure(
            .notApproved, step: "a", place: Self.hostile, message: Self.hostile, time: nil, nearest: [Self.hostile])
        #expect(Self.offences(failure.place + failure.message + failure.nearest.joined()) == [])
        #expect(!failure.message.contains("\n"))
    }

    @Test func `a mistake in a hostile file is told harmlessly in every form`() throws {
        let quoted = #""\e]0;x\a\u009b31m\u202e\u2028\n::error::injected\n##[error]x""#
        let text = """
            scenario: \(quoted)
            version: 1
            start: \(quoted)
            given: {citizens: {\(quoted): {}, anna: {born: \(quoted), municipality: \(quoted)}}, agencies: [\(quoted)]}
            steps:
              - {id: \(quoted), at: \(quoted), publish: \(quoted), for: \(quoted), \(quoted): 1}
              - {at: +1d, citizen: anna, action: \(quoted), to: \(quoted)} # \u{202E}
              - expect: {message: \(quoted), data: {a: {regex: \(quoted)}}, within: \(quoted)}
              - use: \(quoted)
            then: {status: {anna: {\(quoted): \(quoted)}}}
            """
        var report = DiagnosticReport()
        report.diagnostics = ScenarioFile.read(text: text, file: Self.hostile).diagnostics
        #expect(report.diagnostics.count > 5)
        let output = TerminalOutput.captured()
        for diagnostic in report.diagnostics { output.writeLine("\(diagnostic)") }
        output.writeLine(report.json())
        for text in [output.capturedText, report.sarif(version: "1"), report.githubAnnotations()] {
            #expect(Self.offences(text) == [])
        }
    }

    @Test(arguments: [#""a\eb""#, #""a\u009bb""#, #""a\u202eb""#, #""a\u2028b""#, #""a\tb""#])
    func `a case has no control characters in its name`(value: String) {
        let text = languageText(
            "matrix: {x: [\(value), b]}",
            steps: "- {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna, data: {x: $x}}")
        #expect(ScenarioFile.read(text: text, file: "s.yaml").diagnostics.map(\.code) == [.badParameter])
    }
}
