/// JSON Schema 2020-12 said as plainly as it can be, for the keywords of `SchemaGenerator`.
///
/// It shares nothing with the validator that it judges: no tables, no order of keywords, numbers as hundredths.
struct ReferenceValidator {
    let root: Tree

    /// What the patterns of the generator match.
    static let patterns: [String: @Sendable ([Unicode.Scalar]) -> Bool] = [
        "^a": { $0.first == "a" }, "b$": { $0.last == "b" }, "é": { $0.contains("é") },
        "^[a-c]*$": { text in
            text.allSatisfy { "abc".unicodeScalars.contains($0) }
        }, "^.{2,3}$": { (2...3).contains($0.count) },
    ]

    func accepts(_ schema: Tree, _ instance: Tree) -> Bool {
        if case .bool(let truth) = schema { return truth }
        return (schema.members ?? []).allSatisfy { holds($0.name, $0.value, schema, instance) }
    }

    private func holds(_ keyword: String, _ value: Tree, _ schema: Tree, _ instance: Tree) -> Bool {
        switch keyword {
        case "type":
            return (value.elements ?? [value]).contains { type in isOf(type.text ?? "", instance) }
        case "enum": return (value.elements ?? []).contains { Tree.isEqual($0, instance) }
        case "const": return Tree.isEqual(value, instance)
        case "$ref": return accepts(target(value.text ?? ""), instance)
        case "allOf": return schemas(value).allSatisfy { accepts($0, instance) }
        case "anyOf": return schemas(value).contains { accepts($0, instance) }
        case "oneOf": return schemas(value).filter { accepts($0, instance) }.count == 1
        case "not": return !accepts(value, instance)
        case "if":
            guard let branch = schema[accepts(value, instance) ? "then" : "else"] else { return true }
            return accepts(branch, instance)
        default: break
        }
        switch instance {
        case .number(let number, _): return numberHolds(keyword, value.hundredths ?? 0, number)
        case .string(let text): return stringHolds(keyword, value, Array(text.unicodeScalars))
        case .array(let elements): return arrayHolds(keyword, value, schema, elements)
        case .object(let members): return objectHolds(keyword, value, schema, instance, members)
        case .null, .bool: return true
        }
    }

    private func target(_ reference: String) -> Tree {
        guard let name = reference.split(separator: "/").dropFirst(2).first else { return root }
        return root["$defs"]?[String(name)] ?? .bool(false)
    }

    private func schemas(_ value: Tree) -> [Tree] { value.elements ?? [] }

    private func isOf(_ type: String, _ instance: Tree) -> Bool {
        switch (type, instance) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number, _)): number % 100 == 0
        default: false
        }
    }

    private func numberHolds(_ keyword: String, _ bound: Int, _ number: Int) -> Bool {
        switch keyword {
        case "minimum": number >= bound
        case "maximum": number <= bound
        case "exclusiveMinimum": number > bound
        case "exclusiveMaximum": number < bound
        case "multipleOf": number % bound == 0
        default: true
        }
    }

    private func stringHolds(_ keyword: String, _ value: Tree, _ text: [Unicode.Scalar]) -> Bool {
        switch keyword {
        case "minLength": text.count * 100 >= value.hundredths ?? 0
        case "maxLength": text.count * 100 <= value.hundredths ?? 0
        case "pattern": Self.patterns[value.text ?? ""]?(text) ?? false
        default: true
        }
    }

    private func arrayHolds(_ keyword: String, _ value: Tree, _ schema: Tree, _ elements: [Tree]) -> Bool {
        switch keyword {
        case "minItems": return elements.count * 100 >= value.hundredths ?? 0
        case "maxItems": return elements.count * 100 <= value.hundredths ?? 0
        case "uniqueItems":
            guard case .bool(true) = value else { return true }
            return !elements.indices.contains { one in
                elements[..<one].contains { Tree.isEqual($0, elements[one]) }
            }
        case "prefixItems": return zip(schemas(value), elements).allSatisfy { accepts($0, $1) }
        case "items":
            let prefix = schema["prefixItems"]?.elements?.count ?? 0
            return elements.dropFirst(prefix).allSatisfy { accepts(value, $0) }
        case "contains":
            let count = elements.filter { accepts(value, $0) }.count * 100
            let least = schema["minContains"]?.hundredths ?? 100
            return count >= least && count <= schema["maxContains"]?.hundredths ?? Int.max
        default: return true
        }
    }

    private func objectHolds(
        _ keyword: String, _ value: Tree, _ schema: Tree, _ instance: Tree, _ members: [(name: String, value: Tree)]
    ) -> Bool {
        switch keyword {
        case "minProperties": return members.count * 100 >= value.hundredths ?? 0
        case "maxProperties": return members.count * 100 <= value.hundredths ?? 0
        case "required": return schemas(value).allSatisfy { instance[$0.text ?? ""] != nil }
        case "properties":
            return members.allSatisfy { member in value[member.name].map { accepts($0, member.value) } ?? true }
        case "patternProperties":
            return members.allSatisfy { member in
                (value.members ?? []).allSatisfy { !matches($0.name, member.name) || accepts($0.value, member.value) }
            }
        case "additionalProperties":
            return members.allSatisfy { member in
                schema["properties"]?[member.name] != nil
                    || (schema["patternProperties"]?.members ?? []).contains { matches($0.name, member.name) }
                    || accepts(value, member.value)
            }
        case "propertyNames": return members.allSatisfy { accepts(value, .string($0.name)) }
        case "dependentRequired":
            return (value.members ?? []).allSatisfy { trigger in
                instance[trigger.name] == nil
                    || schemas(trigger.value).allSatisfy { instance[$0.text ?? ""] != nil }
            }
        case "dependentSchemas":
            return (value.members ?? []).allSatisfy { instance[$0.name] == nil || accepts($0.value, instance) }
        default: return true
        }
    }

    private func matches(_ pattern: String, _ name: String) -> Bool {
        Self.patterns[pattern]?(Array(name.unicodeScalars)) ?? false
    }
}
