import AgencyKit
import CitizenStatus
import Hosting
import JSON
import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// A run that is paced by a clock.
@Suite struct PacedRunTests {
    /// A clock that stands still but for the waits of the run.
    private final class FakeClock {
        var milliseconds: Int64 = 0
        private(set) var waits: [Duration] = []

        func wait(_ span: Duration) {
            waits.append(span)
            milliseconds += max(
                1, span.components.seconds * 1_000 + span.components.attoseconds / 1_000_000_000_000_000)
        }
    }

    /// Plays paced at a minute a second; what outsiders write comes when the clock has reached a time.
    private static func play(
        _ written: [(milliseconds: Int64, value: [UInt8])], store: StatusStore? = nil,
        records: ScriptedRecords = ScriptedRecords(topics: GeneratedRun.topics.count),
        killAtWrite: Int? = nil
    ) throws -> GeneratedRun.Played {
        let (clock, log) = (FakeClock(), ScriptedLog(records))
        var left = written
        log.beforePoll = { span in
            clock.wait(span)
            while let next = left.first, next.milliseconds <= clock.milliseconds {
                left.removeFirst()
                records.append(next.value, topic: 6)
                if written.count - left.count == killAtWrite { log.isDead = true }
            }
        }
        return try ConductorTests.run.play(
            .init(
                store: store, log: log, wantsCheckpoint: { _ in true },
                pacer: Pacer(speed: 60, now: { clock.milliseconds })))
    }

    private static func outsider(_ id: String, _ more: String = "") -> [UInt8] {
        var outsider = Outsider()
        outsider.id = "\"\(id)\""
        outsider.type = "skatteverket.generated.v1"
        outsider.subject = ConductorTests.run.worlds[0].persons[0].description
        outsider.text = "x"
        return outsider.value + Array(more.utf8)
    }

    @Test func `a paced run says what an unpaced one says`() throws {
        let (plain, paced) = (try ConductorTests.run.play(), try Self.play([]))
        #expect(paced.result.digests == plain.result.digests)
        #expect(paced.instants == plain.instants)
    }

    @Test func `what outsiders write while the run waits has its own instant, in order`() throws {
        // The first gap between two instants that leaves room for instants of its own.
        let plain = try ConductorTests.run.play()
        let first = try #require(plain.instants.first)
        let gap = try #require(
            zip(plain.instants, plain.instants.dropFirst()).first { ($1 - $0).milliseconds >= 5 * 60_000 })
        // At a minute a second; one that can be read, and one that becomes a dead letter.
        let arrival = (gap.0 - first).milliseconds / 60 + 1_100
        let played = try Self.play([
            (arrival, Self.outsider("1")), (arrival, Self.outsider("2", "}")),
        ])
        let added = played.instants.filter { !plain.instants.contains($0) }
        #expect(added.first.map { gap.0 < $0 && $0 < gap.1 } == true)
        #expect(zip(played.instants, played.instants.dropFirst()).allSatisfy { $0 < $1 })
        #expect(played.result.outside == 1)
        #expect(played.result.refused == 1)
        let letters = played.shown.filter {
            $0.type == "skatteverket.dead-letter.v1" && $0.envelope.source == .livsbuss
        }
        #expect(letters.count == 1)
        #expect(letters.first.map { gap.0 < $0.instant && $0.instant < gap.1 } == true)
    }

    @Test func `the journal tells a redelivery of the run's own from a record that borrows its form`() throws {
        let run = ConductorTests.run
        let plain = try run.play()
        let (clock, records) = (FakeClock(), ScriptedRecords(topics: GeneratedRun.topics.count))
        let log = ScriptedLog(records)
        let borrowed = EventEnvelope(
            id: .v7(milliseconds: try #require(plain.instants.first).milliseconds, ordinal: 9, hash62: 9),
            source: .skatteverket, subject: run.worlds[0].persons[0], time: try #require(plain.instants.first))
        var writer = JSONWriter()
        try borrowed.write(type: FirstGenerated.type, into: &writer) {
            try $0.encode(FirstGenerated(GeneratedContent(hops: 1)))
        }
        var isWritten = false
        log.beforePoll = { span in
            clock.wait(span)
            // Once the instant of both is over.
            guard !isWritten, clock.milliseconds > 500,
                let topic = records.records.firstIndex(where: { !$0.isEmpty }),
                let own = records.records[topic].first?.value
            else { return }
            isWritten = true
            records.append(own, topic: Int32(topic))
            records.append(writer.bytes, topic: 6)
        }
        let store = try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
        let played = try run.play(
            .init(store: store, log: log, pacer: Pacer(speed: 60, now: { clock.milliseconds })))
        #expect(played.result.redelivered == plain.result.redelivered + 1)
        #expect(played.result.refused == 1)
        #expect(played.result.outside == 0)
        #expect(played.result.messages == plain.result.messages)
    }

    @Test(arguments: [1, 2, 3, 5, 8])
    func `a run that dies while it waits has kept what was before, and what outsiders said`(count: Int) throws {
        let written = (1...count).map { (Int64($0) * 2_300, Self.outsider("\($0)")) }
        let plain = try KeptStore()
        let whole = try Self.play(written, store: plain.open())
        #expect(whole.result.outside == count)
        let kept = try KeptStore()
        let records = ScriptedRecords(topics: GeneratedRun.topics.count)
        #expect(throws: KafkaError.self) {
            try Self.play(written, store: kept.open(), records: records, killAtWrite: count)
        }
        let second = try ConductorTests.run.play(
            .init(store: kept.open(), log: ScriptedLog(records), goesOn: (true, true)))
        #expect(second.result.digests == whole.result.digests)
        #expect(second.result.outside == count)
        #expect(second.result.redelivered == whole.result.redelivered)
        #expect(second.result.instants == whole.result.instants)
    }
}
