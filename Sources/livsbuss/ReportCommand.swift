import CommandLineTool
import Reports
import Scenarios
import Terminal

/// `livsbuss report LOG`
enum ReportCommand {
    static var command: Command {
        Command(
            "report", "Makes reports of a run log, without running anything.",
            discussion: """
                The log is what `livsbuss run --log FILE` wrote; the last small run's is beside its store. \
                Exit code 1 says that the run it tells of failed.
                """,
            examples: [
                "livsbuss report .livsbuss/last/run.jsonl --html run.html": "a page that works without a network",
                "livsbuss report run.jsonl --junit junit.xml": "for a build server",
            ]
        ) { args in
            let path: String = args.positional("log", "A run log (JSON Lines).", complete: .files)
            let files = ReportFiles(&args)
            let clash = OutputCheck.clash(files.outputs)
            args.require(clash == nil, clash ?? "")
            let output = args.output
            return {
                try OutputCheck.refuse(files.outputs, among: [path])
                let log = try RunLog(path: path)
                if let defect = log.defect { TerminalOutput.standardError.writeLine("note: \(defect)") }
                try files.write(log)
                if files.annotates {
                    output.writeVerbatim(GitHubAnnotations(log, root: Places.checkout).text)
                } else if files.isEmpty {
                    output.write(log.summary(output.paint))
                }
                return log.passed ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }
}

/// Where reports go, as the flags of `run` and `report` say.
struct ReportFiles: Sendable {
    var junit: String?
    var html: String?
    var mermaid: String?
    var annotates = false

    init() {}

    init(_ args: inout Arguments) {
        junit = args.option("junit", value: "file", "Write a JUnit XML report here.", complete: .files)
        html = args.option(
            "html", value: "file", "Write a page with diagrams, tiles, messages and reasons here.", complete: .files)
        mermaid = args.option(
            "mermaid", value: "file", "Write sequence diagrams as Mermaid text here.", complete: .files)
        annotates = args.flag("github", "Print failures as annotations for GitHub Actions.")
    }

    /// The options with their files.
    var outputs: [(option: String, path: String)] {
        [("--junit", junit), ("--html", html), ("--mermaid", mermaid)].compactMap { option, path in
            path.map { (option, $0) }
        }
    }

    /// Whether no report was asked for.
    var isEmpty: Bool { junit == nil && html == nil && mermaid == nil }

    func write(_ log: RunLog) throws {
        if let junit { try Places.write(JUnitReport(log).text, to: junit) }
        if let html { try Places.write(HTMLReport(log).text, to: html) }
        if let mermaid { try Places.write(MermaidText(log).text, to: mermaid) }
    }
}
