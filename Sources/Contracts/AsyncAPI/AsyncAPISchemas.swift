/// Schemas of contracts as components of an AsyncAPI document, their references led to each other there.
enum AsyncAPISchemas {
    /// The name of the schemas' language, as AsyncAPI writes it.
    static let format = "application/schema+json;version=draft-2020-12"

    /// A schema in an object that names its language.
    static func multiFormat(_ schema: DocumentValue) -> DocumentValue {
        .members([("schemaFormat", .string(format)), ("schema", schema)])
    }

    /// The pointer to the schema of a component.
    static func pointer(_ component: String) -> String { "#/components/schemas/\(component)/schema" }

    /// A type's file without its definitions, which are components of their own.
    static func whole(_ root: SchemaNode, file: String) -> DocumentValue {
        multiFormat(converted(root, file: file, leavingOut: ["$schema", "$id", "$defs", "examples"]))
    }

    /// The definitions of a file.
    static func definitions(of root: SchemaNode, file: String) -> [DocumentValue.Member] {
        (root["$defs"]?.members ?? []).map { member in
            .init("\(file).\(member.key)", multiFormat(converted(member.value, file: file)))
        }
    }

    /// A value of a schema file as it stands.
    static func plain(_ node: SchemaNode) -> DocumentValue {
        switch node.content {
        case .object(let members): .object(members.map { .init($0.key, plain($0.value)) })
        case .array(let elements): .array(elements.map(plain))
        case .string(let text): .string(text)
        case .number(let text): .number(text)
        case .bool(let value): .bool(value)
        case .null: .null
        }
    }

    /// The keywords whose value is no schema and holds none.
    private static let data: [String] = ["enum", "const", "default", "examples", "x-livsbuss"]
    /// The keywords whose value is an object of schemas, by names that mean nothing.
    private static let maps: [String] = ["properties", "patternProperties", "dependentSchemas", "$defs"]

    private static func converted(
        _ node: SchemaNode, file: String, leavingOut left: [String] = []
    ) -> DocumentValue {
        switch node.content {
        case .object(let members):
            .object(
                members.filter { !left.contains($0.key) }.map { member in
                    if member.key == "$ref", let text = member.value.string {
                        return .init("$ref", .string(target(text, file: file)))
                    }
                    if data.contains(member.key) { return .init(member.key, plain(member.value)) }
                    if maps.contains(member.key), let schemas = member.value.members {
                        return .init(
                            member.key, .object(schemas.map { .init($0.key, converted($0.value, file: file)) }))
                    }
                    return .init(member.key, converted(member.value, file: file))
                })
        case .array(let elements): .array(elements.map { converted($0, file: file) })
        default: plain(node)
        }
    }

    /// Where a reference leads within the document. One that leads nowhere was refused when the schemas were compiled.
    private static func target(_ text: String, file: String) -> String {
        guard let reference = SchemaReference(text, in: file) else { return text }
        let steps = reference.pointer.split(separator: "/")
        guard steps.count >= 2, steps[0] == "$defs" else { return pointer(reference.file) + reference.pointer }
        return pointer("\(reference.file).\(steps[1])") + steps.dropFirst(2).map { "/\($0)" }.joined()
    }
}
