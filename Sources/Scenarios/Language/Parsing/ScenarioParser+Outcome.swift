import LifeEvents
import YAML

/// `then`: what must hold when all is over.
extension ScenarioParser {
    struct Outcome {
        var tiles: [FinalTile] = []
        var pages: [FinalPage] = []
        var tilesAsOf: [TilesAsOf] = []
        var invariants: [Located<Invariant>] = []
        var counts: [FinalCount] = []
    }

    mutating func then(_ node: YAMLNode) -> Outcome {
        var result = Outcome()
        guard var map = MapReader(node, "then", &diagnostics) else { return result }
        if let status = map.optional("status", &diagnostics) {
            checkSays(status, "status names no person")
            result.tiles = finalTiles(pairs(status, "status"))
        }
        if let page = map.optional("page", &diagnostics) {
            checkSays(page, "page names no person")
            result.pages = pairs(page, "page").compactMap { finalPage($0, $1) }
        }
        if let node = map.optional("status_as_of", &diagnostics) {
            checkSays(node, "status_as_of has no entry")
            result.tilesAsOf = list(node, "status_as_of").compactMap { tilesAsOf($0) }
        }
        if let node = map.optional("invariants", &diagnostics) {
            checkSays(node, "invariants names none")
            result.invariants = list(node, "invariants").compactMap { word($0, "an invariant", Invariant.self) }
        }
        if let node = map.optional("count", &diagnostics) {
            checkSays(node, "count has no entry")
            let items = node.items ?? [node]
            result.counts = items.compactMap { item in
                count(item).map { FinalCount(pattern: $0, count: $1) }
            }
        }
        map.finish(&diagnostics)
        return result
    }

    /// What is written and asks for nothing would be met whatever happens.
    private mutating func checkSays(
        _ node: YAMLNode, _ message: String, hint: String = "take it away, or write what must hold"
    ) {
        guard node.entries?.isEmpty ?? node.items?.isEmpty ?? false else { return }
        diagnostics.add(.badValue, message, at: node.spanOfFirstLine, hint: hint)
    }

    /// Two rows that are written alike would both be met by one.
    private mutating func checkDiffer(_ rows: [YAMLNode]) {
        var known: [String] = []
        for row in rows {
            let text = row.canonical
            if known.contains(text) {
                diagnostics.add(
                    .badValue, "this row is written twice, and one row of the page would meet both",
                    at: row.spanOfFirstLine,
                    hint: "say by `about` or `agency` which row is meant, or give the whole page with `page`")
            }
            known.append(text)
        }
    }

    /// Nothing is known of a time after the end.
    mutating func checkTimes(of outcome: Outcome) {
        guard let end = timeline.end, start != nil else { return }
        for wanted in outcome.tilesAsOf {
            guard let instant = wanted.at.resolve(on: timeline), instant > end else { continue }
            diagnostics.add(
                .backInTime, "the run has ended before: \(Stockholm.local(end))", at: wanted.at.span,
                hint: "end the run later, with `until:`")
        }
    }

    private mutating func tilesAsOf(_ node: YAMLNode) -> TilesAsOf? {
        guard let entries = node.entries else {
            let message = "an entry of status_as_of is a map with `at` and persons, not \(node.kindName)"
            diagnostics.add(.wrongKind, message, at: node.spanOfFirstLine)
            return nil
        }
        guard let at = entries.first(where: { $0.name == "at" })?.value else {
            diagnostics.add(.missingKey, "an entry of status_as_of needs the key `at`", at: node.spanOfFirstLine)
            return nil
        }
        let time = time(at)
        let tiles = finalTiles(entries.filter { $0.name != "at" }.map { ($0.key, $0.value) })
        if entries.count < 2 {
            diagnostics.add(.missingKey, "no person's status is written", at: node.spanOfFirstLine)
        }
        guard let time else { return nil }
        if let instant = time.resolveAsDeadline(on: timeline), instant < timeline.start {
            diagnostics.add(.backInTime, "nothing is known before the start", at: at.span)
        }
        return TilesAsOf(at: time, tiles: tiles)
    }

    /// A person, a tile, and what it must say.
    private mutating func finalTiles(_ people: [(YAMLNode, YAMLNode)]) -> [FinalTile] {
        var result: [FinalTile] = []
        for (holder, tiles) in people {
            guard let holder = person(holder) else { continue }
            checkSays(
                tiles, "nothing is asked of the person's status",
                hint: "write a tile and its code, or that it is `absent`; `page` says that no row is there")
            for (tileKey, value) in pairs(tiles, "a person's status") {
                guard let tile = tile(tileKey) else { continue }
                result += rows(value, of: tile, holder)
            }
        }
        return result
    }

