import AgencyKit
import CitizenStatus
import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// What the gate does with the originals of dead letters that an operator sends again.
@Suite struct GateRedrivenTests {
    private typealias Bench = GateBench

    private static let kommun = AgencyID("kommun-0180")!

    /// A journal with one dead letter: what `agency` could not handle, or the bus refused.
    private static func journal(
        _ reason: DeadLetter.Reason, of original: [UInt8], id: String, by agency: AgencyID, at minute: Int64 = 2
    ) throws -> (store: StatusStore, letter: EventID) {
        var letter = DeadLetter(reason, "why", topic: Bench.topics[Int(Bench.note)].name, original: original)
        letter.id = id
        let instant = Bench.minute(minute)
        let name = EventID.v7(milliseconds: instant.milliseconds, ordinal: 4_095, hash62: 99)
        let envelope = EventEnvelope(id: name, source: agency, subject: Bench.ek, time: instant)
        let value = letter.message(envelope, owner: .kommun, limit: 1 << 20)
        let store = try StatusStore(path: ":memory:", topics: Bench.topics.map(\.name))
        var batch = InstantBatch(instant: instant)
        value.withUnsafeBytes { batch.append($0, id: name, topic: 0, isDeadLetter: true) }
        try store.append(batch)
        try store.checkpoint(instant: instant)
        return (store, name)
    }

    private static func header(_ letter: EventID, _ attempt: Int = 1) -> [DeadLetter.Header] {
        let text = RedriveHeader(letter: "\(letter)", attempt: attempt).text
        return [DeadLetter.Header(name: RedriveHeader.name, value: Array(text.utf8))]
    }

    /// Has the gate read what was written, and settles what has to be looked up in the journal.
    private static func settle(_ bench: Bench, _ store: StatusStore, own isKnown: Bool) throws {
        try bench.readOutsiders()
        while !bench.gate.outside.claims.isEmpty {
            for claim in bench.gate.outside.takeClaims() {
                if let header = claim.redrive {
                    bench.gate.settle(claim, of: header, try EventID(text: header.letter).flatMap(store.deadLetter))
                } else {
                    bench.gate.settle([claim], isKnown: [isKnown])
                }
            }
        }
    }

    private static func own(_ bench: Bench) throws -> (id: EventID, value: [UInt8]) {
        let slice = try #require(try bench.play(1, [("own", Bench.ek)]).first)
        let message = try #require(slice.messages.first)
        return (message.id, Array(slice.bytes[message.start..<message.start + message.count]))
    }

    @Test func `what an agency could not handle is given to that agency again, each redrive once`() throws {
        let bench = Bench()
        let (id, value) = try Self.own(bench)
        let (store, letter) = try Self.journal(.notHandled, of: value, id: "\(id)", by: Self.kommun)
        for (attempt, minute) in [(1, 3), (2, 5)] as [(Int, Int64)] {
            for _ in 1...2 { bench.log.store.append(value, topic: Bench.note, headers: Self.header(letter, attempt)) }
            bench.gate.waitingAt = Bench.minute(minute - 1)
            try Self.settle(bench, store, own: true)
            let slices = try bench.play(minute)
            #expect(slices.flatMap(\.messages).map(\.id) == [id])
            #expect(slices.flatMap(\.messages).map(\.isOutside) == [true])
            #expect(slices.flatMap(\.addressees).map(\.agency) == [Self.kommun])
            #expect(bench.gate.takeRecord().redelivered == 1)
        }
        #expect(bench.letters.isEmpty)
    }

    @Test(arguments: [
        (DeadLetter.Reason.notHandled, AgencyID("kommun-0180")), (.predecessorMissing, AgencyID("kommun-0180")),
        (.skipped, nil),
    ])
    func `who is given it again is who has the letter, or all where nobody was given it`(
        reason: DeadLetter.Reason, addressee: AgencyID?
    ) throws {
        let bench = Bench()
        let (id, value) = try Self.own(bench)
        let (store, letter) = try Self.journal(reason, of: value, id: "\(id)", by: addressee ?? .livsbuss)
        bench.log.store.append(value, topic: Bench.note, headers: Self.header(letter))
        bench.gate.waitingAt = Bench.minute(2)
        try Self.settle(bench, store, own: true)
        let slices = try bench.play(3)
        #expect(slices.flatMap(\.messages).count == 1)
        #expect(slices.flatMap(\.addressees).map(\.agency) == (addressee.map { [$0] } ?? []))
    }

