import JSON
import Reports
import Scenarios
import Terminal

/// A run that plays nothing: a file is wrong, everything is skipped, or nothing was chosen. What was asked for is written
/// all the same, for a report of an earlier run in its place would be taken for this one's.
struct Unplayed {
    let reason: String
    let exitCode: Int32
    let skipped: [(name: String, reason: String)]
    /// The mistakes in files that are the reason.
    let mistakes: [FileMistake]

    /// That all scenarios which were chosen are skipped, or nothing is there.
    init(skipped: [(name: String, reason: String)]) {
        self.skipped = skipped
        mistakes = []
        exitCode = Failure.Code.nothingPlayed.rawValue
        reason =
            switch skipped.count {
            case 0: "no scenario is there"
            case 1: "the one scenario is skipped: \(skipped[0].name): \(skipped[0].reason)"
            default: "all \(skipped.count) scenarios are skipped"
            }
    }

    /// That the run could not begin.
    init(_ error: any Error) {
        (reason, exitCode) = Failure.explain(error)
        skipped = []
        mistakes = (error as? Failure)?.mistakes ?? []
    }

    /// Writes the reports, and the result as JSON where that was asked for.
    func tell(_ options: RunOptions, _ output: TerminalOutput) throws {
        var description = RunReporting.description(options, false)
        description.skipped = skipped.map { ($0.name, $0.reason) }
        let log = RunLog.unplayed(description, because: reason, mistakes: mistakes)
        // A report is not written over a file that was to be read, also where reading did not get that far.
        let files = options.paths.map { Places.exists($0) ? $0 : ScenarioSelection($0).path }
        func isRead(_ path: String?) -> Bool { path.map { OutputCheck.isRead($0, among: files) } ?? false }
        var reports = options.reports.files
        if isRead(reports.junit) { reports.junit = nil }
        if isRead(reports.html) { reports.html = nil }
        if isRead(reports.mermaid) { reports.mermaid = nil }
        try reports.write(log)
        if let path = options.reports.log, !isRead(path) { try log.writeUnplayed(to: path) }
        if options.reports.files.annotates {
            (options.json ? TerminalOutput.standardError : output).writeVerbatim(
                GitHubAnnotations(log, root: Places.checkout).text)
        }
        guard options.json else { return }
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("passed")
        writer.bool(false)
        writer.key("error")
        writer.string(reason)
        writer.key("exitCode")
        writer.int(Int64(exitCode))
        if !skipped.isEmpty { skipped.write(into: &writer) }
        if !mistakes.isEmpty { mistakes.write(into: &writer) }
        writer.endObject()
        output.write(writer.text + "\n")
    }
}

extension [(name: String, reason: String)] {
    /// The member `skipped` of a result.
    func write(into writer: inout JSONWriter) {
        writer.key("skipped")
        writer.beginArray()
        for one in self {
            writer.beginObject()
            writer.key("name")
            writer.string(one.name)
            writer.key("reason")
            writer.string(one.reason)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension [FileMistake] {
    /// The member `diagnostics` of a result, as `livsbuss check --json` has it.
    func write(into writer: inout JSONWriter) {
        writer.key("diagnostics")
        writer.beginArray()
        for one in self {
            writer.beginObject()
            let texts = [
                ("code", one.code), ("severity", "error"), ("message", one.message), ("hint", one.hint),
                ("file", one.file),
            ]
            for case (let key, let value?) in texts {
                writer.key(key)
                writer.string(value)
            }
            let numbers = [
                ("line", one.line), ("column", one.column), ("endLine", one.endLine), ("endColumn", one.endColumn),
            ]
            for (key, value) in numbers {
                writer.key(key)
                writer.int(Int64(value))
            }
            writer.endObject()
        }
        writer.endArray()
    }
}
