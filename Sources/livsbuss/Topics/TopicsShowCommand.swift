import CommandLineTool
import Contracts
import LifeEvents
import Terminal

extension TopicsCommand {
    /// `livsbuss topics show TOPIC-OR-TYPE`
    static var show: Command {
        Command(
            "show", "Tells all of a topic or a type: who says it, who hears it by which rule, how long it is kept.",
            examples: [
                "livsbuss topics show skatteverket.move.v1": "a topic with one type",
                "livsbuss topics show kommun.filing.application.v1": "one type of a topic with several",
            ]
        ) { args in
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let name: String = args.positional("topic or type", "A topic's or a type's full name.")
            let output = args.output
            return {
                output.write(try TopicPage(name, in: Places.catalogue(folder)).text)
                return 0
            }
        }
    }
}

/// What `topics show` tells.
private struct TopicPage {
    private let topic: TopicManifest
    private let types: [EventType]
    private let uses: DeclaredUses
    private let catalogue: Catalogue

    init(_ name: String, in catalogue: Catalogue) throws {
        let type = DeclaredUses.types.first { $0.name == name }
        guard let topic = catalogue.topic(named: type?.topic ?? name) else {
            let known = catalogue.topics.map(\.name) + DeclaredUses.types.map(\.name)
            let guess = SpellingGuess.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw Failure(.invalidFile, "there is no topic or type '\(name)'\(guess)")
        }
        self.topic = topic
        self.catalogue = catalogue
        types = type.map { [$0] } ?? DeclaredUses.types.filter { $0.topic == topic.name }.sorted()
        uses = DeclaredUses(catalogue)
    }

    var text: String {
        var lines = [
            topic.name, "  \(topic.titleSwedish) / \(topic.titleEnglish)",
            "  class      \(topic.informationClass.rawValue)",
            "  purposes   \(topic.purposes.joined(separator: ", "))",
            "  ground     \(topic.legalBasis ?? "none found yet")", "  kept       \(kept)",
            "  manifest   \(topic.file)",
        ]
        if topic.isDeadLetter {
            lines += ["", "  Takes what broke a contract of \(topic.owner), or what its agencies could not handle."]
        }
        for type in types { lines += [""] + describe(type) }
        return lines.map { "\($0)\n" }.joined()
    }

    private var kept: String {
        guard topic.retentionHours >= 0 else { return "for ever" }
        let (days, hours) = topic.retentionHours.quotientAndRemainder(dividingBy: 24)
        return hours == 0 ? "\(days) days" : "\(topic.retentionHours) hours"
    }

    private func describe(_ type: EventType) -> [String] {
        var lines = [type.name]
        let writers = uses.writings.filter { $0.type == type }.map { title($0.party) }
        lines += ["  said by"] + (writers.isEmpty ? ["    nobody declares to"] : writers.map { "    \($0)" })
        let readings = uses.readings.filter { $0.type == type }
        lines.append("  heard by")
        if readings.isEmpty { lines.append("    no agency: it is shown to people and kept for the record") }
        var parties: [Party] = []
        for reading in readings where !parties.contains(reading.party) { parties.append(reading.party) }
        for party in parties {
            lines.append("    \(title(party))")
            for reading in readings where reading.party == party {
                lines.append("      \(reading.rule) (\(reading.file):\(reading.line))")
            }
        }
        if let file = catalogue.schemaFiles[type] {
            lines += ["  schema", "    \(file)"] + SchemaFields.lines(of: file)
        }
        return lines
    }

    /// `Kommun, Förskola (kommun/forskola)`
    private func title(_ party: Party) -> String {
        guard let agency = catalogue.agency(of: party.owner) else { return "\(party)" }
        guard let branch = agency.branches.first(where: { $0.branch == party.branch }) else {
            return "\(agency.titles.swedish) (\(party))"
        }
        return "\(agency.titles.swedish), \(branch.titles.swedish) (\(party))"
    }
}
