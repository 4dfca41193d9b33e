import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// What a gate remembers of others, and for how long.
@Suite struct OutsideBoundsTests {
    private static func minute(_ number: Int64) -> Instant { Instant(milliseconds: 60_000 * number) }

    private let ek = Subject(seed: 1, scenario: "s", case: "", name: "ek")

    @Test func `nobody speaks of a world that has ended, though the run goes on`() {
        var membership = Membership()
        membership.add(
            World(
                name: "short", correlations: [], persons: [ek], agencies: [.skatteverket], until: Self.minute(5),
                script: [], silent: [.kommun(1780)]), number: 0)
        #expect(membership.world(of: ek, at: Self.minute(5)) == 0)
        #expect(membership.world(of: ek, at: Self.minute(6)) == nil)
        #expect(membership.isPlayed(.skatteverket, in: 0) && membership.isPlayed(.kommun(1780), in: 0))
        #expect(!membership.isPlayed(.forsakringskassan, in: 0))
    }

    @Test(arguments: [(bytes: 1 << 20, letters: 256), (bytes: 5 << 20, letters: 52), (bytes: 40 << 20, letters: 7)])
    func `dead letters that wait have a bound in bytes, over all instants`(bytes: Int, letters: Int) {
        var box = LetterBox()
        // One array: its memory is shared.
        let value = [UInt8](repeating: 0x20, count: bytes)
        var count: Int64 = 0
        while box.hasRoom(Self.minute(count)) {
            let id = EventID.v7(milliseconds: count, ordinal: 0, hash62: 0)
            box.add(
                LetterBox.Letter(id: id, topic: 0, world: -1, subject: ek, value: value), due: Self.minute(count))
            count += 1
        }
        #expect(count == letters)
        var bucket = OutboxBucket()
        box.takeDue(Self.minute(0), into: &bucket)
        #expect(box.hasRoom(Self.minute(1)))
    }

    @Test
    func `what is admitted is due at its instant, and what is held is given back whether its instant comes or not`() {
        var book = OutsideBook()
        for number in [9, 3, 6] as [Int64] {
            let id = EventID.v7(milliseconds: number, ordinal: 0, hash62: 0)
            let record = OutsideRecord(
                instant: Self.minute(number), id: id, world: 0, topic: 0, partition: 0, offset: number,
                value: Array("\(number)".utf8))
            let entries = [book.admit(record), book.admit(record)]
            #expect(entries == [.new, .again])
        }
        #expect(book.nextDue == Self.minute(3))
        let (early, due) = (book.take(Self.minute(2)), book.take(Self.minute(6)))
        #expect(early.isEmpty)
        #expect(due.map(\.instant) == [Self.minute(3), Self.minute(6)])
        #expect(book.nextDue == Self.minute(9))
        let last = book.take(Self.minute(9))
        #expect(last.count == 1)
        #expect(book.nextDue == nil)

        let held = HeldRecord(topic: 0, partition: 0, offset: 0, key: nil, headers: [], value: [1])
        for number in [4, 70, 8] as [Int64] {
            let isHeld = book.hold(held, until: Self.minute(number))
            #expect(isHeld)
        }
        let counts = [book.takeHeld(Self.minute(5)).count, book.takeAllHeld().count, book.takeAllHeld().count]
        #expect(counts == [1, 2, 0])
    }
}
