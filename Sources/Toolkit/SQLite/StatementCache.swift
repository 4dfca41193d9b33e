/// Statements kept by their SQL for the convenience calls.
///
/// A statement leaves the cache while it is used, so a query inside a query on the same SQL gets one of its own.
struct StatementCache {
    /// A dictionary cannot hold a `~Copyable` value; a class around it can be held.
    private final class Box {
        private var statement: Statement?

        init(_ statement: consuming Statement) {
            self.statement = consume statement
        }

        func take() -> Statement? {
            statement.take()
        }
    }

    /// Far above the number of different statements in use; a bound against SQL made from values.
    private static let limit = 64

    private var boxes: [String: Box] = [:]

    mutating func take(_ sql: String) -> Statement? {
        boxes.removeValue(forKey: sql)?.take()
    }

    mutating func put(_ statement: consuming Statement, for sql: String) {
        statement.reset()
        statement.clearBindings()
        if boxes.count >= Self.limit { boxes.removeAll() }
        boxes[sql] = Box(statement)
    }

    mutating func removeAll() {
        boxes.removeAll()
    }
}
