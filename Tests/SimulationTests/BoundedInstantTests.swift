import AgencyKit
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// Whatever falls due at an instant, so much of it is on its way at once and no more: an embedded broker keeps only the
/// newest 5 MiB of a partition.
@Suite struct BoundedInstantTests {
    /// An instant of so many messages of so many bytes, each like one of the run's own.
    private static func bucket(_ count: Int, bytes: Int, _ instant: Instant) -> OutboxBucket {
        var bucket = OutboxBucket()
        bucket.entries.reserveCapacity(count)
        let head = Array(#"{"specversion":"1.0","id":""#.utf8)
        let rest = Array("\"".utf8) + Array(repeating: UInt8(ascii: " "), count: bytes - head.count - 38) + [0x7D]
        for number in 0..<count {
            let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: UInt64(number))
            var value = head
            id.write(into: &value)
            value += rest
            _ = value.withUnsafeBytes { bucket.append(id, GateBench.note, 0, GateBench.ek, $0) }
        }
        return bucket
    }

    @Test(arguments: [(300_000, 100), (4_000, 4_000)])
    func `at most two slices of an instant travel at once`(count: Int, bytes: Int) throws {
        let bench = GateBench()
        bench.log.forgets = true
        let instant = GateBench.minute(1)
        try bench.gate.publish(Self.bucket(count, bytes: bytes, instant), at: instant)
        var seen = 0
        var (mostMessages, mostBytes) = (0, 0)
        while let slice = try bench.gate.collect() {
            seen += slice.messages.count
            mostMessages = max(mostMessages, slice.messages.count)
            mostBytes = max(mostBytes, slice.bytes.count)
            bench.gate.recycle(slice)
        }
        _ = bench.gate.finish()
        #expect(seen == count)
        #expect(mostMessages <= Slice.mostMessages)
        #expect(mostBytes <= Slice.mostBytes + bytes)
        #expect(bench.log.mostTravelling <= 2 * Slice.mostMessages)
        #expect(bench.log.mostTravellingBytes <= 2 * (Slice.mostBytes + bytes))
        #expect(bench.log.sentCount == count)
    }
}
