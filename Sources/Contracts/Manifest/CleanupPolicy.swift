/// What a broker does with old records.
public enum CleanupPolicy: String, CaseIterable, Sendable {
    /// Deletes them after the retention time.
    case delete
    /// Keeps the newest of each key.
    case compact
    /// Both.
    case compactAndDelete = "compact,delete"
}
