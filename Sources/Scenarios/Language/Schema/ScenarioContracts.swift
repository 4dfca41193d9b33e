public import Contracts
import JSON
import LifeEvents

/// What an editor is told of agencies, types and their fields: all of it from a folder of contracts.
public struct ScenarioContracts: Sendable {
    let catalogue: Catalogue
    let schemas: SchemaCatalogue

    /// Reads a folder of contracts.
    /// - Throws: every fault of its manifests and schemas.
    public init(folder: String) throws(ContractError) {
        catalogue = try Catalogue(folder: folder)
        schemas = try SchemaCatalogue(folder: folder)
    }

    /// The kinds of values that a type's data has in a file.
    enum Use: String, CaseIterable {
        /// Whole, as it is published.
        case data
        /// What a citizen fills in of a form: who files, and with whom, the step says.
        case form
        /// Some of its values, or conditions on them.
        case part
    }

    // MARK: - Choices

    /// The agencies that a file may name.
    func agencies() -> String {
        choice(of: catalogue.agencies.filter { $0.kind != .bus }.map(\.owner))
    }

    /// The types, with what each tells.
    func types() -> String {
        let types = schemas.types.map { type in
            "{\(member("const", type.type.name)), \(member("title", type.title)), "
                + "\(member("description", type.description))}"
        }
        return "{\"anyOf\": [\((types + [Self.variable]).joined(separator: ",\n"))]}"
    }

    /// The agencies of some owners, each with its title.
    private func choice(of owners: [Owner]) -> String {
        let agencies = owners.compactMap { catalogue.agency(of: $0) }.map { agency in
            let title = "\(agency.titles.english) (\(agency.titles.swedish))."
            guard agency.digits > 0 else {
                return "{\(member("const", agency.owner.description)), \(member("description", title))}"
            }
            let pattern = "^\(agency.owner)-[0-9]{\(agency.digits)}$"
            return "{\"type\": \"string\", \(member("pattern", pattern)), \(member("description", title))}"
        }
        return "{\"anyOf\": [\((agencies + [Self.variable]).joined(separator: ", "))]}"
    }

    // MARK: - Definitions

    /// The definitions of all types and of those who say them, to stand in `$defs`.
    func definitions() -> String {
        var parts = catalogue.topics.map { topic in
            let teams = topic.access.filter(\.access.allowsWriting).compactMap { Owner(text: $0.team) }
            return "\"from-\(topic.name)\": \(choice(of: Set(teams).sorted()))"
        }
        for type in schemas.types {
            for use in Use.allCases where use != .form || type.isFiling {
                parts.append(
                    "\"\(use.rawValue)-\(type.type.name)\": \(object(type.fields, type.description, use, isType: true))"
                )
            }
        }
        let definitions = schemas.shared + schemas.types.flatMap(\.definitions)
        for definition in definitions {
            switch definition.content {
            case .values(let values): parts.append("\"value-\(definition.swiftName)\": \(choice(definition, values))")
            case .object(let fields):
                for use in [Use.data, .part] {
                    parts.append(
                        "\"\(use.rawValue)-\(definition.swiftName)\": \(object(fields, definition.description, use))")
                }
            }
        }
        return parts.joined(separator: ",\n")
    }

    private func choice(_ definition: Definition, _ values: [Definition.Value]) -> String {
        let words = values.map { value in
            let meaning = value.description ?? value.titleSwedish
            return "{\(member("const", value.text))\(meaning.map { ", " + member("description", $0) } ?? "")}"
        }
        return "{\(member("description", definition.description)), \"anyOf\": "
            + "[\((words + [Self.variable]).joined(separator: ", "))]}"
    }

    private func object(_ fields: [Field], _ description: String, _ use: Use, isType: Bool = false) -> String {
        let shown = use == .form ? fields.filter { $0.name != "filedBy" } : fields
        var properties = shown.map { "\"\($0.name)\": \(property($0, use))" }
        if isType, use == .part { properties.append("\"reasonCode\": {\"description\": \"Why, of an annulment.\"}") }
        let required = shown.filter { field in
            field.isRequired && use != .part && !(use == .form && field.name == "municipality")
        }
        let names = required.map { "\"\($0.name)\"" }.joined(separator: ", ")
        return "{\"type\": \"object\", \(member("description", description)), \"properties\": "
            + "{\(properties.joined(separator: ", "))}, \"required\": [\(names)], \"additionalProperties\": false}"
    }

    private func property(_ field: Field, _ use: Use) -> String {
        let value = schema(field.type, use)
        let choices = use == .part ? "\(value), {\"$ref\": \"#/$defs/matcher\"}" : value
        return "{\(member("description", field.description)), \"anyOf\": [\(choices)]}"
    }

    private func schema(_ type: FieldType, _ use: Use) -> String {
        switch type {
        case .string: "{\"type\": \"string\"}"
        case .integer(let bounds):
            "{\"type\": \"integer\"\(bounds.minimum.map { ", \"minimum\": \($0)" } ?? "")"
                + "\(bounds.maximum.map { ", \"maximum\": \($0)" } ?? "")}, \(Self.variable)"
        case .number: "{\"type\": \"number\"}, \(Self.variable)"
        case .boolean: "{\"$ref\": \"#/$defs/flag\"}"
        case .formatted(.subject): "{\"type\": \"string\", \"pattern\": \"[$]|^p[b-df-hj-np-tv-z]{15}$\"}"
        case .formatted(.date), .formatted(.month), .formatted(.dateTime): "{\"$ref\": \"#/$defs/time\"}"
        case .formatted(.agency): "{\"$ref\": \"#/$defs/agency\"}"
        case .formatted(.tile): "{\"$ref\": \"#/$defs/tile\"}"
        case .formatted(.municipality): "{\"type\": \"string\", \"pattern\": \"^[0-9]{4}$\"}, \(Self.variable)"
        case .formatted(.clock), .formatted(.halfYear), .formatted(.ageRange): "{\"type\": \"string\"}"
        case .array(let element): "{\"type\": \"array\", \"items\": {\"anyOf\": [\(schema(element, use))]}}"
        case .defined(let name):
            if case .object? = schemas.definition(named: name)?.content {
                "{\"$ref\": \"#/$defs/\(use == .part ? Use.part.rawValue : Use.data.rawValue)-\(name)\"}"
            } else {
                "{\"$ref\": \"#/$defs/value-\(name)\"}"
            }
        }
    }

    static let variable = "{\"$ref\": \"#/$defs/variable\"}"

    func member(_ key: String, _ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return "\"\(key)\": \(writer.text)"
    }
}

extension TypeSchema {
    /// Whether people send it.
    var isFiling: Bool { facet != nil }

    /// What stands behind `filing` in the name of a form; nil for other types.
    var facet: String? {
        let words = type.name.split(separator: ".")
        return words.count == 4 && words[1] == "filing" ? String(words[2]) : nil
    }
}
