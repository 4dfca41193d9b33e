import CitizenStatus
import LifeEvents
import SQLite
import Testing

@Suite struct JournalTests {
    @Test func `a message comes back with its attributes and its bytes`() throws {
        let store = try StatusStore.inMemory()
        let attributes =
            #","causationid":"\#(id(0))","occurredat":"2025-12-24T00:00:00+01:00","changetype":"CORRECTED","#
            + #""previousid":"\#(id(0, 3))""#
        var batch = InstantBatch(hour: 1)
        batch.add(id(1), attributes: attributes, data: #"{"municipality":"1780"}"#, world: 4)
        try store.append(batch)
        let row = try #require(try store.message(id: id(1)))
        #expect(row.value == batch.bytes && row.world == 4 && row.topic == topics[1] && row.instant == at(1))
        #expect(row.type == "skatteverket.birth.v1" && row.agency == .skatteverket && row.subject == anna)
        #expect(row.time == at(1) && row.occurredAt == Instant("2025-12-23T23:00:00.000Z"))
        #expect(row.cause == id(0) && row.previous == id(0, 3) && row.changeType == "CORRECTED")
        #expect(row.journey == journey && !row.isOutside && !row.isDeadLetter)
        #expect(try store.messages(of: anna) == [row])
        #expect(try store.messages(causedBy: id(0)) == [row])
        #expect(try store.message(id: id(9)) == nil)
    }

    @Test(arguments: [
        "", "no JSON", "[1,2]", "null", #"{"type":7,"subject":[],"time":"yesterday","data":null}"#,
        #"{"specversion":"1.0","id":"x","type":"citizen.status-tile.v1","source":"/agency/kommun-1780"}"#,
        #"{"specversion":"1.0","id":"x","type":"citizen.status-tile.v1","source":"//elsewhere","subject":"s","#
            + #""data":{"tile":"a","code":"U1"}}"#,
    ])
    func `what is no event of ours stays in the journal and sets no tile`(value: String) throws {
        let store = try StatusStore.inMemory()
        let foreign = try #require(EventID(text: "outside-\(value.count)"))
        try store.append(hour: 1) {
            $0.add(value, id: foreign, outside: true)
            $0.addTile(id(1), "U1")
        }
        let row = try #require(try store.message(id: foreign))
        #expect(row.value == Array(value.utf8) && row.isOutside)
        #expect(try store.allTiles(world: nil).map(\.message) == [id(1)])
    }

    @Test func `who read what is kept`() throws {
        let store = try StatusStore.inMemory()
        var batch = InstantBatch(hour: 1)
        batch.add(id(1, 0))
        batch.add(id(1, 1))
        batch.readings = [
            Reading(entry: 1, agency: .kommun(1780)), Reading(entry: 0, agency: .skatteverket),
            Reading(entry: 1, agency: .forsakringskassan),
        ]
        try store.append(batch)
        #expect(try store.readers(of: id(1, 0)) == [.skatteverket])
        #expect(try store.readers(of: id(1, 1)) == [.forsakringskassan, .kommun(1780)])
        #expect(try store.readers(of: id(2)).isEmpty)
    }

    @Test func `a dead letter comes with its reason`() throws {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) {
            $0.add(
                id(1), type: "livsbuss.dead-letter.v1", source: "/agency/livsbuss",
                data: #"{"reason":"schema","detail":"no mother","topic":"skatteverket.birth.v1","id":"x"}"#, topic: 2,
                dead: true)
            $0.add("{", id: id(1, 1), topic: 2, dead: true)
        }
        let letters = try store.deadLetters()
        #expect(letters.map(\.reason) == ["schema", nil] && letters.first?.detail == "no mother")
        #expect(letters.first?.originalTopic == "skatteverket.birth.v1" && letters.first?.originalID == "x")
        #expect(letters.map(\.message.id) == [id(1), id(1, 1)])
    }

    @Test func `a batch that contradicts itself is refused whole`() throws {
        let store = try StatusStore.inMemory()
        let entry = JournalEntry(id: id(1), start: 0, count: 10, topic: 1)
        let wrong = [
            InstantBatch(instant: at(1), entries: [entry], bytes: [1, 2]),
            InstantBatch(instant: at(1), entries: [JournalEntry(id: id(1), start: 0, count: 0, topic: 3)]),
            InstantBatch(instant: at(1), readings: [Reading(entry: 0, agency: .skatteverket)]),
        ]
        for batch in wrong {
            #expect { try store.append(batch) } throws: { error in
                if case .wrongBatch? = error as? StoreError { true } else { false }
            }
        }
        #expect(store.messageCount == 0)
        try store.append(hour: 1) { $0.add(id(1)) }
        #expect(store.messageCount == 1)
    }

    @Test func `facts are the heads of their chains`() throws {
        let directory = try TemporaryDirectory()
        let store = try StatusStore(path: directory.path("s.db"), topics: topics)
        func change(_ kind: String, of previous: EventID) -> String {
            #","changetype":"\#(kind)","previousid":"\#(previous)""#
        }
        try store.append(hour: 1) {
            $0.add(id(1, 0), data: #"{"chain":"plain"}"#)
            $0.add(id(1, 1), data: #"{"chain":"corrected"}"#)
            $0.add(id(1, 2), attributes: change("CORRECTED", of: id(1, 1)), data: #"{"chain":"corrected","head":true}"#)
            $0.add(id(1, 3), data: #"{"chain":"annulled"}"#)
            $0.add(id(1, 4), attributes: change("ANNULLED", of: id(1, 3)))
            $0.add(id(1, 5), data: #"{"chain":"ceased"}"#)
            $0.add(id(1, 6), attributes: change("CEASED", of: id(1, 5)), data: #"{"chain":"ceased","head":true}"#)
            $0.add(id(1, 7), data: #"{"chain":"restored"}"#)
            $0.add(id(1, 8), attributes: change("CEASED", of: id(1, 7)))
            $0.add(id(1, 9), attributes: change("ANNULLED", of: id(1, 8)))
            $0.add(id(1, 10), type: "skatteverket.filing.name.v1")
            $0.addTile(id(1, 11), "U1")
        }
        // Sent again from a dead letter.
        try store.append(hour: 2) { $0.add(id(1), data: #"{"chain":"plain"}"#, outside: true) }
        try store.finish()
        let database = try Database(path: directory.path("s.db"), mode: .readOnly)
        let heads = try database.query("SELECT data, ceased FROM facts ORDER BY seq") { "\($0.text(0)) \($0.int(1))" }
        #expect(
            heads == [
                #"{"chain":"plain"} 0"#, #"{"chain":"corrected","head":true} 0"#, #"{"chain":"ceased","head":true} 1"#,
                #"{"chain":"restored"} 0"#,
            ])
        #expect(try database.query("SELECT code FROM tiles_current") { $0.text(0) } == ["U1"])
    }
}
