import Agencies
import AgencyKit
import CommandLineTool
import Contracts
import Hosting
import LifeEvents
import Reports
import Scenarios
import Terminal

/// `livsbuss coverage LOG…`
enum CoverageCommand {
    static var command: Command {
        Command(
            "coverage", "Tells what runs exercised of topics, types, rules, reasons, timers and tiles.",
            discussion: """
                Run logs are merged. What is uncovered is told with the step that would cover it. The dimension \
                `assertion` is of what came, not of what is declared: messages, fields and tiles that an expectation \
                looked at. Exit code 1 says that a dimension is below its minimum.
                """,
            examples: [
                "livsbuss coverage .livsbuss/last/run.jsonl": "of the last run",
                "livsbuss coverage a.jsonl b.jsonl --min river=80 --min type=100": "as a gate",
            ]
        ) { args in
            let minima: [CoverageMinimum] = args.options(
                "min", value: "dimension=percent",
                "Fail below this; dimensions: \(CoverageMinimum.dimensions.joined(separator: ", ")).")
            let isJSON = args.flag("json", "Print JSON.")
            let showsAll = args.flag("all", "Tell all that is uncovered.")
            let html: String? = args.option("html", value: "file", "Write a page here.", complete: .files)
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let paths: [String] = args.rest("log", "Run logs, or folders of stores.", atLeast: 1, complete: .files)
            let page = html.map { [(option: "--html", path: $0)] } ?? []
            let output = args.output
            let clash = OutputCheck.clash(isJSON ? [("--json", "-")] + page : page)
            args.require(clash == nil, clash ?? "")
            return {
                try OutputCheck.refuse(page, among: paths)
                var coverage = Coverage(try universe(topics))
                var isWhole = true
                for path in paths {
                    let run = try RunSource.open(path)
                    isWhole = isWhole && run.defect == nil
                    coverage.add(run)
                }
                if let html { try Places.write(CoveragePage(coverage).text, to: html) }
                if isJSON {
                    output.write(coverage.json())
                } else if html == nil || showsAll {
                    output.write(coverage.text(output.paint, limit: showsAll ? .max : 8))
                }
                let breaches = coverage.breaches(minima.map { ($0.dimension, $0.percent) })
                for breach in breaches { TerminalOutput.standardError.writeLine(breach) }
                // A percentage of a part of a run is none of the run's.
                return breaches.isEmpty && (isWhole || minima.isEmpty) ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }

    private static func universe(_ topics: String?) throws -> CoverageUniverse {
        let runners = BuiltInAgencies.idleRunners
        return CoverageUniverse(
            topics: try Places.topicsAndOwners(topics).topics.map(\.name), rules: runners.flatMap(\.riverDescriptions),
            timers: runners.map { ($0.owner, $0.timerNames) })
    }
}

/// `river=80`
struct CoverageMinimum: ArgumentValue {
    var dimension: CoverageUniverse.Dimension
    var percent: Int

    static var dimensions: [String] { CoverageUniverse.Dimension.allCases.filter { $0 != .fault }.map(\.rawValue) }

    init(argument: String) throws(ArgumentError) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let dimension = CoverageUniverse.Dimension(rawValue: parts[0]), dimension != .fault,
            let percent = Int(parts[1]), 0...100 ~= percent
        else {
            throw ArgumentError(
                "'\(argument)' is not a minimum: write \(Self.dimensions.joined(separator: ", ")) and a percentage, as river=80."
            )
        }
        self.dimension = dimension
        self.percent = percent
    }

    private init() {
        dimension = .river
        percent = 0
    }

    static var argumentPlaceholder: CoverageMinimum { CoverageMinimum() }
}
