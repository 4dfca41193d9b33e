/// Reads fields and the enums and objects that they refer to.
struct FieldReader {
    var findings = SchemaFindings()
    /// The definitions of the files read so far, in the order in which they were first referred to, by file and name.
    private(set) var definitions: [(origin: String, definition: Definition)] = []
    /// The Swift names of definitions that are known, here or to whoever made the reader, by file and name.
    private(set) var known: [String: String]

    private let shared: SchemaNode?
    private let sharedPath: String
    /// The file that is being read.
    private var root: SchemaNode?
    /// The definitions that are being read, for one that refers to itself.
    private var open: [String] = []

    /// - Parameters:
    ///   - shared: the file of shared types; nil: it cannot be read.
    ///   - sharedPath: its path.
    ///   - known: definitions of the shared file that were read already and are sound: they are not read again.
    init(shared: SchemaNode?, sharedPath: String, known: [String: String] = [:]) {
        self.known = known
        self.shared = shared
        self.sharedPath = sharedPath
        root = shared
    }

    mutating func begin(_ file: SchemaNode) { root = file }

    private static let annotations = ["title", "description", "examples", "deprecated", "$comment", "x-livsbuss"]
    private static let constraints = [
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minItems", "maxItems", "uniqueItems", "not",
    ]
    private static let keys = ["$ref", "type", "format", "items"] + constraints + annotations

    /// The fields of an object's `properties`; those with faults are left out.
    mutating func fields(_ properties: SchemaNode?, required: SchemaNode?, isOfType: Bool) -> [Field] {
        guard let properties else { return [] }
        guard let members = properties.members, !members.isEmpty else {
            findings.add(properties.place, "properties must be an object with at least one field")
            return []
        }
        let names = findings.texts(required, "required") ?? []
        for name in names where !members.contains(where: { $0.key == name.text }) {
            findings.add(name.place, "there is no field '\(name.text)' to require")
        }
        return members.compactMap { member in
            guard SwiftName.isMember(member.key) else {
                findings.add(
                    member.keyPlace, "'\(member.key)' is no name of a field: write camelCase, letters and digits")
                return nil
            }
            let isRequired = names.contains { $0.text == member.key }
            return field(member, isRequired: isRequired, isOfType: isOfType)
        }
    }

    private mutating func field(_ member: SchemaNode.Member, isRequired: Bool, isOfType: Bool) -> Field? {
        let node = member.value
        let what = "the field '\(member.key)'"
        let type = type(node, what)
        if node["description"] == nil { findings.add(member.keyPlace, "\(what) lacks a description") }
        let description = findings.text(node["description"], "the description of \(what)")
        var notes = KeyedNodes<SchemaNode>()
        if let own = node["x-livsbuss"] {
            notes = findings.members(
                of: own, "x-livsbuss of \(what)",
                optional: ["group", "protected", "relation", "required", "sets", "title-sv"])
        }
        let group = findings.text(notes["group"], "group")
        if isOfType, node.members != nil, notes["group"] == nil {
            findings.add(member.keyPlace, "\(what) lacks its group: \"x-livsbuss\": {\"group\": …}")
        }
        let relation = findings.text(notes["relation"], "relation")
        if let protected = notes["protected"], protected.bool == nil {
            findings.add(protected.place, "protected must be true or false")
        }
        if let sets = notes["sets"], sets.string != "protection" {
            findings.add(sets.place, "a field can set 'protection' and nothing else")
        }
        if let required = notes["required"], required.string != "unless-protected" || notes["protected"]?.bool != true {
            findings.add(
                required.place,
                "required can be 'unless-protected', of a protected field; what all must have stands in the schema's own"
            )
        }
        guard let type, let description else { return nil }
        var field = Field(
            name: member.key, description: description, type: type, isRequired: isRequired, group: group,
            isProtected: notes["protected"]?.bool ?? false, relation: relation)
        field.isRequiredUnlessProtected = notes["required"] != nil
        field.saysProtection = notes["protected"] != nil
        field.setsProtection = notes["sets"] != nil
        return field
    }

    // MARK: - Types

    private mutating func type(_ node: SchemaNode, _ what: String) -> FieldType? {
        guard node.members != nil else {
            findings.add(node.place, "\(what) must be an object: a Boolean schema says nothing of its type")
            return nil
        }
        let known = findings.members(
            of: node, what, optional: Self.keys)
        if let reference = known["$ref"] {
            if let other = known["type"] ?? known["format"] ?? known["items"] {
                findings.add(other.place, "\(what) refers to a definition, which says its type")
            }
            return refer(reference, what)
        }
        guard let name = findings.text(known["type"], "the type of \(what)") else {
            if known["type"] == nil {
                findings.add(node.place, "\(what) lacks a type: write \"type\" or a \"$ref\"")
            }
            return nil
        }
        switch name {
        case "string":
            return text(
                known["format"], Bounds(minimum: known["minLength"]?.int, maximum: known["maxLength"]?.int), what)
        case "integer": return .integer(Bounds(minimum: known["minimum"]?.int, maximum: known["maximum"]?.int))
        case "number": return .number
        case "boolean": return .boolean
        case "array":
            guard let items = known["items"] else {
                findings.add(node.place, "\(what) is a list: say of what by \"items\"")
                return nil
            }
            return type(items, "each of \(what)").map { .array(of: $0) }
        case "object":
            findings.add(
                node.place, "\(what) is an object: give it a name in $defs and refer to it, so that it has a Swift type"
            )
            return nil
        default:
            findings.add(
                known["type"]?.place ?? node.place,
                "'\(name)' is no type that Swift types are made from: string, integer, number, boolean, array")
            return nil
        }
    }

