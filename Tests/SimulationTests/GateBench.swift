import Contracts
import AgencyKit
import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// A note of the tests: any text.
struct TestNote: LifeEvent {
    static let type = EventType("skatteverket.note.v1")

    var text: String
}

/// A gate on a scripted log, without hosts.
final class GateBench {
    static let topics: [(name: String, limit: Int)] = [
        ("kommun.dead-letter.v1", 1 << 20), ("kommun.note.v1", 1 << 20), ("livsbuss.dead-letter.v1", 1 << 20),
        ("skatteverket.dead-letter.v1", 1 << 20), ("skatteverket.note.v1", 4_096),
    ]
    static let note: Int32 = 4
    static let start = Instant(milliseconds: 1_767_225_600_000)
    static let ek = Subject(seed: 1, scenario: "gate", case: "", name: "Ek")
    static let alm = Subject(seed: 1, scenario: "gate", case: "", name: "Alm")

    let log: ScriptedLog
    let gate: Gate
    private var made: UInt64 = 0

    init(
        _ settings: RunSettings = RunSettings(), log: ScriptedLog = ScriptedLog(topics: topics.count),
        played: [AgencyID] = [.skatteverket], schemas: MessageSchemas = MessageSchemas(),
        sayings: SayingRights = SayingRights(), access: AccessRights = AccessRights(),
        places: PlaceNumbers = PlaceNumbers()
    ) {
        self.log = log
        gate = Gate(
            log: log, topics: Self.topics, schemas: schemas, sayings: sayings,
            protections: TopicProtections(access, topics: Self.topics.map(\.name)), places: places,
            askedConsents: TopicConsents(access, topics: Self.topics.map(\.name)), settings: settings,
            effects: settings.effects(on: Self.topics))
        gate.waitingAt = Self.start
        for number in 0..<2 as Range<Int32> {
            gate.membership.add(
                World(
                    name: "w\(number)", correlations: [], persons: number == 0 ? [Self.ek, Self.alm] : [],
                    agencies: played, until: .latest, script: []), number: number)
        }
    }

    static func minute(_ minute: Int64) -> Instant { start + .minutes(minute) }

    /// A message as the run makes it.
    static func value(
        _ id: EventID, _ text: String = "hej", source: AgencyID = .skatteverket, about subject: Subject = ek,
        at instant: Instant
    ) throws -> [UInt8] {
        var writer = JSONWriter()
        let envelope = EventEnvelope(id: id, source: source, subject: subject, time: instant)
        try envelope.write(type: TestNote.type, into: &writer) { try $0.encode(TestNote(text: text)) }
        return writer.bytes
    }

    /// The messages of an instant: texts with whom they are about.
    func bucket(_ minute: Int64, _ notes: [(String, Subject)], world: Int32 = 0) throws -> OutboxBucket {
        var bucket = OutboxBucket()
        for (text, subject) in notes {
            made += 1
            let instant = Self.minute(minute)
            let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: made &* 0x9E37_79B9_7F4A_7C15)
            try Self.value(id, text, about: subject, at: instant).withUnsafeBytes {
                _ = bucket.append(id, Self.note, world, subject, $0)
            }
        }
        return bucket
    }

    /// Plays an instant: publishes the messages and the letters that are due, and collects all slices.
    @discardableResult
    func play(_ minute: Int64, _ bucket: OutboxBucket = OutboxBucket()) throws -> [Slice] {
        var bucket = bucket
        gate.letters.takeDue(Self.minute(minute), into: &bucket)
        bucket.sort()
        try gate.publish(bucket, at: Self.minute(minute))
        var slices: [Slice] = []
        while let slice = try gate.collect() { slices.append(slice) }
        _ = gate.finish()
        return slices
    }

    func play(_ minute: Int64, _ notes: [(String, Subject)]) throws -> [Slice] {
        try play(minute, bucket(minute, notes))
    }

    /// Has the gate read all that outsiders have written.
    func readOutsiders() throws {
        _ = log.changedPositions()
        repeat { try gate.poll(timeout: .zero) } while !log.changedPositions().isEmpty
    }

    /// The texts of slices' messages.
    static func texts(_ slices: [Slice]) -> [String] {
        slices.flatMap { slice in
            slice.messages.map { message in
                (try? JSONTape.reading(Array(slice.bytes[message.start..<message.start + message.count])) { root in
                    root["data"]?["text"]?.string ?? root["data"]?["reason"]?.string ?? "?"
                }) ?? "?"
            }
        }
    }

    /// What waits as letters: topic, reason and id of the original.
    var letters: [(topic: String, reason: String, id: EventID, original: String?, subject: Subject)] {
        gate.letters.pending.map { _, letter in
            let (reason, original) =
                (try? JSONTape.reading(letter.value) { root in
                    (root["data"]?["reason"]?.string ?? "", root["data"]?["id"]?.string)
                }) ?? ("?", nil)
            return (Self.topics[Int(letter.topic)].name, reason, letter.id, original, letter.subject)
        }
    }
}
