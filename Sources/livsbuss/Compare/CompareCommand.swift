import Agencies
import CommandLineTool
import Contracts
import Files
import Foundation
import LifeEvents
import Planes
import Runs
import Scenarios
import Terminal

/// `livsbuss compare FILE…`
enum CompareCommand {
    /// The most lives of one comparison: each is held in memory with what it has heard.
    private static let mostLives = 100_000

    static var command: Command {
        Command(
            "compare", "Plays the same lives in several planes, and tells what differs.",
            discussion: """
                Each life is the scenario with other people; people and draws are the same in every plane. The last plane \
                is compared with the first. What the numbers are made of, what is assumed and what the comparison cannot \
                say: docs/architect.md.

                Exit codes: 0 compared, 2 a file is invalid, 3 the environment failed.
                """,
            examples: [
                "livsbuss compare Scenarios/death.yaml --planes silo,nav,bus": "three ways to live through a death",
                "livsbuss compare Scenarios/move.yaml --lives 500 --csv move.csv": "every number of every life",
            ]
        ) { args in
            let paths: [String] = args.rest("path", "Scenario files, or folders.", atLeast: 1, complete: .files)
            let names: String = args.option(
                "planes", value: "name,…", default: "silo,nav,bus", "The planes; the last is compared with the first.")
            let lives: Int = args.option("lives", value: "number", default: 200, "How many lives.")
            let seed: UInt64 = args.option("seed", short: "s", value: "number", default: 1, "Seed of all draws.")
            let horizon: Int = args.option(
                "horizon", value: "days", default: 400, "Days played beyond the scenario's end, in all planes alike.")
            let ruleValues: [RuleSetting] = args.options(
                "set", value: "rule=value", "Give a rule this value on all days, in all planes.")
            let json: String? = args.option("json", value: "file", "Write JSON here; - is standard output.")
            let csv: String? = args.option("csv", value: "file", "Write every number of every life here.")
            let html: String? = args.option("html", value: "file", "Write one page with charts here.")
            let assumes = args.flag("assumptions", "Tell what the planes assume, row by row.")
            let sensitivity = args.flag(
                "sensitivity", "Ask how each difference hangs on each assumption: hundreds of passes.")
            args.require(1...mostLives ~= lives, "--lives must be from 1 to \(mostLives)")
            args.require(0...3_650 ~= horizon, "--horizon must be from 0 to 3650 days")
            let outputs = [("--json", json), ("--csv", csv), ("--html", html)].compactMap { option, path in
                path.map { (option: option, path: $0) }
            }
            let clash = OutputCheck.clash(outputs)
            args.require(clash == nil, clash ?? "")
            let wanted = names.split(separator: ",")
            args.require(!wanted.isEmpty, "--planes names no plane")
            let output = args.output
            return {
                try OutputCheck.refuse(outputs, among: Places.scenarioFiles(paths))
                let catalogue = try Places.catalogue(nil)
                let planes = try wanted.map { try PlaneChoice.plane(String($0)) }
                guard Set(planes.map(\.name)).count == planes.count else {
                    throw Failure(.invalidFile, "--planes \(names): two planes have one name")
                }
                let measures = try Measures(
                    folder: Places.besideTopics() + "/Planes", types: PlaneChoice.types)
                var settings = ComparisonRun.Settings()
                (settings.seed, settings.lives, settings.horizonDays) = (seed, lives, horizon)
                settings.jobs = ProcessInfo.processInfo.activeProcessorCount
                settings.asksAssumptions = sensitivity
                for rule in ruleValues { settings.ruleValues[rule.name] = rule.value }
                var journeys: [JourneyComparison] = []
                for scenario in try scenarios(paths, catalogue) {
                    journeys.append(
                        try ComparisonRun(
                            scenario, in: planes, settings: settings, catalogue: catalogue, measures: measures,
                            code: { BuiltInAgencies.code(for: $0) }
                        ).play())
                }
                let report = ComparisonReport(journeys, planes: planes, seed: seed)
                if json.map({ OutputFile.isStandardOutput($0) }) != true { output.write(report.text) }
                if assumes { output.write(report.assumptions) }
                if let json { try Places.write(report.json + "\n", to: json) }
                if let csv { try Places.write(report.csv, to: csv) }
                if let html { try Places.write(report.html, to: html) }
                return 0
            }
        }
    }

    private static func scenarios(_ paths: [String], _ catalogue: Catalogue) throws -> [Scenario] {
        let vocabulary = ScenarioVocabulary.ofProgram(catalogue)
        var scenarios: [Scenario] = []
        var taken: Set<String> = []
        for file in try Places.scenarioFiles(paths) where taken.insert(Places.real(file)).inserted {
            let reading = ScenarioFile.read(path: file, vocabulary: vocabulary)
            for diagnostic in reading.diagnostics where diagnostic.severity == .error {
                TerminalOutput.standardError.writeLine("\(diagnostic)")
            }
            guard reading.isValid else { throw Failure(.invalidFile, "\(file): nothing was compared") }
            scenarios += try reading.scenarios.filter { $0.skip == nil }.thatGoOn()
        }
        guard !scenarios.isEmpty else { throw Failure(.invalidFile, "there is no scenario to compare") }
        return scenarios
    }
}
