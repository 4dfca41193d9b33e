import Scenarios
import Testing

@Suite struct LanguageFileDiagnosticTests {
    @Test(
        arguments: [
            BadFile(
                "an unknown key in expect",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                - expect: {message: skatteverket.birth.v1, for: anna, witin: 5wd}
                """,
                """
                error[E012]: unknown key `witin` in expect
                 --> bad.yaml:7:55
                7 | - expect: {message: skatteverket.birth.v1, for: anna, witin: 5wd}
                  |                                                       ^^^^^ did you mean `within`?
                """),
            BadFile(
                "carets under wide letters",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: skatteverket.birth.v1, for: anna, data: {name: 李Å}, form: x}
                """,
                """
                error[E012]: unknown key `form` in a step
                 --> bad.yaml:6:74
                6 | - {at: +1d, publish: skatteverket.birth.v1, for: anna, data: {name: 李Å}, form: x}
                  |                                                                           ^^^^ did you mean `from`?
                """),
            BadFile(
                "a key that is there twice",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                version: 1
                steps: []
                """,
                """
                error[E003]: the key 'version' is here twice; the first is on line 2
                 --> bad.yaml:5:1
                5 | version: 1
                  | ^
                  note: the first is here (bad.yaml:2:1)
                """),
            BadFile(
                "no YAML at all",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: a, at: born +${n}w}
                """,
                """
                error[E002]: quote a text with ${…} inside { } or [ ], as in "${n}"
                 --> bad.yaml:6:22
                6 | - {id: a, at: born +${n}w}
                  |                      ^
                  note: what is wrong begins here (bad.yaml:6:3)
                """),
            BadFile(
                "a day that does not exist",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: 2026-02-30, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E020]: there is no day 2026-02-30
                 --> bad.yaml:6:8
                6 | - {at: 2026-02-30, publish: skatteverket.birth.v1, for: anna}
                  |        ^^^^^^^^^^ the month ends on 2026-02-28
                """),
            BadFile(
                "a day in a payload that does not exist",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: skatteverket.birth.v1, for: anna, data: {born: 2026-13-01}}
                """,
                """
                error[E020]: there is no day 2026-13-01
                 --> bad.yaml:6:69
                6 | - {at: +1d, publish: skatteverket.birth.v1, for: anna, data: {born: 2026-13-01}}
                  |                                                                     ^^^^^^^^^^ months are 01 to 12
                """),
            BadFile(
                "a wrong weekday",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: "Fri 2026-03-05T10:00", publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E021]: 2026-03-05 is no Fri
                 --> bad.yaml:6:9
                6 | - {at: "Fri 2026-03-05T10:00", publish: skatteverket.birth.v1, for: anna}
                  |         ^^^ it is a Thu
                """),
            BadFile(
                "a time that is none",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +3days, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E022]: `+3days` is no time
                 --> bad.yaml:6:8
                6 | - {at: +3days, publish: skatteverket.birth.v1, for: anna}
                  |        ^^^^^^ write a time as 2026-03-02T06:30, `+3d`, `+2w 06:30`, `<step> +1mo` or `end`
                """),
            BadFile(
                "a clock time that is none",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +3d 25:00, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E022]: `25:00` is no time
                 --> bad.yaml:6:12
                6 | - {at: +3d 25:00, publish: skatteverket.birth.v1, for: anna}
                  |            ^^^^^ write a time as 2026-03-02T06:30, `+3d`, `+2w 06:30`, `<step> +1mo` or `end`
                """),
            BadFile(
                "a personal number with a wrong check digit",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {number: "19858202-0011"}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps: []
                """,
                """
                error[E031]: “19858202-****” is no personal number: the check digit should be 5
                 --> bad.yaml:4:35
                4 | given: {citizens: {anna: {number: "19858202-****"}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                  |                                   ^^^^^^^^^^^^^^^
                """),
            BadFile(
                "a person who is not declared",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: skatteverket.birth.v1, for: ana, data: {mother: $carl}}
                """,
                """
                error[E030]: no person `ana` is declared
                 --> bad.yaml:6:50
                6 | - {at: +1d, publish: skatteverket.birth.v1, for: ana, data: {mother: $carl}}
                  |                                                  ^^^ did you mean `anna`?

                error[E030]: no person `carl` is declared
                 --> bad.yaml:6:70
                6 | - {at: +1d, publish: skatteverket.birth.v1, for: ana, data: {mother: $carl}}
                  |                                                                      ^^^^^ add it to given: citizens
                """),
            BadFile(
                "a step that does not exist",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                - {id: b, at: aa +1d, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E023]: there is no step `aa`
                 --> bad.yaml:7:15
                7 | - {id: b, at: aa +1d, publish: skatteverket.birth.v1, for: anna}
                  |               ^^ did you mean `a`?
                """),
        ])
    func `a mistake is shown with its place and a way out`(file: BadFile) {
        #expect(file.rendered == file.expected)
    }

    @Test(arguments: [1, 30, 70, 300, 900, 990])
    func `of a long line the part around the mistake is shown`(column: Int) throws {
        let line = String(repeating: "å", count: column - 1) + "\t" + String(repeating: "ö", count: 1_000 - column)
        let shown = try #require(ScenarioFile.parse(text: "a: 1\n\(line)", file: "bad.yaml").diagnostics.first)
        let lines = shown.description.split(separator: "\n")
        #expect(lines[1].hasSuffix("bad.yaml:2:\(column)"))
        let (part, carets) = (Array(lines[2].unicodeScalars), Array(lines[3].unicodeScalars))
        #expect(part.count < 200)
        // A tab is shown as a space.
        #expect(part[carets.count - 1] == " ")
        #expect(carets.last == "^")
    }
}
