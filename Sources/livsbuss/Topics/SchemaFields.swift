import Contracts
import Terminal

/// The fields of a type's schema, for a person: what each is, whether it must be there, and an example of the whole.
struct SchemaFields {
    private let schemas: SchemaCatalogue
    private var rows: [(name: String, presence: String, kind: String, description: String)] = []

    /// A line a field, those of an object in it below it, and an example.
    static func lines(of type: TypeSchema, in schemas: SchemaCatalogue) -> [String] {
        var fields = SchemaFields(schemas: schemas)
        fields.add(type.fields, depth: 0)
        var table = TextTable([.init(""), .init(""), .init(""), .init("")])
        for row in fields.rows { table.append([row.name, row.presence, row.kind, row.description]) }
        var lines = ["  fields"] + table.text().split(separator: "\n").map { "    \($0)" }
        lines += fields.values(type.fields)
        if let example = type.example {
            lines.append("  example")
            lines += example.split(separator: "\n").map { "    \($0)" }
        }
        return lines
    }

    private init(schemas: SchemaCatalogue) { self.schemas = schemas }

    private mutating func add(_ fields: [Field], depth: Int) {
        for field in fields {
            rows.append(
                (
                    String(repeating: "  ", count: depth) + field.name, field.isRequired ? "required" : "optional",
                    schemas.words(for: field.type), field.description
                ))
            if let object = schemas.fields(in: field.type) { add(object, depth: depth + 1) }
        }
    }

    /// The values of each enum once, in the order in which fields have them.
    private func values(_ fields: [Field]) -> [String] {
        var found: [String] = []
        var told: [String] = []
        func tell(_ type: FieldType) {
            if case .array(let element) = type { return tell(element) }
            guard case .defined(let name) = type, !told.contains(name) else { return }
            told.append(name)
            switch schemas.definition(named: name)?.content {
            case .values(let values):
                found += Self.lines(name, values)
            case .object(let fields): for field in fields { tell(field.type) }
            case nil: break
            }
        }
        for field in fields { tell(field.type) }
        return found.isEmpty ? [] : ["  values"] + found
    }

    /// Only names on one line; a line a value where some have words of their own.
    private static func lines(_ name: String, _ values: [Definition.Value]) -> [String] {
        let words = values.map { [$0.titleSwedish, $0.description].compactMap(\.self).joined(separator: " / ") }
        guard words.contains(where: { !$0.isEmpty }) else {
            return ["    \(name): \(values.map(\.text).joined(separator: ", "))"]
        }
        var table = TextTable([.init(""), .init("")])
        for (value, words) in zip(values, words) { table.append([value.text, words]) }
        return ["    \(name)"] + table.text().split(separator: "\n").map { "      \($0)" }
    }
}
