public import JSON

/// What an event says: the `data` of one event type. One struct is one type is one schema.
///
/// The structs of `Vocabulary` are generated from the schemas of `Topics/` and read and write themselves. A struct of
/// your own needs no more than its type and its fields: it is then read and written by its `Codable`, which costs some
/// times as much.
public protocol LifeEvent: Codable, Equatable, Sendable {
    /// The CloudEvents `type`.
    static var type: EventType { get }

    /// Whether it is the reason for annulling a fact of ``type`` instead of the fact. Only ``Annulled`` says true.
    ///
    /// A question to the type itself: to ask whether a type conforms to some protocol, where it does not, is to look through
    /// all conformances of the program.
    static var isAnnulment: Bool { get }

    /// Reads the `data` of an event.
    /// - Throws: `JSONDecodingError` with the path in `data`; an error of the type's own.
    init(json source: JSONSource) throws

    /// Writes the `data` of an event, exactly one value.
    /// - Throws: `JSONEncodingError`; an error of the type's own. The writer may then hold half a value.
    func write(json writer: inout JSONWriter) throws
}

extension LifeEvent {
    /// False: what most types say is a fact.
    public static var isAnnulment: Bool { false }

    /// Reads the `data` by `Decodable`.
    /// - Throws: as `JSONValue.decode`.
    public init(json source: JSONSource) throws { self = try source.value.decode(Self.self) }

    /// Writes the `data` by `Encodable`.
    /// - Throws: as `JSONWriter.encode`.
    public func write(json writer: inout JSONWriter) throws { try writer.encode(self) }
}