    private mutating func text(_ format: SchemaNode?, _ bounds: Bounds, _ what: String) -> FieldType? {
        guard let format, let name = findings.text(format, "the format of \(what)") else { return .string(bounds) }
        if let known = TextFormat(rawValue: name) { return .formatted(known) }
        if ["uri", "uuid"].contains(name) { return .string(bounds) }
        let names = TextFormat.allCases.map(\.rawValue) + ["uri", "uuid"]
        findings.add(
            format.place, "there is no Swift type for the format '\(name)'; known are \(names.joined(separator: ", "))")
        return nil
    }

    private mutating func refer(_ reference: SchemaNode, _ what: String) -> FieldType? {
        guard let text = findings.text(reference, "$ref of \(what)") else { return nil }
        let prefix = "#/$defs/"
        let isShared = text.hasPrefix("../types.schema.json" + prefix)
        let name = String(text.drop { $0 != "#" }.dropFirst(prefix.count))
        guard isShared || text.hasPrefix(prefix), !name.isEmpty, !name.contains("/") else {
            findings.add(
                reference.place,
                "'\(text)' is no reference that Swift types are made from: #/$defs/NAME or "
                    + "../types.schema.json#/$defs/NAME")
            return nil
        }
        guard let file = isShared ? shared : root, let node = file["$defs"]?[name] else {
            // A file that cannot be read has been reported.
            if !isShared || shared != nil {
                findings.add(
                    reference.place, "there is no definition '\(name)' in \(isShared ? sharedPath : "this file")")
            }
            return nil
        }
        return define(node, name: name, in: file, at: reference.place)
    }

    // MARK: - Definitions

    private mutating func define(
        _ node: SchemaNode, name: String, in file: SchemaNode, at place: SchemaPlace
    ) -> FieldType? {
        let origin = "\(file.path)#\(name)"
        if let swiftName = known[origin] { return .defined(swiftName) }
        guard !open.contains(origin) else {
            findings.add(place, "the definition '\(name)' holds itself, which a Swift struct cannot")
            return nil
        }
        open.append(origin)
        let outer = root
        root = file
        defer {
            open.removeLast()
            root = outer
        }
        let isEnum = node["enum"] != nil
        guard isEnum || node["type"]?.string == "object" else { return type(node, "the definition '\(name)'") }
        let what = "the definition '\(name)'"
        let values = findings.members(
            of: node, what, required: ["title", "description", "type", "x-livsbuss"] + (isEnum ? ["enum"] : []),
            optional: ["properties", "required", "additionalProperties", "$comment", "examples"])
        let notes = values["x-livsbuss"].map {
            findings.members(
                of: $0, "x-livsbuss of \(what)", required: ["title-sv", "swift"], optional: isEnum ? ["values"] : [])
        }
        let content: Definition.Content
        if isEnum {
            content = .values(enumValues(values["enum"], notes?["values"], what))
        } else {
            Self.expectClosed(values["additionalProperties"], node, what, &findings)
            content = .object(fields(values["properties"], required: values["required"], isOfType: false))
        }
        guard let title = findings.text(values["title"], "the title of \(what)"),
            let description = findings.text(values["description"], "the description of \(what)"),
            let titleSwedish = findings.text(notes?["title-sv"], "title-sv of \(what)"),
            let swiftName = SwiftName.type(notes?["swift"], what, &findings)
        else { return nil }
        let definition = Definition(
            swiftName: swiftName, title: title, titleSwedish: titleSwedish, description: description, content: content,
            file: file.path)
        definitions.append((origin, definition))
        known[origin] = swiftName
        return .defined(swiftName)
    }

    static func expectClosed(
        _ node: SchemaNode?, _ object: SchemaNode, _ what: String, _ findings: inout SchemaFindings
    ) {
        guard node?.bool != false else { return }
        findings.add(node?.place ?? object.place, "\(what) must have \"additionalProperties\": false")
    }

    private mutating func enumValues(_ list: SchemaNode?, _ notes: SchemaNode?, _ what: String) -> [Definition.Value] {
        guard let texts = findings.texts(list, "enum of \(what)") else { return [] }
        if texts.isEmpty, let list { findings.add(list.place, "enum of \(what) has no value") }
        for member in notes?.members ?? [] where !texts.contains(where: { $0.text == member.key }) {
            findings.add(member.keyPlace, "enum of \(what) has no value '\(member.key)'")
        }
        var taken: [String] = []
        return texts.compactMap { text in
            let own = notes?[text.text].map {
                findings.members(
                    of: $0, "the value '\(text.text)'", optional: ["swift", "description", "title-sv"])
            }
            let swiftName = findings.text(own?["swift"], "swift") ?? text.text
            guard SwiftName.isMember(swiftName), !taken.contains(swiftName) else {
                findings.add(
                    own?["swift"]?.place ?? text.place,
                    "'\(swiftName)' is no name of a Swift case\(taken.contains(swiftName) ? " of its own" : ""); give it "
                        + "one by x-livsbuss: {\"values\": {\"\(text.text)\": {\"swift\": …}}}")
                return nil
            }
            taken.append(swiftName)
            return Definition.Value(
                text: text.text, swiftName: swiftName,
                description: findings.text(own?["description"], "the description of '\(text.text)'"),
                titleSwedish: findings.text(own?["title-sv"], "title-sv of '\(text.text)'"))
        }
    }
}
