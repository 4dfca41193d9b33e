/// The headers of a record, laid out once for any number of records: one, as all records of a run have, or several.
///
/// Immutable after `init`, so that any thread may read it.
public final class RecordHeader: Sendable {
    /// A header: names may stand twice, and values may be missing.
    public typealias Field = (name: String, value: [UInt8]?)

    /// The headers in their order.
    public let fields: [Field]

    /// One header with a text for a value.
    public init(name: String, value: String) {
        fields = [(name, Array(value.utf8))]
    }

    /// Several headers, which a record keeps in this order.
    public init(_ fields: [Field]) {
        self.fields = fields
    }
}
