import JSON

/// The fields of a schema file, for a person: what each is, whether it must be there, and an example of the whole.
enum SchemaFields {
    /// A line a field; one line that says so where the file cannot be read.
    static func lines(of path: String) -> [String] {
        guard let text = try? Places.text(of: path) else { return ["    the file cannot be read"] }
        return (try? JSONTape.reading(text) { lines($0) }) ?? ["    the file is no JSON"]
    }

    private static func lines(_ schema: JSONValue) -> [String] {
        let required = schema["required"]?.elements.compactMap(\.string) ?? []
        var lines: [String] = []
        for field in schema["properties"]?.members.map({ $0 }) ?? [] {
            let mark = required.contains(field.keyString) ? "" : "?"
            let title = field.value["title"]?.string ?? field.value["description"]?.string
            lines.append("    \(field.keyString)\(mark): \(kind(field.value))" + (title.map { " – \($0)" } ?? ""))
        }
        if let example = schema["examples"]?[0] {
            lines += ["  example", "    " + String(decoding: example.rawBytes, as: UTF8.self)]
        }
        return lines
    }

    /// `string`, `a | b | c`, `municipality`.
    private static func kind(_ schema: JSONValue) -> String {
        if let values = schema["enum"] {
            return values.elements.map { $0.string ?? String(decoding: $0.rawBytes, as: UTF8.self) }
                .joined(separator: " | ")
        }
        if let reference = schema["$ref"]?.string {
            return String(reference.split(separator: "/").last ?? reference[...])
        }
        if let items = schema["items"] { return "[\(kind(items))]" }
        return schema["format"]?.string ?? schema["type"]?.string ?? "any"
    }
}
