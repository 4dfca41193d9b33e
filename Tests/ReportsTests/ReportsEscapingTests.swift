import AgencyKit
import LifeEvents
import Scenarios
import Simulation
import Terminal
import Testing

@testable import Reports

/// Nothing that others wrote reaches a reader as it is, by no way out.
@Suite struct ReportsEscapingTests {
    /// Clears a screen, names a window, turns the direction of a line, ends one and orders a build server about.
    static let hostile =
        "\u{1B}]0;pwned\u{7}\u{1B}[2J\u{9B}31m\u{7F}\u{202E}\u{2066}\u{2028}\u{85}\r\n::error::injected\n##[error]x ##vso[task]%%{init}%%<script>alert(1)</script>"

    static let foreignID = EventID(text: "\u{1B}[2J\u{202E}</p><script>alert(1)</script>\n::error::injected")!

    static func offences(_ text: String) -> [String] {
        let scalars = text.unicodeScalars.filter { $0 != "\n" && EscapedText.isUnsafe($0) }.map {
            "\($0.escaped(asASCII: true))"
        }
        let lines = text.split(whereSeparator: \.isNewline).filter {
            $0.drop { $0 == " " }.hasPrefix("::error::injected") || $0.contains("##[") || $0.contains("##vso[")
        }
        return scalars + lines.map(String.init)
    }

    /// The sample with the hostile text in every text of every record.
    static let records: [RunRecord] = SampleLog.records.map { record in
        let bad = hostile
        switch record {
        case .runStart(var record):
            (record.program, record.broker, record.settings, record.unplayed) = (bad, bad, [bad: bad], bad)
            return .runStart(record)
        case .worldStart(var record):
            (record.scenario, record.name, record.repro) = (bad, bad, bad)
            (record.params, record.agencies, record.tags) = ([bad: bad], [bad], [bad])
            record.people = [.init(name: bad, key: "pbbbbbbbbbbbbbbb"), .init(name: "child", key: bad)]
            return .worldStart(record)
        case .publish(var record):
            (record.type, record.source, record.subject, record.change) = (bad, bad, bad, bad)
            // Another system's id is any text.
            if record.cause == nil { record.id = foreignID }
            record.data =
                "{\"tile\":\"a\u{9B}\u{202E}\u{7F}\u{2028}\",\"code\":\"\\u001b[2J\",\"b\u{85}\":\"\\n::error::x\"}"
            return .publish(record)
        case .deliver(var record):
            (record.agency, record.river, record.reason, record.file) = (bad, bad, bad, bad)
            return .deliver(record)
        case .reject(var record):
            (record.agency, record.topic, record.reason) = (bad, bad, bad)
            return .reject(record)
        case .timer(var record):
            (record.agency, record.subject, record.timer, record.failure) = (bad, bad, bad, bad)
            return .timer(record)
        case .fault(var record):
            (record.kind, record.target, record.text) = (bad, bad, bad)
            return .fault(record)
        case .statusChange(var record):
            (record.holder, record.tile, record.agency, record.about) = (bad, bad, bad, bad)
            (record.from, record.to, record.text) = (bad, bad, bad)
            return .statusChange(record)
        case .expectPass(let record): return .expectPass(spoilt(record))
        case .expectFail(let record): return .expectFail(spoilt(record))
        case .worldEnd(var record):
            record.digest = bad
            record.known = bad
            return .worldEnd(record)
        case .runEnd: return record
        }
    }

    private static func spoilt(_ record: ExpectationResult) -> ExpectationResult {
        var record = record
        let bad = hostile
        (record.step, record.message, record.code, record.nearest) = (bad, bad, bad, [bad, bad])
        (record.type, record.source, record.subject) = (bad, bad, bad)
        (record.fields, record.tile, record.about) = ([bad], bad, bad)
        record.compared = [ComparedValue(bad, expected: bad, actual: bad, differs: true)]
        record.repro = bad
        return record
    }

    private static func log() throws -> RunLog {
        var log = RunLog(
            name: hostile,
            start: RunStart(
                schema: 1, program: hostile, seed: 1, broker: hostile, partitions: 1, resolution: 1,
                settings: [hostile: hostile], skipped: [.init(scenario: hostile, reason: hostile)]))
        for record in records.dropFirst() { try log.add(record) }
        return log
    }

    private static let words = ["region.birth-notice.v1".escapedLine, hostile.escapedLine]

    /// Each way out of a log, by its name.
    private static func outputs(_ log: RunLog) throws -> [(name: String, text: String)] {
        let plain = Paint(isEnabled: false)
        var coverage = Coverage(CoverageUniverse(topics: ["a.b.v1"], rules: [], timers: []))
        coverage.add(log)
        let golden = GoldenRun(log, file: "birth.yaml", digests: [RunDigest()])
        let query = MessageQuery(hostile.escapedLine)
        return [
            ("summary", log.summary(plain)), ("failure", log.failureText(ofWorld: 0) ?? ""),
            ("JUnit", JUnitReport(log).text),
            ("HTML", HTMLReport(log).text), ("Mermaid", MermaidText(log).text),
            ("annotations", GitHubAnnotations(log, root: "/repo").text), ("golden", golden.text),
            (
                "golden difference",
                try golden.differences(
                    from: GoldenFile(golden.text.replacing("digest ", with: "digest x")), isWhole: true
                ).first?.failure.nearest.joined(separator: "\n") ?? ""
            ),
            ("trace", try Trace(log, query, .both).text(plain)),
            ("explain", try Explanation(log, rules: []).text(query, agency: nil, plain)),
            ("diff", RunDifference(log, try SampleLog.log()).text(plain)),
            ("coverage", coverage.text(plain, limit: .max)), ("coverage page", CoveragePage(coverage).text),
            ("coverage JSON", EscapedText.json(coverage.json())),
        ]
    }

    /// A new text of a record is hostile here too, or this fails; then it must be escaped, or this fails.
    @Test func `every text of every record is escaped`() {
        // Only our own files and keys are looked up by these; they are escaped, but not spoilt here.
        let own: Set = ["file", "data"]
        for record in Self.records {
            for (isEscaped, shown) in [(false, record), (true, record.escaped())] {
                guard let value = Mirror(reflecting: shown).children.first?.value else { continue }
                for (label, text) in Mirror(reflecting: value).children {
                    let kind = type(of: text)
                    let isText =
                        kind == String.self || kind == String?.self || kind == [String].self || kind == [String]?.self
                    guard isText, let label, !own.contains(label) else { continue }
                    let texts = (text as? String).map { [$0] } ?? (text as? [String]) ?? []
                    #expect(!texts.isEmpty, "\(label) of \(type(of: value)) is not spoilt")
                    for text in texts { #expect(Self.offences(text).isEmpty == isEscaped, "\(label)") }
                }
            }
        }
    }

    @Test func `every report of a log of hostile messages is harmless`() throws {
        for (name, text) in try Self.outputs(Self.log()) {
            #expect(!text.isEmpty, "\(name)")
            #expect(Self.offences(text) == [], "\(name)")
            if ["JUnit", "HTML", "Mermaid", "coverage page"].contains(name) {
                #expect(!text.contains("<script>alert"), "\(name)")
            }
            if name == "Mermaid" { #expect(!text.contains("%%{")) }
        }
    }

    @Test func `a log that comes from a file is as harmless`() throws {
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(Self.records))
        for (name, text) in try Self.outputs(log) { #expect(Self.offences(text) == [], "\(name)") }
        #expect(Self.offences(log.start.program + log.worlds[0].messages[0].type) == [])
    }
}
