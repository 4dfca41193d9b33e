public import JSON

/// The data of an ANNULLED event: the fact never held, so its values are not repeated. One form for all types, which
/// stands in `Topics/types.schema.json` as `annulled`.
public struct Annulled<Fact: LifeEvent>: LifeEvent {
    /// The type of the fact that is annulled.
    public static var type: EventType { Fact.type }
    /// True.
    public static var isAnnulment: Bool { true }

    /// Why, as a short code.
    public var reasonCode: String

    /// An annulment for a reason.
    public init(reasonCode: String) {
        self.reasonCode = reasonCode
    }

    /// Reads the `data` of an ANNULLED event.
    /// - Throws: `JSONDecodingError` with the path in `data`.
    public init(json source: JSONSource) throws {
        var reader = try JSONObjectReader(source)
        reasonCode = try reader.required(AnnulledKeys.reasonCode)
    }

    /// Writes the `data` of an ANNULLED event.
    public func write(json writer: inout JSONWriter) {
        writer.beginObject()
        writer.member(AnnulledKeys.reasonCode, reasonCode)
        writer.endObject()
    }
}

/// A generic type has no constants of its own.
private enum AnnulledKeys {
    static let reasonCode = JSONKey("reasonCode")
}
