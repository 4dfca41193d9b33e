/// Objects and lists.
extension SchemaComparison {
    mutating func compareObjects(_ step: SchemaStep) {
        let (before, after) = (members(step.old["properties"]), members(step.new["properties"]))
        let (wanted, wants) = (texts(step.old["required"]), texts(step.new["required"]))
        let wasClosed = step.old["additionalProperties"]?.node.bool == false
        let isClosed = step.new["additionalProperties"]?.node.bool == false
        for field in before {
            let path = Self.path(step.path, field.key)
            guard let other = after.first(where: { $0.key == field.key }) else {
                tell(
                    isClosed ? .breaksBoth : .breaksReaders, field.keyPlace,
                    isClosed ? "\(Self.name(path)) is gone" : "\(Self.name(path)) is no longer described")
                continue
            }
            compareRequirement(path, wanted, wants, field.key, other.keyPlace)
            compare(field.schema, other.schema, path)
        }
        for field in after where !before.contains(where: { $0.key == field.key }) {
            let name = Self.name(Self.path(step.path, field.key))
            if let place = wants.first(where: { $0.text == field.key })?.place {
                tell(.breaksWriters, place, "\(name) is new and required")
            } else if wasClosed {
                tell(.compatible, field.keyPlace, "\(name) is new and optional")
            } else {
                tell(.breaksWriters, field.keyPlace, "\(name), which could be anything, has a schema now")
            }
        }
        compareAdditional(step, wasClosed: wasClosed, isClosed: isClosed)
        comparePatterns(step)
        compare(step.old["propertyNames"], step.new["propertyNames"], Self.path(step.path, "(names)"))
        compareDependencies(step)
    }

    private struct Member {
        let key: String
        let keyPlace: SchemaPlace
        let schema: LocatedSchema
    }

    private func members(_ schema: LocatedSchema?) -> [Member] {
        guard let schema else { return [] }
        return (schema.node.members ?? []).map {
            Member(key: $0.key, keyPlace: $0.keyPlace, schema: LocatedSchema(node: $0.value, file: schema.file))
        }
    }

    private func texts(_ schema: LocatedSchema?) -> [SchemaText] {
        (schema?.node.elements ?? []).compactMap { element in
            element.string.map { SchemaText(text: $0, place: element.place) }
        }
    }

    private mutating func compareRequirement(
        _ path: String, _ before: [SchemaText], _ after: [SchemaText], _ key: String, _ place: SchemaPlace
    ) {
        let was = before.contains { $0.text == key }
        let now = after.first { $0.text == key }
        if !was, let now { tell(.breaksWriters, now.place, "\(Self.name(path)) was optional and is required now") }
        if was, now == nil { tell(.breaksReaders, place, "\(Self.name(path)) was required and is optional now") }
    }

    private mutating func compareAdditional(_ step: SchemaStep, wasClosed: Bool, isClosed: Bool) {
        let place = step.place(of: "additionalProperties")
        switch (wasClosed, isClosed) {
        case (true, true): break
        case (true, false): tell(.compatible, place, "\(step.name) may have fields that are not described now")
        case (false, true): tell(.breaksWriters, place, "\(step.name) may have no fields but those described now")
        case (false, false):
            compare(
                step.old["additionalProperties"], step.new["additionalProperties"], Self.path(step.path, "(others)"))
        }
    }

    private mutating func comparePatterns(_ step: SchemaStep) {
        let (before, after) = (members(step.old["patternProperties"]), members(step.new["patternProperties"]))
        for pattern in before {
            let path = Self.path(step.path, "/\(pattern.key)/")
            if let other = after.first(where: { $0.key == pattern.key }) {
                compare(pattern.schema, other.schema, path)
            } else {
                tell(.breaksBoth, pattern.keyPlace, "\(Self.name(path)) is gone")
            }
        }
        for pattern in after where !before.contains(where: { $0.key == pattern.key }) {
            tell(.breaksWriters, pattern.keyPlace, "\(Self.name(Self.path(step.path, "/\(pattern.key)/"))) is new")
        }
    }

