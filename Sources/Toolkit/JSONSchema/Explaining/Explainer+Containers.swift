internal import JSON
internal import LinearRegex

extension Explainer {
    mutating func explainObject(_ instruction: Instruction, _ object: JSONValue, _ depth: Int) {
        let rules = program.objects[Int(instruction.first)]
        let location = instruction.location
        let subject = CheckedValue(object)
        for index in Int(rules.firstProperty)..<Int(rules.firstProperty + rules.propertyCount) {
            let property = program.properties[index]
            guard property.isRequired, object.member(program.text(property.text)) == nil else { continue }
            let name = program.string(property.text)
            record(subject, location, keyword: .required, "'\(name)' is missing", allowed: [name])
        }
        let count = object.count
        if count < Int(rules.least) {
            record(
                subject, location, keyword: .minProperties, "\(count) members, where at least \(rules.least) are wanted"
            )
        }
        if count > Int(rules.most) {
            record(
                subject, location, keyword: .maxProperties, "\(count) members, where at most \(rules.most) are allowed")
        }
        for member in object.members where !isFull { explain(member, rules, location, depth) }
    }

    private mutating func explain(_ member: JSONMember, _ rules: ObjectRules, _ location: UInt32, _ depth: Int) {
        path.append(.name(member.keyString))
        defer { path.removeLast() }
        let subject = CheckedValue(member.value)
        var isKnown = false
        if let property = machine.property(member, rules), property.schema != Program.none {
            isKnown = true
            explain(property.schema, subject, depth)
        }
        for index in Int(rules.firstPattern)..<Int(rules.firstPattern + rules.patternCount) {
            let rule = program.patternRules[index]
            guard program.patterns[Int(rule.pattern)].isFound(in: member.key) else { continue }
            isKnown = true
            explain(rule.schema, subject, depth)
        }
        if !isKnown, rules.additional != Program.none {
            if program.codes[Int(rules.additional)].kinds.isEmpty {
                let names = knownNames(rules)
                let known = names.isEmpty ? "" : "; known are \(listed(names))"
                record(
                    subject, location, keyword: .additionalProperties,
                    "'\(member.keyString)' is not known here\(known)",
                    allowed: names, actual: member.keyString)
            } else {
                explain(rules.additional, subject, depth)
            }
        }
        if rules.names != Program.none { explain(rules.names, CheckedValue(name: member.key, of: member.value), depth) }
    }

    private func knownNames(_ rules: ObjectRules) -> [String] {
        (Int(rules.firstProperty)..<Int(rules.firstProperty + rules.propertyCount))
            .map { program.properties[$0] }.filter { $0.schema != Program.none }.map { program.string($0.text) }
    }

    mutating func explainArray(_ instruction: Instruction, _ array: CheckedValue, _ depth: Int) {
        let rules = program.arrays[Int(instruction.first)]
        let location = instruction.location
        let count = array.value.count
        if count < Int(rules.least) {
            record(array, location, keyword: .minItems, "\(count) elements, where at least \(rules.least) are wanted")
        }
        if count > Int(rules.most) {
            record(array, location, keyword: .maxItems, "\(count) elements, where at most \(rules.most) are allowed")
        }
        if rules.areUnique, let (first, second) = Equality.firstPair(array.value) {
            record(array, location, keyword: .uniqueItems, "the elements \(first) and \(second) are the same")
        }
        var contained = 0
        for (position, element) in array.value.elements.enumerated() where !isFull {
            path.append(.position(position))
            let subject = CheckedValue(element)
            let isPrefix = position < Int(rules.prefixCount)
            let schema = isPrefix ? program.lists[Int(rules.firstPrefix) + position] : rules.items
            if schema != Program.none { explain(schema, subject, depth) }
            if rules.contains != Program.none, machine.accepts(rules.contains, subject, depth) { contained += 1 }
            path.removeLast()
        }
        guard rules.contains != Program.none else { return }
        if contained < Int(rules.leastContained) {
            let keyword = rules.leastContained == 1 ? Keyword.contains : .minContains
            record(
                array, location, keyword: keyword,
                "\(contained) elements are of the kind wanted, where at least \(rules.leastContained) must be")
        }
        if contained > Int(rules.mostContained) {
            record(
                array, location, keyword: .maxContains,
                "\(contained) elements are of one kind, of which at most \(rules.mostContained) may be")
        }
    }
}
