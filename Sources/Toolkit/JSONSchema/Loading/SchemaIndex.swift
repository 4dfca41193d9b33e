internal import JSON
internal import Terminal

/// A schema in a document of the catalogue; its number is that of its code.
struct IndexedSchema: Sendable {
    let document: Int
    let value: SourceValue
    /// The URI from which its references start.
    let base: String
    /// Its JSON Pointer in the document.
    let pointer: String
    /// The number behind those of the schemas within it, which follow its own.
    var end = 0
}

/// Every schema of a catalogue, with the names that references may use.
struct SchemaIndex: Sendable {
    /// A value of a document.
    struct Place: Hashable, Sendable {
        let document: Int
        let offset: Int
    }

    private(set) var documents: [SchemaDocument] = []
    private(set) var schemas: [IndexedSchema] = []
    private(set) var numbers: [Place: UInt32] = [:]
    private(set) var resources: [ExactText: (document: Int, value: SourceValue)] = [:]
    /// The anchors of each schema with a name, in the order of the documents.
    private(set) var anchors: [ExactText: [(name: String, place: Place)]] = [:]
    private(set) var errors: [(document: Int, offset: Int, message: String)] = []

    init(_ documents: [SchemaDocument]) {
        for document in documents { add(document) }
    }

    /// Adds a document, whose schemas get the next numbers.
    mutating func add(_ document: SchemaDocument) {
        let number = documents.count
        documents.append(document)
        switch document.parsed.root {
        case .success(let root):
            let uri = URIReference.resolve("", from: document.uri).uri
            name(uri, number, root, 0)
            visit(root, number, base: uri, pointer: "")
        case .failure(let error): report(number, error.offset, "\(error.reason)")
        }
    }

    mutating func report(_ document: Int, _ offset: Int, _ message: String) {
        errors.append((document, offset, message))
    }

    private mutating func name(_ uri: String, _ document: Int, _ value: SourceValue, _ offset: Int) {
        if let other = resources[ExactText(uri)], other.document != document || other.value.offset != value.offset {
            report(document, offset, "\(uri) is the name of another schema already")
        } else {
            resources[ExactText(uri)] = (document, value)
        }
    }

    // MARK: - Schemas

    private mutating func visit(_ value: SourceValue, _ document: Int, base: String, pointer: String) {
        var base = base
        if let id = value["$id"] {
            if let text = id.text, URIReference(text).fragment ?? "" == "" {
                base = URIReference.resolve(text, from: base).uri
                name(base, document, value, id.offset)
            } else {
                report(document, id.offset, "$id is a URI without a fragment")
            }
        }
        let number = schemas.count
        numbers[Place(document: document, offset: value.offset)] = UInt32(number)
        schemas.append(IndexedSchema(document: document, value: value, base: base, pointer: pointer))
        defer { schemas[number].end = schemas.count }
        if case .bool = value.content { return }
        guard let members = value.members else {
            return report(document, value.offset, "a schema is an object, true or false")
        }
        for member in members { visit(member, document, value, base: base, pointer: pointer) }
    }

    private mutating func visit(
        _ member: SourceMember, _ document: Int, _ schema: SourceValue, base: String, pointer: String
    ) {
        guard let keyword = Keyword(rawValue: member.name) else { return refuse(member, document) }
        if keyword.shape == .none, keyword != .anchor { return }
        let pointer = "\(pointer)/\(keyword.rawValue)"
        switch (keyword.shape, member.value.content) {
        case (.none, _):
            guard let text = member.value.text, Self.isAnchor(text) else {
                return report(document, member.value.offset, "an anchor is a letter or _, then letters, digits, - _ .")
            }
            if anchors[ExactText(base)]?.contains(where: { $0.name == text }) == true {
                report(document, member.value.offset, "\(base)#\(text) stands twice")
            }
            anchors[ExactText(base), default: []].append((text, Place(document: document, offset: schema.offset)))
        case (.one, _): visit(member.value, document, base: base, pointer: pointer)
        case (.list, .array(let elements)) where !elements.isEmpty || keyword == .prefixItems:
            for (index, element) in elements.enumerated() {
                visit(element, document, base: base, pointer: "\(pointer)/\(index)")
            }
        case (.list, _): report(document, member.value.offset, "\(keyword.rawValue) is a list of schemas")
        case (.map, .object(let members)):
            for member in members {
                visit(member.value, document, base: base, pointer: "\(pointer)/\(JSONPointer.escaped(member.name))")
            }
        case (.map, _): report(document, member.value.offset, "\(keyword.rawValue) is an object of schemas")
        }
    }

    private mutating func refuse(_ member: SourceMember, _ document: Int) {
        if member.name.hasPrefix("x-") { return }
        if let reason = Keyword.refusal(member.name) {
            return report(document, member.nameOffset, "the keyword \(member.name) is not supported: \(reason)")
        }
        let meant = SpellingGuess.nearest(to: member.name, among: Keyword.allCases.map(\.rawValue))
        let guess = meant.map { "; did you mean \($0)?" } ?? "; keywords of one's own begin with x-"
        report(document, member.nameOffset, "'\(member.name)' is no keyword\(guess)")
    }

    private static func isAnchor(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == 0x5F || (first | 0x20) &- 0x61 < 26 else { return false }
        return text.utf8.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
        }
    }
}
