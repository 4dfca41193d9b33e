internal import JSON
internal import LinearRegex

/// The tables of a program while they are made.
struct ProgramTables {
    var codes: [SchemaCode] = []
    var instructions: [Instruction] = []
    var objects: [ObjectRules] = []
    var properties: [PropertyRule] = []
    var patternRules: [PatternRule] = []
    var arrays: [ArrayRules] = []
    var enumerations: [Enumeration] = []
    var constants: [Constant] = []
    var bounds: [Bound] = []
    var divisors: [Divisor] = []
    var texts: [PoolText] = []
    var lists: [UInt32] = []
    var slots: [UInt32] = []
    var bytes: [UInt8] = []
    var patterns: [TextSearch] = []
    var formats: [SchemaFormat] = []
    var locations: [CodeLocation] = []
    var enumerationTexts: [[String]] = []

    /// Puts a text into the pool.
    mutating func pool(_ text: String) -> PoolText {
        let utf8 = Array(text.utf8)
        defer { bytes += utf8 }
        return PoolText(
            offset: UInt32(bytes.count), count: UInt32(utf8.count),
            hash: utf8.withUnsafeBytes { JSONKey.hash(of: $0) })
    }

    /// Puts a text into the pool; its number.
    mutating func text(_ text: String) -> UInt32 {
        texts.append(pool(text))
        return UInt32(texts.count - 1)
    }

    /// Makes a table of hashes at most half full; entries are numbers from 1.
    mutating func table(_ hashes: [UInt32]) -> (first: UInt32, mask: UInt32) {
        var size = 2
        while size < hashes.count * 2 { size *= 2 }
        let first = slots.count
        slots += Array(repeating: 0, count: size)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & (size - 1)
            while slots[first + slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[first + slot] = UInt32(index + 1)
        }
        return (UInt32(first), UInt32(size - 1))
    }

    /// Adds constants: one `const`, or the values of an `enum`.
    /// - Parameter shown: each of them, for people.
    mutating func enumeration(_ values: [SourceValue], shown: [String]) -> UInt32 {
        let first = lists.count
        var hashes: [UInt32] = []
        for value in values {
            lists.append(UInt32(constants.count))
            add(value)
            let constant = constants[Int(lists[lists.count - 1])]
            if constant.kind == .string { hashes.append(constant.text.hash) }
        }
        var enumeration = Enumeration(first: UInt32(first), count: UInt32(values.count))
        if hashes.count == values.count, values.count > 6 {
            (enumeration.firstSlot, enumeration.slotMask) = table(hashes)
        }
        enumerations.append(enumeration)
        enumerationTexts.append(shown)
        return UInt32(enumerations.count - 1)
    }

    /// Adds a constant and all inside it.
    private mutating func add(_ value: SourceValue) {
        let place = constants.count
        constants.append(Constant(kind: value.kind))
        switch value.content {
        case .null: break
        case .bool(let truth): constants[place].count = truth ? 1 : 0
        case .number(let text), .string(let text): constants[place].text = pool(text)
        case .array(let elements):
            constants[place].count = UInt32(elements.count)
            for element in elements { add(element) }
        case .object(let members):
            constants[place].count = UInt32(members.count)
            for member in members {
                constants.append(Constant(kind: .string, text: pool(member.name), next: UInt32(constants.count + 1)))
                add(member.value)
            }
        }
        constants[place].next = UInt32(constants.count)
    }
}

/// A value of `const` or `enum`; those inside it follow it, each member's name before its value.
struct Constant: BitwiseCopyable {
    var kind: Kinds
    /// The text of a string or number.
    var text = PoolText(offset: 0, count: 0, hash: 0)
    /// Elements or members; 1 for true.
    var count: UInt32 = 0
    /// The constant behind the last inside it.
    var next: UInt32 = 0
}
