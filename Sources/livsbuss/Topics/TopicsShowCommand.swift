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
                output.write(try TopicPage(name, in: Places.topicsFolder(folder)).text)
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
    private let schemas: SchemaCatalogue?
    private let access: AccessRights

    init(_ name: String, in folder: String) throws {
        let catalogue = try Catalogue(folder: folder, schemas: .never)
        let uses = DeclaredUses(catalogue)
        let type = uses.types.first { $0.name == name }
        guard let topic = catalogue.topic(named: type?.topic ?? name) else {
            let known = catalogue.topics.map(\.name) + uses.types.map(\.name)
            let guess = SpellingGuess.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw Failure(.invalidFile, "there is no topic or type '\(name)'\(guess)")
        }
        self.topic = topic
        // A folder without any schema has none yet, and its topics are shown all the same.
        schemas = try catalogue.schemaCatalogue()
        self.catalogue = catalogue
        access = try catalogue.rights()
        types = type.map { [$0] } ?? uses.types.filter { $0.topic == topic.name }.sorted()
        self.uses = uses
    }

    var text: String {
        var lines = [
            topic.name, "  \(topic.titleSwedish) / \(topic.titleEnglish)",
            "  class      \(topic.informationClass.rawValue)",
            "  purposes   \(topic.purposes.joined(separator: ", "))",
            "  ground     \(topic.legalBasis ?? "none found yet")", "  kept       \(topic.retentionWords)",
            "  manifest   \(Places.shortened(topic.file))",
        ]
        if topic.isDeadLetter {
            let owner = catalogue.agency(of: topic.owner)?.titles.swedish ?? topic.owner.description
            lines += ["", "  Takes what broke a contract of \(owner), or what its agencies could not handle."]
        }
        for type in types { lines += [""] + describe(type) }
        return lines.map { "\($0)\n" }.joined()
    }

    private func describe(_ type: EventType) -> [String] {
        let schema = schemas?.type(named: type.name)
        // A topic with one type has told its name and titles already.
        var lines = type.name == topic.name ? [] : [type.name]
        if let schema {
            if type.name != topic.name { lines.append("  \(schema.titleSwedish) / \(schema.title)") }
            lines += [
                "  \(schema.description)", "  about      \(schema.aboutWords)", "  chain      \(schema.chain.words)",
            ]
        }
        let writers = uses.writings.filter { $0.type == type }.map { title($0.party) }
        lines += ["  said by"] + (writers.isEmpty ? ["    nobody declares to"] : writers.map { "    \($0)" })
        let readings = uses.readings.filter { $0.type == type }
        lines.append("  heard by")
        if readings.isEmpty { lines.append("    no agency: it is shown to people and kept for the record") }
        var parties: [Party] = []
        for reading in readings where !parties.contains(reading.party) { parties.append(reading.party) }
        for party in parties {
            lines.append("    \(title(party))\(right(access.reading(of: type, by: party)))")
            for reading in readings where reading.party == party {
                lines.append("      \(reading.rule) (\(reading.file):\(reading.line))")
            }
        }
        guard let schema, let schemas else { return lines + ["  schema     none"] }
        return lines + ["  schema     \(Places.shortened(schema.file))"] + SchemaFields.lines(of: schema, in: schemas)
    }

    /// What of the type the reader is told, where it is not everything.
    private func right(_ right: ReadingRight) -> String {
        var parts: [String] = []
        switch right.offer {
        case .all: break
        case .concerned: parts.append("what concerns it")
        case .caseHolder: parts.append("where it holds a case")
        case .none(let reason): parts.append("not allowed: \(reason)")
        }
        if let consent = right.consent { parts.append("with consent to \(consent.words)") }
        if !right.hiddenFields.isEmpty { parts.append("without \(right.hiddenFields.joined(separator: ", "))") }
        return parts.isEmpty ? "" : ": \(parts.joined(separator: "; "))"
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
