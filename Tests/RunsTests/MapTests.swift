import Contracts
import LifeEvents
import Planes
import Testing

@testable import Runs

/// The map of life events and agencies, drawn of made-up journeys.
@Suite struct MapTests {
    private static let reader = Party(whole: .forsakringskassan)
    private static let other = Party(whole: .pensionsmyndigheten)

    /// Two journeys of birth and one of death; a birth is told to one agency, and another one hears of nothing.
    private static func map() throws -> LifeEventMap {
        let catalogue = try #require(RunSample.catalogue)
        let pages = catalogue.agencies.flatMap(\.pages).map(\.name)
        let (birth, death) = (try #require(pages.firstIndex(of: "birth")), try #require(pages.firstIndex(of: "death")))
        func key(_ page: Int, _ reader: Party, _ channel: MapChannel) -> MapRun.Key {
            MapRun.Key(
                page: page, reader: reader, type: "skatteverket.birth.v1", source: .skatteverket, channel: channel)
        }
        var (drawn, base) = (MapRun.Record(), MapRun.Record())
        drawn.pages = [birth, death, birth, nil]
        base.pages = drawn.pages
        drawn.counts = [key(birth, Self.reader, .bus): 4, key(birth, Self.other, .none): 2]
        base.counts = [key(birth, Self.reader, .citizen): 3, key(birth, Self.other, .none): 2]
        drawn.said = [MapRun.Saying(page: birth, type: "skatteverket.birth.v1", source: .skatteverket): 2]
        let heard = EventType("skatteverket.birth.v1")
        let readings = [Self.reader, Self.other].map {
            DeclaredReading(party: $0, type: heard, rule: "hears of a birth", file: "a.swift", line: 1)
        }
        return try MapMaker(catalogue, readings: readings, writings: []).map(
            drawn, of: .bus, base: (base, .bus), scenarios: ["first", "last", "second", "none"])
    }

    @Test func `a cell holds what was told, what never came, and what only the contracts have`() throws {
        let map = try Self.map()
        #expect(map.columns.map(\.name) == ["birth", "death"] && map.columns.map(\.journeys) == [2, 1])
        #expect(map.unplaced == 1 && map.scenarios == [["first", "second"], ["last"]])
        #expect(map.rows.map(\.party) == [Self.reader, Self.other])
        let told = try #require(map.cell(row: 0, column: 0))
        #expect(told.heard == 4 && told.worst == .bus && told.silent.isEmpty)
        #expect(map.perThousand(told.heard, 0) == 2_000)
        let untold = try #require(map.cell(row: 1, column: 0))
        #expect(
            untold.heard == 0 && untold.worst == MapChannel.none
                && untold.silent.map(\.name) == ["skatteverket.birth.v1"])
        #expect(map.cell(row: 0, column: 1) == nil)
        #expect(map.spared.map(\.contacts) == [1_000] && map.spared.map(\.adapters) == [2])
    }

    @Test func `the picture and the tables name the same cells, and equal maps give equal bytes`() throws {
        let (page, again) = (MapPage(try Self.map()), MapPage(try Self.map()))
        for (left, right) in [
            (page.svg, again.svg), (page.html, again.html), (page.json, again.json), (page.csv, again.csv),
        ] {
            #expect(left == right)
        }
        #expect(page.svg.contains("<a href=\"#cell-forsakringskassan-forsakringskassan-birth\""))
        #expect(page.html.contains("<section id=\"cell-forsakringskassan-forsakringskassan-birth\">"))
        #expect(page.json.contains("\"id\":\"cell-forsakringskassan-forsakringskassan-birth\""))
        #expect(page.csv.split(separator: "\n").count == 4)
    }

    @Test(arguments: [
        ("title,agency,event", "Veta om barnet,Försäkringskassan,birth", "met", "skatteverket.birth.v1"),
        ("title,agency,event", "Slippa ringa,pensionsmyndigheten,birth", "contract only", "skatteverket.birth.v1"),
        ("title,agency,event", "Slippa ringa,bank,birth", "unmet", ""),
        ("event,agency,title", "flytt till månen,Försäkringskassan,Annat", "unmet", ""),
    ])
    func `a need is met, has a contract only, or is unmet`(header: String, row: String, answer: String, topic: String)
        throws
    {
        let catalogue = try #require(RunSample.catalogue)
        let rows = [header, row].enumerated().map {
            (line: $0.offset + 1, cells: $0.element.split(separator: ",").map(String.init))
        }
        let page = MapPage(try Self.map(), needs: try MapNeedReader(catalogue).read(rows, file: "needs.csv"))
        let found = page.answer(page.needs[0])
        #expect(found.answer.rawValue == answer && found.topic == topic)
        #expect(page.needsCSV.split(separator: "\n").count == 2)
    }

    @Test func `needs with one title are one need with all votes, and those without a place are kept`() throws {
        let catalogue = try #require(RunSample.catalogue)
        let rows: [(line: Int, cells: [String])] = [
            (1, ["title", "votes", "lane"]), (2, ["En ingång", "3", "digital-meeting"]),
            (3, ["en  ingång", "4", ""]), (4, ["=1+1", "", "elsewhere"]),
        ]
        let page = MapPage(try Self.map(), needs: try MapNeedReader(catalogue).read(rows, file: "needs.csv"))
        #expect(page.needs.map(\.votes) == [7, 1])
        #expect(page.needs(lane: .digitalMeeting).map(\.title) == ["En ingång"])
        #expect(page.needs(lane: .unplaced).map(\.title) == ["=1+1"])
        // A table program would take it for a formula.
        #expect(page.needsCSV.contains("\n,'=1+1,"))
        #expect(page.svg.contains("En ingång · 7") && page.html.contains("<li>=1+1 · 1</li>"))
    }

    @Test(arguments: [
        ("title,agncy", "a,b", "no column is called `agncy`"), ("agency", "a", "no column `title`"),
        ("title,votes", "a,many", "votes are a number"), ("title,votes", "a,-1", "votes are a number"),
        ("title,text", "a,ring 850709-9805", "personal number"), ("title,text", "a,198507099805", "personal number"),
        ("title", "850709 9805 vill", "personal number"), ("votes,title", "1,", "a need has a title"),
    ])
    func `a table that cannot be used is refused with its line`(header: String, row: String, reason: String) throws {
        let catalogue = try #require(RunSample.catalogue)
        let rows = [header, row].enumerated().map {
            (
                line: $0.offset + 1,
                cells: $0.element.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            )
        }
        let error = #expect(throws: MapNeedError.self) { try MapNeedReader(catalogue).read(rows, file: "needs.csv") }
        #expect(error?.description.contains(reason) == true, "\(error!)")
        #expect(error?.description.hasPrefix("needs.csv:") == true)
    }

    @Test func `dates, telephones and short numbers are no personal numbers`() {
        for text in ["2026-03-01", "070-123 45 67 89", "1780", "9 000 000 kronor", "12345678901234"] {
            #expect(!MapNeedReader.holdsPersonalNumber(text), "\(text)")
        }
    }
}
