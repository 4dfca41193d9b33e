import AgencyKit
import CitizenStatus
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// The rules of time and order, held against agencies and messages that a seed has drawn.
@Suite struct EngineRuleTests {
    static let seeds = Array(1...20 as ClosedRange<UInt64>)

    private static let resolution = Instant(milliseconds: 60_000).milliseconds

    /// What two plays of the same must share.
    private struct Outcome: Equatable {
        var digests: [RunDigest]
        var messages: [Int]
        var deadLetters: Int
        var pendingCount: Int
        var instants: Int
        var end: Instant?

        init(_ result: RunResult) {
            digests = result.digests
            messages = result.messages
            deadLetters = result.deadLetters
            pendingCount = result.pendingCount
            instants = result.instants
            end = result.end
        }
    }

    @Test(arguments: seeds)
    func `messages and timers keep their order and their instants`(seed: UInt64) throws {
        let played = try GeneratedRun(seed: seed).play()
        #expect(zip(played.instants, played.instants.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
        // In canonical order, over instants and slices.
        #expect(zip(played.shown, played.shown.dropFirst()).allSatisfy { $0.id < $1.id }, "seed \(seed)")
        var instants: [EventID: Instant] = [:]
        var author: [String: (number: Int, id: EventID)] = [:]
        for shown in played.shown {
            instants[shown.id] = shown.instant
            #expect(shown.id.milliseconds == shown.instant.milliseconds, "seed \(seed)")
            if let cause = shown.envelope.causationID, let known = instants[cause] {
                #expect(known < shown.instant, "seed \(seed): \(shown.id) comes at the instant of its cause")
            }
            guard let content = shown.content, content.made > 0 else { continue }
            #expect(content.made < shown.instant.milliseconds, "seed \(seed): \(shown.id) comes when it is made")
            // One handling's messages of one due time keep the order in which it made them.
            let handling = "\(content.by) \(content.of) \(content.made) \(shown.instant) \(content.history)"
            if let earlier = author[handling] {
                #expect(earlier.number < content.number && earlier.id < shown.id, "seed \(seed): \(handling)")
            }
            author[handling] = (content.number, shown.id)
        }
        holdHandlings(played.handlings, seed)
    }

    private func holdHandlings(_ handlings: [GeneratedHandling], _ seed: UInt64) {
        struct Key: Hashable {
            var agency: AgencyID
            var subject: Subject
        }
        #expect(zip(handlings, handlings.dropFirst()).allSatisfy { $0.now <= $1.now }, "seed \(seed)")
        var last: [Key: GeneratedHandling] = [:]
        var handled: Set<String> = []
        for handling in handlings {
            let key = Key(agency: handling.agency, subject: handling.subject)
            switch handling.what {
            case .message(let id):
                #expect(
                    id.milliseconds == handling.now.milliseconds, "seed \(seed): \(id) is not handled at its instant")
                #expect(handled.insert("\(key.agency) \(id)").inserted, "seed \(seed): \(id) is handled twice")
            case .timer(let name, let due):
                #expect(
                    due.roundedUp(to: Self.resolution) == handling.now,
                    "seed \(seed): \(name) of \(key.agency), due at \(due), fires at \(handling.now)")
            }
            defer { last[key] = handling }
            guard let before = last[key], before.now == handling.now else { continue }
            let isInOrder =
                switch (before.what, handling.what) {
                case (.message(let earlier), .message(let later)): earlier < later
                case (.message, .timer): true
                case (.timer, .message): false
                case (.timer(let name, let due), .timer(let otherName, let otherDue)):
                    (due, name) < (otherDue, otherName)
                }
            #expect(isInOrder, "seed \(seed): \(before) before \(handling)")
        }
    }

    @Test(arguments: seeds, [false, true])
    func `perturbation, slices and partitions change nothing that can be seen`(seed: UInt64, isFaulty: Bool) throws {
        let run = GeneratedRun(seed: seed, isFaulty: isFaulty)
        let plain = Outcome(try run.play().result)
        #expect(plain.messages.reduce(0, +) > 20, "seed \(seed)")
        for perturbation in 1...5 as ClosedRange<UInt64> {
            var way = GeneratedRun.Way(perturbation: perturbation)
            way.sliceMessages = [1, 3, 4_096][Int(perturbation) % 3]
            way.partitions = [1, 4][Int(perturbation) % 2]
            let played = try run.play(way)
            #expect(Outcome(played.result) == plain, "seed \(seed), perturbation \(perturbation)")
            #expect(isFaulty || (played.result.redelivered > 0) == (perturbation % 3 == 2), "seed \(seed)")
        }
        for size in [1, 3] {
            #expect(
                Outcome(try run.play(.init(sliceMessages: size)).result) == plain, "seed \(seed), slices of \(size)")
        }
    }

    @Test(arguments: seeds, [false, true])
    func `a world is the same alone as beside another`(seed: UInt64, isFaulty: Bool) throws {
        let run = GeneratedRun(seed: seed, isFaulty: isFaulty)
        let both = try run.play().result
        for world in run.worlds.indices {
            let alone = try run.play(.init(worlds: [world])).result
            #expect(alone.digests == [both.digests[world]], "seed \(seed), world \(world)")
            #expect(alone.messages == [both.messages[world]], "seed \(seed), world \(world)")
        }
        let turned = try run.play(.init(worlds: [1, 0])).result
        #expect(turned.digests == both.digests.reversed(), "seed \(seed)")
    }

    @Test(arguments: seeds, [false, true])
    func `a run that stops at a random instant and goes on is the run that did not stop`(seed: UInt64, isFaulty: Bool)
        throws
    {
        let run = GeneratedRun(seed: seed, isFaulty: isFaulty)
        func store() throws -> StatusStore {
            try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
        }
        // Of these every second has everything delivered twice.
        let perturbation: UInt64 = seed % 2 == 0 ? 0 : 2
        let whole = try run.play(.init(perturbation: perturbation, store: store()))
        var stream = RandomStream(state: seed &* 7_919)
        for sameLog in [true, false] {
            let stop = 1 + stream.uniform(below: whole.instants.count - 1)
            let records = ScriptedRecords(topics: GeneratedRun.topics.count)
            let kept = try store()
            let first = try run.play(
                .init(
                    perturbation: perturbation, store: kept, log: ScriptedLog(records), stop: stop,
                    wantsCheckpoint: { $0 % 3 == 0 }))
            #expect(first.result.isCut && first.instants.count == stop, "seed \(seed), stopped before \(stop)")
            let second = try run.play(
                .init(
                    perturbation: perturbation, store: kept,
                    log: sameLog ? ScriptedLog(records) : ScriptedLog(topics: GeneratedRun.topics.count),
                    goesOn: (true, sameLog)))
            #expect(Outcome(second.result) == Outcome(whole.result), "seed \(seed), stopped before \(stop)")
            #expect(second.result.redelivered == whole.result.redelivered, "seed \(seed), stopped before \(stop)")
            #expect(first.instants + second.instants == whole.instants, "seed \(seed), stopped before \(stop)")
        }
    }
}
