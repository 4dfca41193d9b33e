import CitizenStatus
import CommandLineTool
import JSON
import LifeEvents
import Terminal

/// `livsbuss ledger PERSON`
enum LedgerCommand {
    static var command: Command {
        Command(
            "ledger", "Shows who was told what about a citizen, for what purpose and by which law.",
            discussion: """
                Every message about the person, and every message that names the person, with each branch of an agency \
                that was told it: whether a rule of it acted, whether it only read, or whether it asked and had no \
                right. With --unused it shows instead, for the whole run, what was delivered and never used: a branch \
                that is told events of a type and acts on none has no need of them.
                """,
            examples: [
                "livsbuss ledger mother": "the person of that name",
                "livsbuss ledger --unused": "who is told what it never uses",
            ]
        ) { args in
            let person: String? = args.optionalPositional("person", "A name of a scenario, or a person's key.")
            let isUnused = args.flag("unused", "Show what was delivered in the run and never used.")
            let json = args.flag("json", "Print JSON.")
            let store: String? = args.option(
                "store", value: "folder", "The store of a run; default the newest, \(Places.lastStore).",
                complete: .directories)
            args.require((person != nil) != isUnused, "name a person, or ask for --unused")
            let output = args.output
            return {
                let folder = store.map { StoreFolder($0) } ?? StoreFolder.newest(Places.lastStore)
                if let person { return try show(person, json, folder, output) }
                return try showUnused(json, folder, output)
            }
        }
    }

    private static func show(
        _ name: String, _ json: Bool, _ folder: StoreFolder, _ output: TerminalOutput
    ) throws -> Int32 {
        var writer = JSONWriter(pretty: true)
        writer.beginArray()
        for (store, person) in try StoredPeople.find(name, in: folder) {
            let text = LedgerText(
                try store.ledger(of: person.key), person: person, names: try StoredPeople.names(store))
            if json { text.write(into: &writer) } else { text.lines(output).forEach { output.writeLine($0) } }
        }
        writer.endArray()
        if json { output.writeLine(writer.text) }
        return 0
    }

    private static func showUnused(_ json: Bool, _ folder: StoreFolder, _ output: TerminalOutput) throws -> Int32 {
        let report = UsageReport(try StoredPeople.stores(of: folder).map { try $0.usage() })
        if json {
            var writer = JSONWriter(pretty: true)
            report.write(into: &writer)
            output.writeLine(writer.text)
        } else {
            report.lines.forEach { output.writeLine($0) }
        }
        return 0
    }
}
