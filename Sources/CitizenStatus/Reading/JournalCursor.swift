public import LifeEvents
import SQLite

/// A message of the journal while it is walked; the value is valid during the call only.
public struct JournalMessage {
    /// The id the run knows it by; nil if its text is not known.
    public let id: EventID?
    /// When it was handled.
    public let instant: Instant
    /// Its case; -1 outside any.
    public let world: Int32
    /// Whether it came from outside the run.
    public let isOutside: Bool
    /// Whether it is a dead letter.
    public let isDeadLetter: Bool
    /// The record's value.
    public let value: UnsafeRawBufferPointer
}

extension StatusStore {
    /// Walks the journal from its beginning, in the order in which messages were handled. About 1 µs a message.
    /// - Parameter limit: the most messages to visit.
    /// - Throws: `DatabaseError`, and what the body throws.
    public func eachMessage(limit: Int = .max, _ body: (JournalMessage) throws -> Void) throws {
        let statement = try connection.prepare(
            "SELECT instant, world, outside, dead, value, id FROM messages ORDER BY seq LIMIT \(limit)")
        while try statement.step() {
            try statement.withBlob(4) { value in
                try body(
                    JournalMessage(
                        id: statement.id(5),
                        instant: Instant(milliseconds: statement.int64(0)),
                        world: Int32(truncatingIfNeeded: statement.int64(1)), isOutside: statement.int64(2) == 1,
                        isDeadLetter: statement.int64(3) == 1, value: value))
            }
        }
    }
}
