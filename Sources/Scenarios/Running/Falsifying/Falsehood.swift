import LifeEvents

/// What was made false in an expectation: if the expectation is met all the same, it looks at less than it says.
public struct Falsehood: Sendable, Equatable {
    /// The expectation's step, or `then`.
    public let step: String
    /// Where the expectation is written, `file:line:column`.
    public let place: String
    /// What was changed, as `` `born` ``, `the person` or `the count`.
    public let what: String
}

extension Scenario {
    /// The scenario with a falsehood in each expectation that has one more, by a number from 0; nil where none has.
    ///
    /// Expectations change nothing of a run, so all of them can be false in the same one: those that are met then are the
    /// survivors.
    public func falsified(_ number: Int) -> (scenario: Scenario, falsehoods: [Falsehood])? {
        var changed = self
        var told: [Falsehood] = []
        for place in steps.indices {
            guard case .expect(let expectation) = steps[place].action else { continue }
            let all = expectation.falsehoods(on: timeline)
            guard all.indices.contains(number) else { continue }
            changed.steps[place] = steps[place].expecting(all[number].expectation)
            told.append(
                Falsehood(
                    step: steps[place].id.value, place: expectation.span.description, what: all[number].what))
        }
        changed.finalTiles = finalTiles.map { Self.falsified($0, number, &told) }
        changed.tilesAsOf = tilesAsOf.map { entry in
            TilesAsOf(at: entry.at, tiles: entry.tiles.map { Self.falsified($0, number, &told) })
        }
        changed.finalPages = finalPages.map { Self.falsified($0, number, &told) }
        changed.finalCounts = finalCounts.map { count in
            let all = count.count.falsehoods
            guard all.indices.contains(number) else { return count }
            told.append(Falsehood(step: "then", place: count.count.span.description, what: all[number].what))
            return FinalCount(pattern: count.pattern, count: all[number].count)
        }
        return told.isEmpty ? nil : (changed, told)
    }

    private static func falsified(_ tile: FinalTile, _ number: Int, _ told: inout [Falsehood]) -> FinalTile {
        let all = tile.falsehoods
        guard all.indices.contains(number) else { return tile }
        told.append(Falsehood(step: "then", place: tile.span.description, what: all[number].what))
        return all[number].tile
    }

    /// A page is false where a row is missing, or one says another thing.
    private static func falsified(_ page: FinalPage, _ number: Int, _ told: inout [Falsehood]) -> FinalPage {
        guard !page.rows.isEmpty, number < 2 else { return page }
        var rows = page.rows
        if number == 0 {
            rows.removeLast()
        } else if let other = rows[0].falsehoods.first {
            rows[0] = other.tile
        }
        told.append(
            Falsehood(
                step: "then", place: page.holder.span.description, what: number == 0 ? "a row less" : "the first row"))
        return FinalPage(holder: page.holder, rows: rows)
    }
}

extension Step {
    fileprivate func expecting(_ expectation: Expectation) -> Step {
        Step(id: id, at: at, action: .expect(expectation), span: span, uses: uses)
    }
}

extension TileCode {
    /// Another code, as it stands in a file.
    static func other(than text: String) -> String {
        let all = allCases.map(\.rawValue)
        guard let place = all.firstIndex(of: text) else { return all[0] }
        return all[(place + 1) % all.count]
    }
}

extension FinalTile {
    fileprivate var falsehoods: [(what: String, tile: FinalTile)] {
        func with(_ code: DataNode?, _ data: DataNode?) -> FinalTile {
            FinalTile(holder: holder, tile: tile, agency: agency, about: about, code: code, data: data, span: span)
        }
        guard let code else {
            return [("the code", with(DataNode(content: .text(TileCode.other(than: "")), span: span), data))]
        }
        var all = code.otherCodes.map { ("the code", with($0, data)) }
        if let data { all += data.falsehoods("").map { ($0, with(code, $1)) } }
        return all
    }
}
