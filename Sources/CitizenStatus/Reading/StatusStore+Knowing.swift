public import LifeEvents
import SQLite

extension StatusStore {
    /// Whether the journal has a message of an instant, byte for byte. A binary search over the journal, which is in the
    /// order of instants, and a walk over the instant: some 20 µs and 1 µs a message of the instant.
    public func hasMessage(_ id: EventID, at instant: Instant, value: [UInt8]) throws(StoreError) -> Bool {
        // Both ends of the instant: somebody may claim an instant that the journal does not have.
        let (low, end) = (
            try firstMessage(from: instant.milliseconds), try firstMessage(from: instant.milliseconds + 1)
        )
        let same = try rows(
            "SELECT value FROM messages WHERE seq >= ? AND seq < ? AND instant = ? AND id = ? AND value = ? LIMIT 1",
            .integer(low), .integer(end), .integer(instant.milliseconds), .blob(id.stored), .blob(value)
        ) { _ in true }
        return !same.isEmpty
    }

    /// The number of the first message of an instant or a later one.
    func firstMessage(from milliseconds: Int64) throws(StoreError) -> Int64 {
        var (low, high): (Int64, Int64) = (1, messageCount + 1)
        while low < high {
            let middle = (low + high) / 2
            let found = try rows("SELECT instant FROM messages WHERE seq = ?", .integer(middle)) { $0.int64(0) }.first
            guard let found else { throw .damaged("the journal has no message \(middle)") }
            if found < milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
