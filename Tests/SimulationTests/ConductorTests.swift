import AgencyKit
import CitizenStatus
import Hosting
import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// The conductor with tiny agencies on a scripted log: instants, ends, going on, pace.
@Suite struct ConductorTests {
    /// One whose agencies speak, set timers and fail.
    static let run = GeneratedRun(seed: 5)

    @Test func `instants rise, lie on the grid and end with the last world`() throws {
        let played = try Self.run.play()
        #expect(played.instants.count == played.result.instants)
        #expect(played.instants.allSatisfy { $0.milliseconds % 60_000 == 0 })
        #expect(zip(played.instants, played.instants.dropFirst()).allSatisfy { $0 < $1 })
        let end = try #require(Self.run.worlds.map(\.until).max())
        #expect(played.instants.allSatisfy { $0 <= end })
        #expect(played.result.end == played.instants.last)
    }

    @Test func `nothing happens in a world after its end, and what was due then is listed`() throws {
        var whole = Self.run
        whole.end(world: 0, at: .minutes(1_000))
        var cut = Self.run
        cut.end(world: 0, at: .minutes(20))
        let (long, short) = (try whole.play(), try cut.play())
        let until = GeneratedRun.start + .minutes(20)
        let own = Set(cut.worlds[0].persons)
        func ofWorld(_ played: GeneratedRun.Played) -> [EventID] {
            played.shown.filter { own.contains($0.envelope.subject) && $0.instant <= until }.map(\.id)
        }
        #expect(ofWorld(short) == ofWorld(long))
        #expect(short.shown.allSatisfy { !own.contains($0.envelope.subject) || $0.instant <= until })
        #expect(short.handlings.allSatisfy { !own.contains($0.subject) || $0.now <= until })
        #expect(short.result.pending.contains { $0.world == 0 && $0.due > until })
        #expect(short.result.digests[1] == long.result.digests[1])
    }

    @Test func `stopped before any of its instants and taken up again it ends as if undisturbed`() throws {
        func store() throws -> StatusStore {
            try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
        }
        let whole = try Self.run.play(.init(perturbation: 2, store: store()))
        #expect(whole.instants.count > 20)
        #expect(whole.result.deadLetters > 0)
        #expect(whole.result.redelivered > 0)
        for stop in 1..<whole.instants.count {
            let (kept, records) = (try store(), ScriptedRecords(topics: GeneratedRun.topics.count))
            let first = try Self.run.play(
                .init(perturbation: 2, store: kept, log: ScriptedLog(records), stop: stop))
            #expect(first.result.isCut)
            let second = try Self.run.play(
                .init(perturbation: 2, store: kept, log: ScriptedLog(records), goesOn: (true, true)))
            expectSame(second.result, whole.result, "stopped before \(stop)")
            #expect(first.instants + second.instants == whole.instants)
        }
    }

    @Test(arguments: [true, false])
    func `a run learns of added partitions at a checkpoint, and at the latest at its end`(asks: Bool) throws {
        let log = ScriptedLog(topics: GeneratedRun.topics.count)
        var lastCount = 0
        let error = #expect(throws: KafkaError.self) {
            try Self.run.play(
                .init(
                    log: log,
                    wantsCheckpoint: { count in
                        lastCount = count
                        if count == 5 { log.partitionChange = KafkaError(code: .unknownTopic, topic: "t") }
                        return asks
                    }))
        }
        #expect(error?.topic == "t")
        let whole = try Self.run.play()
        #expect(asks ? lastCount == 5 : lastCount >= whole.instants.count - 1)
    }

    /// Every fourth instant only: each life has a file of its own.
    @Test func `killed after an instant and taken up again it ends as if undisturbed`() throws {
        let plain = try KeptStore()
        let whole = try Self.run.play(.init(store: plain.open()))
        for killed in stride(from: 1, to: whole.instants.count, by: 4) {
            let kept = try KeptStore()
            let records = ScriptedRecords(topics: GeneratedRun.topics.count)
            let log = ScriptedLog(records)
            // The process ends when the next instant's messages are to be sent; every second instant was kept.
            #expect(throws: KafkaError.self) {
                try Self.run.play(
                    .init(
                        store: kept.open(), log: log,
                        wantsCheckpoint: { count in
                            log.isDead = count >= killed
                            return count % 2 == 0
                        }))
            }
            let second = try Self.run.play(
                .init(store: kept.open(), log: ScriptedLog(records), goesOn: (true, true)))
            expectSame(second.result, whole.result, "killed after \(killed)")
        }
    }

    private func expectSame(_ result: RunResult, _ expected: RunResult, _ when: String) {
        #expect(result.digests == expected.digests, "\(when)")
        #expect(result.messages == expected.messages, "\(when)")
        #expect(result.total == expected.total, "\(when)")
        #expect(result.redelivered == expected.redelivered, "\(when)")
        #expect(result.refused == expected.refused, "\(when)")
        #expect(result.deadLetters == expected.deadLetters, "\(when)")
        #expect(result.pendingCount == expected.pendingCount, "\(when)")
        #expect(result.pending.count == expected.pending.count, "\(when)")
        #expect(result.instants == expected.instants, "\(when)")
        #expect(result.end == expected.end, "\(when)")
    }

    @Test func `a finished run that is taken up again has nothing left to play`() throws {
        let store = try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
        let whole = try Self.run.play(.init(store: store))
        let again = try Self.run.play(.init(store: store, goesOn: (true, false)))
        #expect(again.instants.isEmpty)
        #expect(again.result.instants == whole.result.instants)
        #expect(again.result.total == whole.result.total)
    }
}
