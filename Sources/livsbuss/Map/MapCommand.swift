import Agencies
import CommandLineTool
import Contracts
import Files
import LifeEvents
import Planes
import Runs
import Scenarios
import Terminal

/// `livsbuss map`
enum MapCommand {
    private enum Format: String, CaseIterable, ArgumentValue {
        case svg, html, json, csv

        init(argument: String) throws(ArgumentError) {
            guard let format = Format(rawValue: argument) else {
                throw ArgumentError(
                    "'\(argument)' is no format; they are \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            self = format
        }
    }

    /// A list of needs is text that people wrote.
    private static let longestNeeds = 16 << 20

    static var command: Command {
        Command(
            "map", "Draws which agencies are told what at which life event.",
            discussion: """
                Plays the scenarios, and draws a row for each agency that hears something and a column for each life \
                event. A journey belongs to the life event on whose page most of its tiles stand. A circle's area is what \
                is told in 1,000 journeys, its colour the worst channel; a dashed ring is a contract that no journey used, \
                a red one traffic that no contract allows. Beside it topics are ranked by the contacts that they spare \
                people for each agency that is joined, the last plane beside the first.

                Exit codes: 0 drawn, 2 a file is invalid, 3 the environment failed.
                """,
            examples: [
                "livsbuss map Scenarios --format html --output map.html": "all life events on one page",
                "livsbuss map Scenarios --planes silo --format svg": "as things are today",
                "livsbuss map Scenarios --needs needs.csv --needs-export answered.csv": "needs, and what meets them",
            ]
        ) { args in
            let paths: [String] = args.rest("path", "Scenario files, or folders.", atLeast: 1, complete: .files)
            let names: String = args.option(
                "planes", value: "name,…", default: "silo,bus", "The last is drawn, beside the first.")
            let seed: UInt64 = args.option("seed", short: "s", value: "number", default: 1, "Seed of all draws.")
            let format: Format = args.option("format", value: "svg|html|json|csv", default: .html, "What to write.")
            let path: String = args.option(
                "output", value: "file", default: "-", "Where to write; - is standard output.", complete: .files)
            let needs: String? = args.option(
                "needs", value: "file", "A table of needs to lay on the map (CSV).", complete: .files)
            let export: String? = args.option(
                "needs-export", value: "file", "Write the needs here, with what meets them (CSV).", complete: .files)
            args.require(export == nil || needs != nil, "--needs-export needs --needs")
            let outputs = [(option: "--output", path: path)] + (export.map { [("--needs-export", $0)] } ?? [])
            let clash = OutputCheck.clash(outputs)
            args.require(clash == nil, clash ?? "")
            let chosen = names.split(separator: ",").map(String.init)
            args.require(1...2 ~= chosen.count, "--planes \(names): name one plane or two")
            let output = args.output
            return {
                var options = RunOptions()
                (options.paths, options.seed) = (paths, seed)
                let planes = try chosen.map { try PlaneChoice.plane($0) }
                guard let drawn = planes.last else { return 0 }
                let plan = try RunPlan(options)
                try OutputCheck.refuse(outputs, among: plan.files + (needs.map { [$0] } ?? []))
                let wanted = try needs.map { try read($0, plan.catalogue) } ?? []
                // A broker that fails says nothing of who is told what.
                let instances = plan.instances.filter { $0.scenario.brokerFaults.isEmpty }
                guard !instances.isEmpty else { throw Failure(.invalidFile, "there is no journey to draw") }
                let run = MapRun(instances, catalogue: plan.catalogue) { BuiltInAgencies.code(for: $0) }
                let resolution = Int64(options.resolution) * 60_000
                let base =
                    planes.count > 1
                    ? (record: try run.play(planes[0], seed: seed, resolution: resolution), plane: planes[0]) : nil
                let uses = DeclaredUses(plan.catalogue)
                let map = try MapMaker(plan.catalogue, readings: uses.readings, writings: uses.writings).map(
                    try run.play(drawn, seed: seed, resolution: resolution), of: drawn, base: base,
                    scenarios: instances.map { $0.scenario.name.value })
                let page = MapPage(map, needs: wanted, readings: uses.readings)
                if let export { try Places.write(page.needsCSV, to: export) }
                let text =
                    switch format {
                    case .svg: page.svg
                    case .html: page.html
                    case .json: page.json + "\n"
                    case .csv: page.csv
                    }
                if OutputFile.isStandardOutput(path) {
                    output.writeVerbatim(text)
                } else {
                    try Places.write(text, to: path)
                }
                return 0
            }
        }
    }

    private static func read(_ path: String, _ catalogue: Catalogue) throws -> [MapNeed] {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: longestNeeds)
        } catch {
            throw Failure(.invalidFile, "\(path): the file cannot be read: \(error)")
        }
        do {
            return try MapNeedReader(catalogue).read(try TableFile.rows(of: bytes, path: path), file: path)
        } catch let fault as TableFile.Fault {
            throw Failure(.invalidFile, fault.description)
        } catch let fault as MapNeedError {
            throw Failure(.invalidFile, fault.description)
        }
    }
}
