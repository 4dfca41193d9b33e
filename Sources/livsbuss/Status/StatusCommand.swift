import CitizenStatus
import CommandLineTool
import JSON
import LifeEvents
import Reports
import Terminal

/// `livsbuss status PERSON`
enum StatusCommand {
    static var command: Command {
        Command(
            "status", "Shows a citizen's one status, from the last run's store.",
            discussion: """
                The page stands in the citizen's own words, by life situation, and in each first what is to be done. \
                Without a person it tells again what the run told, with the run's exit code.
                """,
            examples: [
                "livsbuss status mother": "the person of that name",
                "livsbuss status mother --as-of 2026-03-10": "as it was known then",
                "livsbuss status mother --why": "with who told whom, and by which law",
                "livsbuss status mother --case income=0": "of one case, where several have such a person",
                "livsbuss status husband --as widow": "what a partner in the estate may see of the dead's page",
                "livsbuss status wife --as helper": "what a god man may see, within the scope",
            ]
        ) { args in
            let person: String? = args.optionalPositional("person", "A name of a scenario, or a person's key.")
            let asOf: String? = args.option("as-of", value: "time", "As known at this day's end or local time.")
            let onlyCase: String? = args.option(
                "case", value: "name", "Only of this case, by its title or some of its values; without a person all.")
            let why = args.flag("why", "Tell of each line what led to it: who told whom, and by which law.")
            let viewer: String? = args.option(
                "as", value: "person", "Show what this person may see of the page, and by which mandate.")
            let json = args.flag("json", "Print JSON.")
            let store: String? = args.option(
                "store", value: "folder", "The store of a run; default the newest, \(Places.lastStore).",
                complete: .directories)
            args.require(asOf == nil || person != nil, "--as-of needs a person")
            let limit = asOf.flatMap(instant)
            args.require(
                asOf == nil || limit != nil,
                "--as-of \((asOf ?? "").escapedLine): write a day as 2026-03-10, or a time as 2026-03-10T08:00")
            args.require(viewer == nil || person != nil, "--as needs a person whose page is looked at")
            args.require(onlyCase != "", "--case needs a case's name")
            args.require(!why || person != nil && !json, "--why needs a person, and no --json")
            let output = args.output
            return {
                let folder = store.map { StoreFolder($0) } ?? StoreFolder.newest(Places.lastStore)
                let choice = onlyCase.map { WorldChoice($0) }
                if let person {
                    let found = try StoredPeople.find(person, in: folder, choice)
                    return try show(found, limit, viewer, why, json, output)
                }
                guard let choice else {
                    let result = try StoredRun.result(in: folder)
                    result.write(asJSON: json, to: output)
                    return result.exitCode
                }
                return try show(try StoredPeople.all(in: folder, choice), limit, viewer, why, json, output)
            }
        }
    }

    private static func show(
        _ found: [(store: StatusStore, person: PersonRow)], _ limit: Instant?, _ viewer: String?, _ why: Bool,
        _ json: Bool, _ output: TerminalOutput
    ) throws -> Int32 {
        // Where several cases have such a person it matters whose page is whose.
        let namesCases = Set(found.map { StoredPeople.caseTitle($0.person) }).count > 1
        // A store can be read where no contracts are.
        let words = CitizenWords(try? Places.topicsAndOwners(nil))
        var writer = JSONWriter(pretty: true)
        writer.beginArray()
        for (store, person) in found {
            var tiles = try store.tiles(of: person.key, asOf: limit)
            var title = StoredPeople.title(person)
            if namesCases { title += "  in \(StoredPeople.caseTitle(person))".escapedLine }
            if let viewer {
                let view = try PageView(of: person, by: viewer, in: store, asOf: limit)
                tiles = try view.rows(tiles)
                title += ", " + view.description
            }
            if json {
                for tile in tiles { tile.write(into: &writer) }
            } else {
                let names = try StoredPeople.names(store)
                let reasons = TileReasons(store, words: words, names: names)
                let page = try StatusPage(tiles, title: title, names: names, words: words) {
                    why ? try reasons.sentences(for: $0) : []
                }
                page.text(output.paint).forEach { output.writeLine($0) }
                let letters = try store.letters(to: person.key, asOf: limit)
                for letter in letters where viewer == nil && tiles.contains(where: { $0.message == letter.message }) {
                    let way = letter.isForwarded ? ", genom Skatteverket" : ""
                    output.writeLine(
                        "  Med brev omkring den \(SwedishText.day(letter.arrives))\(way): \(words.title(of: letter.tile))"
                    )
                }
            }
        }
        writer.endArray()
        if json { output.writeLine(writer.text) }
        return 0
    }

    /// Of a day its last instant; nil for what is neither a day nor a time.
    private static func instant(_ text: String) -> Instant? {
        if let instant = Instant(text) { return instant }
        if let day = Day(text) { return Stockholm.instant(day.adding(days: 1)) - .milliseconds(1) }
        return LocalDateTime(text.replacing("T", with: " ")).map { Stockholm.instant($0) }
    }
}
