import JSON
import LifeEvents
import Testing

@testable import Scenarios
@testable import Simulation

/// What is kept of the messages of a world while it is played.
@Suite struct WorldJournalTests {
    static let anna = Subject(seed: 1, scenario: "s", case: "", name: "anna")

    static func own(_ minute: Int64, _ hash: UInt64 = 1) -> EventID {
        .v7(milliseconds: minute * 60_000, ordinal: 0, hash62: hash)
    }

    static func message(
        _ id: EventID, at time: Instant? = nil, causedBy cause: EventID? = nil, isOutside: Bool = false
    ) -> ObservedMessage {
        let envelope = EventEnvelope(
            id: id, source: .skatteverket, subject: anna, time: time ?? Instant(milliseconds: id.milliseconds),
            causationID: cause)
        return ObservedMessage(world: 0, envelope: envelope, type: "a.v1", data: nil, isOutside: isOutside)
    }

    @Test(arguments: [
        [1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [2, 1, 4, 3, 9, 5, 7, 6, 8], [1, 3, 2, 5, 4, 7, 6],
    ])
    func `a message is found in whatever order the messages came`(order: [Int64]) {
        var journal = WorldJournal(CheckTables())
        for (place, minute) in order.enumerated() {
            #expect(journal.add(Self.message(Self.own(minute)), isLive: true) == place)
        }
        for (place, minute) in order.enumerated() {
            #expect(journal.place(of: Self.own(minute)) == place)
            #expect(journal[place].time == Instant(milliseconds: minute * 60_000))
            #expect(journal.add(Self.message(Self.own(minute)), isLive: true) == nil)
        }
        #expect(journal.place(of: Self.own(99)) == nil)
        #expect(journal.count == order.count)
    }

    @Test func `an outsider's message has the time at which it came, and is found among the run's own`() throws {
        var journal = WorldJournal(CheckTables())
        let late = Instant(milliseconds: 120_000)
        let foreign = try #require(EventID.outside(source: "/kcat", id: "1"))
        _ = journal.add(Self.message(Self.own(1)), isLive: true)
        _ = journal.add(Self.message(foreign, at: late, isOutside: true), isLive: true)
        _ = journal.add(Self.message(Self.own(0, 7), at: late, isOutside: true), isLive: true)
        _ = journal.add(Self.message(Self.own(2), causedBy: foreign), isLive: true)
        #expect(journal[foreign]?.time == late)
        #expect(journal[Self.own(0, 7)]?.time == late)
        #expect(journal.place(of: Self.own(2)) == 3)
        #expect(journal.isCaused(Self.own(2), by: foreign))
    }

    @Test func `causes are followed to the first, and no further than what was there`() {
        var journal = WorldJournal(CheckTables())
        _ = journal.add(Self.message(Self.own(1)), isLive: true)
        for minute in 2...50 {
            _ = journal.add(
                Self.message(Self.own(Int64(minute)), causedBy: Self.own(Int64(minute) - 1)), isLive: true)
        }
        #expect(journal.isCaused(Self.own(50), by: Self.own(1)))
        #expect(!journal.isCaused(Self.own(1), by: Self.own(50)))
        #expect(!journal.isCaused(nil, by: Self.own(1)))
        #expect(journal.isCaused(Self.own(98), by: Self.own(98)))
        #expect(!journal.isCaused(Self.own(98), by: Self.own(1)))
    }

    @Test func `outsiders' messages that name each other as their causes come to an end`() throws {
        var journal = WorldJournal(CheckTables())
        let (one, other) = try (
            #require(EventID.outside(source: "/x", id: "1")), #require(EventID.outside(source: "/x", id: "2"))
        )
        let now = Instant(milliseconds: 60_000)
        _ = journal.add(Self.message(one, at: now, causedBy: other, isOutside: true), isLive: true)
        _ = journal.add(Self.message(other, at: now, causedBy: one, isOutside: true), isLive: true)
        #expect(!journal.isCaused(other, by: Self.own(1)))
        #expect(journal.isCaused(other, by: one))
        #expect(journal.nearestCause(one) { $0 == other ? true : nil } == nil)
    }

    @Test func `a message takes no more room than its row`() {
        var journal = WorldJournal(CheckTables())
        for minute in 1...1_000 { _ = journal.add(Self.message(Self.own(Int64(minute))), isLive: true) }
        #expect(journal.byteCount <= 1_000 * 48 * 13 / 10, "a quarter more at most, and what the allocator rounds up")
    }

    @Test func `texts that are all different are not kept for good`() {
        let tables = CheckTables()
        for number in 0...CheckTables.mostTexts * 2 { _ = tables.text("a text of more than fifteen letters \(number)") }
        #expect(tables.textCount <= CheckTables.mostTexts)
    }
}
