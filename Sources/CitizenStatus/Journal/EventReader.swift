import JSON
import LifeEvents

/// What the journal keeps of a structured CloudEvent; whatever is missing or malformed is nil.
///
/// Valid until the tape reads the next message.
struct EventView {
    let type: UnsafeRawBufferPointer?
    /// The agency's id, or the whole source when it names none.
    let source: UnsafeRawBufferPointer?
    let isAgency: Bool
    let subject: Subject?
    let time: Instant?
    let journey: EventID?
    let cause: EventID?
    let occurred: Instant?
    let change: Schema.Change?
    let previous: EventID?
    let data: JSONValue?

    /// Reads the attributes in the order in which this system writes them; any other order costs a little more.
    init(_ root: JSONValue) {
        var fields = root.fields()
        type = Self.text(fields.next(Keys.type))
        let source = Self.text(fields.next(Keys.source))
        let agency = source.flatMap { AgencyID(recordedSourceUTF8: $0) }
        isAgency = agency != nil
        self.source = isAgency ? source.map { UnsafeRawBufferPointer(rebasing: $0[Keys.agencyPrefix...]) } : source
        subject = Self.text(fields.next(Keys.subject)).flatMap { Subject(utf8: $0) }
        time = Self.text(fields.next(Keys.time)).flatMap { Instant(utf8: $0) }
        journey = Self.text(fields.next(Keys.correlation)).flatMap { EventID(utf8: $0) }
        cause = Self.text(fields.next(Keys.causation)).flatMap { EventID(utf8: $0) }
        occurred = Self.text(fields.next(Keys.occurred)).flatMap { Instant(utf8: $0) }
        change = Self.text(fields.next(Keys.change)).flatMap { Self.change($0) }
        previous = Self.text(fields.next(Keys.previous)).flatMap { EventID(utf8: $0) }
        data = fields.next(Keys.data)
    }

    /// The text of a string that is not empty.
    @inline(__always)
    static func text(_ value: JSONValue?) -> UnsafeRawBufferPointer? {
        guard let bytes = value?.stringBytes, !bytes.isEmpty else { return nil }
        return bytes
    }

    private static func change(_ bytes: UnsafeRawBufferPointer) -> Schema.Change? {
        // The three have different lengths, so comparing once is enough.
        switch bytes.count {
        case 9 where bytes.elementsEqual("CORRECTED".utf8): .corrected
        case 8 where bytes.elementsEqual("ANNULLED".utf8): .annulled
        case 6 where bytes.elementsEqual("CEASED".utf8): .ceased
        default: nil
        }
    }
}

/// Names of attributes and of the members of a tile's and a dead letter's data.
enum Keys {
    static let type = JSONKey("type")
    static let source = JSONKey("source")
    static let subject = JSONKey("subject")
    static let time = JSONKey("time")
    static let correlation = JSONKey("correlationid")
    static let causation = JSONKey("causationid")
    static let occurred = JSONKey("occurredat")
    static let change = JSONKey("changetype")
    static let previous = JSONKey("previousid")
    static let data = JSONKey("data")

    static let tile = JSONKey("tile")
    static let code = JSONKey("code")
    static let text = JSONKey("text")
    static let about = JSONKey("about")
    static let caseReference = JSONKey("caseRef")
    static let deadline = JSONKey("deadline")
    static let expectedDate = JSONKey("expectedDate")
    static let nextDate = JSONKey("nextDate")
    static let reviewDeadline = JSONKey("reviewDeadline")
    static let otherAgency = JSONKey("otherAgency")

    static let reason = JSONKey("reason")
    static let detail = JSONKey("detail")
    static let topic = JSONKey("topic")
    static let id = JSONKey("id")
    static let key = JSONKey("key")
    static let partition = JSONKey("partition")
    static let offset = JSONKey("offset")
    static let headers = JSONKey("headers")
    static let name = JSONKey("name")
    static let value = JSONKey("value")
    static let valueBase64 = JSONKey("value_base64")
    static let original = JSONKey("original")
    static let originalBase64 = JSONKey("original_base64")

    /// How many bytes of a source stand before the agency's id.
    static let agencyPrefix = "/agency/".utf8.count
    /// The type whose messages are tiles.
    static let tileType: StaticString = "citizen.status-tile.v1"

    /// Whether a type's messages are facts about the world, not filings, tiles or traffic of the bus itself.
    static func isFact(type: String) -> Bool {
        !type.utf8.elementsEqual("citizen.status-tile.v1".utf8) && !type.hasPrefix("livsbuss.")
            && !type.split(separator: ".").contains { ["filing", "internal", "dead-letter", "needs"].contains($0) }
    }
}
