import LifeEvents
import Scenarios
import Testing

@Suite struct LanguageTimeTests {
    /// The instant of the step `x` in a scenario with one step `a` before it.
    private func instant(of time: String, start: String, anchor: String) throws -> String {
        let text = """
            scenario: s
            version: 1
            start: \(start)
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps:
              - {id: a, at: "\(anchor)", publish: t.x.v1, from: skatteverket, for: anna}
              - {id: x, at: "\(time)", publish: t.x.v1, from: skatteverket, for: anna}
            """
        let (scenario, diagnostics) = ScenarioFile.parse(text: text, file: "s.yaml")
        let timeline = try #require(scenario, "\(diagnostics)").timeline
        return Stockholm.local(try #require(timeline.instant(ofStep: "x"))).description
    }

    @Test(
        arguments: [
            ("2026-03-20T10:00", "+0d", "2026-03-02 08:00", "2026-03-20 10:00"),
            ("Fri 2026-03-20T10:00", "+0d", "2026-03-02 08:00", "2026-03-20 10:00"),
            ("2026-03-20 10:00", "+0d", "2026-03-02 08:00", "2026-03-20 10:00"),
            ("2026-03-20", "+0d", "2026-03-02 08:00", "2026-03-20 00:00"),
            ("start", "+0d", "2026-03-02 08:00", "2026-03-02 08:00"),
            ("+3d", "+0d", "2026-03-02 08:00", "2026-03-05 08:00"),
            ("+45d 06:30", "+0d", "2026-01-16", "2026-03-02 06:30"),
            ("+2w", "+0d", "2026-03-02 08:00", "2026-03-16 08:00"),
            ("+36h", "+0d", "2026-03-02 08:00", "2026-03-03 20:00"),
            ("a +2d -1d 12:00", "+1d", "2026-03-02 08:00", "2026-03-04 12:00"),
            // Months clamp, step by step.
            ("+1mo", "+0d", "2026-01-31", "2026-02-28 00:00"),
            ("+1mo", "+0d", "2028-01-31", "2028-02-29 00:00"),
            ("+1mo +1mo", "+0d", "2026-01-31", "2026-03-28 00:00"),
            ("+2mo", "+0d", "2026-01-31", "2026-03-31 00:00"),
            ("+12mo", "+0d", "2028-02-29", "2029-02-28 00:00"),
            // Good Friday is 3 April, Easter Monday the 6th.
            ("+1wd", "+0d", "2026-04-02 09:00", "2026-04-07 09:00"),
            ("a 5wd", "+0d", "2026-04-01 09:00", "2026-04-10 09:00"),
            ("a -1wd", "2026-04-07", "2026-03-01", "2026-04-02 00:00"),
            ("+0wd", "+0d", "2026-04-04 09:00", "2026-04-07 09:00"),
            // The clock goes forward on 29 March, back on 25 October.
            ("+1d", "+0d", "2026-03-28 08:00", "2026-03-29 08:00"),
            ("+24h", "+0d", "2026-03-28 08:00", "2026-03-29 09:00"),
            ("+1d", "+0d", "2026-10-24 08:00", "2026-10-25 08:00"),
            ("+24h", "+0d", "2026-10-24 08:00", "2026-10-25 07:00"),
            ("+0d 02:30 CEST", "+0d", "2026-10-25", "2026-10-25 02:30"),
            ("+0d 02:30 CET", "+0d 02:45 CEST", "2026-10-25", "2026-10-25 02:30"),
            ("a +1h", "+0d 02:30 CEST", "2026-10-25", "2026-10-25 02:30"),
            ("2026-10-25T01:59 CEST", "+0d", "2026-10-25", "2026-10-25 01:59"),
            ("2026-10-25T03:00", "+0d", "2026-10-25", "2026-10-25 03:00"),
        ])
    func `a time expression has the instant that people expect`(
        time: String, anchor: String, start: String, expected: String
    ) throws {
        #expect(try instant(of: time, start: start, anchor: anchor) == expected)
    }

    @Test(
        arguments: [
            ("within: 2wd", "2026-04-08 23:59:59.999"), ("within: 36h", "2026-04-03 20:00"),
            ("within: 1mo", "2026-05-02 23:59:59.999"), ("by: 2026-04-10", "2026-04-10 23:59:59.999"),
            ("by: 2026-04-10T08:00", "2026-04-10 08:00"), ("by: end", "2026-12-31 23:59:59.999"),
            ("until: a +1d", "2026-04-03 23:59:59.999"),
        ])
    func `a window that is counted in days lasts to the end of its last day`(
        window: String, expected: String
    ) throws {
        let text = """
            scenario: s
            version: 1
            start: 2026-04-01
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps:
              - {id: a, at: 2026-04-02T08:00, publish: t.x.v1, from: skatteverket, for: anna}
              - expect: {message: t.y.v1, \(window)}
            until: 2026-12-31
            """
        let (scenario, diagnostics) = ScenarioFile.parse(text: text, file: "s.yaml")
        let found = try #require(scenario, "\(diagnostics)")
        guard case .expect(let expectation) = found.steps[1].action else { Issue.record("no expectation"); return }
        #expect(found.timeline.opening(of: expectation) == found.timeline.instant(ofStep: "a"))
        let deadline = try #require(found.timeline.deadline(of: expectation))
        #expect(Stockholm.local(deadline).description == expected)
    }

    @Test(arguments: ["until: +5d", "until: 2026-04-03T09:00"])
    func `until the end is until the end, also where that is no day's`(tail: String) throws {
        let text = """
            scenario: s
            version: 1
            start: 2026-04-01
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps:
              - {id: a, at: 2026-04-02T08:00, publish: t.x.v1, from: skatteverket, for: anna}
              - expect: {none: t.y.v1, until: end}
            \(tail)
            """
        let (scenario, diagnostics) = ScenarioFile.parse(text: text, file: "s.yaml")
        let found = try #require(scenario, "\(diagnostics)")
        guard case .expect(let expectation) = found.steps[1].action else { Issue.record("no expectation"); return }
        #expect(found.timeline.deadline(of: expectation) == found.timeline.end)
    }
}
