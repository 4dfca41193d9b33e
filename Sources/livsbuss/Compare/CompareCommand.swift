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
import YAML

/// `livsbuss compare FILE…`
enum CompareCommand {
    /// The most lives of one comparison: each is held in memory with what it has heard.
    private static let mostLives = 100_000

    /// The most lives whose messages are kept: a hundred messages of half a kilobyte each.
    private static let mostLivesKept = 1_000

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
            let horizon: Int? = args.option(
                "horizon", value: "days",
                "Days played beyond the scenario's end, in all planes alike; else what it says, or 400.")
            let municipalities: String = args.option(
                "municipalities", value: "codes|all|sample:N", default: "",
                "Put the journey into municipalities, each with as many lives: codes with commas, all 290, or N of them."
            )
            let ruleValues: [RuleSetting] = args.options(
                "set", value: "rule=value", "Give a rule this value on all days, in all planes.")
            let json: String? = args.option("json", value: "file", "Write JSON here; - is standard output.")
            let csv: String? = args.option("csv", value: "file", "Write every number of every life here.")
            let html: String? = args.option("html", value: "file", "Write one page with charts here.")
            let picture: String? = args.option(
                "picture", value: "file", "Write a picture of four numbers a journey here, as SVG.")
            let brief = args.flag("brief", short: "b", "Tell a sentence and four numbers of each journey, no tables.")
            let messages: String? = args.option(
                "messages", value: "folder", "Write each message of each life here, a file of JSON lines a plane.")
            let assumes = args.flag("assumptions", "Tell what the planes assume, row by row.")
            let findings = args.flag(
                "findings", "Tell what a plane does not bring about: who is never told, which lines never end.")
            let sensitivity = args.flag(
                "sensitivity", "Ask how each difference hangs on each assumption: hundreds of passes.")
            args.require(1...mostLives ~= lives, "--lives must be from 1 to \(mostLives)")
            args.require(
                messages == nil || lives <= mostLivesKept, "--messages keeps at most \(mostLivesKept) lives in memory")
            args.require(0...3_650 ~= horizon ?? 0, "--horizon must be from 0 to 3650 days")
            let places = MunicipalityChoice.codes(municipalities)
            args.require(
                places != nil,
                "--municipalities \(municipalities.escapedLine): write codes as 1780,0180, all, or sample:N with N up to 290"
            )
            let outputs = [("--json", json), ("--csv", csv), ("--html", html), ("--picture", picture)].compactMap {
                option, path in
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
                settings.keepsMessages = messages != nil
                for rule in ruleValues { settings.ruleValues[rule.name] = rule.value }
                var journeys: [JourneyComparison] = []
                for homes in try scenarios(paths, catalogue, in: places ?? []) {
                    guard lives * homes.count <= mostLives else {
                        throw Failure(
                            .invalidFile, "\(lives) lives in \(homes.count) municipalities are more than \(mostLives)")
                    }
                    journeys.append(
                        try ComparisonRun(
                            homes, in: planes, settings: settings, catalogue: catalogue, measures: measures,
                            code: { BuiltInAgencies.code(for: $0) }
                        ).play())
                }
                let report = ComparisonReport(journeys, planes: planes, seed: seed)
                if json.map({ OutputFile.isStandardOutput($0) }) != true {
                    output.write(brief ? report.brief : report.text)
                }
                if findings { output.write(report.findings) }
                if assumes { output.write(report.assumptions) }
                if let messages { try write(journeys, into: messages) }
                if let json { try Places.write(report.json + "\n", to: json) }
                if let csv { try Places.write(report.csv, to: csv) }
                if let picture { try Places.write(report.picture, to: picture) }
                if let html { try Places.write(report.html, to: html) }
                return 0
            }
        }
    }

    private static func write(_ journeys: [JourneyComparison], into folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for journey in journeys {
            for (plane, lines) in zip(journey.planes, journey.messages) {
                try Places.write(
                    String(decoding: lines, as: UTF8.self), to: "\(folder)/\(journey.journey)-\(plane).jsonl")
            }
        }
    }

    /// The journeys of files, each once, or as it is at home in each of some municipalities.
    private static func scenarios(
        _ paths: [String], _ catalogue: Catalogue, in codes: [String]
    ) throws -> [[ComparisonRun.Home]] {
        let vocabulary = ScenarioVocabulary.ofProgram(catalogue)
        var journeys: [[ComparisonRun.Home]] = []
        var taken: Set<String> = []
        func read(_ reading: ScenarioReading, _ file: String) throws -> [Scenario] {
            for diagnostic in reading.diagnostics where diagnostic.severity == .error {
                TerminalOutput.standardError.writeLine("\(diagnostic)")
            }
            guard reading.isValid else { throw Failure(.invalidFile, "\(file): nothing was compared") }
            return try reading.scenarios.filter { $0.skip == nil }.thatGoOn()
        }
        for file in try Places.scenarioFiles(paths) where taken.insert(Places.real(file)).inserted {
            let own = try read(ScenarioFile.read(path: file, vocabulary: vocabulary), file)
            guard !codes.isEmpty else {
                journeys += own.map { [ComparisonRun.Home($0)] }
                continue
            }
            let document = try YAMLDocument(contentsOf: file)
            guard let home = Relocation.home(of: document) else {
                throw Failure(.invalidFile, "\(file): it names no municipality that others could be put in place of")
            }
            var cases: [[ComparisonRun.Home]] = own.map { _ in [] }
            for code in codes {
                let relocation = Relocation(from: home, to: code)
                // Where the journey leads to the municipality already it cannot begin there.
                guard relocation.fits(document) else { continue }
                let moved = try read(
                    ScenarioFile.read(relocation.applied(to: document), vocabulary: vocabulary), "\(file) in \(code)")
                for place in cases.indices where moved.indices.contains(place) {
                    cases[place].append(ComparisonRun.Home(moved[place], in: code))
                }
            }
            guard cases.allSatisfy({ !$0.isEmpty }) else {
                throw Failure(.invalidFile, "\(file): it can be put into none of the municipalities")
            }
            journeys += cases
        }
        guard !journeys.isEmpty else { throw Failure(.invalidFile, "there is no scenario to compare") }
        return journeys
    }
}
