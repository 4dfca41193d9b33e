extension SwiftText {
    /// An enum or object.
    mutating func definition(_ definition: Definition) {
        switch definition.content {
        case .values(let values): enumeration(definition, values)
        case .object(let fields):
            structure(
                definition.swiftName, definition.description, fields,
                conformances: "Codable, Equatable, Sendable, JSONReadable, JSONWritable", eventType: nil)
        }
    }

    // MARK: - Structs

    /// A struct with its fields, its initialisers, its reading and its writing.
    mutating func structure(
        _ name: String, _ description: String, _ fields: [Field], conformances: String, eventType: String?
    ) {
        doc(description)
        line("public struct \(name): \(conformances) {")
        if let eventType {
            doc("`\(eventType)`.", 1)
            line("public static let type = EventType(\(Self.literal(eventType)))", 1)
            line()
        }
        for field in fields {
            doc(field.description + field.withholding, 1)
            line("public var \(SwiftName.escaped(field.name)): \(field.swiftType)", 1)
        }
        line()
        doc("All fields by name.", 1)
        let parameters = fields.map {
            "\(SwiftName.escaped($0.name)): \($0.swiftType)\($0.isRequired || $0.isRequiredUnlessProtected ? "" : " = nil")"
        }
        list("public init(", parameters, ") {", 1)
        for field in fields { line("self.\(field.name) = \(SwiftName.escaped(field.name))", 2) }
        line("}", 1)
        line()
        line("private struct Names {", 1)
        for field in fields { line("let \(SwiftName.escaped(field.name)) = JSONKey(\(Self.literal(field.name)))", 2) }
        line("}", 1)
        line()
        line("private static let names = Names()", 1)
        line()
        reading(fields)
        line()
        writing(fields)
        line("}")
    }

    private mutating func reading(_ fields: [Field]) {
        doc("Reads the fields; others are passed over.", 1)
        doc("- Throws: `JSONDecodingError` with the path of the field that is missing or wrong.", 1)
        line("public init(json source: JSONSource) throws {", 1)
        line("var reader = try JSONObjectReader(source)", 2)
        for field in fields {
            let how = field.isOptional ? "optional" : "required"
            // A field may be called as what it is read from.
            let owner = ["source", "reader"].contains(field.name) ? "self." : ""
            line("\(owner)\(SwiftName.escaped(field.name)) = try reader.\(how)(Self.names.\(field.name))", 2)
        }
        line("}", 1)
    }

    private mutating func writing(_ fields: [Field]) {
        doc("Writes the fields in this order, without those that are nil.", 1)
        line("public func write(json writer: inout JSONWriter) {", 1)
        line("writer.beginObject()", 2)
        for field in fields {
            let label = field.isOptional ? "ifPresent: " : ""
            line("writer.member(Self.names.\(field.name), \(label)\(SwiftName.escaped(field.name)))", 2)
        }
        line("writer.endObject()", 2)
        line("}", 1)
    }

    // MARK: - Enums

    private mutating func enumeration(_ definition: Definition, _ values: [Definition.Value]) {
        doc(definition.description)
        line(
            "public enum \(definition.swiftName): String, Codable, CaseIterable, Sendable, JSONReadable, JSONWritable {"
        )
        for value in values {
            if let description = value.description { doc(description, 1) }
            let text = value.swiftName == value.text ? "" : " = \(Self.literal(value.text))"
            line("case \(SwiftName.escaped(value.swiftName))\(text)", 1)
        }
        if values.allSatisfy({ $0.titleSwedish != nil }) {
            line()
            doc("What a page calls it, in Swedish.", 1)
            line("public var title: String {", 1)
            line("switch self {", 2)
            for value in values {
                line("case .\(SwiftName.member(value.swiftName)): \(Self.literal(value.titleSwedish ?? ""))", 2)
            }
            line("}", 2)
            line("}", 1)
        }
        line()
        doc("Reads the text of a value.", 1)
        doc("- Throws: `JSONDecodingError` for another text, and for what is no text.", 1)
        line("public init(json source: JSONSource) throws {", 1)
        line("let text = try source.stringBytes()", 2)
        line("switch text.count {", 2)
        for value in values {
            line(
                "case \(value.text.utf8.count) where ValueText.equal(text, \(Self.literal(value.text))): self = "
                    + ".\(SwiftName.member(value.swiftName))", 2)
        }
        line("default: throw ValueText.unknown(source, Self.self)", 2)
        line("}", 2)
        line("}", 1)
        line()
        doc("Writes the text of the value.", 1)
        line("public func write(json writer: inout JSONWriter) { writer.string(rawValue) }", 1)
        line("}")
    }
}

extension Field {
    /// The type of its property.
    fileprivate var swiftType: String { isOptional ? type.swiftName + "?" : type.swiftName }

    /// Whether it may be absent, for some reader at least.
    fileprivate var isOptional: Bool { !isRequired || isWithheld }

    /// The sentence on the readers that do not get it.
    fileprivate var withholding: String {
        (isWithheld ? " Nil for a reader without a right to the group `\(group ?? "")`." : "")
            + (isRequiredUnlessProtected ? " Nil for a person with protected personal data." : "")
    }
}

extension FieldType {
    /// The Swift type of its values.
    fileprivate var swiftName: String {
        switch self {
        case .string: "String"
        case .integer: "Int"
        case .number: "Double"
        case .boolean: "Bool"
        case .formatted(let format): format.swiftName
        case .defined(let name): name
        case .array(let element): "[\(element.swiftName)]"
        }
    }
}

extension TextFormat {
    /// The Swift type of such text.
    fileprivate var swiftName: String {
        switch self {
        case .subject: "Subject"
        case .date: "Day"
        case .month: "Month"
        case .dateTime: "Instant"
        case .agency: "AgencyID"
        case .tile: "TileName"
        case .municipality, .clock, .halfYear, .ageRange: "String"
        }
    }
}
