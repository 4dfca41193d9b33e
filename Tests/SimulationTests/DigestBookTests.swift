import CitizenStatus
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// One digest a world, whatever else is played and however it was cut.
@Suite struct DigestBookTests {
    private typealias Bench = GateBench

    private struct Message {
        var world: Int32
        var text: String
    }

    private static func take(_ messages: [Message], at minute: Int64, slices: Int, into book: inout DigestBook) {
        for slice in 0..<slices {
            var batch = InstantBatch(instant: Bench.minute(minute))
            for (number, message) in messages.enumerated() where number * slices / messages.count == slice {
                let id = EventID.v7(
                    milliseconds: batch.instant.milliseconds, ordinal: UInt16(number), hash62: UInt64(number))
                Array(message.text.utf8).withUnsafeBytes { batch.append($0, id: id, topic: 0, world: message.world) }
            }
            book.absorb(batch)
        }
    }

    private static let first = [
        Message(world: 0, text: "a"), Message(world: 1, text: "b"), Message(world: 0, text: "c"),
        Message(world: -1, text: "of no world"), Message(world: 1, text: "d"),
    ]

    private static func digests(slices: Int, minutes: [Int64] = [1, 2]) -> [RunDigest?] {
        var book = DigestBook()
        for minute in minutes { take(first, at: minute, slices: slices, into: &book) }
        book.endInstant()
        return [book[0], book[1], book[2]]
    }

    @Test(arguments: [2, 3, 5])
    func `slices of an instant leave no mark`(slices: Int) {
        #expect(Self.digests(slices: slices) == Self.digests(slices: 1))
    }

    @Test func `two instants are not one`() {
        #expect(Self.digests(slices: 1, minutes: [1, 2]) != Self.digests(slices: 1, minutes: [1]))
        #expect(Self.digests(slices: 1)[2] == nil)
    }

    @Test func `a world of its own has the digest that it has among others`() {
        // The ids are those of the whole instant.
        var alone = DigestBook()
        var batch = InstantBatch(instant: Bench.minute(1))
        for (number, message) in Self.first.enumerated() where message.world == 1 {
            let id = EventID.v7(
                milliseconds: batch.instant.milliseconds, ordinal: UInt16(number), hash62: UInt64(number))
            Array(message.text.utf8).withUnsafeBytes { batch.append($0, id: id, topic: 0, world: 7) }
        }
        alone.absorb(batch)
        alone.endInstant()
        let digest = alone[7]
        #expect(digest == Self.digests(slices: 1, minutes: [1])[1])
    }

    /// The worlds whose digests a checkpoint takes.
    private static func changes(of book: inout DigestBook) -> [Int32] {
        var worlds: [Int32] = []
        book.takeChanges { world, _ in worlds.append(world) }
        return worlds.sorted()
    }

    @Test func `a checkpoint takes what changed, and forgets the worlds that have ended`() {
        var book = DigestBook()
        Self.take(Self.first, at: 1, slices: 1, into: &book)
        book.end([1])
        let first = Self.changes(of: &book)
        #expect(first == [0, 1])
        let left = book.count
        #expect(left == 1)
        let second = Self.changes(of: &book)
        #expect(second == [])
        Self.take([Message(world: 0, text: "e")], at: 2, slices: 1, into: &book)
        let third = Self.changes(of: &book)
        #expect(third == [0])
    }

    @Test func `a digest that was kept goes on as if it had never been put away`() throws {
        var whole = DigestBook()
        Self.take(Self.first, at: 1, slices: 1, into: &whole)
        whole.endInstant()
        let first = whole[0]
        let kept = try #require(first)
        var resumed = DigestBook()
        resumed.restore(kept, world: 0)
        for minute in [2, 3] as [Int64] {
            Self.take(Self.first, at: minute, slices: 1, into: &whole)
            Self.take(Self.first, at: minute, slices: 2, into: &resumed)
        }
        whole.endInstant()
        resumed.endInstant()
        let (one, other) = (resumed[0], whole[0])
        #expect(one == other)
        let (ends, otherwise) = (whole.completed(kept, with: [1]), whole.completed(kept, with: [2]))
        #expect(ends != otherwise)
    }
}

/// Which worlds are played, and until when.
@Suite struct WorldBookTests {
    private static func day(_ number: Int64) -> Instant { GateBench.minute(number * 1_440) }

    @Test func `worlds end by their ends, not by their numbers`() {
        var book = WorldBook()
        for until in [5, 3, 9, 3] as [Int64] { _ = book.add(until: Self.day(until)) }
        #expect(book.count == 4)
        #expect(book.end == Self.day(9))
        #expect(book.takeEnded(before: Self.day(3)) == [], "the end itself belongs to a world")
        #expect(book.takeEnded(before: Self.day(4)) == [1, 3])
        #expect(book.playing == [0, 2])
        #expect(book.takeEnded(before: Self.day(4)) == [])
        #expect(book.takeEnded(before: Self.day(10)) == [0, 2])
        #expect(book.playing == [])
        #expect(book.end == Self.day(9))
    }

    @Test func `a world that has ended stays ended, and its number is known`() {
        var book = WorldBook()
        let world = book.add(until: Self.day(2))
        #expect(!book.hasEnded(world, before: Self.day(2)))
        #expect(book.hasEnded(world, before: Self.day(3)))
        _ = book.takeEnded(before: Self.day(3))
        #expect(book.hasEnded(world, before: Self.day(1)))
        #expect(book.has(0) && !book.has(1) && !book.has(-1))
        #expect(book.add(until: Self.day(7)) == 1)
    }
}
