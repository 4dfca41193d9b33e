import AgencyKit
import Contracts
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// An agency that follows one chain, and says what it knows.
struct Follower: Agency {
    struct Case: AgencyCase { var chain = ChainHead() }
    enum Timer: String, CaseIterable, Sendable { case none }

    static var owner: Owner { .forsakringskassan }

    var rivers: [River<Self>] {
        [
            River(
                "follow", hears: Word.self,
                mine: [Condition("is of the chain") { state, event in event.belongs(to: state.chain) }]
            ) { state, event, effects in
                if try state.chain.take(event).hasMoved {
                    try effects.publish(Word(text: "knows"), about: HostRun.person("Somebody else"))
                }
            }
        ]
    }

    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) {}
}

/// Events that wait for their predecessors, and for how long.
@Suite struct WaitingTests {
    /// What arrives: on which day the event `number` comes, which follows the one before it unless it is the first.
    struct Arrival: Sendable {
        var day: Int64
        var number: UInt64
        init(_ day: Int64, _ number: UInt64) { (self.day, self.number) = (day, number) }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var arrivals: [Arrival]
        /// `2 on 30`: the letter about the second event, and the day after whose first minute it is out.
        var letters: [String]
        /// On which days the chain moved.
        var moves: [Int64]
    }

    static let rows = [
        Row(testDescription: "in order", arrivals: [.init(0, 1), .init(1, 2)], letters: [], moves: [0, 1]),
        Row(testDescription: "a day late", arrivals: [.init(0, 2), .init(1, 1)], letters: [], moves: [1]),
        Row(testDescription: "at the last moment", arrivals: [.init(0, 2), .init(30, 1)], letters: [], moves: [30]),
        Row(testDescription: "never", arrivals: [.init(0, 2)], letters: ["2 on 30"], moves: []),
        Row(
            testDescription: "too late: the letter is out, and the chain follows all the same",
            arrivals: [.init(0, 2), .init(31, 1)], letters: ["2 on 30"], moves: [31]),
        Row(
            testDescription: "what waits for what waits, which comes",
            arrivals: [.init(0, 3), .init(5, 2), .init(29, 1)], letters: [], moves: [29]),
        Row(
            testDescription: "what waits for what waits, which does not come",
            arrivals: [.init(0, 3), .init(5, 2)], letters: ["3 on 30", "2 on 35"], moves: []),
        Row(
            testDescription: "the same event twice", arrivals: [.init(0, 2), .init(3, 2)], letters: ["2 on 30"],
            moves: []),
    ]

    private static let day: Int64 = 1_440
    private static let subject = HostRun.person("Ek")

    private static func id(_ number: UInt64) -> EventID {
        .v7(milliseconds: HostRun.start.milliseconds, ordinal: 0, hash62: number)
    }

    private static func value(_ number: UInt64) throws -> [UInt8] {
        let envelope = EventEnvelope(
            id: id(number), source: .skatteverket, subject: subject, time: HostRun.start,
            change: number == 1 ? nil : .corrected, previousID: number == 1 ? nil : id(number - 1))
        var writer = JSONWriter()
        try envelope.write(type: Word.type, into: &writer) { try $0.encode(Word(text: "\(number)")) }
        return writer.bytes
    }

    private static func host() -> Host {
        let host = Host(
            [AgencyRunner.runner(for: Follower(), playing: [.forsakringskassan])], settings: HostRun.settings,
            access: AccessRights())
        host.join(HostedWorld(number: 0, name: "w", agencies: [.forsakringskassan]))
        return host
    }

