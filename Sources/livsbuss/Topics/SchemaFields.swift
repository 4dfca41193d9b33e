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
        for example in type.examples.prefix(1) {
            lines.append("  example")
            lines += unindented(example).map { "    \($0)" }
        }
        return lines
    }

    /// The lines of an object as it stands in a file, moved to the margin: its last line is its closing brace.
    private static func unindented(_ text: String) -> [String] {
        let lines = text.split(separator: "\n")
        let indent = lines.count > 1 ? lines.last?.prefix { $0 == " " }.count ?? 0 : 0
        return lines.enumerated().map { index, line in
            index == 0 ? String(line) : String(line.dropFirst(min(indent, line.prefix { $0 == " " }.count)))
        }
    }

    private init(schemas: SchemaCatalogue) { self.schemas = schemas }

    private mutating func add(_ fields: [Field], depth: Int) {
        for field in fields {
            rows.append(
                (
                    String(repeating: "  ", count: depth) + field.name, field.isRequired ? "required" : "optional",
                    kind(field.type), field.description
                ))
            if let object = object(field.type) { add(object, depth: depth + 1) }
        }
    }

    /// The fields of an object, or of the objects in a list.
    private func object(_ type: FieldType) -> [Field]? {
        switch type {
        case .array(let element): return object(element)
        case .defined(let name):
            guard case .object(let fields) = schemas.definition(named: name)?.content else { return nil }
            return fields
        default: return nil
        }
    }

    private func kind(_ type: FieldType) -> String {
        switch type {
        case .string(let bounds): "text" + Self.length(bounds)
        case .integer(let bounds): "whole number" + Self.range(bounds)
        case .number: "number"
        case .boolean: "true or false"
        case .formatted(let format): Self.words(format)
        case .array(let element): "list of: \(kind(element))"
        case .defined(let name):
            switch schemas.definition(named: name)?.content {
            case .values: name
            case .object, nil: "object"
            }
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

    private static func length(_ bounds: Bounds) -> String {
        switch (bounds.minimum, bounds.maximum) {
        case (let minimum?, let maximum?): " of \(minimum) to \(maximum) characters"
        case (let minimum?, nil): " of at least \(minimum) characters"
        case (nil, let maximum?): " of at most \(maximum) characters"
        case (nil, nil): ""
        }
    }

    private static func range(_ bounds: Bounds) -> String {
        switch (bounds.minimum, bounds.maximum) {
        case (let minimum?, let maximum?): ", \(minimum) to \(maximum)"
        case (let minimum?, nil): ", at least \(minimum)"
        case (nil, let maximum?): ", at most \(maximum)"
        case (nil, nil): ""
        }
    }

    private static func words(_ format: TextFormat) -> String {
        switch format {
        case .subject: "key of a person, organisation or desk"
        case .date: "day, yyyy-mm-dd"
        case .month: "month, yyyy-mm"
        case .dateTime: "instant in UTC"
        case .agency: "agency, such as kommun-1780"
        case .tile: "tile"
        case .municipality: "municipality, four digits"
        }
    }
}
