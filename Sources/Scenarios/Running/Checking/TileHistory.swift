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
        /// The place of its text among ``TileHistory/texts``; -1 where nobody asks for texts.
        var text: Int32
    }

    private typealias Row = CurrentTiles<Line, State>.Row

    private var tiles: CurrentTiles<Line, State>
    private var texts: [String] = []

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
            texts.append(context.tables.text(message.data?["text"]?.string ?? ""))
        }
        tiles.see(state, line: line, known: envelope.time, id: envelope.id)
    }

    /// Why a tile is not as it must be, as known at an instant; nil if it is.
    func difference(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant? = nil) -> String? {
        let rows = rows(wanted, context, asOf: instant)
        guard let code = wanted.code else {
            return rows.isEmpty ? nil : "it is " + rows.map { describe($0, context) }.joined(separator: ", ")
        }
        if rows.isEmpty { return "it is absent" }
        if rows.contains(where: { $0.state.code.rawValue != code.value }) {
            return "it is " + rows.map { describe($0, context) }.joined(separator: ", ")
        }
        return rows.lazy.compactMap { context.difference(wanted.text, text(of: $0), name: "text") }.first
    }

    /// What a tile must be, beside what it is; empty where nobody reads it.
    func compared(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant? = nil) -> [ComparedValue] {
        guard context.plan.keepsLooks else { return [] }
        let rows = rows(wanted, context, asOf: instant)
        func found(_ part: (Row) -> String) -> String {
            rows.isEmpty ? "absent" : rows.map(part).joined(separator: ", ")
        }
        let code = wanted.code?.value
        let hasCode = code == nil ? rows.isEmpty : !rows.isEmpty && rows.allSatisfy { $0.state.code.rawValue == code }
        var all = [
            ComparedValue(
                "code", expected: code ?? "absent", actual: found { $0.state.code.rawValue }, differs: !hasCode)
        ]
        if let text = wanted.text {
            let differs = rows.contains { context.difference(text, self.text(of: $0), name: "text") != nil }
            all.append(
                ComparedValue(
                    "text", expected: DataComparison.text(text, context.instance), actual: found { self.text(of: $0) },
                    differs: differs || rows.isEmpty))
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
                isMeant(found, row, context) && found.state.code.rawValue == row.code?.value
                    && context.difference(row.text, text(of: found), name: "text") == nil
            }
            if let place { rest.remove(at: place) } else { differences.append(missing(row, among: rest, context)) }
        }
        return differences
            + rest.map { "nobody expects \(context.tables.tiles[Int($0.line.kind)].tile) \(describe($0, context))" }
    }

    /// What is there instead of a row.
    private func missing(_ wanted: FinalTile, among rows: [Row], _ context: WorldContext) -> String {
        let what = "\(wanted.tile.value) \(wanted.code?.value ?? "absent")\(wanted.detail)"
        guard let nearest = rows.first(where: { isMeant($0, wanted, context) }) else { return "\(what) is missing" }
        let text = context.difference(wanted.text, text(of: nearest), name: "text").map { ": \($0)" } ?? ""
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

    private func text(of row: Row) -> String { row.state.text >= 0 ? texts[Int(row.state.text)] : "" }

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
