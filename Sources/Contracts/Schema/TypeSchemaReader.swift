internal import LifeEvents

/// Turns the file of one type into its schema, or into all that Swift types cannot be made from in it.
struct TypeSchemaReader {
    private let root: SchemaNode
    private let owner: Owner
    /// Without `.schema.json`.
    private let fileName: String
    private let path: String

    /// The JSON Schema dialect of all schemas.
    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    init(_ root: SchemaNode, owner: Owner, fileName: String, path: String) {
        self.root = root
        self.owner = owner
        self.fileName = fileName
        self.path = path
    }

    /// Nil only where there are findings.
    func read(_ reader: inout FieldReader) -> TypeSchema? {
        reader.begin(root)
        let before = reader.definitions.count
        let values = reader.findings.members(
            of: root, "the schema",
            required: [
                "$schema", "$id", "title", "description", "x-livsbuss", "type", "properties", "required",
                "additionalProperties", "examples",
            ],
            optional: [
                "$defs", "$comment", "dependentRequired", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
            ])
        expect(Self.dialect, values["$schema"], "$schema", &reader.findings)
        expect("object", values["type"], "type", &reader.findings)
        if let id = reader.findings.text(values["$id"], "$id"), !id.hasSuffix("/\(owner)/\(fileName).schema.json") {
            reader.findings.add(
                values["$id"]?.place ?? root.place, "$id must end with '/\(owner)/\(fileName).schema.json'")
        }
        FieldReader.expectClosed(values["additionalProperties"], root, "the schema", &reader.findings)
        if !TopicName.isType(fileName) {
            reader.findings.add(
                root.place,
                "'\(fileName)' is no name of a type; name the file <noun>[.<facet>].v<N>.schema.json, such as "
                    + "'filing.move-notice.v1.schema.json'")
        }
        let fields = reader.fields(values["properties"], required: values["required"], isOfType: true)
        let notes = values["x-livsbuss"].map { read($0, fields, &reader.findings) }
        let examples = values["examples"].map { read(examples: $0, &reader.findings) } ?? []
        let title = reader.findings.text(values["title"], "title")
        let description = reader.findings.text(values["description"], "description")
        guard let notes, let swiftName = notes.swiftName, let titleSwedish = notes.titleSwedish,
            let about = notes.about, let chain = notes.chain, let title, let description
        else { return nil }
        return TypeSchema(
            type: EventType("\(owner).\(fileName)"), owner: owner, title: title, titleSwedish: titleSwedish,
            description: description, swiftName: swiftName, fields: fields.map { $0.withheld(from: notes.readers) },
            about: about, chain: chain,
            readers: notes.readers, delimiting: notes.delimiting,
            isWithheldWhenProtected: notes.isWithheld, examples: examples,
            definitions: reader.definitions[before...].map(\.definition).filter { $0.file == path }, file: path)
    }

    private func expect(_ expected: String, _ node: SchemaNode?, _ what: String, _ findings: inout SchemaFindings) {
        guard let node, node.string != expected else { return }
        findings.add(node.place, "\(what) must be '\(expected)'")
    }

    private func read(examples node: SchemaNode, _ findings: inout SchemaFindings) -> [String] {
        guard let examples = node.elements, !examples.isEmpty else {
            findings.add(node.place, "examples must be a list with at least one whole example")
            return []
        }
        return examples.map(\.text)
    }

    // MARK: - Annotations

    private struct Notes {
        var swiftName: String?
        var titleSwedish: String?
        var about: TypeSchema.About?
        var chain: TypeSchema.Chain?
        var readers: [TypeSchema.Reader]?
        var delimiting: [String] = []
        var isWithheld = false
    }

    private func read(_ node: SchemaNode, _ fields: [Field], _ findings: inout SchemaFindings) -> Notes {
        let values = findings.members(
            of: node, "x-livsbuss", required: ["title-sv", "swift", "about", "chain"],
            optional: ["readers", "delimit", "protected"])
        var notes = Notes()
        notes.swiftName = SwiftName.type(values["swift"], "the type", &findings)
        notes.titleSwedish = findings.text(values["title-sv"], "title-sv")
        if let about = values["about"] {
            let parts = findings.members(of: about, "about", required: ["subject"], optional: ["fields"])
            let named = findings.texts(parts["fields"], "about.fields") ?? []
            expect(named, amongst: fields, &findings)
            if let subject = findings.text(parts["subject"], "about.subject") {
                notes.about = TypeSchema.About(subject: subject, fields: named.map(\.text))
            }
        }
        if let chain = values["chain"], let text = findings.text(chain, "chain") {
            notes.chain = TypeSchema.Chain(rawValue: text)
            if notes.chain == nil {
                let known = TypeSchema.Chain.allCases.map(\.rawValue).joined(separator: ", ")
                findings.add(chain.place, "there is no chain '\(text)'; there are \(known)")
            }
        }
        notes.readers = values["readers"].map { ReaderList.read($0, fields, &findings) }
        let delimiting = findings.texts(values["delimit"], "delimit") ?? []
        expect(delimiting, amongst: fields, &findings)
        notes.delimiting = delimiting.map(\.text)
        if let protected = values["protected"] {
            if protected.string == "withheld" {
                notes.isWithheld = true
            } else {
                findings.add(protected.place, "protected can be 'withheld': the event is not told of protected people")
            }
        }
        return notes
    }

    /// The first step of a path must be a field of the type.
    private func expect(_ paths: [SchemaText], amongst fields: [Field], _ findings: inout SchemaFindings) {
        for path in paths {
            let first = path.text.prefix { $0 != "." }
            // A field with a fault of its own is not among them.
            guard !fields.contains(where: { $0.name == first }), root["properties"]?[String(first)] == nil else {
                continue
            }
            findings.add(path.place, "the type has no field '\(first)'")
        }
    }
}

extension Field {
    /// The field, with whether some of the readers has no right to it.
    fileprivate func withheld(from readers: [TypeSchema.Reader]?) -> Field {
        guard let group, let readers else { return self }
        var field = self
        field.isWithheld = readers.contains { $0.groups.map { !$0.contains(group) } ?? false }
        return field
    }
}
