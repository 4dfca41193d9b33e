import CitizenStatus
import JSON
import LifeEvents

/// What citizens of a world saw, and when: the tiles that the scenario asks for, and no others.
///
/// Copies of a scenario have each their own, so a line is kept as numbers.
struct TileHistory {
    /// A line of a page; see `TileLine`.
    private struct Line: Hashable {
        /// The number of tile and agency in the tables of the run.
        var kind: Int32
        /// The holder's place among the scenario's people.
        var holder: Int32
        var journey: EventID
        var about: Subject?
    }

    /// What a line says.
    private struct State {
        var code: TileCode
        /// The place of what it says besides among ``TileHistory/texts``; -1 where nobody asks.
        var text: Int32
    }

    private typealias Row = CurrentTiles<Line, State>.Row

    private var tiles: CurrentTiles<Line, State>
    /// What tiles say beside their codes, as JSON.
    private var texts: [String] = []
    /// The members of that.
    private static let fields = ["text", "deadline", "nextDate"]

    /// - Parameter keepsAll: whether somebody asks for earlier states.
    init(keepsAll: Bool) {
        tiles = CurrentTiles(keepsHistory: keepsAll)
    }

    /// The bytes that each line takes.
    static var bytesOfLine: Int { MemoryLayout<Row>.stride }

    mutating func see(_ message: MatchedMessage, _ context: WorldContext) {
        let (envelope, wanted) = (message.envelope, context.plan.tiles)
        guard !wanted.isEmpty || !context.plan.pages.isEmpty, let holder = context.instance.place(of: envelope.subject),
            let (read, code) = TileLine.read(envelope, type: message.type, data: message.data),
            context.plan.pages.contains(holder)
                || wanted.contains(CheckPlan.WantedTile(holder: holder, tile: read.tile))
        else { return }
        let line = Line(
            kind: context.tables.number(of: CheckTables.TileKind(tile: read.tile, agency: read.agency)),
            holder: Int32(holder), journey: read.journey, about: read.about)
        var state = State(code: code, text: -1)
        if context.plan.asksForTexts {
            state.text = Int32(texts.count)
            texts.append(context.tables.text(Self.said(message.data)))
        }
        tiles.see(state, line: line, known: envelope.time, id: envelope.id)
    }

