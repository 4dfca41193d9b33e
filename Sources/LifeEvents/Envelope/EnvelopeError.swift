/// Why bytes on a topic are no event of this bus, in words for the dead letter's reader.
public enum EnvelopeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value is not JSON.
    case notJSON(String)
    /// The value is JSON, but no object.
    case notAnObject
    /// A required attribute is absent.
    case missing(String)
    /// An attribute has another form than it must.
    case malformed(attribute: String, wanted: String)
    /// An attribute stands twice: in two headers, or as `data` and `data_base64`.
    case repeated(String)
    /// A member of the event, or a header `ce_…`, has a name that no attribute can have.
    case badAttributeName(String)
    /// The record is a tombstone, or empty.
    case noValue
    /// The record's key is another text than the event's subject.
    case otherKey
    /// The data is of this type and not JSON.
    case notJSONData(String)
    /// The event is in a format of CloudEvents that is not JSON.
    case otherFormat(String)

    /// An attribute is a text made elsewhere, for which ``ForeignNames`` has no room left.
    case tooManyNames(attribute: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .notJSON(let reason): "the value is not JSON: \(reason)"
        case .notAnObject: "the value is JSON but not an object"
        case .missing(let name): "the attribute `\(name)` is missing"
        case .malformed(let name, let wanted): "the attribute `\(name)` is not \(wanted)"
        case .repeated(let name): "the attribute `\(name)` stands twice"
        case .badAttributeName(let name):
            "`\(name)` is no name of an attribute: those have 1 to \(AttributeRules.longestName) letters a to z and digits"
        case .noValue: "the record has no value"
        case .otherKey: "the record's key is not its subject"
        case .tooManyNames(let name):
            "the attribute `\(name)` is a text made elsewhere, and \(ForeignNames.limit) of those are remembered already"
        case .notJSONData(let type): "the data is \(type), but the schemas here describe JSON"
        case .otherFormat(let type): "the event is in the format \(type); only application/cloudevents+json is read"
        }
    }
}
