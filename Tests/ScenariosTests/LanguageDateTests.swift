import LifeEvents
import Scenarios
import Testing
import YAML

/// Days and times that have not been, that the clock leaves out, or that nothing puts in order.
@Suite struct LanguageDateTests {
    private static func messages(_ text: String) -> [String] {
        ScenarioFile.read(text: text, file: "s.yaml", vocabulary: ScenarioVocabulary()).diagnostics.map {
            "\($0.span.range.start.line) \($0.code.rawValue) \($0.message)"
        }
    }

    /// The night to 29 March 2026 has no 02:00 to 02:59, 27 days after the start.
    private static func night(_ start: String, _ steps: String) -> [String] {
        messages(
            """
            scenario: night
            version: 1
            start: \(start)
            given: {citizens: {anna: {}}, agencies: [skatteverket, region-17]}
            steps:
            \(steps)
            until: +3mo
            """)
    }

    private static func publish(_ at: String, more: String = "") -> String {
        "  - {id: a, at: \(at), publish: skatteverket.birth.v1, for: anna\(more)}"
    }

    @Test(arguments: [
        "+27d", "+3w +6d", "+1mo -1d +1d", "+26d +1d", "+27d +1d", "+27d +2h", "start +27d",
    ])
    func `days that lead into the hour that a spring night leaves out are refused`(at: String) {
        let found = Self.night("2026-03-02T02:30", Self.publish(at))
        let isThere = at != "+1mo -1d +1d"
        #expect(found.contains { $0.hasPrefix("6 E022 this leads to 02:30 on 2026-03-29") } == isThere, "\(found)")
    }

    @Test(arguments: ["+26d", "+28d", "+27d 09:00", "+27d +1d 09:00", "+650h", "+27d 03:30", "+20wd"])
    func `all other times are taken`(at: String) {
        #expect(Self.night("2026-03-02T02:30", Self.publish(at)) == [])
    }

