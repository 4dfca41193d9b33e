import LifeEvents
import YAML

/// `then`: what must hold when all is over.
extension ScenarioParser {
    struct Outcome {
        var tiles: [FinalTile] = []
        var tilesAsOf: [TilesAsOf] = []
        var invariants: [Located<Invariant>] = []
        var counts: [FinalCount] = []
    }

    mutating func then(_ node: YAMLNode) -> Outcome {
        var result = Outcome()
        guard var map = MapReader(node, "then", &diagnostics) else { return result }
        if let status = map.optional("status", &diagnostics) { result.tiles = finalTiles(pairs(status, "status")) }
        if let node = map.optional("status_as_of", &diagnostics) {
            result.tilesAsOf = list(node, "status_as_of").compactMap { tilesAsOf($0) }
        }
        if let node = map.optional("invariants", &diagnostics) {
            result.invariants = list(node, "invariants").compactMap { word($0, "an invariant", Invariant.self) }
        }
        if let node = map.optional("count", &diagnostics) {
            let items = node.items ?? [node]
            result.counts = items.compactMap { item in
                count(item).map { FinalCount(pattern: $0, equals: $1) }
            }
        }
        map.finish(&diagnostics)
        return result
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

    /// A person, a tile, and a code or a code for each agency.
    private mutating func finalTiles(_ people: [(YAMLNode, YAMLNode)]) -> [FinalTile] {
        var result: [FinalTile] = []
        for (holder, tiles) in people {
            guard let holder = person(holder) else { continue }
            for (tileKey, value) in pairs(tiles, "a person's status") {
                guard let tile = tile(tileKey) else { continue }
                // `{tile: U4}` and `{tile: {agency: U4}}`.
                guard value.entries != nil else {
                    if let code = statusCode(value) {
                        result.append(FinalTile(holder: holder, tile: tile, agency: nil, code: code))
                    }
                    continue
                }
                for (agencyKey, value) in pairs(value, "a tile's status") {
                    let agency = agency(agencyKey)
                    guard let code = statusCode(value), let agency else { continue }
                    result.append(FinalTile(holder: holder, tile: tile, agency: agency, code: code))
                }
            }
        }
        return result
    }

    private mutating func pairs(_ node: YAMLNode, _ what: String) -> [(YAMLNode, YAMLNode)] {
        if let entries = node.entries { return entries.map { ($0.key, $0.value) } }
        diagnostics.add(.wrongKind, "\(what) is a map of keys, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }
}
