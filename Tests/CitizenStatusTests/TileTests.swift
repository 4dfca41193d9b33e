import CitizenStatus
import LifeEvents
import Testing

@Suite struct TileTests {
    @Test func `a tile's newest state is current and the older ones are its history`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.addTile(id(1), "U2", more: #","caseRef":"FK-1""#) }
        try store.append(hour: 5) { $0.addTile(id(5), "U4", more: #","expectedDate":"2026-04-01""#) }
        let row = try #require(try store.tiles(of: anna).first)
        #expect(try store.tiles(of: anna).count == 1)
        #expect(row.code == 4 && row.status == .investigating && row.text == "Läge U4")
        #expect(row.expectedDate == Day(year: 2026, month: 4, dayOfMonth: 1) && row.caseReference == nil)
        #expect(row.agency == .forsakringskassan && row.holder == anna && row.journey == journey)
        #expect(row.message == id(5) && row.knownFrom == at(5) && row.validFrom == at(5))
        #expect(try store.history(of: anna).map(\.code) == [2, 4])
    }

    @Test func `a page as of an instant shows what was known then`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.addTile(id(1), "U2") }
        try store.append(hour: 5) {
            $0.addTile(id(5), "U4", attributes: #","occurredat":"2026-01-01T00:00:00.000Z""#)
        }
        #expect(try store.tiles(of: anna, asOf: at(0)).isEmpty)
        #expect(try store.tiles(of: anna, asOf: at(1)).map(\.code) == [2])
        #expect(try store.tiles(of: anna, asOf: at(4)).map(\.code) == [2])
        #expect(try store.tiles(of: anna, asOf: at(5)).map(\.code) == [4])
        #expect(try store.tiles(of: anna).first?.validFrom == at(0))
    }

    @Test func `neither a message that comes again nor an older one replaces a newer state`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.addTile(id(1), "U2") }
        try store.append(hour: 5) {
            $0.addTile(id(5, 1), "U6")
            $0.addTile(id(5, 0), "U4")
        }
        try store.append(hour: 6) { $0.addTile(id(1), "U2", time: at(1)) }
        #expect(try store.tiles(of: anna).map(\.code) == [6])
        #expect(try store.history(of: anna).map(\.code) == [2, 4, 6])
        #expect(store.messageCount == 4)
    }

    @Test func `an outsider's tile counts from its admission whatever id and time it has`() throws {
        let store = try StatusStore.inMemory()
        let foreign = try #require(EventID(text: "kcat-1"))
        try store.append(hour: 5) { $0.addTile(id(5), "U4") }
        try store.append(hour: 6) { $0.addTile(foreign, "U9", time: at(-1_000), outside: true) }
        #expect(try store.tiles(of: anna).map(\.code) == [9])
        #expect(try store.tiles(of: anna).first?.knownFrom == at(6))
        try store.append(hour: 7) { $0.addTile(id(7), "U7") }
        #expect(try store.tiles(of: anna).map(\.code) == [7])
    }

    @Test func `holder, journey, tile, agency and about make a row of its own`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) {
            $0.addTile(id(1, 0), "U4")
            $0.addTile(id(1, 1), "U4", tile: "child-benefit")
            $0.addTile(id(1, 2), "U4", agency: "kommun-1780")
            $0.addTile(id(1, 3), "U4", more: #","about":"\#(bo)""#)
            $0.addTile(id(1, 4), "U4", of: bo)
        }
        #expect(try store.tiles(of: anna).count == 4)
        #expect(try store.tiles(of: anna).compactMap(\.about) == [bo])
        #expect(try store.tiles(of: bo).count == 1)
    }

    @Test func `of rows with one tile name the one that waits for the citizen stands first`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) {
            $0.addTile(id(1, 0), "U4", tile: "preschool", agency: "kommun-0180")
            $0.addTile(id(1, 1), "U3", tile: "preschool", agency: "kommun-1780")
            $0.addTile(id(1, 2), "U1", tile: "child-benefit")
        }
        let page = try store.tiles(of: anna)
        #expect(page.map(\.tile) == ["child-benefit", "preschool", "preschool"])
        #expect(page.map(\.code) == [1, 3, 4])
    }

    @Test func `a world's lines are in the order of the digest with a fixed order of members`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) {
            $0.addTile(id(1, 0), "U6", tile: "b", more: #","reviewDeadline":"2026-03-01","deadline":"2026-02-01""#)
            $0.addTile(id(1, 1), "U5", tile: "a", more: #","otherAgency":"skatteverket","about":"\#(bo)""#)
            $0.addTile(id(1, 2), "U4", tile: "a")
            $0.addTile(id(1, 3), "U4", tile: "other", of: bo, world: 1)
        }
        let time = "\"validFrom\":\"\(at(1))\",\"knownFrom\":\"\(at(1))\"}"
        let start = #"{"holder":"\#(anna)","journey":"\#(journey)","tile":"#
        let expected = [
            start + #""a","agency":"forsakringskassan","code":"U4","text":"Läge U4","message":"\#(id(1, 2))","# + time,
            start + #""a","agency":"forsakringskassan","about":"\#(bo)","code":"U5","text":"Läge U5","#
                + #""otherAgency":"skatteverket","message":"\#(id(1, 1))","# + time,
            start + #""b","agency":"forsakringskassan","code":"U6","text":"Läge U6","deadline":"2026-02-01","#
                + #""reviewDeadline":"2026-03-01","message":"\#(id(1, 0))","# + time,
        ]
        #expect(try store.lines(world: 0) == expected)
        #expect(try store.allTiles(world: nil).map(\.world) == [0, 0, 0, 1])
        try store.finish()
        #expect(try store.lines(world: 0) == expected)
    }

    @Test(arguments: TileCode.allCases)
    func `every code is read, numbered and has a title`(code: TileCode) throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.addTile(id(1), code.rawValue) }
        let row = try #require(try store.tiles(of: anna).first)
        #expect(row.status == code && row.code == code.number && "U\(row.code)" == code.rawValue)
        #expect(TileCode(number: row.code) == code && !code.title.isEmpty)
    }

    @Test(arguments: ["U0", "U12", "U01", "U", "u3", "U1x", "7", ""])
    func `another code sets no tile`(code: String) throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) { $0.addTile(id(1), code) }
        #expect(try store.history(of: anna).isEmpty)
        #expect(try store.message(id: id(1)) != nil)
    }
}
