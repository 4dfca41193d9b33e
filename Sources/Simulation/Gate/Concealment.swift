import Contracts
import JSON
import LifeEvents

/// Writes events without what must not be told.
struct Concealment {
    /// What stands instead of a sentence that may quote protected data.
    static let sentence = "withheld: it is about a person with protected personal data"

    /// An event without what gives away a place.
    struct Event {
        var value: [UInt8]
        /// The agencies that were taken out of its data.
        var agencies: [AgencyID]
    }

    private static let data = Array("data".utf8)
    private static let detail = Array("detail".utf8)
    private static let source = Array("source".utf8)
    /// What a dead letter keeps of an original.
    private static let originals = ["original", "original_base64", "headers"].map { Array($0.utf8) }

    /// The fields of the data that go.
    private let fields: [[UInt8]]
    /// The fields of the data of which the schema says that nobody is there: they stay whole.
    private let open: [[UInt8]]
    /// The agencies that go, wherever else in the data they stand: each is one of a place.
    private let places: PlaceNumbers
    private var agencies: [AgencyID] = []

    private init(_ rule: TypeProtection?, _ places: PlaceNumbers) {
        fields = rule?.fields ?? []
        open = rule?.places ?? []
        self.places = places
    }

    /// An event without some fields of its data and without the agencies of places that its data names; nil if its data
    /// has none of them.
    static func event(_ event: JSONValue, by rule: TypeProtection, _ places: PlaceNumbers) -> Event? {
        var concealment = Concealment(rule, places)
        guard let data = event.member(data), concealment.isConcerned(data) else { return nil }
        let value = rewrite(event) { concealment.write($0, into: &$1) }
        return Event(value: value, agencies: concealment.agencies)
    }

    /// An event as it is recorded: without what ``event(_:by:_:)`` takes out, and said by an owner where an agency of a place
    /// says it; nil if it has none of that.
    static func record(_ event: JSONValue, by rule: TypeProtection?, _ places: PlaceNumbers) -> [UInt8]? {
        var concealment = Concealment(rule, places)
        let speaker = places.source(event.member(source))
        let isConcerned = event.member(data).map { concealment.isConcerned($0) } ?? false
        guard speaker != nil || isConcerned else { return nil }
        return rewrite(event, source: speaker?.withoutNumber) { member, writer in
            if isConcerned {
                concealment.write(member, into: &writer)
            } else {
                writer.key(member.keyString)
                writer.raw(member.value)
            }
        }
    }

    /// A dead letter without the original and without its sentence.
    static func letter(_ event: JSONValue) -> [UInt8] {
        rewrite(event) { member, writer in
            guard !originals.contains(where: { member.key.elementsEqual($0) }) else { return }
            writer.key(member.keyString)
            if member.key.elementsEqual(detail) { writer.string(sentence) } else { writer.raw(member.value) }
        }
    }

    // MARK: - Data

    private func isConcerned(_ data: JSONValue) -> Bool {
        guard data.kind == .object else { return false }
        return fields.contains { data.member($0) != nil } || data.members.contains { !isOpen($0) && names($0.value) }
    }

    private func isOpen(_ member: JSONMember) -> Bool { open.contains { member.key.elementsEqual($0) } }

    /// Whether a value, or something in it, is an agency of a place.
    private func names(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .string: places.agency(value) != nil
        case .object: value.members.contains { names($0.value) }
        case .array: value.elements.contains { names($0) }
        case .number, .bool, .null: false
        }
    }

    /// Writes a field of the data, if it stays.
    private mutating func write(_ member: JSONMember, into writer: inout JSONWriter) {
        guard !fields.contains(where: { member.key.elementsEqual($0) }) else { return }
        let isOpen = isOpen(member)
        if !isOpen, let agency = places.agency(member.value) { return agencies.append(agency) }
        writer.key(member.keyString)
        if isOpen { writer.raw(member.value) } else { write(member.value, into: &writer) }
    }

    private mutating func write(_ value: JSONValue, into writer: inout JSONWriter) {
        guard names(value) else { return writer.raw(value) }
        if value.kind == .array {
            writer.beginArray()
            for element in value.elements {
                if let agency = places.agency(element) {
                    agencies.append(agency)
                } else {
                    write(element, into: &writer)
                }
            }
            writer.endArray()
        } else {
            writer.beginObject()
            for member in value.members {
                if let agency = places.agency(member.value) {
                    agencies.append(agency)
                } else {
                    writer.key(member.keyString)
                    write(member.value, into: &writer)
                }
            }
            writer.endObject()
        }
    }

    private static func rewrite(
        _ event: JSONValue, source: AgencyID? = nil, _ field: (JSONMember, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: event.rawBytes.count)
        writer.beginObject()
        for member in event.members {
            writer.key(member.keyString)
            if let source, member.key.elementsEqual(Self.source) {
                writer.string(source.source)
                continue
            }
            guard member.key.elementsEqual(data), member.value.kind == .object else {
                writer.raw(member.value)
                continue
            }
            writer.beginObject()
            for inner in member.value.members { field(inner, &writer) }
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }
}

extension JSONValue {
    /// The member with a name given as bytes.
    func member(_ name: [UInt8]) -> JSONValue? { name.withUnsafeBytes { member($0) } }
}
