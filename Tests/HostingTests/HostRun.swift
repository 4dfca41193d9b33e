import AgencyKit
import Contracts
import JSON
import LifeEvents
import Planes
import Testing

@testable import Hosting

/// Plays a host instant by instant, without Kafka and without a database: what it has due is what it hears.
final class HostRun {
    static let start = Instant(milliseconds: 1_767_225_600_000)
    static let topics: [(name: String, limit: Int)] = [
        ("forsakringskassan.dead-letter.v1", 1 << 20), ("kommun.dead-letter.v1", 1 << 20),
        ("skatteverket.dead-letter.v1", 1 << 20), ("skatteverket.word.v1", 4_096),
    ]
    static let settings = EffectSettings(seed: 7, resolution: 60_000, topics: topics)

    /// A message as it was heard.
    struct Heard: Equatable {
        var minute: Int64
        var id: EventID
        var source: AgencyID?
        var subject: Subject
        var type: String
        var text: String
        var value: [UInt8]
    }

    let host: Host
    private(set) var script = Script()
    /// Everything that was on the bus, in the order in which it was handled.
    private(set) var heard: [Heard] = []
    /// What handlings gave, by instant.
    private(set) var records: [HandlingRecord] = []
    /// Rows as a checkpoint keeps them.
    private(set) var rows: [HostChange] = []
    private(set) var pages: [(runner: Int, number: Int64, value: [UInt8])] = []
    private let sliceMessages: Int
    private var played = Instant(milliseconds: 0)
    private var count: UInt64 = 0

    init(
        _ code: [(any Agency, [AgencyID])], worlds: [HostedWorld], sliceMessages: Int = .max,
        access: AccessRights = AccessRights(), plane: Plane? = nil
    ) {
        host = Host(
            code.map { AgencyRunner.runner(for: $0.0, playing: $0.1) }, settings: Self.settings, access: access,
            plane: plane)
        self.sliceMessages = sliceMessages
        for world in worlds { host.join(world) }
    }

    init(_ runners: [AgencyRunner], sliceMessages: Int) {
        host = Host(runners, settings: Self.settings, access: AccessRights())
        self.sliceMessages = sliceMessages
    }

    static func person(_ name: String) -> Subject { Subject(seed: 7, scenario: "parts", case: "", name: name) }

    static func minute(_ minute: Int64) -> Instant { start + .minutes(minute) }

    /// Has somebody outside say a word.
    /// - Parameter previous: the message that a change is of; nil: one that nobody has heard.
    @discardableResult
    func say(
        _ word: String, about name: String = "Ek", at minute: Int64, world: Int32 = 0, town: String? = nil,
        change: ChangeType? = nil, of previous: EventID? = nil, from source: AgencyID = .citizen
    ) throws -> EventID {
        count += 1
        let due = Self.minute(minute)
        let id = EventID.v7(milliseconds: due.milliseconds, ordinal: 0, hash62: count)
        let envelope = EventEnvelope(
            id: id, source: source, subject: Self.person(name), time: due,
            correlationID: .custom(hash: (1, 2)), change: change,
            previousID: change.map { _ in previous ?? .custom(hash: (1, 3)) })
        var writer = JSONWriter()
        try envelope.write(type: Word.type, into: &writer) { writer in
            if change == .annulled {
                Annulled<Word>(reasonCode: word).write(json: &writer)
            } else {
                try writer.encode(Word(text: word, town: town))
            }
        }
        try script.add(
            [
                ScriptedMessage(
                    due: due, id: id, topic: Word.type.topic, subject: envelope.subject, value: writer.bytes)
            ], world: world, index: Self.settings.topicIndex)
        return id
    }

    var nextDue: Instant? { [host.nextDue, script.nextDue].compactMap(\.self).min() }

    /// Plays the next instant; false if there is none by the last minute.
    @discardableResult
    func playInstant(last: Int64 = 100_000) throws -> Bool {
        guard let instant = nextDue, instant <= Self.minute(last) else { return false }
        #expect(instant > played)
        played = instant
        var bucket = OutboxBucket()
        host.due(instant, into: &bucket)
        script.takeDue(instant, into: &bucket)
        bucket.sort()
        #expect(bucket.isSorted)
        records.append(try host.begin(instant))
        var next = 0
        while next < bucket.entries.count {
            let end = next + min(sliceMessages, bucket.entries.count - next)
            try handle(bucket, next..<end, instant)
            next = end
        }
        records.append(host.fireTimers(at: instant))
        return true
    }

    private func handle(_ bucket: OutboxBucket, _ range: Range<Int>, _ instant: Instant) throws {
        var slice = Slice(instant: instant)
        for entry in bucket.entries[range] {
            try bucket.withValue(of: entry) { value in
                slice.append(value, id: entry.id, world: entry.world, topic: entry.topic, isOutside: false)
                try note(value, instant)
            }
        }
        records.append(try host.handle(slice))
    }

    private func note(_ value: UnsafeRawBufferPointer, _ instant: Instant) throws {
        var tape = JSONTape()
        let event = try ReadEvent.parse(value, &tape)
        heard.append(
            Heard(
                minute: (instant - Self.start).milliseconds / 60_000, id: event.envelope.id,
                source: event.envelope.source, subject: event.envelope.subject, type: event.type.string ?? "",
                text: event.data?["text"]?.string ?? event.data?["detail"]?.string ?? "", value: Array(value)))
    }

    /// Plays to the end, or to a minute.
    func play(through last: Int64 = 100_000) throws { while try playInstant(last: last) {} }

    /// What was heard, as lines of minute, speaker and text.
    var lines: [String] {
        heard.map { "\($0.minute) \($0.source.map { "\($0)" } ?? "-"): \($0.text)" }
    }

    // MARK: - Checkpoints

    /// Keeps what has changed, as a checkpoint between two instants does.
    func save() throws {
        for change in host.changes() {
            rows.removeAll { $0.kind == change.kind && $0.key == change.key }
            if try change.value() != nil { rows.append(change) }
        }
        try host.takeCaseChanges { runner, page in
            let value = try page.value { number in
                try #require(pages.first { $0.runner == runner && $0.number == number }).value
            }
            pages.removeAll { $0.runner == runner && $0.number == page.number }
            if let value { pages.append((runner, page.number, value)) }
        }
    }

    /// Goes on from what another run has saved, as if its process had ended.
    func goOn(from former: HostRun) throws {
        played = former.played
        rows = former.rows
        pages = former.pages
        heard = former.heard
        script = former.script
        for page in former.pages.sorted(by: { ($0.runner, $0.number) < ($1.runner, $1.number) }) {
            try page.value.withUnsafeBytes { try host.restore(runner: page.runner, page: page.number, $0) }
        }
        for row in former.rows.sorted(by: { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }) {
            let isTaken = (try row.value() ?? []).withUnsafeBytes {
                host.restore(row.kind, key: row.key, $0, played: former.played)
            }
            #expect(isTaken)
        }
        _ = host.restored()
    }
}