    /// `U4`, `absent`, `{one_of: [U4, U5]}`, `{agency: U4}`, `{code: U4, about: liv}`, or a list of such maps.
    private mutating func rows(_ value: YAMLNode, of tile: Located<String>, _ holder: Located<String>) -> [FinalTile] {
        func made(_ code: DataNode?, _ agency: Located<AgencyID>? = nil, at span: SourceSpan) -> FinalTile {
            FinalTile(holder: holder, tile: tile, agency: agency, about: nil, code: code, data: nil, span: span)
        }
        if let items = value.items {
            checkSays(value, "no row is written", hint: "write `absent` where the tile must not be there")
            checkDiffer(items)
            return items.compactMap { item in
                guard var map = MapReader(item, "a row", &diagnostics) else { return nil }
                return row(&map, of: tile, holder, at: item.span)
            }
        }
        guard let entries = value.entries, !isCodeMatcher(value) else {
            return wantedCode(value).map { [made($0, at: value.span)] } ?? []
        }
        if entries.contains(where: { $0.name == "code" }) {
            guard var map = MapReader(value, "a row", &diagnostics) else { return [] }
            return row(&map, of: tile, holder, at: value.span).map { [$0] } ?? []
        }
        return entries.compactMap { entry in
            let agency = agency(entry.key)
            guard let code = wantedCode(entry.value), let agency else { return nil }
            return made(code, agency, at: entry.value.span)
        }
    }

    /// A row with its own keys; `finish` is called on the map.
    private mutating func row(
        _ map: inout MapReader, of tile: Located<String>, _ holder: Located<String>, at span: SourceSpan
    ) -> FinalTile? {
        let code = map.required("code", &diagnostics).flatMap { codeCondition($0) }
        let about = map.optional("about", &diagnostics).flatMap { person($0) }
        let agency = map.optional("agency", &diagnostics).flatMap { self.agency($0) }
        let data = tileData(&map, at: span)
        map.finish(&diagnostics)
        return code.map {
            FinalTile(holder: holder, tile: tile, agency: agency, about: about, code: $0, data: data, span: span)
        }
    }

    /// What a row says beside its code: `text`, `deadline`, `nextDate`.
    private mutating func tileData(_ map: inout MapReader, at span: SourceSpan) -> DataNode? {
        var entries: [DataEntry] = []
        func add(_ key: String, _ value: DataNode?) {
            guard let value else { return }
            entries.append(DataEntry(key: Located(key, map.keySpan(key) ?? span), value: value))
        }
        add("text", map.optional("text", &diagnostics).flatMap { wording($0, "a tile's text") })
        for key in ["deadline", "nextDate"] {
            add(key, map.optional(key, &diagnostics).map { expectedValue($0) })
        }
        return entries.isEmpty ? nil : DataNode(content: .map(entries), span: span)
    }

    /// A list of rows, each with `tile` and `code`.
    private mutating func finalPage(_ key: YAMLNode, _ value: YAMLNode) -> FinalPage? {
        guard let holder = person(key) else { return nil }
        let rows = list(value, "a page").compactMap { item -> FinalTile? in
            guard var map = MapReader(item, "a row", &diagnostics),
                let tile = map.required("tile", &diagnostics).flatMap({ self.tile($0) })
            else { return nil }
            return row(&map, of: tile, holder, at: item.spanOfFirstLine)
        }
        return FinalPage(holder: holder, rows: rows)
    }

    private mutating func pairs(_ node: YAMLNode, _ what: String) -> [(YAMLNode, YAMLNode)] {
        if let entries = node.entries { return entries.map { ($0.key, $0.value) } }
        diagnostics.add(.wrongKind, "\(what) is a map of keys, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }
}

extension YAMLNode {
    /// The value without its place, its keys sorted.
    fileprivate var canonical: String {
        if let text = scalar { return "'\(text)'" }
        if let items { return "[\(items.map(\.canonical).joined(separator: ","))]" }
        let all = (entries ?? []).map { "\($0.name):\($0.value.canonical)" }.sorted()
        return "{\(all.joined(separator: ","))}"
    }
}