    @Test func `what has occurred, a fault and a step that counts from a step are no less at an instant`() {
        let start = "2026-03-30T02:30"
        #expect(
            Self.night(start, Self.publish("+1h", more: ", occurred: start -1d")).contains {
                $0.hasPrefix("6 E022 this leads to 02:30 on 2026-03-29")
            })
        let night = Self.night(
            "2026-03-28T02:30", Self.publish("+0d") + "\n" + "  - {id: b, at: a +1d, annuls: a, data: {reasonCode: x}}")
        #expect(night.contains { $0.hasPrefix("7 E022") }, "\(night)")
        let faults = Self.messages(
            """
            scenario: night
            version: 1
            start: 2026-03-28T02:30
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            faults:
              - {id: f, agency: skatteverket, outage: {from: +1d, for: 1d}}
            steps:
            \(Self.publish("+1h"))
            until: +1w
            """)
        #expect(faults.contains { $0.hasPrefix("6 E022 this leads to 02:30") }, "\(faults)")
    }

    @Test func `a whole day needs no hour: a deadline and a day of a payload are taken`() {
        let steps =
            Self.publish("+1h", more: ", data: {birthDate: start +27d}") + "\n"
            + "  - expect: {message: skatteverket.birth.v1, by: start +27d}"
        #expect(!Self.night("2026-03-02T02:30", steps).contains { $0.contains("E022") })
    }

    // MARK: - What has not been

    private static func people(_ citizens: String, facts: String = "[]", steps: String? = nil) -> [String] {
        messages(
            """
            scenario: past
            version: 1
            start: Mon 2026-03-02T08:00
            given:
              citizens: {\(citizens)}
              agencies: [skatteverket, region-17]
              facts: \(facts)
            steps:
            \(steps ?? publish("+1h"))
            until: +1mo
            """)
    }

    @Test(arguments: [
        ("anna: {spouse: bo, married: 2026-03-03}, bo: {}", "5 E025 `anna` is married after the start"),
        ("anna: {born: 1990-05-06, spouse: bo, married: 1989-01-01}, bo: {}", "5 E032 `anna` is born 1990-05-06, and"),
        ("anna: {spouse: bo, married: 1999-01-01}, bo: {born: 2001-01-01}", "5 E032 `bo` is born 2001-01-01, and"),
        ("anna: {spouse: bo}, bo: {married: 2010-01-01}", "5 E011 `married` needs the key `spouse` beside it"),
        ("anna: {born: 2026-03-03}", "5 E025 `anna` is born after the start"),
    ])
    func `a person's dates have been`(citizens: String, words: String) {
        let found = Self.people(citizens)
        #expect(found.contains { $0.hasPrefix(words) }, "\(found)")
    }

    @Test func `a marriage on the day of the start is taken`() {
        #expect(Self.people("anna: {born: 1990-05-06, spouse: bo, married: 2026-03-02}, bo: {}") == [])
    }

    @Test(arguments: [
        ("occurred: 2026-03-03", "{}", "what held before the start has occurred after it"),
        ("occurred: +1h", "{}", "what held before the start has occurred after it"),
        ("occurred: 2026-03-02", "{deathDate: 2026-03-03}", "`deathDate` is in the future: it lies after the start"),
        ("occurred: 2026-03-02", "{spouseSince: 2027-01-01}", "`spouseSince` is in the future"),
        ("occurred: 2026-03-02", "{children: [{birthDate: 2026-04-01}]}", "`birthDate` is in the future"),
        ("occurred: 2026-03-02", "{bornAt: start +2h}", "`bornAt` is in the future"),
    ])
    func `what held before the start has been`(occurred: String, data: String, words: String) {
        let found = Self.people(
            "anna: {}", facts: "[{fact: skatteverket.birth.v1, for: anna, \(occurred), data: \(data)}]")
        #expect(found.contains { $0.hasPrefix("7 E025 \(words)") }, "\(found)")
    }

    @Test func `what an agency says has been, what people file may be anything, and days to come are named`() {
        let says = Self.people("anna: {}", steps: Self.publish("+1d", more: ", data: {deathDate: a +1d}"))
        #expect(says.contains { $0.hasPrefix("9 E025 `deathDate` is in the future: it lies after the step") })
        #expect(Self.people("anna: {}", steps: Self.publish("+1d", more: ", data: {deathDate: a +0d}")) == [])
        #expect(Self.people("anna: {}", steps: Self.publish("+1d", more: ", data: {moveDate: a +9d}")) == [])
        // The step's own day has hours that a step by the day does not name.
        for (at, isLater) in [("a +3h", false), ("a 23:59", false), ("a +1d 00:00", true), ("a +25h", true)] {
            let found = Self.people("anna: {}", steps: Self.publish("+1d", more: ", data: {bornAt: \(at)}"))
            #expect(found.contains { $0.contains("`bornAt` is in the future") } == isLater, "\(at): \(found)")
        }
        let files =
            "  - {id: f, at: +1d, citizen: anna, action: file, form: name, to: skatteverket, data: {deathDate: f +9d}}"
        #expect(Self.people("anna: {}", steps: files) == [])
    }

    // MARK: - Windows and orders

    @Test(arguments: [
        ("within: 0h", "the window ends when it begins"), ("by: a +0h", "the window ends when it begins"),
        ("until: a 08:00", "the window ends when it begins"), ("by: a -1h", "the window ends before it begins"),
    ])
    func `a window has a length`(window: String, words: String) {
        let found = Self.people(
            "anna: {}", steps: Self.publish("+1d") + "\n  - expect: {none: skatteverket.birth.v1, \(window)}")
        #expect(found.contains { $0.hasPrefix("10 E025 \(words)") }, "\(found)")
    }

    @Test(arguments: [
        ("+1d", "+1d", "two publishers, whose order nothing decides"), ("+1d", "a +0h", "two publishers"),
        ("+2d", "a -1d", "`b` comes before `a`, always"), ("+1d", "+1d 08:01", ""),
    ])
    func `an order of steps is decided by their times`(first: String, second: String, words: String) {
        let steps = """
              - {id: a, at: \(first), publish: skatteverket.birth.v1, for: anna}
              - {id: b, at: \(second), publish: region.birth-notice.v1, from: region-17, for: anna}
              - expect: {order: [a, b], after: start, within: 1w}
            """
        let found = Self.people("anna: {}", steps: steps)
        let isFound = found.contains { $0.hasPrefix("11 E025") && $0.contains(words) }
        #expect(words.isEmpty ? found.isEmpty : isFound, "\(found)")
    }

    @Test func `of one publisher the file's order holds, and what is delayed is looked at in the run`() {
        let steps = """
              - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna}
              - {id: b, at: +1d, publish: skatteverket.death.v1, for: anna}
              - expect: {order: [a, b], after: start, within: 1w}
            """
        #expect(Self.people("anna: {}", steps: steps) == [])
        let turned = steps.replacing("order: [a, b]", with: "order: [b, a]")
        #expect(Self.people("anna: {}", steps: turned).contains { $0.contains("`a` comes before `b`, always") })
        let late = "\nfaults: [{id: l, message: skatteverket.birth.v1, late: {by: 1d}}]"
        #expect(Self.people("anna: {}", steps: turned + late) == [])
    }

    @Test(arguments: ["skip: \"\"", "skip: ' '", "known_failure: \"\"", "known_failure: \"\\t\""])
    func `a reason has words`(line: String) {
        let key = line.split(separator: ":")[0]
        let found = Self.people("anna: {}", steps: Self.publish("+1h") + "\n\(line)")
        #expect(found.contains("10 E013 `\(key)` says why, and this is empty"), "\(found)")
    }
}