    private mutating func compareDependencies(_ step: SchemaStep) {
        func pairs(_ schema: LocatedSchema?) -> [(text: String, place: SchemaPlace)] {
            members(schema).flatMap { member in
                texts(member.schema).map { ("'\($0.text)' where '\(member.key)' is there", $0.place) }
            }
        }
        let (before, after) = (pairs(step.old["dependentRequired"]), pairs(step.new["dependentRequired"]))
        for pair in after where !before.contains(where: { $0.text == pair.text }) {
            tell(.breaksWriters, pair.place, "\(step.name) must have \(pair.text) now")
        }
        for pair in before where !after.contains(where: { $0.text == pair.text }) {
            tell(.breaksReaders, pair.place, "\(step.name) may lack \(pair.text) now")
        }
    }

    // MARK: - Lists

    mutating func compareLists(_ step: SchemaStep) {
        compare(step.old["items"], step.new["items"], step.path.isEmpty ? "(each)" : "\(step.path)[]")
        let (before, after) = (elements(step.old["prefixItems"]), elements(step.new["prefixItems"]))
        guard before.count == after.count else {
            return tell(
                .breaksBoth, step.place(of: "prefixItems"),
                "\(step.name) had schemas for its first \(before.count) elements and has for \(after.count) now")
        }
        for (index, pair) in zip(before, after).enumerated() { compare(pair.0, pair.1, "\(step.path)[\(index)]") }
    }

    func elements(_ schema: LocatedSchema?) -> [LocatedSchema] {
        guard let schema else { return [] }
        return (schema.node.elements ?? []).map { LocatedSchema(node: $0, file: schema.file) }
    }

    // MARK: - Combinations

    mutating func compareCombinations(_ step: SchemaStep) {
        compareAlternatives("allOf", step, more: .breaksWriters, fewer: .breaksReaders)
        compareAlternatives("anyOf", step, more: .breaksReaders, fewer: .breaksWriters)
        compareAlternatives("oneOf", step, more: .breaksBoth, fewer: .breaksBoth)
        // Whether a condition allows more or less when its parts change cannot be read off them.
        for keyword in ["not", "contains", "dependentSchemas", "if", "then", "else"] {
            let (before, after) = (step.old[keyword], step.new[keyword])
            guard before.map({ old.text(of: $0) }) != after.map({ new.text(of: $0) }) else { continue }
            let place = step.place(of: keyword)
            switch (before, after) {
            case (nil, _): tell(.breaksWriters, place, "\(step.name) has the condition \(keyword) now")
            case (_, nil): tell(.breaksReaders, place, "\(step.name) has the condition \(keyword) no more")
            default: tell(.breaksBoth, place, "the condition \(keyword) of \(step.name) is another now")
            }
        }
    }

    /// - Parameters:
    ///   - more: whom another schema in the list breaks.
    ///   - fewer: whom it breaks that one is gone.
    private mutating func compareAlternatives(
        _ keyword: String, _ step: SchemaStep, more: ContractChange.Effect, fewer: ContractChange.Effect
    ) {
        let (before, after) = (elements(step.old[keyword]), elements(step.new[keyword]))
        let (texts, newTexts) = (before.map { old.text(of: $0) }, after.map { new.text(of: $0) })
        let gone = before.indices.filter { !newTexts.contains(texts[$0]) }
        let added = after.indices.filter { !texts.contains(newTexts[$0]) }
        // A list that came or went as a whole restricts or frees: without it everything was allowed.
        if before.isEmpty != after.isEmpty {
            let isNew = before.isEmpty
            return tell(
                isNew ? .breaksWriters : .breaksReaders, step.place(of: keyword),
                "\(step.name) has \(isNew ? "\(keyword) now" : "no \(keyword) any more")")
        }
        if gone.count == added.count {
            for (one, other) in zip(gone, added) { compare(before[one], after[other], step.path) }
            return
        }
        for index in added { tell(more, after[index].node.place, "\(keyword) of \(step.name) has another schema") }
        for index in gone { tell(fewer, before[index].node.place, "\(keyword) of \(step.name) has a schema less") }
    }
}
