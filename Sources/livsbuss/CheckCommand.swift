import CommandLineTool
import Contracts
import Scenarios
import Terminal

/// `livsbuss check PATH…`
enum CheckCommand {
    static var command: Command {
        Command(
            "check", "Checks scenario files without running them.",
            discussion: """
                A folder stands for all scenario files and libraries in it. All mistakes of a file are found in one \
                pass, up to 50; `livsbuss explain-error CODE` tells more about one.

                Exit codes: 0 no mistakes, 2 a file is invalid.
                """,
            examples: [
                "livsbuss check Scenarios": "everything in a folder",
                "livsbuss check Scenarios --sarif check.sarif": "also for an editor or a code host",
            ]
        ) { args in
            let paths: [String] = args.rest("path", "Scenario files or folders.", atLeast: 1, complete: .files)
            let json = args.flag("json", "Print one JSON object.")
            let github = args.flag("github", "Print annotations for GitHub Actions.")
            let sarif: String? = args.option(
                "sarif", value: "file", "Write the mistakes to this file in SARIF 2.1.0.", complete: .files)
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            args.require(!(json && github), "--json and --github exclude each other")
            let (output, errorOutput) = (args.output, args.errorOutput)
            return {
                if let sarif {
                    try OutputCheck.refuse([("--sarif", sarif)], among: LanguageFiles.all(paths))
                }
                let report = try check(paths, .ofProgram(try Places.catalogue(topics)))
                if let sarif {
                    try Places.write(report.sarif(version: Livsbuss.version), to: sarif)
                }
                if json {
                    output.writeLine(report.json())
                } else if github {
                    output.writeVerbatim(report.githubAnnotations())
                } else {
                    for diagnostic in report.diagnostics { errorOutput.writeLine("\(diagnostic)\n") }
                    output.writeLine(summary(report))
                }
                return report.errorCount == 0 ? 0 : Failure.Code.invalidFile.rawValue
            }
        }
    }

    private static func check(_ paths: [String], _ vocabulary: ScenarioVocabulary) throws -> DiagnosticReport {
        var report = DiagnosticReport()
        var names: [String: SourceSpan] = [:]
        for file in try LanguageFiles.all(paths) {
            let reading = ScenarioFile.read(path: file, vocabulary: vocabulary)
            report.files += 1
            report.diagnostics += reading.diagnostics
            guard let scenario = reading.scenarios.first else { continue }
            report.scenarios += 1
            report.cases += reading.scenarios.count
            if let first = names[scenario.name.value] {
                report.diagnostics.append(
                    Diagnostic(
                        .duplicateScenario, "two scenarios are named `\(scenario.name.value)`", at: scenario.name.span,
                        notes: [Diagnostic.Note("the first is here", at: first)]))
            } else {
                names[scenario.name.value] = scenario.name.span
            }
        }
        return report
    }

    private static func summary(_ report: DiagnosticReport) -> String {
        let files =
            "\(counted(report.files, "file")), \(counted(report.scenarios, "scenario")), "
            + counted(report.cases, "case")
        return report.errorCount == 0 ? "\(files): no mistakes" : "\(files): \(counted(report.errorCount, "mistake"))"
    }
}

/// Finds the files of the language's own commands.
enum LanguageFiles {
    /// The YAML files of files and folders, libraries too, each file once.
    static func all(_ paths: [String]) throws -> [String] {
        var seen: Set<String> = []
        return try Places.scenarioFiles(paths, withLibraries: true).filter {
            seen.insert(Places.real($0)).inserted
        }
    }
}
