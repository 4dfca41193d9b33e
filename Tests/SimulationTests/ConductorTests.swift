import AgencyKit
import CitizenStatus
import Foundation
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

/// A store in a folder that goes with it.
final class KeptStore {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "conductor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open() throws -> StatusStore {
        try StatusStore(
            path: folder.appending(path: "run.sqlite").path, topics: GeneratedRun.topics.map(\.name))
    }
}
