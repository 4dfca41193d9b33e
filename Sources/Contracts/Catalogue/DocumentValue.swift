internal import JSON

/// A value of a document that is written as JSON or YAML; members keep their order.
indirect enum DocumentValue: Equatable, Sendable {
    case object([Member])
    case array([DocumentValue])
    case string(String)
    case int(Int)
    /// A number as it stood in a file.
    case number(String)
    case bool(Bool)
    case null

    struct Member: Equatable, Sendable {
        let key: String
        let value: DocumentValue

        init(_ key: String, _ value: DocumentValue) {
            self.key = key
            self.value = value
        }
    }

    /// An object; members without a value are left out.
    static func members(_ members: [(key: String, value: DocumentValue?)]) -> DocumentValue {
        .object(members.compactMap { key, value in value.map { Member(key, $0) } })
    }

    static func strings(_ texts: [String]) -> DocumentValue { .array(texts.map { .string($0) }) }

    static func reference(_ pointer: String) -> DocumentValue {
        .object([Member("$ref", .string(pointer))])
    }

    /// The document as JSON, indented by two spaces a level, with a line break at its end.
    var json: String {
        var writer = JSONWriter(pretty: true)
        write(into: &writer)
        return writer.text + "\n"
    }

    private func write(into writer: inout JSONWriter) {
        switch self {
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                member.value.write(into: &writer)
            }
            writer.endObject()
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(into: &writer) }
            writer.endArray()
        case .string(let text): writer.string(text)
        case .int(let number): writer.int(Int64(number))
        case .number(let text): Array(text.utf8).withUnsafeBytes { writer.raw($0) }
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        }
    }
}
