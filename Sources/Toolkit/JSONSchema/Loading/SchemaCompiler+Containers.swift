/// Keywords about members and elements, each group of them one instruction.
extension SchemaCompiler {
    mutating func compileObject() {
        let value = current.value
        let keywords: [Keyword] = [
            .properties, .patternProperties, .additionalProperties, .propertyNames, .required, .minProperties,
            .maxProperties,
        ]
        guard keywords.contains(where: { value[$0.rawValue] != nil }) else { return }
        var rules = ObjectRules()
        var properties: [PropertyRule] = []
        for member in value["properties"]?.members ?? [] {
            properties.append(
                PropertyRule(text: tables.pool(member.name), schema: schema(member.value), isRequired: false))
        }
        let declared = value["properties"]?.members ?? []
        if let required = value["required"], let names = names(required, "required") {
            rules.requiredCount = UInt32(names.count)
            for name in names {
                if let known = declared.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                    properties[known].isRequired = true
                } else {
                    properties.append(PropertyRule(text: tables.pool(name), schema: Program.none, isRequired: true))
                }
            }
        }
        (rules.firstSlot, rules.slotMask) = tables.table(properties.map(\.text.hash))
        rules.firstProperty = UInt32(tables.properties.count)
        rules.propertyCount = UInt32(properties.count)
        tables.properties += properties
        rules.firstPattern = UInt32(tables.patternRules.count)
        for member in value["patternProperties"]?.members ?? [] {
            guard let pattern = pattern(member.name, at: member.nameOffset) else { continue }
            tables.patternRules.append(PatternRule(pattern: pattern, schema: schema(member.value)))
            rules.patternCount += 1
        }
        rules.additional = value["additionalProperties"].map(schema) ?? Program.none
        rules.names = value["propertyNames"].map(schema) ?? Program.none
        if let least = value["minProperties"] { rules.least = count(.minProperties, least) }
        if let most = value["maxProperties"] { rules.most = count(.maxProperties, most) }
        tables.objects.append(rules)
        emit(.object, .properties, value, first: UInt32(tables.objects.count - 1))
    }

    mutating func compileArray() {
        let value = current.value
        let keywords: [Keyword] = [.items, .prefixItems, .contains, .minItems, .maxItems, .uniqueItems]
        for keyword in [Keyword.minContains, .maxContains] {
            if let bound = value[keyword.rawValue] { _ = count(keyword, bound) }
        }
        guard keywords.contains(where: { value[$0.rawValue] != nil }) else { return }
        var rules = ArrayRules()
        let prefix = value["prefixItems"]?.elements ?? []
        rules.firstPrefix = UInt32(tables.lists.count)
        rules.prefixCount = UInt32(prefix.count)
        tables.lists += prefix.map(schema)
        rules.items = value["items"].map(schema) ?? Program.none
        rules.contains = value["contains"].map(schema) ?? Program.none
        if let least = value["minContains"] { rules.leastContained = least.whole.map { UInt32(clamping: $0) } ?? .max }
        if let most = value["maxContains"] { rules.mostContained = most.whole.map { UInt32(clamping: $0) } ?? .max }
        if let least = value["minItems"] { rules.least = count(.minItems, least) }
        if let most = value["maxItems"] { rules.most = count(.maxItems, most) }
        if let unique = value["uniqueItems"] {
            if case .bool(let truth) = unique.content {
                rules.areUnique = truth
            } else {
                refuse(unique, "uniqueItems is true or false")
            }
        }
        tables.arrays.append(rules)
        emit(.array, .items, value, first: UInt32(tables.arrays.count - 1))
    }

    /// A schema that comes back to itself at the same value would never end.
    mutating func checkRecursion() {
        var done = Array(repeating: false, count: inPlace.count)
        for start in inPlace.indices where !done[start] {
            // Depth first without recursion: a chain of references may be as long as the catalogue.
            var way: [(schema: Int, next: Int)] = [(start, 0)]
            var onWay = Set([start])
            while let (schema, next) = way.last {
                guard next < inPlace[schema].count else {
                    done[schema] = true
                    onWay.remove(schema)
                    way.removeLast()
                    continue
                }
                way[way.count - 1].next += 1
                let target = Int(inPlace[schema][next])
                if onWay.contains(target) {
                    let place = index.schemas[schema]
                    let back = index.schemas[target]
                    index.report(
                        place.document, place.value.offset,
                        "this schema leads back to \(back.base)#\(back.pointer) at the same value, without end")
                } else if !done[target] {
                    onWay.insert(target)
                    way.append((target, 0))
                }
            }
        }
    }
}