    /// Plays what arrives, each at the first minute of its day, and what follows from it.
    private func play(_ arrivals: [Arrival], through last: Int64, savesEach: Bool) throws -> (
        letters: [String], moves: [Int64], waiting: [String]
    ) {
        var host = Self.host()
        var (letters, moves) = ([String](), [Int64]())
        var rows: [HostChange] = []
        var pages: [(number: Int64, value: [UInt8])] = []
        var rest = arrivals
        while true {
            let arrival = rest.first.map { HostRun.minute($0.day * Self.day) }
            guard let now = [arrival, host.nextDue].compactMap(\.self).min(), now <= HostRun.minute(last * Self.day)
            else { break }
            let day = (now - HostRun.start).milliseconds / 86_400_000
            var bucket = OutboxBucket()
            host.due(now, into: &bucket)
            for entry in bucket.entries {
                try bucket.withValue(of: entry) { value in
                    let text = Array(value)
                    try JSONTape.reading(text) { root in
                        guard let reason = root["data"]?["reason"]?.string else { return moves.append(day) }
                        #expect(reason == "predecessor-missing")
                        let about = root["data"]?["id"]?.string
                        let number = (1...9 as ClosedRange<UInt64>).first { "\(Self.id($0))" == about } ?? 0
                        letters.append("\(number) on \(day)")
                    }
                }
            }
            var slice = Slice(instant: now)
            while let next = rest.first, HostRun.minute(next.day * Self.day) == now {
                rest.removeFirst()
                try Self.value(next.number).withUnsafeBytes {
                    slice.append($0, id: Self.id(next.number), world: 0, topic: 3, isOutside: false)
                }
            }
            _ = try host.begin(now)
            _ = try host.handle(slice)
            _ = host.fireTimers(at: now)
            guard savesEach else { continue }
            for change in host.changes() {
                rows.removeAll { $0.kind == change.kind && $0.key == change.key }
                if try change.value() != nil { rows.append(change) }
            }
            try host.takeCaseChanges { _, page in
                let value = try page.value { number in try #require(pages.first { $0.number == number }).value }
                pages.removeAll { $0.number == page.number }
                if let value { pages.append((page.number, value)) }
            }
            host = Self.host()
            for page in pages.sorted(by: { $0.number < $1.number }) {
                try page.value.withUnsafeBytes { try host.restore(runner: 0, page: page.number, $0) }
            }
            for row in rows.sorted(by: { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }) {
                let isTaken = (try row.value() ?? []).withUnsafeBytes {
                    host.restore(row.kind, key: row.key, $0, played: now)
                }
                #expect(isTaken)
            }
            _ = host.restored()
        }
        return (letters, moves, host.unheard)
    }

    @Test(arguments: rows, [false, true])
    func `an event waits thirty days for its predecessor, also over checkpoints`(row: Row, savesEach: Bool) throws {
        let (letters, moves, waiting) = try play(row.arrivals, through: 60, savesEach: savesEach)
        #expect(letters == row.letters, "\(row.testDescription)")
        #expect(moves == row.moves, "\(row.testDescription)")
        #expect(waiting.isEmpty)
    }

    @Test func `what waits when the run ends is told`() throws {
        let (letters, _, waiting) = try play([.init(0, 3), .init(1, 5)], through: 20, savesEach: true)
        #expect(letters.isEmpty)
        #expect(
            waiting == [
                "w: 2 events wait at forsakringskassan for predecessors that have not come, as \(Self.id(2))"
            ])
    }

    @Test func `past the most events there is no room, and room again when one goes`() {
        var book = PredecessorBook(resolution: 60_000)
        func event(_ number: Int, bytes: Int = 0) -> PredecessorBook.Event {
            PredecessorBook.Event(
                id: Self.id(UInt64(2 * number + 1)), previous: Self.id(UInt64(2 * number)),
                reader: ActingBranch(agency: .skatteverket), world: Int32(number % 100), subject: Self.subject,
                topic: 0, isOutside: false, since: HostRun.start,
                value: Array(repeating: 1, count: bytes))
        }
        var entries = (0...PredecessorBook.mostEvents).map { book.add(event($0)) }
        #expect(entries.removeLast() == false && entries.allSatisfy(\.self))
        book.arrived(Self.id(14), at: ActingBranch(agency: .skatteverket), subject: Self.subject, world: 7)
        entries = [book.add(event(7))]
        #expect(entries == [true])
        #expect(book.end(7).count == PredecessorBook.mostEvents / 100)
        entries = [book.add(event(1, bytes: PredecessorBook.mostBytes + 1))]
        #expect(entries == [false])
        #expect(book.all.count == PredecessorBook.mostEvents / 100 * 99)
    }
}
