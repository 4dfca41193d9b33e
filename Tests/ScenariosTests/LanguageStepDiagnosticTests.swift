import Scenarios
import Testing

@Suite struct LanguageStepDiagnosticTests {
    @Test(
        arguments: [
            BadFile(
                "a step that comes later",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: b, at: a +1d, publish: skatteverket.birth.v1, for: anna}
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E026]: only a step further up can be counted from
                 --> bad.yaml:6:15
                6 | - {id: b, at: a +1d, publish: skatteverket.birth.v1, for: anna}
                  |               ^
                  note: the step is here (bad.yaml:7:8)
                """),
            BadFile(
                "two steps with one id",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E024]: two steps have the id `a`
                 --> bad.yaml:7:8
                7 | - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                  |        ^
                  note: the first is here (bad.yaml:6:8)
                """),
            BadFile(
                "a step that goes back in time",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: z, at: +2d, publish: skatteverket.birth.v1, for: anna}
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                """,
                """
                error[E025]: the step is at 2026-03-03 08:00, before a step above it
                 --> bad.yaml:7:15
                7 | - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                  |               ^^^ move it up, or count it from a step
                  note: `z` is at 2026-03-04 08:00 (bad.yaml:6:8)
                """),
            BadFile(
                "a step after the end",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                until: +0d
                """,
                """
                error[E025]: the step is after the end of the run
                 --> bad.yaml:6:15
                6 | - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
                  |               ^^^
                """),
            BadFile(
                "a message type without a contract",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: skatteverket.brith.v1, for: anna}
                """,
                """
                error[E040]: no contract has the message type `skatteverket.brith.v1`
                 --> bad.yaml:6:22
                6 | - {at: +1d, publish: skatteverket.brith.v1, for: anna}
                  |                      ^^^^^^^^^^^^^^^^^^^^^ did you mean `skatteverket.birth.v1`?
                """),
            BadFile(
                "an agency that does not exist",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skateverket, kommun]}
                steps: []
                """,
                """
                error[E041]: there is no agency `skateverket`
                 --> bad.yaml:4:62
                4 | given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skateverket, kommun]}
                  |                                                              ^^^^^^^^^^^ did you mean `skatteverket`?

                error[E041]: there is no agency `kommun`
                 --> bad.yaml:4:75
                4 | given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skateverket, kommun]}
                  |                                                                           ^^^^^^ add the code, as kommun-1780
                """),
            BadFile(
                "an agency that may not say this",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: region.birth-notice.v1, for: anna}
                - {at: +1d, publish: skatteverket.birth.v1, from: region-17, for: anna}
                """,
                """
                error[E042]: there are many of `region`: say which one publishes this
                 --> bad.yaml:6:22
                6 | - {at: +1d, publish: region.birth-notice.v1, for: anna}
                  |                      ^^^^^^^^^^^^^^^^^^^^^^ add from: region-17

                error[E042]: region-17 does not publish skatteverket.birth.v1
                 --> bad.yaml:7:51
                7 | - {at: +1d, publish: skatteverket.birth.v1, from: region-17, for: anna}
                  |                                                   ^^^^^^^^^ skatteverket does
                """),
            BadFile(
                "missing keys",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - {at: +1d, publish: skatteverket.birth.v1}
                - {id: q}
                """,
                """
                error[E011]: a step needs the key `for`
                 --> bad.yaml:6:3
                6 | - {at: +1d, publish: skatteverket.birth.v1}
                  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

                error[E011]: a step needs one of the keys `publish`, `citizen`, `expect` and `use`
                 --> bad.yaml:7:3
                7 | - {id: q}
                  |   ^^^^^^^
                """),
            BadFile(
                "a status code that is none",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - expect: {status: {for: anna, tile: name, code: U12}, within: soon}
                """,
                """
                error[E013]: `U12` is no status code
                 --> bad.yaml:6:50
                6 | - expect: {status: {for: anna, tile: name, code: U12}, within: soon}
                  |                                                  ^^^ they are U1 to U11

                error[E022]: `soon` is no span of time
                 --> bad.yaml:6:64
                6 | - expect: {status: {for: anna, tile: name, code: U12}, within: soon}
                  |                                                                ^^^^ write 5wd, 3d, 2w, 1mo or 36h
                """),
            BadFile(
                "two ends of one window",
                """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps:
                - expect: {none: skatteverket.birth.v1, by: end, until: end}
                """,
                """
                error[E014]: `by` and `until` both end the window: keep one
                 --> bad.yaml:6:50
                6 | - expect: {none: skatteverket.birth.v1, by: end, until: end}
                  |                                                  ^^^^^
                """),
            BadFile(
                "another version",
                """
                scenario: s
                version: 2
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}, bo: {unborn: true}}, agencies: [skatteverket, region-17]}
                steps: {}
                """,
                """
                error[E015]: this version of the language is not read
                 --> bad.yaml:2:10
                2 | version: 2
                  |          ^ write 1

                error[E010]: steps is a list, not a map
                 --> bad.yaml:5:8
                5 | steps: {}
                  |        ^^
                """),
        ])
    func `a mistake is shown with its place and a way out`(file: BadFile) {
        #expect(file.rendered == file.expected)
    }
}