    @Test func `an outsider's record that was refused is no copy of itself when it is sent again`() throws {
        let bench = Bench()
        let refused = Outsider(subject: "somebody")
        bench.log.store.append(refused.value, topic: Bench.note)
        try bench.readOutsiders()
        #expect(bench.letters.map(\.reason) == ["unknown-subject"])
        let (store, letter) = try Self.journal(.unknownSubject, of: refused.value, id: "1", by: .livsbuss)
        // The same source and id, about somebody who is there.
        let mended = Outsider()
        #expect(mended.source == refused.source && mended.id == refused.id)
        for _ in 1...2 { bench.log.store.append(mended.value, topic: Bench.note, headers: Self.header(letter)) }
        try Self.settle(bench, store, own: false)
        let slices = try bench.play(1)
        #expect(Bench.texts(slices).filter { $0 == "outside" } == ["outside"])
        #expect(slices.flatMap(\.addressees).isEmpty)
        #expect(bench.gate.takeRecord().redelivered == 1)
    }

    @Test(arguments: ["another letter", "another value", "another topic"])
    func `the header alone moves nothing: without a letter of the same original a record is judged as any other`(
        what: String
    ) throws {
        let bench = Bench()
        let (id, value) = try Self.own(bench)
        var original = value
        if what == "another value" { original.append(UInt8(ascii: " ")) }
        let (store, letter) = try Self.journal(.notHandled, of: original, id: "\(id)", by: Self.kommun)
        let named = what == "another letter" ? EventID.v7(milliseconds: 60_000, ordinal: 0, hash62: 1) : letter
        bench.log.store.append(
            value, topic: what == "another topic" ? 1 : Bench.note, headers: Self.header(named))
        bench.gate.waitingAt = Bench.minute(2)
        // The journal knows the message itself, on its own topic.
        try Self.settle(bench, store, own: what != "another topic")
        #expect(bench.letters.map(\.reason) == (what == "another topic" ? ["wrong-topic"] : []))
        #expect(bench.gate.takeRecord().redelivered == (what == "another topic" ? 0 : 1))
        #expect(try bench.play(3).flatMap(\.addressees).isEmpty)
    }

    @Test func `a redrive is kept by a checkpoint, with whom it is for and with what it is told from copies by`() throws
    {
        let bench = Bench()
        let (id, value) = try Self.own(bench)
        let (store, letter) = try Self.journal(.notHandled, of: value, id: "\(id)", by: Self.kommun)
        bench.log.store.append(value, topic: Bench.note, headers: Self.header(letter))
        bench.gate.waitingAt = Bench.minute(2)
        try Self.settle(bench, store, own: true)
        var later = OutsideBook()
        for (row, bytes) in bench.gate.outside.changes() {
            let isRead = bytes.withUnsafeBytes { later.restore(row: row, $0, played: Bench.minute(2)) }
            #expect(isRead)
        }
        let kept = later.pending
        #expect(kept.map(\.id) == [id])
        #expect(kept.map(\.redrive?.addressee) == [Self.kommun])
        #expect(later.admit(try #require(kept.first)) == .again)
    }

    @Test func `what operators note about letters is passed over`() throws {
        let bench = Bench()
        let note = Outsider(type: "kommun.dead-letter.state.v1", subject: "somebody")
        bench.log.store.append(note.value, topic: 0)
        try bench.readOutsiders()
        let record = bench.gate.takeRecord()
        #expect(record.refused == 0 && record.notices.isEmpty && bench.letters.isEmpty)
    }

    @Test(arguments: ["", "a", "a 0", "a -1", "a 1 2", " 1", "a x"])
    func `a header that names no letter and number is none`(text: String) {
        #expect(RedriveHeader(Array(text.utf8)) == nil)
        #expect(RedriveHeader(Array("a 12".utf8)) == RedriveHeader(letter: "a", attempt: 12))
    }
}
