import Foundation
import LifeEvents
import Scenarios
import Testing

@testable import Reports

@Suite struct ReportsResultTests {
    @Test func `a failure says what, where, when, what came near, why not, and how to see it again`() throws {
        let text = try #require(try SampleLog.log().failureText(ofWorld: 0))
        #expect(
            text == """
                failed: expected forsakringskassan.benefit-decision.v1, none came    birth.yaml:17:5 (step allowance)
                  virtual time 2026-03-09T06:40 · seed 7
                  nearest: a tile & more: <no>
                  why-not: forsakringskassan dead-lettered skatteverket.birth.v1 at 2026-03-02T08:01 for child: \
                it could not be handled
                  why-not: river forsakringskassan/pay child benefit refused skatteverket.birth.v1 at 2026-03-02T08:01 \
                for child: “the income is known” does not hold (Agencies/X.swift:8)
                  repro: livsbuss run birth.yaml --seed 7
                """)
    }

    @Test func `an outage of the agency that should have acted is named first`() throws {
        var records = SampleLog.records
        records.insert(
            .fault(
                FaultNote(
                    case: nil, time: SampleLog.minutes(0), until: SampleLog.minutes(600), kind: "outage",
                    target: "forsakringskassan", text: "forsakringskassan hears and says nothing")), at: 2)
        // A fault of the whole run belongs to each of its cases.
        let text = try #require(RunLog(name: "x", bytes: SampleLog.bytes(records)).failureText(ofWorld: 0))
        let lines = text.split(separator: "\n").filter { $0.contains("why-not") }
        #expect(
            lines.first
                == "  why-not: fault outage at 2026-03-02T08:00 to 2026-03-02T18:00: forsakringskassan hears and says nothing"
        )
        #expect(lines.count == 3)
    }

    @Test func `a passed case has no failure text`() throws {
        let records = SampleLog.records.filter { if case .expectFail = $0 { false } else { true } }
        #expect(try RunLog(name: "x", bytes: SampleLog.bytes(records)).failureText(ofWorld: 0) == nil)
    }

    @Test func `JUnit has a suite for each file with a test for each case, and its text is escaped`() throws {
        let xml = JUnitReport(try SampleLog.log()).text
        #expect(
            xml.contains(#"<testsuite name="birth.yaml" tests="1" failures="1" errors="0" skipped="0" time="0.002""#))
        #expect(xml.contains(#"file="birth.yaml""#))
        for property in ["seed\" value=\"7", "broker\" value=\"embedded"] {
            #expect(xml.contains("<property name=\"\(property)\"/>"))
        }
        for line in ["scenario: birth.yaml:2", "digest: 00ff", "virtual.duration: 2 w", "repro: livsbuss run birth"] {
            #expect(xml.contains(line))
        }
        #expect(xml.contains("a tile &amp; more: &lt;no&gt;"))
    }

    @Test func `JUnit has each failure of a test, and what was left out`() throws {
        var records = SampleLog.records
        let failed = try #require(
            records.firstIndex { if case .expectFail = $0 { true } else { false } })
        records.insert(records[failed], at: failed)
        if case .worldEnd(var end) = records[failed + 2] {
            (end.expectations, end.failed) = (3, 2)
            records[failed + 2] = .worldEnd(end)
        }
        if case .runStart(var start) = records[0] {
            start.skipped = [.init(scenario: "later", reason: "the law comes in 2027")]
            records[0] = .runStart(start)
        }
        let xml = JUnitReport(try RunLog(name: "x", bytes: SampleLog.bytes(records))).text
        #expect(xml.split(separator: "<failure ").count == 3)
        #expect(xml.contains(#"<testcase name="later" classname="later""#))
        #expect(xml.contains(#"<skipped message="the law comes in 2027"/>"#))
        #expect(xml.contains(#"<testsuites name="livsbuss" tests="2" failures="1""#))
    }

    @Test(.enabled(if: Python.isWantedWithSchemas, "Python's modules or ../shared/schemas are missing"))
    func `JUnit is valid by the schema that Jenkins reads by`() throws {
        #expect(try problem(JUnitReport(SampleLog.log()).text) == nil)
        #expect(try problem("<testsuites><nobody/></testsuites>") != nil)
    }

    /// What is wrong with a JUnit file; nil if it is valid.
    private func problem(_ xml: String) throws -> String? {
        let file = FileManager.default.temporaryDirectory.appending(path: "livsbuss-junit-\(UUID().uuidString).xml")
        try xml.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let program = "import sys, xmlschema; xmlschema.XMLSchema(sys.argv[1]).validate(sys.argv[2])"
        let result = try Python.run(program, [Python.schema("junit-10.xsd"), file.path])
        return result.code == 0 ? nil : result.output
    }

    @Test func `characters that XML cannot hold are replaced`() {
        #expect("a\u{1}b\u{FFFF}c\n<\"".xml == "a\u{FFFD}b\u{FFFD}c\n&lt;&quot;")
    }

    @Test func `annotations stand on one line and tell paths from the checkout`() throws {
        var records = SampleLog.records
        for (index, record) in records.enumerated() {
            guard case .expectFail(var failure) = record else { continue }
            failure.file = "/repo/a,b.yaml"
            failure.message = "50 %\nof it"
            records[index] = .expectFail(failure)
        }
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(records))
        #expect(
            GitHubAnnotations(log, root: "/repo").text
                == "::error file=a%2Cb.yaml,line=17,col=5,title=birth%2C allowance::50 %25\\nof it%0A"
                + "a tile & more: <no>\n")
    }

    @Test(arguments: [
        (60_000, "1 min"), (0, "0 min"), (86_400_000, "1 d"), (90_000_000, "1 d 1 h"), (3_888_000_000, "6 w 3 d"),
        (-3_600_000, "−1 h"), (40_000_000_000, "1 y 13 w"), (1_500, "1 s 500 ms"), (42 * 3_600_000, "1 d 18 h"),
    ])
    func `a span is told in its two largest units`(milliseconds: Int64, text: String) {
        #expect(SpanText.text(.milliseconds(milliseconds)) == text)
    }
}
