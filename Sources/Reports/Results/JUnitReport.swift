import LifeEvents
import Scenarios
import Terminal

/// A run as JUnit XML: a suite with one test for each world, as the schema `junit-10.xsd` of Jenkins has it.
///
/// The schema knows neither a file nor a line of a test nor properties of one, so each world is a suite of its own:
/// `file` stands on the suite, the line and all else among its properties.
public struct JUnitReport {
    private let log: RunLog

    /// A report of a log.
    public init(_ log: RunLog) {
        self.log = log
    }

    /// The whole XML document.
    public var text: String {
        let failures = log.worlds.count { !$0.passed }
        let errors = log.isComplete ? 0 : 1
        let wall = log.worlds.reduce(0) { $0 + ($1.end?.wallMilliseconds ?? 0) }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml +=
            "<testsuites name=\"livsbuss\" tests=\"\(log.worlds.count + errors)\" failures=\"\(failures)\" errors=\"\(errors)\""
        xml += " time=\"\(Self.seconds(wall))\">\n"
        for number in log.worlds.indices { xml += suite(number) }
        if errors > 0 { xml += unfinished }
        return xml + "</testsuites>\n"
    }

    /// A test that stands for the run's end, which the log does not have.
    private var unfinished: String {
        let message = (log.truncation ?? "the log ends before its run").xml
        return """
              <testsuite name="the run" tests="1" failures="0" errors="1" skipped="0" time="0.000" id="\(log.worlds.count)">
                <testcase name="the run has ended" classname="livsbuss" time="0.000">
                  <error type="incomplete" message="\(message)"/>
                </testcase>
              </testsuite>

            """
    }

    private func suite(_ number: Int) -> String {
        let one = log.worlds[number]
        guard let start = one.start else { return "" }
        let time = Self.seconds(one.end?.wallMilliseconds ?? 0)
        let title = start.title.xml
        var xml =
            "  <testsuite name=\"\(title)\" tests=\"1\" failures=\"\(one.passed ? 0 : 1)\" errors=\"0\""
        xml += " skipped=\"\(one.end?.known == nil ? 0 : 1)\""
        xml += " time=\"\(time)\" id=\"\(number)\" file=\"\(start.file.xml)\">\n    <properties>\n"
        for (name, value) in properties(one, start) {
            xml += "      <property name=\"\(name.xml)\" value=\"\(value.xml)\"/>\n"
        }
        xml += "    </properties>\n    <testcase name=\"\(title)\" classname=\"\(start.scenario.xml)\" time=\"\(time)\""
        if let known = one.end?.known {
            return xml
                + ">\n      <skipped message=\"known failure: \(known.xml)\"/>\n    </testcase>\n  </testsuite>\n"
        }
        guard !one.passed else { return xml + "/>\n  </testsuite>\n" }
        let message = one.failures.first?.message ?? "the case did not end"
        xml += ">\n      <failure type=\"expectation\" message=\"\(message.xml)\">"
        xml += (log.failureText(ofWorld: number) ?? message).xml
        return xml + "</failure>\n    </testcase>\n  </testsuite>\n"
    }

    private func properties(_ one: WorldLog, _ start: WorldStart) -> [(String, String)] {
        var list = [
            ("file", start.file), ("line", String(start.line)), ("seed", String(log.start.seed)),
            ("program", log.start.program), ("broker", log.start.broker),
            ("resolution", "\(log.start.resolution) min"),
        ]
        if let partitions = log.start.partitions { list.append(("partitions", String(partitions))) }
        for (name, value) in start.params.sorted(by: { $0.key < $1.key }) { list.append(("param.\(name)", value)) }
        for (name, value) in log.start.settings.sorted(by: { $0.key < $1.key }) { list.append((name, value)) }
        if let end = one.end {
            list.append(("digest", end.digest))
            list.append(("messages", String(end.messages)))
            list.append(("expectations", String(end.expectations)))
            if let first = end.first, let last = end.last {
                list.append(("virtual.start", first.description))
                list.append(("virtual.duration", SpanText.text(last - first)))
            }
        }
        list.append(("repro", start.repro))
        return list
    }

    /// Seconds with three decimals, as the schema wants them.
    private static func seconds(_ milliseconds: Double) -> String {
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
