import AgencyKit
import Hosting
import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// The gate alone, on a scripted log: what the run says comes back as slices, and nothing else does.
@Suite struct GateTests {
    private typealias Bench = GateBench

    @Test(arguments: [1, 2, 3, 4_096], [1, 3])
    func `the run's own records come as slices in the order of ids, however the log shows them`(
        size: Int, partitions: Int
    ) throws {
        var settings = RunSettings(perturbation: 7)
        settings.sliceMessages = size
        let log = ScriptedLog(topics: Bench.topics.count, partitions: partitions)
        log.readsBackwards = true
        let bench = Bench(settings, log: log)
        let notes = (0..<20).map { ("\($0)", $0 % 3 == 0 ? Bench.ek : Bench.alm) }
        let bucket = try bench.bucket(1, notes)
        let slices = try bench.play(1, bucket)
        #expect(slices.flatMap(\.messages).map(\.id) == bucket.entries.map(\.id).sorted())
        #expect(Set(Bench.texts(slices)) == Set(notes.map(\.0)))
        #expect(slices.allSatisfy { $0.messages.count <= size && $0.instant == Bench.minute(1) })
        #expect(slices.flatMap(\.messages).allSatisfy { !$0.isOutside })
    }

    @Test func `what comes twice within an instant is handled once and counted`() throws {
        // Perturbations of this class have everything delivered twice.
        let bench = Bench(RunSettings(perturbation: 2))
        let slices = try bench.play(1, [("a", Bench.ek), ("b", Bench.alm)])
        #expect(Bench.texts(slices).sorted() == ["a", "b"])
        #expect(bench.gate.takeRecord().redelivered == 2)
    }

    @Test(arguments: [1, 2, 3])
    func `a message that was acknowledged and does not come is published again`(losses: Int) throws {
        let bench = Bench()
        let bucket = try bench.bucket(1, [("a", Bench.ek), ("b", Bench.alm)])
        bench.log.losing = [bucket.entries[0].id: losses]
        #expect(Bench.texts(try bench.play(1, bucket)).sorted() == ["a", "b"])
        let record = bench.gate.takeRecord()
        #expect(record.notices.count == losses)
        #expect(record.notices.allSatisfy { $0.hasPrefix("1 of the run's own records were acknowledged") })
        #expect(bench.log.sentCount == 2 + losses)
    }

    @Test func `a message that never comes ends the run with its id`() throws {
        let bench = Bench()
        let bucket = try bench.bucket(1, [("a", Bench.ek)])
        bench.log.losing = [bucket.entries[0].id: .max]
        let error = #expect(throws: LostMessages.self) { try bench.play(1, bucket) }
        #expect(
            error?.description
                == "a message was acknowledged again and again and did not come: \(bucket.entries[0].id)")
    }

    @Test func `what the log has let go of is told with its place`() throws {
        let bench = Bench()
        bench.log.losses = [
            LogLoss(topic: Bench.note, partition: 2, offsets: 10..<13, reason: "the log has let go of them")
        ]
        _ = try bench.play(1, [("a", Bench.ek)])
        #expect(
            bench.gate.takeRecord().notices == [
                "skatteverket.note.v1, partition 2: 3 records from offset 10 were not read: the log has let go of them"
            ])
    }

    // MARK: - Redeliveries

    @Test func `a record of an instant that is over is a redelivery if the journal knows it`() throws {
        let bench = Bench()
        let bucket = try bench.bucket(1, [("a", Bench.ek)])
        try bench.play(1, bucket)
        let value = bucket.withValue(of: bucket.entries[0]) { Array($0) }
        bench.log.store.append(value, topic: Bench.note)
        _ = try bench.play(2, [("b", Bench.ek)])
        let claims = bench.gate.outside.takeClaims()
        #expect(claims.map(\.id) == bucket.entries.map(\.id))
        #expect(claims.map(\.instant) == [Bench.minute(1)])
        bench.gate.settle(claims, isKnown: [true])
        var record = bench.gate.takeRecord()
        #expect(record.redelivered == 1)
        #expect(record.refused == 0)
        bench.gate.settle(claims, isKnown: [false])
        record = bench.gate.takeRecord()
        #expect(record.refused == 1)
        #expect(bench.letters.map(\.reason) == ["played-source"])
    }

    // MARK: - A former life

    @Test func `a former life's records are passed over, and an outsider's among them is not`() throws {
        let store = ScriptedRecords(topics: Bench.topics.count)
        let former = Bench(log: ScriptedLog(store))
        _ = try former.play(1, [("a", Bench.ek)])
        let positions = former.log.changedPositions()
        let second = try former.bucket(2, [("b", Bench.ek)])
        try former.play(2, second)
        let third = try former.bucket(3, [("c", Bench.ek)])
        try former.play(3, third)
        store.append(Outsider().value, topic: Bench.note)
        // It claims to be the run's own, of an instant that comes, is played, and is over.
        for (minute, number) in [(3, 901), (2, 902), (1, 903)] as [(Int64, UInt64)] {
            let instant = Bench.minute(minute)
            let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 1, hash62: number)
            store.append(try Bench.value(id, "borrowed", at: instant), topic: Bench.note)
        }
        // And what the former life had said before its checkpoint comes once more.
        store.append(store.records[Int(Bench.note)][0].value ?? [], topic: Bench.note)

        let bench = Bench(log: ScriptedLog(store))
        try bench.gate.goOn(from: positions, played: Bench.minute(1), end: .latest)
        #expect(Bench.texts(try bench.play(2, second)) == ["b"])
        #expect(bench.gate.takeRecord().redelivered == 0)
        let claims = bench.gate.outside.takeClaims()
        #expect(claims.map(\.instant) == [Bench.minute(2), Bench.minute(1), Bench.minute(1)])
        bench.gate.settle(claims, isKnown: [false, false, true])
        #expect(bench.gate.takeRecord().redelivered == 1)
        #expect(bench.letters.map(\.reason) == ["played-source", "played-source"])
        #expect(
            Bench.texts(try bench.play(3, third)).sorted() == ["c", "outside", "played-source", "played-source"])
        #expect(Bench.texts(try bench.play(4)) == ["played-source"])
    }

    @Test func `a log that is shorter than the store's offsets is another log`() {
        let bench = Bench()
        #expect(throws: KafkaError.self) {
            try bench.gate.goOn(from: [(Int64(Bench.note) * 100_000, 5)], played: Bench.minute(1), end: .latest)
        }
    }
}

/// A record that somebody else writes.
struct Outsider {
    var id = "\"1\""
    var type = "skatteverket.note.v1"
    var source = "/outside/kcat"
    var subject = GateBench.ek.description
    var text = "outside"
    var more = ""

    var value: [UInt8] {
        Array(
            (#"{"specversion":"1.0","id":\#(id),"type":"\#(type)","source":"\#(source)","subject":"\#(subject)""#
                + #"\#(more),"data":{"text":"\#(text)"}}"#).utf8)
    }
}