    private static func said(_ data: JSONValue?) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for field in fields {
            guard let value = data?[field]?.string else { continue }
            writer.key(field)
            writer.string(value)
        }
        writer.endObject()
        return writer.text
    }

    /// Why a tile is not as it must be, as known at an instant; nil if it is.
    func difference(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant? = nil) -> String? {
        let rows = rows(wanted, context, asOf: instant)
        guard let code = wanted.code else {
            return rows.isEmpty ? nil : "it is " + rows.map { describe($0, context) }.joined(separator: ", ")
        }
        if rows.isEmpty { return "it is absent" }
        if rows.contains(where: { !code.admits(code: $0.state.code.rawValue) }) {
            return "it is " + rows.map { describe($0, context) }.joined(separator: ", ")
        }
        return rows.lazy.compactMap { difference(wanted, $0, context) }.first
    }

    /// What a tile must be, beside what it is; empty where nobody reads it.
    func compared(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant? = nil) -> [ComparedValue] {
        guard context.plan.keepsLooks else { return [] }
        let rows = rows(wanted, context, asOf: instant)
        func found(_ part: (Row) -> String) -> String {
            rows.isEmpty ? "absent" : rows.map(part).joined(separator: ", ")
        }
        let hasCode = wanted.code.map { code in
            !rows.isEmpty && rows.allSatisfy { code.admits(code: $0.state.code.rawValue) }
        }
        var all = [
            ComparedValue(
                "code", expected: wanted.code?.codeInWords ?? "absent", actual: found { $0.state.code.rawValue },
                differs: !(hasCode ?? rows.isEmpty))
        ]
        guard case .map(let entries)? = wanted.data?.content else { return all }
        for entry in entries {
            let name = entry.key.value
            let alone = DataNode(content: .map([entry]), span: entry.value.span)
            let differs = rows.contains { context.difference(alone, inJSON: said(by: $0)) != nil }
            all.append(
                ComparedValue(
                    name, expected: DataComparison.text(entry.value, context.instance),
                    actual: found { self.value(name, of: $0) }, differs: differs || rows.isEmpty))
        }
        return all
    }

    /// The rows that are meant, as they stand at an instant.
    private func rows(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant?) -> [Row] {
        guard let holder = context.instance.template.place(of: wanted.holder.value) else { return [] }
        return tiles.rows(asOf: instant).filter { row in
            Int(row.line.holder) == holder && isMeant(row, wanted, context)
        }.sorted { Self.isBefore($0, $1, context) }
    }

    /// Why a whole page is not as it must be at the end; nil if it is.
    func difference(_ wanted: FinalPage, _ context: WorldContext) -> [String] {
        let holder = context.instance.template.place(of: wanted.holder.value).map { Int32($0) } ?? -1
        var rest = tiles.rows().filter { $0.line.holder == holder }.sorted { Self.isBefore($0, $1, context) }
        var differences: [String] = []
        for row in wanted.rows {
            let place = rest.firstIndex { found in
                isMeant(found, row, context) && row.code?.admits(code: found.state.code.rawValue) ?? false
                    && difference(row, found, context) == nil
            }
            if let place { rest.remove(at: place) } else { differences.append(missing(row, among: rest, context)) }
        }
        return differences
            + rest.map { "nobody expects \(context.tables.tiles[Int($0.line.kind)].tile) \(describe($0, context))" }
    }

    /// What is there instead of a row.
    private func missing(_ wanted: FinalTile, among rows: [Row], _ context: WorldContext) -> String {
        let what = "\(wanted.tile.value) \(wanted.code?.codeInWords ?? "absent")\(wanted.detail)"
        guard let nearest = rows.first(where: { isMeant($0, wanted, context) }) else { return "\(what) is missing" }
        let text = difference(wanted, nearest, context).map { ": \($0)" } ?? ""
        return "\(what) is missing, there is \(describe(nearest, context))\(text)"
    }

    /// Whether a row is of the tile, agency and person that are meant.
    private func isMeant(_ row: Row, _ wanted: FinalTile, _ context: WorldContext) -> Bool {
        let kind = context.tables.tiles[Int(row.line.kind)]
        guard kind.tile == wanted.tile.value, wanted.agency.map({ $0.value == kind.agency }) ?? true else {
            return false
        }
        guard let about = wanted.about else { return true }
        let found = row.line.about ?? context.instance.key(of: wanted.holder.value)
        return found == context.instance.key(of: about.value)
    }

    /// How what a row says differs, its code apart; nil if it does not.
    private func difference(_ wanted: FinalTile, _ row: Row, _ context: WorldContext) -> String? {
        wanted.data.flatMap { context.difference($0, inJSON: said(by: row)) }
    }

    private func said(by row: Row) -> String { row.state.text >= 0 ? texts[Int(row.state.text)] : "{}" }

    private func value(_ field: String, of row: Row) -> String {
        (try? JSONTape.reading(said(by: row)) { $0[field]?.string }) ?? "absent"
    }

    private static func isBefore(_ left: Row, _ right: Row, _ context: WorldContext) -> Bool {
        let agencies = (
            context.tables.tiles[Int(left.line.kind)].agency, context.tables.tiles[Int(right.line.kind)].agency
        )
        return agencies.0 == agencies.1 ? left.id < right.id : agencies.0 < agencies.1
    }

    private func describe(_ row: Row, _ context: WorldContext) -> String {
        let about = row.line.about.flatMap { context.instance.name(of: $0) }
        return "\(row.state.code.rawValue) from \(context.tables.tiles[Int(row.line.kind)].agency)"
            + (about.map { " about \($0)" } ?? "") + " since " + row.known.asWritten
    }
}
