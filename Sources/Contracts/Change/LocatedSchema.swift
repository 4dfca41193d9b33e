internal import LifeEvents

/// A schema and the file that its references lead from.
struct LocatedSchema {
    let node: SchemaNode
    /// As ``SchemaReference/file`` has it.
    let file: String
}

extension SchemaFiles {
    /// A type's schema.
    func schema(of type: String) -> LocatedSchema? {
        types.first { $0.type.name == type }.map { LocatedSchema(node: $0.root, file: type) }
    }

    private static let deepestReference = 32

    /// The keywords of a schema together with those of what it refers to; its own go before.
    func keywords(of schema: LocatedSchema?, depth: Int = 0) -> [String: LocatedSchema] {
        guard let schema, let members = schema.node.members else { return [:] }
        var keywords: [String: LocatedSchema] = [:]
        if depth < Self.deepestReference, let target = target(of: schema) {
            keywords = self.keywords(of: target, depth: depth + 1)
        }
        for member in members where member.key != "$ref" {
            keywords[member.key] = LocatedSchema(node: member.value, file: schema.file)
        }
        return keywords
    }

    /// What a schema refers to; nil if it refers to nothing.
    private func target(of schema: LocatedSchema) -> LocatedSchema? {
        guard let text = schema.node["$ref"]?.string, let reference = SchemaReference(text, in: schema.file) else {
            return nil
        }
        let root = reference.file == SchemaReference.shared ? shared : self.schema(of: reference.file)?.node
        return root?[pointer: reference.pointer].map { LocatedSchema(node: $0, file: reference.file) }
    }

    // MARK: - Schemas as texts

    private static let annotations = [
        "title", "description", "examples", "default", "deprecated", "$comment", "x-livsbuss", "$id", "$schema",
        "$defs",
    ]

    /// A schema as a text that two have in common exactly if they say the same: references followed, members sorted,
    /// without what says nothing of validity.
    func text(of schema: LocatedSchema, depth: Int = 0) -> String {
        switch schema.node.content {
        case .object where depth < Self.deepestReference:
            let members = keywords(of: schema).filter { !Self.annotations.contains($0.key) }
                .sorted { $0.key < $1.key }
            return "{" + members.map { "\($0.key):\(text(of: $0.value, depth: depth + 1))" }.joined(separator: ",")
                + "}"
        case .array(let elements):
            let texts = elements.map { text(of: LocatedSchema(node: $0, file: schema.file), depth: depth + 1) }
            return "[" + texts.joined(separator: ",") + "]"
        default: return schema.node.text
        }
    }
}
