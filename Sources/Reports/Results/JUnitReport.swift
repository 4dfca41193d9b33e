import LifeEvents
import Scenarios
import Terminal

/// A run as JUnit XML: a suite for each scenario file, with a test for each world, as the schema `junit-10.xsd` of Jenkins
/// has it. A test that failed has an element `failure` for each expectation.
///
/// The schema knows neither a file nor a line of a test nor properties of one: `file` and what the whole run has stand on
/// the suite, what is a test's own in its `system-out`.
public struct JUnitReport {
    private let log: RunLog

    /// A report of a log.
    public init(_ log: RunLog) {
        self.log = log
    }

    /// The whole XML document.
    public var text: String {
        let failures = log.worlds.count { !$0.passed }
        let errors = log.isComplete && log.unplayedReason == nil ? 0 : 1
        let wall = log.worlds.reduce(0) { $0 + ($1.end?.wallMilliseconds ?? 0) }
        let tests = log.worlds.count + errors + skipped.count
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"livsbuss\" tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\""
        xml += " time=\"\(Self.seconds(wall))\">\n"
        for (number, suite) in suites.enumerated() { xml += text(of: suite, number) }
        if !skipped.isEmpty { xml += leftOut }
        if let reason = log.unplayedReason {
            xml += Self.error(
                "something was played", type: "unplayed", reason, id: suites.count + (skipped.isEmpty ? 0 : 1),
                mistakes: log.mistakes)
        } else if errors > 0 {
            xml += unfinished
        }
        return xml + "</testsuites>\n"
    }

    private var skipped: [RunStart.Skipped] { log.start.skipped ?? [] }

    /// The worlds of a file, in their order.
    private struct Suite {
        let file: String
        var worlds: [(number: Int, start: WorldStart, log: WorldLog)] = []
    }

    private var suites: [Suite] {
        var suites: [Suite] = []
        for (number, one) in log.worlds.enumerated() {
            guard let start = one.start else { continue }
            if suites.last?.file != start.file { suites.append(Suite(file: start.file)) }
            suites[suites.count - 1].worlds.append((number, start, one))
        }
        return suites
    }

    /// Scenarios that were not played because they say so.
    private var leftOut: String { Self.leftOut(skipped.map { ($0.scenario, $0.reason) }, id: suites.count) }

    /// A suite of scenarios that were not played.
    static func leftOut(_ skipped: [(scenario: String, reason: String)], id: Int) -> String {
        var xml = "  <testsuite name=\"left out\" tests=\"\(skipped.count)\" failures=\"0\" errors=\"0\""
        xml += " skipped=\"\(skipped.count)\" time=\"0.000\" id=\"\(id)\">\n"
        for one in skipped {
            xml += "    <testcase name=\"\(one.scenario.xml)\" classname=\"\(one.scenario.xml)\" time=\"0.000\">\n"
            xml += "      <skipped message=\"\(one.reason.xml)\"/>\n    </testcase>\n"
        }
        return xml + "  </testsuite>\n"
    }

    /// A test that stands for the run's end, which the log does not have.
    private var unfinished: String {
        Self.error(
            "the log is whole", type: "incomplete", log.defect ?? "the log ends before its run",
            id: suites.count + (skipped.isEmpty ? 0 : 1))
    }

    /// A suite of one test that stands for the whole run, and did not hold; mistakes in files follow as errors of it.
    private static func error(
        _ test: String, type: String, _ message: String, id: Int, mistakes: [FileMistake] = []
    ) -> String {
        var xml = "  <testsuite name=\"the run\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0.000\""
        xml += " id=\"\(id)\">\n    <testcase name=\"\(test)\" classname=\"livsbuss\" time=\"0.000\">\n"
        xml += "      <error type=\"\(type)\" message=\"\(message.xml)\"/>\n"
        for one in mistakes {
            xml += "      <error type=\"\(one.code?.xml ?? "mistake")\" message=\"\(one.message.xml)\">"
            xml += one.text.xml + "</error>\n"
        }
        return xml + "    </testcase>\n  </testsuite>\n"
    }

