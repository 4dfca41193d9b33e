import AgencyKit
import Contracts
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// A conductor of parts that a test has made: what it asks them for, and what it lists of what they still have at the end.
@Suite struct ConductorPartsTests {
    private typealias Bench = GateBench

    /// A conductor of an empty host, a gate on a scripted log and a recorder without a store, with one world of ten minutes
    /// in which a scenario says a note at the first and the fifth.
    private static func conductor() throws -> Conductor {
        let settings = RunSettings()
        let gate = Bench(settings).gate
        let conductor = Conductor(
            settings: settings, topics: Bench.topics,
            host: Host([], settings: settings.effects(on: Bench.topics), access: AccessRights()), gate: gate,
            recorder: Recorder(store: nil))
        let script = try [1, 5].map { (minute: Int64) in
            let id = EventID.v7(milliseconds: Bench.minute(minute).milliseconds, ordinal: 0, hash62: UInt64(minute))
            return ScriptedMessage(
                due: Bench.minute(minute), id: id, topic: TestNote.type.topic, subject: Bench.ek,
                value: try Bench.value(id, "\(minute)", source: .citizen, at: Bench.minute(minute)))
        }
        try conductor.add(
            World(
                name: "parts", correlations: [], persons: [Bench.ek], agencies: [], until: Bench.minute(10),
                script: script))
        return conductor
    }

    @Test func `what the parts have is played at its instant, and nothing is asked between`() throws {
        let conductor = try Self.conductor()
        conductor.gate.letters.add(try Self.letter(3), due: Bench.minute(3))
        var instants: [Instant] = []
        conductor.observer.instant = { instants.append($0) }
        let result = try conductor.run()
        #expect(instants == [1, 3, 5].map { Bench.minute($0) })
        #expect(result.total == 3)
        #expect(result.pending.isEmpty)
    }

    @Test func `what outsiders have said for after the end, and letters that wait till then, are listed`() throws {
        let conductor = try Self.conductor()
        conductor.gate.letters.add(try Self.letter(20), due: Bench.minute(20))
        let outside = OutsideRecord(
            instant: Bench.minute(30), id: .v7(milliseconds: 1, ordinal: 0, hash62: 1), world: 0, topic: Bench.note,
            partition: 0, offset: 0, value: [])
        #expect(conductor.gate.outside.admit(outside) == .new)
        let result = try conductor.run()
        #expect(result.total == 2)
        #expect(result.pending.map(\.due) == [Bench.minute(20), Bench.minute(30)])
        #expect(result.pending.map(\.topic) == ["kommun.dead-letter.v1", TestNote.type.topic])
        #expect(result.pendingCount == 2)
    }

    /// A letter on the municipality's topic.
    private static func letter(_ number: UInt64) throws -> LetterBox.Letter {
        let due = Bench.minute(Int64(number))
        let id = EventID.v7(milliseconds: due.milliseconds, ordinal: 0, hash62: number)
        let envelope = EventEnvelope(id: id, source: .livsbuss, subject: Bench.ek, time: due)
        let letter = DeadLetter(.notValid, "why", topic: TestNote.type.topic, original: nil)
        return LetterBox.Letter(
            id: id, topic: 0, world: 0, subject: Bench.ek,
            value: letter.message(envelope, owner: .kommun, limit: 1 << 20))
    }
}
