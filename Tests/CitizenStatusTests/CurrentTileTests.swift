import CitizenStatus
import Foundation
import JSON
import LifeEvents
import SQLite
import Testing

/// What the current tile is, asked of the store, of its view, and of the rule in memory.
@Suite struct CurrentTileTests {
    /// States of tiles: hour, ordinal, code, tile, agency, about.
    private static let states: [(Int64, UInt16, Int, String, String, Subject?)] = [
        (1, 0, 2, "parental-benefit", "forsakringskassan", nil),
        (5, 0, 7, "parental-benefit", "forsakringskassan", nil),
        (3, 0, 4, "parental-benefit", "forsakringskassan", nil),
        (3, 1, 5, "parental-benefit", "forsakringskassan", nil),
        (3, 0, 4, "parental-benefit", "forsakringskassan", nil),
        (2, 0, 2, "parental-benefit", "arbetsformedlingen", nil),
        (4, 0, 6, "parental-benefit", "forsakringskassan", bo), (4, 1, 3, "parental-benefit", "forsakringskassan", bo),
        (4, 2, 9, "name", "skatteverket", nil), (1, 1, 1, "name", "skatteverket", nil),
    ]

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `the rule, the store and its view agree, whatever the order of the states`(seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        var random = SeededNumbers(seed: seed)
        let states = Self.states.shuffled(using: &random)
        var rule = CurrentTiles<TileLine, TileCode>(keepsHistory: true)
        var lastOnly = CurrentTiles<TileLine, TileCode>()
        do {
            let store = try StatusStore(path: directory.path("s.db"), topics: topics)
            var batch = InstantBatch(hour: 9)
            for (hour, ordinal, code, tile, agency, about) in states {
                let more = about.map { #","about":"\#($0)""# } ?? ""
                batch.addTile(
                    id(hour, ordinal), "U\(code)", tile: tile, agency: agency, time: at(hour), more: more)
                let data = #"{"tile":"\#(tile)","code":"U\#(code)"\#(more)}"#
                var envelope = EventEnvelope(
                    id: id(hour, ordinal), source: AgencyID(agency), subject: anna, time: at(hour))
                envelope.correlationID = journey
                let read = try JSONTape.reading(data) {
                    TileLine.read(envelope, type: StatusTile.type.name, data: $0)
                }
                let (line, state) = try #require(read)
                rule.see(state, line: line, known: at(hour), id: envelope.id)
                lastOnly.see(state, line: line, known: at(hour), id: envelope.id)
            }
            try store.append(batch)
            try store.checkpoint(instant: at(9))
            for instant in [nil, at(1), at(2), at(3), at(4)] {
                let page = try store.tiles(of: anna, asOf: instant).map { "\($0.tile) \($0.agency) \($0.code)" }
                let rows = rule.rows(asOf: instant).map { "\($0.line.tile) \($0.line.agency) \($0.state.number)" }
                #expect(page.sorted() == rows.sorted())
            }
        }
        let current = lastOnly.rows().map { "\($0.line.tile) \($0.line.agency) \($0.state.rawValue)" }.sorted()
        #expect(
            current == [
                "name skatteverket U9", "parental-benefit arbetsformedlingen U2",
                "parental-benefit forsakringskassan U3",
                "parental-benefit forsakringskassan U7",
            ])
        let view = try Database(path: directory.path("s.db")).query(
            "SELECT tile || ' ' || agency || ' ' || code, holder, coalesce(about, '') FROM tiles_current ORDER BY 1"
        ) { row in (row.text(0), row.text(1), row.text(2)) }
        #expect(view.map(\.0) == current)
        #expect(view.allSatisfy { $0.1 == "\(anna)" && ["", "\(bo)"].contains($0.2) })
    }

    @Test(arguments: [
        ("citizen.status-tile.v1", "/agency/skatteverket", #"{"tile":"name","code":"U1"}"#, true),
        ("skatteverket.birth.v1", "/agency/skatteverket", #"{"tile":"name","code":"U1"}"#, false),
        ("citizen.status-tile.v1", "https://elsewhere", #"{"tile":"name","code":"U1"}"#, false),
        ("citizen.status-tile.v1", "/agency/skatteverket", #"{"tile":"name","code":"U12"}"#, false),
        ("citizen.status-tile.v1", "/agency/skatteverket", #"{"code":"U1"}"#, false),
        ("citizen.status-tile.v1", "/agency/skatteverket", #"{"tile":"","code":"U1"}"#, false),
    ])
    func `what sets a tile sets it for the store and for the rule alike`(
        type: String, source: String, data: String, sets: Bool
    ) throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.add(id(1), type: type, source: source, data: data) }
        #expect(try store.tiles(of: anna).isEmpty == !sets)
        let envelope = EventEnvelope(
            id: id(1), source: source.utf8.span.withUnsafeBytes { AgencyID(sourceUTF8: $0) }, subject: anna, time: at(1)
        )
        let read = try JSONTape.reading(data) { TileLine.read(envelope, type: type, data: $0) != nil }
        #expect(read == sets)
    }

    @Test func `a key and a person made elsewhere are told by the view as they were written`() throws {
        let directory = try TemporaryDirectory()
        let (holder, other) = (try #require(Subject(text: "holder é")), try #require(Subject(text: "about-1")))
        do {
            let store = try StatusStore(path: directory.path("s.db"), topics: topics)
            try store.append(hour: 1) { $0.addTile(id(1), "U1", of: holder, more: #","about":"\#(other)""#) }
            try store.checkpoint(instant: at(1))
        }
        let view = try Database(path: directory.path("s.db")).query("SELECT holder, about FROM tiles_current") {
            [$0.text(0), $0.text(1)]
        }
        #expect(view == [["holder é", "about-1"]])
        let again = try StatusStore(path: directory.path("s.db"), topics: topics)
        #expect(try again.tiles(of: holder).map(\.about) == [other])
    }
}
