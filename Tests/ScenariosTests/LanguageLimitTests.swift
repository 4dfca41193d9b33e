import LifeEvents
import Scenarios
import YAML
import Testing

/// Every number, date and span has its range, and `check` tells it with the place.
@Suite struct LanguageLimitTests {
    private static func text(start: String = "2026-03-02T08:00", at: String = "+1d", more: String = "") -> String {
        """
        scenario: s
        version: 1
        start: \(start)
        given: {citizens: {anna: {}}, agencies: [skatteverket]}
        steps:
          - {id: a, at: "\(at)", publish: t.x.v1, from: skatteverket, for: anna}
        \(more)
        """
    }

    private static func told(_ text: String) -> [String] {
        ScenarioFile.read(text: text, file: "s.yaml", vocabulary: ScenarioVocabulary()).diagnostics.map {
            "\($0.span.range.start.line):\($0.span.range.start.column) \($0.code.rawValue) \($0.message)"
        }
    }

    @Test(arguments: [
        ("1969-12-31", ["3:8 E022 the start is out of range"]), ("1970-01-01", ["3:8 E022 the start is out of range"]),
        ("1970-01-01T01:00", []), ("0000-01-01", ["3:8 E022 the start is out of range"]),
        ("1899-12-31T12:00", ["3:8 E022 the start is out of range"]), ("9999-12-28", []),
        ("9999-12-31T23:59", ["3:8 E022 the start is out of range", "6:17 E022 the step is out of range"]),
    ])
    func `a run starts within the years that an id and a time can hold`(start: String, messages: [String]) {
        #expect(Self.told(Self.text(start: start)) == messages)
    }