    private func text(of suite: Suite, _ number: Int) -> String {
        let wall = suite.worlds.reduce(0) { $0 + ($1.log.end?.wallMilliseconds ?? 0) }
        let failures = suite.worlds.count { !$0.log.passed }
        let known = suite.worlds.count { $0.log.end?.known != nil }
        var xml = "  <testsuite name=\"\(suite.file.xml)\" tests=\"\(suite.worlds.count)\""
        xml += " failures=\"\(failures)\" errors=\"0\" skipped=\"\(known)\" time=\"\(Self.seconds(wall))\""
        xml += " id=\"\(number)\" file=\"\(suite.file.xml)\">\n    <properties>\n"
        for (name, value) in properties {
            xml += "      <property name=\"\(name.xml)\" value=\"\(value.xml)\"/>\n"
        }
        xml += "    </properties>\n"
        for world in suite.worlds { xml += test(world.number, world.start, world.log) }
        return xml + "  </testsuite>\n"
    }

    private func test(_ number: Int, _ start: WorldStart, _ one: WorldLog) -> String {
        let time = Self.seconds(one.end?.wallMilliseconds ?? 0)
        var xml = "    <testcase name=\"\(start.title.xml)\" classname=\"\(start.scenario.xml)\" time=\"\(time)\">\n"
        if let known = one.end?.known {
            xml += "      <skipped message=\"known failure: \(known.xml)\"/>\n"
        } else if !one.passed {
            for failure in one.failures.prefix(Self.mostFailures) {
                xml += "      <failure type=\"\(failure.code?.xml ?? "expectation")\""
                xml += " message=\"\(failure.message.xml)\">"
                xml += log.block(failure, one).joined(separator: "\n").xml + "</failure>\n"
            }
            if one.failures.isEmpty {
                let reason = one.defect ?? "the case failed, and no failure of it is there"
                xml += "      <failure type=\"incomplete\" message=\"\(reason.xml)\"/>\n"
            }
            if one.failures.count > Self.mostFailures {
                let more = one.failures.count - Self.mostFailures
                xml += "      <failure type=\"expectation\" message=\"and \(more) more\"/>\n"
            }
        }
        let lines = details(one, start).map { "\($0): \($1)" }.joined(separator: "\n")
        return xml + "      <system-out>\(lines.xml)</system-out>\n    </testcase>\n"
    }

    /// So many failures of one test are told: a case whose every line fails has one cause.
    private static let mostFailures = 50

    /// What all tests of the run have in common.
    private var properties: [(String, String)] {
        var list = [
            ("seed", String(log.start.seed)), ("program", log.start.program), ("broker", log.start.broker),
            ("resolution", "\(log.start.resolution) min"),
        ]
        if let partitions = log.start.partitions { list.append(("partitions", String(partitions))) }
        for (name, value) in log.start.settings.sorted(by: { $0.key < $1.key }) { list.append((name, value)) }
        return list
    }

    /// What is one test's own.
    private func details(_ one: WorldLog, _ start: WorldStart) -> [(String, String)] {
        var list = [("scenario", "\(start.file):\(start.line)")]
        for (name, value) in start.params.sorted(by: { $0.key < $1.key }) { list.append(("param.\(name)", value)) }
        if let end = one.end {
            list.append(("digest", end.digest))
            list.append(("messages", String(end.messages)))
            list.append(("expectations", String(end.expectations)))
            if one.assertsNothing { list.append(("note", RunLog.nothingAsserted)) }
            if let first = end.first, let last = end.last {
                list.append(("virtual.start", first.description))
                list.append(("virtual.duration", SpanText.text(last - first)))
            }
        }
        list.append(("repro", start.repro))
        return list
    }

    /// Seconds with three decimals, as the schema wants them.
    static func seconds(_ milliseconds: Double) -> String {
        let whole = Int(milliseconds.rounded())
        let rest = String(whole % 1_000)
        return "\(whole / 1_000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}

extension String {
    /// The text for an XML element or attribute; what XML 1.0 cannot hold, and what `EscapedText` does
    /// not show, becomes a replacement character.
    var xml: String {
        var text = ""
        text.reserveCapacity(utf8.count + 16)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            case _ where EscapedText.isUnsafe(scalar): text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
