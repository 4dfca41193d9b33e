internal import JSON
internal import LinearRegex

extension Machine {
    /// One pass over the members of an object.
    mutating func objectHolds(_ number: UInt32, _ object: JSONValue, _ depth: Int) -> Bool {
        let rules = program.objects[Int(number)]
        var count: UInt32 = 0
        var required: UInt32 = 0
        for member in object.members {
            count &+= 1
            var isKnown = false
            if let property = property(member, rules) {
                if property.isRequired { required &+= 1 }
                if property.schema != Program.none {
                    isKnown = true
                    guard accepts(property.schema, CheckedValue(member.value), depth) else { return false }
                }
            }
            var index = Int(rules.firstPattern)
            let end = index &+ Int(rules.patternCount)
            while index < end {
                let rule = program.patternRules[index]
                if program.patterns[Int(rule.pattern)].isFound(in: member.key) {
                    isKnown = true
                    guard accepts(rule.schema, CheckedValue(member.value), depth) else { return false }
                }
                index &+= 1
            }
            if !isKnown, rules.additional != Program.none {
                guard accepts(rules.additional, CheckedValue(member.value), depth) else { return false }
            }
            if rules.names != Program.none {
                guard accepts(rules.names, CheckedValue(name: member.key, of: member.value), depth) else {
                    return false
                }
            }
        }
        return required == rules.requiredCount && count >= rules.least && count <= rules.most
    }

    /// The rule for a member's name.
    @inline(__always)
    func property(_ member: JSONMember, _ rules: ObjectRules) -> PropertyRule? {
        guard rules.propertyCount > 0 else { return nil }
        var slot = member.keyHash & rules.slotMask
        while true {
            let entry = program.slots[Int(rules.firstSlot &+ slot)]
            if entry == 0 { return nil }
            let property = program.properties[Int(rules.firstProperty &+ entry &- 1)]
            if property.text.hash == member.keyHash, equals(property.text, member.key) { return property }
            slot = (slot &+ 1) & rules.slotMask
        }
    }

    /// Whether a text of the pool is these bytes.
    @inline(__always)
    func equals(_ text: PoolText, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard Int(text.count) == bytes.count else { return false }
        let base = Int(text.offset)
        for index in 0..<bytes.count where program.bytes[base &+ index] != bytes[index] { return false }
        return true
    }

    /// One pass over the elements of an array.
    mutating func arrayHolds(_ number: UInt32, _ array: JSONValue, _ depth: Int) -> Bool {
        let rules = program.arrays[Int(number)]
        let count = array.count
        guard count >= Int(rules.least), count <= Int(rules.most) else { return false }
        var position: UInt32 = 0
        var contained: UInt32 = 0
        let isRead = rules.prefixCount > 0 || rules.items != Program.none || rules.contains != Program.none
        if isRead {
            for element in array.elements {
                let subject = CheckedValue(element)
                let schema =
                    position < rules.prefixCount
                    ? program.lists[Int(rules.firstPrefix &+ position)] : rules.items
                if schema != Program.none { guard accepts(schema, subject, depth) else { return false } }
                if rules.contains != Program.none, accepts(rules.contains, subject, depth) { contained &+= 1 }
                position &+= 1
            }
        }
        if rules.contains != Program.none {
            guard contained >= rules.leastContained, contained <= rules.mostContained else { return false }
        }
        return !rules.areUnique || Equality.firstPair(array) == nil
    }

    // MARK: - Constants

    /// Whether a value is one of an enumeration's.
    func isListed(_ subject: CheckedValue, _ enumeration: Enumeration) -> Bool {
        if enumeration.slotMask != 0 {
            guard subject.kind == .string else { return false }
            let hash = JSONKey.hash(of: subject.text)
            var slot = hash & enumeration.slotMask
            while true {
                let entry = program.slots[Int(enumeration.firstSlot &+ slot)]
                if entry == 0 { return false }
                let constant = program.constants[Int(program.lists[Int(enumeration.first &+ entry &- 1)])]
                if constant.text.hash == hash, equals(constant.text, subject.text) { return true }
                slot = (slot &+ 1) & enumeration.slotMask
            }
        }
        for index in Int(enumeration.first)..<Int(enumeration.first &+ enumeration.count)
        where isEqual(subject, Int(program.lists[index])) { return true }
        return false
    }

    /// Whether a value is a constant: numbers by their size, objects in any order.
    private func isEqual(_ subject: CheckedValue, _ number: Int) -> Bool {
        let constant = program.constants[number]
        guard constant.kind == subject.kind else { return false }
        switch subject.kind {
        case .string: return equals(constant.text, subject.text)
        case .number:
            return DecimalText(subject.value.rawBytes).compared(to: DecimalText(program.text(constant.text))) == 0
        case .bool: return subject.value.bool == (constant.count == 1)
        case .array:
            guard subject.value.count == Int(constant.count) else { return false }
            var next = number + 1
            for element in subject.value.elements {
                guard isEqual(CheckedValue(element), next) else { return false }
                next = Int(program.constants[next].next)
            }
            return true
        case .object:
            guard subject.value.count == Int(constant.count) else { return false }
            var next = number + 1
            for _ in 0..<Int(constant.count) {
                guard let member = subject.value.member(program.text(program.constants[next].text)),
                    isEqual(CheckedValue(member), next + 1)
                else { return false }
                next = Int(program.constants[next + 1].next)
            }
            return true
        default: return true
        }
    }
}
