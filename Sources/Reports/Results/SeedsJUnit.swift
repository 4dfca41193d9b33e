public import Scenarios
import Terminal

/// What a case came to with several seeds, as a build server is told.
public struct SeedsCase: Sendable {
    /// What failed, with the seeds: one failure for each expectation.
    public struct Failure: Sendable {
        let code: String
        let message: String
        let text: String

        /// - Parameters:
        ///   - code: the kind, as `A001`.
        ///   - message: one line.
        ///   - text: all that is told.
        public init(code: String, message: String, text: String) {
            (self.code, self.message, self.text) = (code, message, text)
        }
    }

    let instance: ScenarioInstance
    let failures: [Failure]
    let known: String?
    let details: [(name: String, value: String)]

    /// - Parameters:
    ///   - known: why it is known to fail, where it did; nil: it is not.
    ///   - details: more about the case, as the command that repeats it.
    public init(
        _ instance: ScenarioInstance, failures: [Failure], known: String?, details: [(name: String, value: String)]
    ) {
        (self.instance, self.failures, self.known, self.details) = (instance, failures, known, details)
    }
}

/// A run with several seeds as JUnit XML: a suite a file, a test a case, with a failure for each expectation that names the
/// seeds.
public struct SeedsJUnit {
    private let cases: [SeedsCase]
    private let seeds: String
    private let program: String
    private let skipped: [(scenario: String, reason: String)]

    /// - Parameters:
    ///   - seeds: in words, as `1..50`.
    ///   - skipped: scenarios that were not played because they say so.
    public init(_ cases: [SeedsCase], seeds: String, program: String, skipped: [(scenario: String, reason: String)]) {
        (self.cases, self.seeds, self.program, self.skipped) = (cases, seeds, program, skipped)
    }

    /// The whole XML document.
    public var text: String {
        var suites: [(file: String, cases: [SeedsCase])] = []
        for one in cases {
            let file = one.instance.scenario.name.span.file
            if suites.last?.file != file { suites.append((file, [])) }
            suites[suites.count - 1].cases.append(one)
        }
        let failures = cases.count { !$0.failures.isEmpty }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"livsbuss\" tests=\"\(cases.count + skipped.count)\" failures=\"\(failures)\""
        xml += " errors=\"0\" time=\"0.000\">\n"
        for (number, suite) in suites.enumerated() { xml += text(of: suite.file, suite.cases, number) }
        if !skipped.isEmpty { xml += JUnitReport.leftOut(skipped, id: suites.count) }
        return xml + "</testsuites>\n"
    }

    private func text(of file: String, _ cases: [SeedsCase], _ number: Int) -> String {
        let name = file.escapedLine.xml
        let failures = cases.count { !$0.failures.isEmpty }
        let known = cases.count { $0.failures.isEmpty && $0.known != nil }
        var xml = "  <testsuite name=\"\(name)\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\""
        xml += " skipped=\"\(known)\" time=\"0.000\" id=\"\(number)\" file=\"\(name)\">\n    <properties>\n"
        for (name, value) in [("seeds", seeds), ("program", program)] {
            xml += "      <property name=\"\(name)\" value=\"\(value.xml)\"/>\n"
        }
        xml += "    </properties>\n"
        for one in cases {
            xml += "    <testcase name=\"\(one.instance.name.escapedLine.xml)\""
            xml += " classname=\"\(one.instance.scenario.name.value.xml)\" time=\"0.000\">\n"
            for failure in one.failures {
                xml += "      <failure type=\"\(failure.code)\" message=\"\(failure.message.escapedLine.xml)\">"
                xml += failure.text.xml + "</failure>\n"
            }
            if one.failures.isEmpty, let known = one.known {
                xml += "      <skipped message=\"known failure: \(known.escapedLine.xml)\"/>\n"
            }
            let lines = one.details.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            xml += "      <system-out>\(lines.xml)</system-out>\n    </testcase>\n"
        }
        return xml + "  </testsuite>\n"
    }
}
