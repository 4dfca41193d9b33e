/// One header, laid out once for any number of records.
///
/// Immutable after `init`, so that any thread may read it.
public final class RecordHeader: Sendable {
    /// The header's name.
    public let name: String
    /// The header's value.
    public let value: [UInt8]

    /// A header with a text for a value.
    public init(name: String, value: String) {
        self.name = name
        self.value = Array(value.utf8)
    }
}
