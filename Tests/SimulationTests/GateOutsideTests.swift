import AgencyKit
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// What the gate does with records that the run has not written.
@Suite struct GateOutsideTests {
    private typealias Bench = GateBench

    struct Written: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var value: [UInt8]
        var key: String?
        var headers: [DeadLetter.Header] = []
    }

    private static func written(
        _ name: String, key: String? = nil, _ change: (inout Outsider) -> Void = { _ in }
    ) -> Written {
        var outsider = Outsider()
        change(&outsider)
        return Written(testDescription: name, value: outsider.value, key: key)
    }

    /// Looks as the run's own do: version 7, on the grid, with the milliseconds of its time.
    private static let ownForm = EventID.v7(milliseconds: Bench.minute(1).milliseconds, ordinal: 3, hash62: 77)

    static let refused: [(Written, DeadLetter.Reason)] = [
        (Written(testDescription: "no JSON", value: Array("hello".utf8)), .notAnEvent),
        (Written(testDescription: "nothing", value: []), .notAnEvent),
        (Written(testDescription: "no UTF-8", value: [0x22, 0xFF, 0x22]), .notAnEvent),
        (Written(testDescription: "no event", value: Array("{}".utf8)), .notAnEvent),
        (written("an id that is a number") { $0.id = "1" }, .notAnEvent),
        (written("a source that is too long") { $0.source = String(repeating: "s", count: 599) }, .notAnEvent),
        (written("another key", key: "other"), .wrongKey),
        (written("a type of another topic") { $0.type = "kommun.note.v1" }, .wrongTopic),
        (written("a type of nobody") { $0.type = "note" }, .wrongTopic),
        (written("a stranger") { $0.subject = "somebody" }, .unknownSubject),
        (written("an agency that is played") { $0.source = "/agency/skatteverket" }, .playedSource),
        (written("the bus itself") { $0.source = "/agency/livsbuss" }, .playedSource),
        (
            written("the form of the run's own") {
                $0.source = "/agency/skatteverket"
                $0.id = "\"\(ownForm)\""
                $0.more = #","time":"2026-01-01T00:01:00.000Z""#
            }, .playedSource
        ),
        (written("a change of nothing") { $0.more = #","changetype":"CORRECTED""# }, .brokenChain),
        (written("a predecessor without a change") { $0.more = #","previousid":"x""# }, .brokenChain),
        (
            written("a change of what an agency of the run has told") {
                $0.source = "/agency/kommun-0180"
                $0.more = #","changetype":"CORRECTED","previousid":"\#(ownForm)""#
            }, .brokenChain
        ),
        (written("too many bytes") { $0.text = String(repeating: "x", count: 5_000) }, .tooLarge),
    ]

    @Test(arguments: refused.indices)
    func `what may not be said becomes a dead letter with the reason, and disturbs nothing`(index: Int) throws {
        let (record, reason) = Self.refused[index]
        let bench = Bench()
        bench.log.store.append(
            record.value, topic: Bench.note, key: record.key.map { Array($0.utf8) }, headers: record.headers)
        #expect(Bench.texts(try bench.play(1, [("own", Bench.ek)])) == ["own"], "\(record.testDescription)")
        // The journal has nothing of what claims to be the run's own.
        let claims = bench.gate.outside.takeClaims()
        bench.gate.settle(claims, isKnown: claims.map { _ in false })
        #expect(bench.letters.map(\.reason) == [reason.rawValue], "\(record.testDescription)")
        #expect(bench.letters.map(\.topic) == ["skatteverket.dead-letter.v1"])
        let gateRecord = bench.gate.takeRecord()
        #expect(gateRecord.refused == 1)
        #expect(gateRecord.deadLetters == 1)
        #expect(bench.gate.nextDue == Bench.minute(2))
        #expect(Bench.texts(try bench.play(2)) == [reason.rawValue])
        #expect(bench.gate.nextDue == nil)
    }

    static let admitted: [Written] = [
        written("no key"), written("the subject's key", key: Bench.ek.description),
        written("an agency that others play") { $0.source = "/agency/kommun-0180" },
        written("a citizen") { $0.source = "/agency/citizen" },
        written("a change of what was said outside") { $0.more = #","changetype":"CORRECTED","previousid":"before""# },
        written("a citizen in the form of the run's own") {
            $0.source = "/agency/citizen"
            $0.id = "\"\(ownForm)\""
            $0.more = #","time":"2026-01-01T00:01:00.000Z""#
        },
        Written(
            testDescription: "the attributes in headers", value: Array(#"{"text":"outside"}"#.utf8),
            headers: [
                ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_type", "skatteverket.note.v1"), ("ce_source", "/kcat"),
                ("ce_subject", Bench.ek.description), ("content-type", "application/json"),
            ].map { DeadLetter.Header(name: $0.0, value: Array($0.1.utf8)) }),
    ]

    @Test(arguments: admitted)
    func `what may be said is handled at the next instant, after the run's own`(record: Written) throws {
        let bench = Bench()
        bench.log.store.append(
            record.value, topic: Bench.note, key: record.key.map { Array($0.utf8) }, headers: record.headers)
        #expect(Bench.texts(try bench.play(1, [("own", Bench.ek)])) == ["own"])
        // The journal has nothing of what claims to be the run's own.
        let claims = bench.gate.outside.takeClaims()
        bench.gate.settle(claims, isKnown: claims.map { _ in false })
        #expect(bench.letters.isEmpty)
        #expect(bench.gate.nextDue == Bench.minute(2))
        let slices = try bench.play(2, [("later", Bench.ek)])
        #expect(Bench.texts(slices) == ["later", "outside"])
        #expect(slices.flatMap(\.messages).map(\.isOutside) == [false, true])
        #expect(slices.flatMap(\.messages).map(\.world) == [0, 0])
    }

    @Test func `an outsider's message is known by source and id together`() throws {
        let bench = Bench()
        for (source, text) in [("/a", "from a"), ("/b", "from b"), ("/a", "from a"), ("/a", "another")] {
            bench.log.store.append(Outsider(source: source, text: text).value, topic: Bench.note)
        }
        _ = try bench.play(1, [("own", Bench.ek)])
        #expect(Set(Bench.texts(try bench.play(2))) == ["from a", "from b", "id-twice"])
        // Also when it has been handled long since.
        bench.log.store.append(Outsider(source: "/b", text: "from b").value, topic: Bench.note)
        #expect(Bench.texts(try bench.play(3, [("own", Bench.ek)])) == ["own"])
        #expect(bench.gate.nextDue == nil)
        #expect(bench.gate.takeRecord().redelivered == 2)
    }

    @Test func `equal records that cannot be read have a letter each, by their place, the same in every run`() throws {
        func letters() throws -> [EventID] {
            let bench = Bench()
            for _ in 0..<3 { bench.log.store.append(Array("hello".utf8), topic: Bench.note) }
            bench.log.store.append(Array("hello".utf8), topic: 1)
            try bench.readOutsiders()
            return bench.letters.map(\.id)
        }
        let first = try letters()
        #expect(Set(first).count == 4)
        #expect(try letters() == first)
    }

    @Test func `what cannot be read on a topic of dead letters stays there, and is told`() throws {
        let bench = Bench()
        bench.log.store.append(Array("hello".utf8), topic: 0)
        try bench.readOutsiders()
        #expect(bench.letters.isEmpty)
        let notices = bench.gate.takeRecord().notices
        #expect(notices.count == 1)
        #expect(
            notices.first?.hasPrefix("a record on kommun.dead-letter.v1 (partition 0, offset 0) was refused") == true)
    }

    @Test func `past the most letters of an instant records are counted and told`() throws {
        let bench = Bench()
        for number in 0..<LetterBox.mostLetters {
            let letter = LetterBox.Letter(
                id: .v7(milliseconds: 1, ordinal: 0, hash62: UInt64(number)), topic: 0, world: -1, subject: Bench.ek,
                value: [])
            bench.gate.letters.add(letter, due: bench.gate.nextInstant)
        }
        bench.log.store.append(Array("hello".utf8), topic: Bench.note)
        try bench.readOutsiders()
        let record = bench.gate.takeRecord()
        #expect(record.refused == 1)
        #expect(record.deadLetters == 0)
        #expect(record.notices.count == 1)
    }

    @Test func `what outsiders say at one instant is played in the order of the log`() throws {
        let bench = Bench()
        let texts = (1...30).map { "\($0)" }
        for text in texts {
            var outsider = Outsider()
            (outsider.id, outsider.text) = ("\"\(text)\"", text)
            bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        }
        try bench.readOutsiders()
        let rows = bench.gate.outside.changes()
        #expect(Bench.texts(try bench.play(1)) == texts)
        // Whoever goes on has the same order.
        var restored = OutsideBook()
        for (row, value) in rows.shuffled() {
            #expect(value.withUnsafeBytes { restored.restore(row: row, $0, played: .earliest) })
        }
        #expect(restored.take(Bench.minute(1)).map(\.offset) == Array(0..<30))
    }

    @Test func `past the most records of an instant an outsider is refused, and those of the next are taken`() {
        var book = OutsideBook()
        func record(_ number: Int, _ value: [UInt8] = []) -> OutsideRecord {
            OutsideRecord(
                instant: Bench.minute(1), id: .v7(milliseconds: 1, ordinal: 0, hash62: UInt64(number)), world: 0,
                topic: 0, partition: 0, offset: Int64(number), value: value)
        }
        var entries: [OutsideBook.Entry] = []
        for number in 0...OutsideBook.mostRecords { entries.append(book.admit(record(number))) }
        #expect(entries.dropLast().allSatisfy { $0 == .new })
        #expect(entries.last == .tooMany)
        #expect(book.admit(record(0)) == .again)
        #expect(book.admit(record(0, [1])) == .contradiction)
        #expect(book.take(Bench.minute(1)).count == OutsideBook.mostRecords)
        #expect(book.admit(record(OutsideBook.mostRecords)) == .new)
    }

    @Test func `what an outsider has said and what was refused is kept, and comes after going on`() throws {
        let bench = Bench()
        bench.log.store.append(Outsider().value, topic: Bench.note)
        bench.log.store.append(Array("hello".utf8), topic: Bench.note)
        _ = try bench.play(1, [("own", Bench.ek)])
        let (outside, letters) = (bench.gate.outside.changes(), bench.gate.letters.changes(played: Bench.minute(1)))
        #expect(bench.gate.outside.changes().isEmpty)
        let next = Bench()
        for (row, value) in outside {
            #expect(value.withUnsafeBytes { next.gate.outside.restore(row: row, $0, played: Bench.minute(1)) })
            for count in 0..<value.count {
                var cut = OutsideBook()
                #expect(!value.prefix(count).withUnsafeBytes { cut.restore(row: row, $0, played: Bench.minute(1)) })
            }
        }
        for (row, value) in letters {
            let value = try #require(value)
            #expect(value.withUnsafeBytes { next.gate.letters.restore(row: row, $0, played: Bench.minute(1)) })
        }
        try next.gate.goOn(from: nil, played: Bench.minute(1), end: .latest)
        #expect(Bench.texts(try next.play(2)) == Bench.texts(try bench.play(2)))
        // What was published needs no row any more.
        #expect(next.gate.letters.changes(played: Bench.minute(2)).map(\.value) == [nil])
        // And it is known as said.
        next.log.store.append(Outsider().value, topic: Bench.note)
        _ = try next.play(3, [("own", Bench.ek)])
        #expect(next.gate.takeRecord().redelivered == 1)
    }
}
