import Foundation
import LifeEvents
import Testing

@testable import Hosting

@Suite struct OverflowTests {
    private static let due = Instant(milliseconds: 60_000)

    private static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "overflow-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static func value(_ number: Int, _ bytes: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number &* 31), count: bytes)
    }

    private static func fill(_ outbox: inout Outbox, _ count: Int, bytes: Int) {
        for number in 0..<count {
            _ = value(number, bytes).withUnsafeBytes {
                outbox.add(
                    due, .v7(milliseconds: 60_000, ordinal: 0, hash62: UInt64(number)), topic: 0, world: 0,
                    subject: HostRun.person("Ek"), value: $0)
            }
        }
    }

    private static func differing(_ bucket: OutboxBucket, bytes: Int) -> Int {
        bucket.entries.enumerated().count { number, entry in
            bucket.withValue(of: entry) { own in
                value(number, bytes).withUnsafeBytes { wanted in
                    guard let first = own.baseAddress, let other = wanted.baseAddress, own.count == wanted.count else {
                        return true
                    }
                    return memcmp(first, other, own.count) != 0
                }
            }
        }
    }

    /// The second last is 2.2 GiB: more than 32 bits count.
    @Test(arguments: [(60_000, 450), (40, 3 << 20), (450, 5 << 20), (3, 450)])
    func `what an instant has beyond some chunks stands in a file, and is read as it was`(count: Int, bytes: Int) throws
    {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var outbox = Outbox()
        outbox.room = OverflowRoom(folder: folder)
        Self.fill(&outbox, count, bytes: bytes)
        let bucket = outbox.take(Self.due) ?? OutboxBucket()
        let whole = max(bytes, MessageBytes.chunkSize)
        #expect(bucket.bytes.capacity <= (MessageBytes.mostInMemory + 1) * (whole + whole / 50))
        #expect(bucket.bytes.count == count * bytes)
        #expect(Self.differing(bucket, bytes: bytes) == 0)
        #expect(outbox.room?.failure == nil)
        outbox.recycle(bucket)
        #expect(outbox.spareBytes <= 5 * MessageBytes.chunkSize)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test func `a checkpoint reads an instant that was put away, also when it is over`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var outbox = Outbox()
        outbox.room = OverflowRoom(folder: folder)
        Self.fill(&outbox, 60_000, bytes: 450)
        let kept = try #require(outbox.bucket(Self.due))
        var taken = outbox.take(Self.due) ?? OutboxBucket()
        for number in 0..<60_000 where number % 3 == 0 { taken.replace(number, with: [1, 2, 3]) }
        #expect(taken.withValue(of: taken.entries[3]) { Array($0) } == [1, 2, 3])
        outbox.recycle(taken)
        #expect(Self.differing(kept, bytes: 450) == 0)
    }

    @Test func `where nothing can be put away an instant stays in memory, and the run is told why`() throws {
        var outbox = Outbox()
        outbox.room = OverflowRoom(folder: "/nowhere/at-all")
        Self.fill(&outbox, 60_000, bytes: 450)
        let bucket = outbox.take(Self.due) ?? OutboxBucket()
        #expect(Self.differing(bucket, bytes: 450) == 0)
        #expect(
            outbox.room?.failure?.description
                == "/nowhere/at-all: what a run has no memory for is kept in a file without a name there, and it cannot be "
                + "made: No such file or directory")
    }

    @Test func `a value that cannot be read back is empty, and the run is told`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var outbox = Outbox()
        outbox.room = OverflowRoom(folder: folder)
        Self.fill(&outbox, 60_000, bytes: 450)
        let bucket = outbox.take(Self.due) ?? OutboxBucket()
        try Self.cutFiles(in: folder)
        #expect(bucket.withValue(of: bucket.entries[0]) { $0.count } == 0)
        #expect(bucket.withValue(of: bucket.entries[59_999]) { $0.count } == 450)
        #expect(bucket.bytes.failure == ShelfError(damagedIn: folder))
    }

    /// Takes what they hold from the nameless files of a folder, as a damaged disk might.
    private static func cutFiles(in folder: String) throws {
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            let link = "/proc/self/fd/\(name)"
            guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link), path.hasPrefix(real)
            else { continue }
            #expect(truncate(link, 0) == 0)
        }
    }
}