    @Test(arguments: [
        ("+99999mo", "a span has at most 12000mo"), ("+12001mo", "a span has at most 12000mo"),
        ("+52001w", "a span has at most 52000w"), ("+100000d", "a span has at most 99999d"),
        ("+999999999h", "a span has at most 99999h"), ("+9999999999h", "`+9999999999h` is no time"),
        ("+12000mo", nil), ("+2500wd", nil), ("+2501wd", "a span has at most 2500wd"),
        ("+2000wd -501wd", "a span has at most 2500wd"), ("9999-12-30T23:30", "the step is out of range"),
        ("+12000mo +12000mo +12000mo +12000mo +12000mo +12000mo +12000mo +12000mo", "the time is out of range"),
        ("+1h +1h +1h +1h +1h +1h +1h +1h", nil),
        ("+1h +1h +1h +1h +1h +1h +1h +1h +1h", "a time adds at most 8 spans"),
        ("-12000mo -12000mo -12000mo", "the time is out of range"),
    ])
    func `a step's time is in range, and so is each of its spans`(at: String, message: String?) {
        let told = Self.told(Self.text(at: at))
        #expect(told.count == (message == nil ? 0 : 1))
        #expect(
            message.map { told.first?.hasSuffix($0) == true && told.first?.hasPrefix("6:") == true } ?? true, "\(told)")
    }

    @Test(arguments: [
        ("  - expect: {message: t.x.v1, within: 12001mo}", "7:39 E022 a span has at most 12000mo"),
        (
            "  - expect: {message: t.x.v1, within: 12000mo, after: late}\n  - expect: {message: t.x.v1, by: 9999-12-31}",
            "7:55 E023 there is no step `late`"
        ),
        ("  - expect: {message: t.x.v1, by: 9999-12-31}", "7:13 E022 the end of the window is out of range"),
        ("until: 9999-12-31", "7:8 E022 the end of the run is out of range"),
        ("until: 2026-01-01", "7:8 E025 the run ends before it starts"),
        (
            "  - {id: b, at: +2d, publish: t.x.v1, from: skatteverket, for: anna, data: {x: a +12000mo +12000mo +12000mo +12000mo +12000mo +12000mo +12000mo +12000mo}}",
            "7:80 E022 the time is out of range"
        ),
        (
            "  - {id: b, at: +2d, publish: t.x.v1, from: skatteverket, for: anna, data: {x: end -12000mo -12000mo -12000mo}}",
            "7:80 E022 the time is out of range"
        ),
        (
            "  - {id: b, at: +2d, publish: t.x.v1, from: skatteverket, for: anna, occurred: a -12000mo -12000mo -12000mo}",
            "7:80 E022 the time is out of range"
        ),
        (
            "until: 9000-01-01\nfaults: [{id: f, message: t.x.v1, late: {by: 12000mo}}]",
            "8:10 E022 what is delayed so is out of range"
        ),
        (
            "until: 9000-01-01\nfaults: [{id: f, agency: skatteverket, slow: {by: 11000mo}}, {id: g, message: t.x.v1, late: {by: 11000mo}}]",
            "8:62 E022 what is delayed so is out of range"
        ),
        (
            "until: 9500-01-01\nfaults: [{id: f, agency: skatteverket, outage: {from: 9400-01-01, for: 12000mo}}]",
            "8:72 E022 the end of the fault is out of range"
        ),
    ])
    func `a window, an end, a delay and a value in a payload are in range`(more: String, message: String) {
        #expect(Self.told(Self.text(more: more)).contains(message), "\(Self.told(Self.text(more: more)))")
    }

    @Test func `a name has an end`() {
        func told(_ count: Int) -> [String] {
            Self.told(Self.text().replacing("id: a,", with: "id: \(String(repeating: "a", count: count)),"))
        }
        #expect(told(100) == [])
        #expect(told(101) == ["6:10 E013 a step's id has at most 100 characters"])
    }

    /// People are born before 1970, and registers have facts of 1900.
    @Test func `what happened long ago may have happened`() {
        let more = """
              - {id: b, at: +2d, publish: t.x.v1, from: skatteverket, for: anna, occurred: 1888-02-29, data: {x: a -1200mo}}
            """
        #expect(Self.told(Self.text(more: more)) == [])
    }

    @Test func `an instant has room for as many steps as an id has ordinals`() {
        func text(_ count: Int) -> String {
            Self.text(
                more: (1..<count).map { "  - {id: b\($0), at: +1d, publish: t.x.v1, from: skatteverket, for: anna}" }
                    .joined(separator: "\n"))
        }
        #expect(Self.told(text(4_096)) == [])
        #expect(Self.told(text(4_097)) == ["4102:21 E005 more than 4096 steps publish at one instant"])
    }

    @Test func `steps that a coarser resolution brings together are counted together`() throws {
        let more = (1..<4_097).map { "  - {id: b\($0), at: a +\($0)h, publish: t.x.v1, from: skatteverket, for: anna}" }
        let reading = ScenarioFile.read(
            text: Self.text(more: more.joined(separator: "\n")), file: "s.yaml", vocabulary: ScenarioVocabulary())
        let scenario = try #require(reading.scenarios.first)
        #expect(scenario.crowdedStep(resolution: 60_000) == nil)
        #expect(scenario.crowdedStep(resolution: 365 * 86_400_000)?.id.value == "b4096")
    }

    @Test func `a subject has as many opening facts as an id has ordinals`() {
        func text(_ count: Int) -> String {
            let facts = Array(repeating: "{fact: t.x.v1, for: anna, from: skatteverket}", count: count)
            return Self.text().replacing(
                "agencies: [skatteverket]}",
                with: "agencies: [skatteverket], facts: [\(facts.joined(separator: ", "))]}")
        }
        #expect(Self.told(text(4_096)) == [])
        #expect(
            Self.told(text(4_098)).map { $0.drop { $0 != " " } } == [" E005 `anna` has more than 4096 opening facts"])
    }

    @Test(arguments: [
        ("'(a'", "7:62 E044 this is no regular expression: a `(` without its `)`"),
        (
            "'a(?=b)'",
            "7:63 E044 this is no regular expression: of groups with `(?` only (?:…) is read: no names, no flags, no looking ahead or back"
        ),
        (#""(\\w)\\1""#, "7:61 E044 this is no regular expression: what a group has matched cannot be asked for again"),
    ])
    func `a pattern that is not read is told with the column in it`(pattern: String, message: String) {
        let more = "  - expect: {message: t.x.v1, within: 1d, data: {a: {regex: \(pattern)}}}"
        #expect(Self.told(Self.text(more: more)) == [message])
    }
}
