import Agencies
import CommandLineTool
import Contracts
import JSON
import Reports
import Runs
import Scenarios
import Terminal

extension TopicsCommand {
    /// `livsbuss topics diff OLD NEW`
    static var diff: Command {
        Command(
            "diff", "Compares two folders of contracts: what changes, and whom it breaks.",
            discussion: """
                Who says a type breaks when what it said before is refused now: a field that is gone or required, a \
                value, a bound, a row. Who hears it breaks when it may get what it could not get before, or no longer \
                gets what it relied on. A new optional field breaks nobody.

                With --scenarios the journeys are played under both: those that break are told, with the message that \
                does not arrive, who no longer acts on it, and what was expected.

                Exit codes: 0 nothing breaks, 1 something breaks, 2 a file is invalid.
                """,
            examples: [
                "livsbuss topics diff Topics proposal": "two folders of contracts",
                "livsbuss topics diff Topics proposal --scenarios Scenarios": "and the journeys that break",
            ]
        ) { args in
            let old: String = args.positional("old", "The contracts of today.", complete: .directories)
            let new: String = args.positional("new", "The proposed ones.", complete: .directories)
            let scenarios: [String] = args.options(
                "scenarios", value: "path", "Play these scenario files or folders under both.", complete: .files)
            let isJSON = args.flag("json", "Print one JSON object.")
            let output = args.output
            return {
                let diff = try ContractDiff(old: old, new: new, readings: DeclaredUses.readings)
                let journeys = scenarios.isEmpty ? nil : try trial(scenarios, old, new)
                let report = ContractDiffReport(diff, journeys)
                output.write(isJSON ? report.json : report.text)
                return report.isBreaking ? Failure.Code.expectation.rawValue : 0
            }
        }
    }

    private static func trial(_ paths: [String], _ old: String, _ new: String) throws -> JourneyBreaks {
        var options = RunOptions()
        options.paths = paths
        options.topics = old
        let plan = try RunPlan(options)
        let (before, after) = (try TypeRights(folder: old), try TypeRights(folder: new))
        try plan.checkTopics(before.catalogue.topics.map(\.name))
        let instances = try plan.instances.thatGoOn()
        let trial = ContractTrial(instances, seed: options.seed) {
            try Runners.of(instances.map(\.world), code: BuiltInAgencies.code)
        }
        return try trial.play(old: before, new: after)
    }
}

/// What a comparison of contracts tells.
private struct ContractDiffReport {
    private let diff: ContractDiff
    private let journeys: JourneyBreaks?

    init(_ diff: ContractDiff, _ journeys: JourneyBreaks?) {
        self.diff = diff
        self.journeys = journeys
    }

    var isBreaking: Bool { diff.isBreaking || journeys?.journeys.isEmpty == false }

    var text: String {
        var text = diff.changes.map { "\($0)\n" }.joined()
        let breaking = diff.changes.count(where: \.isBreaking)
        let rest = diff.changes.count - breaking
        text +=
            diff.changes.isEmpty
            ? "the contracts are alike\n"
            : "\(counted(breaking, "breaking change")), \(rest) compatible\n"
        if let journeys { text += "\n" + journeys.text }
        return text
    }

    var json: String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("breaking")
        writer.bool(isBreaking)
        writer.key("changes")
        writer.beginArray()
        for change in diff.changes { write(change, &writer) }
        writer.endArray()
        if let journeys { write(journeys, &writer) }
        writer.endObject()
        return writer.text + "\n"
    }

    private func write(_ change: ContractChange, _ writer: inout JSONWriter) {
        writer.beginObject()
        field("subject", change.subject, &writer)
        field("effect", change.effect.rawValue, &writer)
        field("file", change.file, &writer)
        if let line = change.line, let column = change.column {
            number("line", line, &writer)
            number("column", column, &writer)
        }
        field("change", change.sentence, &writer)
        writer.key("readers")
        writer.beginArray()
        for reader in change.readers {
            writer.beginObject()
            field("branch", reader.party.description, &writer)
            texts("rules", reader.rules, &writer)
            writer.endObject()
        }
        writer.endArray()
        texts("writers", change.writers.map(\.description), &writer)
        writer.endObject()
    }

    private func write(_ breaks: JourneyBreaks, _ writer: inout JSONWriter) {
        writer.key("journeys")
        writer.beginObject()
        number("played", breaks.played, &writer)
        writer.key("broken")
        writer.beginArray()
        for journey in breaks.journeys {
            writer.beginObject()
            field("name", journey.name, &writer)
            field("file", journey.file, &writer)
            number("line", journey.line, &writer)
            writer.key("lost")
            writer.beginArray()
            for loss in journey.losses {
                writer.beginObject()
                field("time", loss.time, &writer)
                field("type", loss.type, &writer)
                field("source", loss.source, &writer)
                field("subject", loss.subject, &writer)
                field("reason", loss.reason, &writer)
                texts("consumers", loss.consumers, &writer)
                writer.endObject()
            }
            writer.endArray()
            number("following", journey.following, &writer)
            texts("failures", journey.failures, &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private func field(_ name: String, _ text: String, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.string(text)
    }

    private func number(_ name: String, _ number: Int, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.int(Int64(number))
    }

    private func texts(_ name: String, _ texts: [String], _ writer: inout JSONWriter) {
        writer.key(name)
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
    }
}
