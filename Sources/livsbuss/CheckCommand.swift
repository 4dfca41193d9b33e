import CommandLineTool
import Contracts
import Scenarios
import Terminal
import YAML

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
                let found = try LanguageFiles.found(paths)
                if let sarif { try OutputCheck.refuse([("--sarif", sarif)], among: found.files) }
                let report = check(found, .ofProgram(try Places.catalogue(topics)))
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

    private static func check(
        _ found: (files: [String], missing: [Diagnostic]), _ vocabulary: ScenarioVocabulary
    ) -> DiagnosticReport {
        var report = DiagnosticReport()
        report.diagnostics = found.missing
        var names: [String: SourceSpan] = [:]
        for file in found.files {
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

    /// As ``all(_:)``, with a mistake for each path at which there is nothing to check: that is told as any other is.
    static func found(_ paths: [String]) throws -> (files: [String], missing: [Diagnostic]) {
        var files: [String] = []
        var missing: [Diagnostic] = []
        for path in paths {
            do {
                files += try Places.scenarioFiles([path], withLibraries: true)
            } catch let failure as Failure where failure.code == .invalidFile {
                let span = SourceSpan(file: path, range: SourceRange(start: .start, end: .start))
                missing.append(Diagnostic(.unreadable, failure.description, at: span))
            }
        }
        var seen: Set<String> = []
        return (files.filter { seen.insert(Places.real($0)).inserted }, missing)
    }
}
