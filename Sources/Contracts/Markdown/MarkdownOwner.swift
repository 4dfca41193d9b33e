internal import LifeEvents

/// The section of one owner.
struct MarkdownOwner {
    private let agency: AgencyFile
    private let catalogue: Catalogue
    private let schemas: SchemaCatalogue?
    private let flows: DeclaredFlows

    init(_ agency: AgencyFile, catalogue: Catalogue, schemas: SchemaCatalogue?, flows: DeclaredFlows) {
        self.agency = agency
        self.catalogue = catalogue
        self.schemas = schemas
        self.flows = flows
    }

    var lines: [String] {
        var lines = [
            "# \(MarkdownText.escaped(agency.titles.swedish)) / \(MarkdownText.escaped(agency.titles.english))", "",
            about,
        ]
        if !agency.branches.isEmpty {
            lines += [""]
            lines += MarkdownText.table(
                ["branch", "verksamhetsgren", "in English"],
                agency.branches.map {
                    [
                        MarkdownText.code($0.branch.name), MarkdownText.escaped($0.titles.swedish),
                        MarkdownText.escaped($0.titles.english),
                    ]
                })
        }
        for topic in catalogue.topics where topic.owner == agency.owner { lines += [""] + section(topic) }
        return lines
    }

    private var about: String {
        let kind =
            switch agency.kind {
            case .agency where agency.digits > 0:
                "Agencies \(MarkdownText.code("\(agency.owner)-" + String(repeating: "N", count: agency.digits)))"
            case .agency: "Agency \(MarkdownText.code(agency.owner.description))"
            case .people: "People, \(MarkdownText.code(agency.owner.description))"
            case .bus: "The bus itself, \(MarkdownText.code(agency.owner.description))"
            }
        return "\(kind)."
    }

    // MARK: - Topics

    private func section(_ topic: TopicManifest) -> [String] {
        let named = topic.namedReaders.map { MarkdownText.code($0) }.joined(separator: ", ")
        var lines = [
            "## \(MarkdownText.code(topic.name))", "",
            "\(MarkdownText.escaped(topic.titleSwedish)) / \(MarkdownText.escaped(topic.titleEnglish))", "",
        ]
        lines += MarkdownText.table(
            ["", ""],
            [
                ["class", topic.informationClass.rawValue + " (\(topic.informationClass.words))"],
                ["purposes", topic.purposes.map { MarkdownText.code($0) }.joined(separator: ", ")],
                ["legal basis", topic.legalBasis.map { MarkdownText.escaped($0) } ?? "none found yet"],
                ["kept", topic.retentionWords], ["cleanup", MarkdownText.code(topic.cleanupPolicy.rawValue)],
                ["partitions", "\(topic.partitions)"], ["largest message", "\(topic.maximumMessageBytes) bytes"],
                ["may read", rights(topic) { $0.allowsReading }], ["may write", rights(topic) { $0.allowsWriting }],
            ] + (named.isEmpty ? [] : [["named readers", named]]))
        if topic.isDeadLetter {
            return lines + [
                "", "Takes what broke a contract of the owner, or what its agencies could not handle, with the reason.",
            ]
        }
        for type in schemas?.types ?? [] where type.type.topic == topic.name {
            lines += [""] + section(type, on: topic)
        }
        return lines
    }

    private func rights(_ topic: TopicManifest, _ isWanted: (AccessRule.Access) -> Bool) -> String {
        let parties = topic.access.filter { isWanted($0.access) }.map { rule in
            let title = catalogue.titles(team: rule.team, application: rule.application).swedish
            return "\(MarkdownText.escaped(title)) (\(MarkdownText.code("\(rule.team)/\(rule.application)")))"
        }
        return parties.isEmpty ? "nobody" : parties.joined(separator: "; ")
    }

    // MARK: - Types

    private func section(_ type: TypeSchema, on topic: TopicManifest) -> [String] {
        var lines = type.type.name == topic.name ? [] : ["### \(MarkdownText.code(type.type.name))", ""]
        if type.type.name != topic.name {
            lines += ["\(MarkdownText.escaped(type.titleSwedish)) / \(MarkdownText.escaped(type.title))", ""]
        }
        lines += [MarkdownText.escaped(type.description), ""]
        lines += ["- about: \(MarkdownText.escaped(type.aboutWords))", "- chain: \(type.chain.words)"]
        if let readers = type.readers {
            lines.append("- only for: \(readers.map { MarkdownText.code($0.description) }.joined(separator: ", "))")
        }
        if !type.delimiting.isEmpty {
            let names = type.delimiting.map { MarkdownText.code($0) }.joined(separator: ", ")
            lines.append("- concerns the municipality or region in: \(names)")
        }
        lines += ["", "**Said by**", ""] + flows.writers(of: type.type)
        lines += ["", "**Heard by**", ""] + flows.readers(of: type.type)
        lines += ["", "**Holds**", ""] + fields(type)
        if let example = type.example { lines += ["", "```json", example, "```"] }
        return lines
    }

    private func fields(_ type: TypeSchema) -> [String] {
        guard let schemas else { return [] }
        var rows: [[String]] = []
        func add(_ fields: [Field], prefix: String) {
            for field in fields {
                let name = prefix + field.name
                let marks = [field.group.map { MarkdownText.code($0) }, field.isProtected ? "protected" : nil]
                rows.append([
                    MarkdownText.code(name), field.isRequired ? "yes" : "no",
                    MarkdownText.escaped(schemas.words(for: field.type)) + values(field.type, schemas),
                    marks.compactMap(\.self).joined(separator: ", "), MarkdownText.escaped(field.description),
                ])
                if let object = schemas.fields(in: field.type) { add(object, prefix: "\(name).") }
            }
        }
        add(type.fields, prefix: "")
        return MarkdownText.table(["field", "required", "type", "group", "what it says"], rows)
    }

    /// The values of an enum, each with its Swedish name where it has one.
    private func values(_ type: FieldType, _ schemas: SchemaCatalogue) -> String {
        if case .array(let element) = type { return values(element, schemas) }
        guard case .defined(let name) = type, case .values(let values) = schemas.definition(named: name)?.content else {
            return ""
        }
        let told = values.map { value in
            MarkdownText.code(value.text) + (value.titleSwedish.map { " " + MarkdownText.escaped($0) } ?? "")
        }
        return ": " + told.joined(separator: ", ")
    }
}

extension InformationClass {
    /// What it is for, in words.
    var words: String {
        switch self {
        case .c1: "public"
        case .c2: "ordinary personal data"
        case .c3: "under secrecy"
        case .c4: "sensitive or social data"
        case .c5: "protected identity"
        }
    }
}
