import CommandLineTool
import Contracts
import LifeEvents
import Planes
import Terminal

/// `livsbuss plane check` and `livsbuss plane explain`
enum PlaneCommand {
    static var group: Command {
        .group("plane", "Information planes: who learns what by which channel.", [check, explain])
    }

    private static let naming = """
        A plane is a file `Planes/NAME.yaml`, named by NAME or by its path; it may extend another, and of the rows that \
        match the first counts. `bus` is built in.
        """

    private static var check: Command {
        Command(
            "check", "Shows how each reader of each type learns it, with mark and source of each number.",
            discussion: """
                \(naming)

                Marks: s a source says it, l a source makes it likely, A put in by us.

                Exit codes: 0 nothing found, 1 a row that nobody goes by or a reader whom no row reaches, 2 a file is \
                invalid.
                """,
            examples: ["livsbuss plane check silo": "today's channels"]
        ) { args in
            let names: [String] = args.rest("plane", "Planes.", atLeast: 1)
            let quiet = args.flag("quiet", short: "q", "Tell only what is found.")
            let output = args.output
            let errorOutput = args.errorOutput
            return {
                var findings = 0
                for name in names {
                    let plane = try PlaneChoice.plane(name)
                    let table = PlaneTable(plane, readings: PlaneChoice.readings)
                    if !quiet { show(table, of: plane, output) }
                    for row in table.unused {
                        errorOutput.writeLine(
                            "\(row.file):\(row.line): no reader of \(row.type.text) goes by this row")
                    }
                    for entry in table.unreached {
                        errorOutput.writeLine("\(name): no row is for \(entry.type) to \(entry.reader)")
                    }
                    let left = table.entries.filter { $0.row?.type.text == "*" && $0.row?.channel.name == "none" }
                    if !left.isEmpty {
                        errorOutput.writeLine(
                            "note: \(plane.name) has no row for \(counted(left.count, "reader")) of types but the last, so "
                                + "that they never learn: "
                                + left.prefix(5).map { "\($0.type) to \($0.reader)" }.joined(separator: ", ")
                                + (left.count > 5 ? " …" : ""))
                    }
                    findings += table.unused.count + table.unreached.count
                }
                return findings == 0 ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }

    private static func show(_ table: PlaneTable, of plane: Plane, _ output: TerminalOutput) {
        var rows = TextTable(
            ["type", "reader", "channel", "numbers", "mark", "source", "row"].map { TextTable.Column($0) })
        for entry in table.entries {
            guard let row = entry.row else {
                rows.append([entry.type.name, "\(entry.reader)", "bus", "", "A", "its own owner says it", "internal"])
                continue
            }
            rows.append([
                entry.type.name, "\(entry.reader)", words(of: row), row.channel.numbers, row.mark.rawValue,
                row.source ?? "", row.place,
            ])
        }
        output.write(rows.text())
        output.writeLine(
            "plane \(plane.name), version \(plane.version): \(counted(table.entries.count, "reader")) of types, "
                + "\(counted(plane.rows.count, "row"))")
        showJoining(plane.joining, output)
    }

    /// Who has joined the bus by when, and how many adapters that takes.
    private static func showJoining(_ joining: Joining, _ output: TerminalOutput) {
        guard !joining.rules.isEmpty else { return }
        let days =
            joining.asOf.map { [$0] } ?? [2027, 2030, 2035].compactMap { Day(year: $0, month: 1, dayOfMonth: 1) }
        for day in days {
            let parts = [Owner.kommun, .region].map { owner in
                let (adapters, agencies) = joining.adapters(of: owner, by: day)
                return "\(owner): \(agencies) of them, with \(counted(adapters, "adapter"))"
            }
            output.writeLine("joined by \(day): \(parts.joined(separator: "; "))")
        }
    }

    private static func words(of row: PlaneRow) -> String {
        guard let share = row.share, let otherwise = row.otherwise else { return row.channel.name }
        return "\(row.channel.name) \(share), else \(otherwise.name)"
    }

    private static var explain: Command {
        Command(
            "explain", "Says by which row a reader learns a type, and which other rows would match.",
            discussion: naming,
            examples: [
                "livsbuss plane explain skatteverket.move.v1 --reader kommun/forskola --plane silo":
                    "how preschool hears of a move"
            ]
        ) { args in
            let types: [String] = args.rest("type", "A type.", atLeast: 1)
            let reader: String = args.option("reader", value: "owner/branch", default: "", "Who reads.")
            let name: String = args.option("plane", value: "name", default: "silo", "The plane.")
            args.require(types.count == 1, "plane explain takes one type")
            args.require(!reader.isEmpty, "plane explain needs --reader")
            let reading = reader == "citizen" ? nil : ReaderPattern(reader).flatMap { party(of: $0) }
            args.require(
                reader.isEmpty || reader == "citizen" || reading != nil,
                "--reader \(reader.escapedLine): write owner, owner/branch or kommun-1780")
            let output = args.output
            return {
                let plane = try PlaneChoice.plane(name)
                let type = types[0]
                guard PlaneChoice.types.contains(type) else {
                    throw Failure(.invalidFile, "\(type) is no type of the contracts")
                }
                guard let (party, agency) = reading else {
                    for row in plane.rows where row.readers.contains(.people) && row.type.matches(type) {
                        output.writeLine(sentence(row, type))
                    }
                    return 0
                }
                let isInternal = EventType(type).owner == party.owner
                let rows = plane.rows.filter { row in
                    row.isInternal == isInternal && row.codes.isEmpty && row.type.matches(type)
                        && row.readers.contains { $0.matches(party, agency) }
                }
                guard let first = rows.first else {
                    output.writeLine(
                        isInternal
                            ? "\(type) is what \(party.owner) says to a branch of its own: told at once, for no row is internal"
                            : "no row of \(plane.name) is for \(type) to \(reader): it is never told")
                    return 0
                }
                output.writeLine(sentence(first, type))
                for row in rows.dropFirst() {
                    output.writeLine("  not \(row.place) (\(words(of: row))), for the first that matches counts")
                }
                return 0
            }
        }
    }

    private static func sentence(_ row: PlaneRow, _ type: String) -> String {
        let codes = row.codes.isEmpty ? "" : " with code \(row.codes.joined(separator: ", "))"
        let numbers = row.channel.numbers.isEmpty ? "" : " (\(row.channel.numbers))"
        return "\(type)\(codes): \(words(of: row))\(numbers), by \(row.place), mark \(row.mark.rawValue)"
            + (row.source.map { ": \($0)" } ?? "")
    }

    private static func party(of pattern: ReaderPattern) -> (Party, AgencyID?)? {
        switch pattern {
        case .owner(let owner): (Party(whole: owner), nil)
        case .branch(let party): (party, nil)
        case .agency(let agency): (Party(whole: agency.owner), agency)
        case .all, .party, .people: nil
        }
    }
}

/// Planes as the command line finds them.
enum PlaneChoice {
    /// A plane by its name or file.
    static func plane(_ name: String) throws -> Plane {
        try PlaneFiles(folder: Places.besideTopics() + "/Planes").plane(name)
    }

    /// What the built-in agencies hear.
    static var readings: [(type: EventType, reader: Party)] { DeclaredUses.readings.map { ($0.type, $0.party) } }

    /// The names of all types.
    static var types: Set<String> { Set(EventTypes.all) }
}
