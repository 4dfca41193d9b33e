internal import JSON
internal import LinearRegex

/// What is checked: a value of a message, or the name of a member as if it were a string.
struct CheckedValue {
    let kind: Kinds
    let value: JSONValue
    /// The text of a string.
    let text: UnsafeRawBufferPointer

    @inline(__always)
    init(_ value: JSONValue) {
        self.value = value
        var text = UnsafeRawBufferPointer(start: nil, count: 0)
        switch value.kind {
        case .null: kind = .null
        case .bool: kind = .bool
        case .number: kind = .number
        case .string:
            kind = .string
            text = value.stringBytes ?? text
        case .array: kind = .array
        case .object: kind = .object
        }
        self.text = text
    }

    init(name: UnsafeRawBufferPointer, of value: JSONValue) {
        kind = .string
        self.value = value
        text = name
    }
}

/// Says of a value whether a schema holds, and no more; stops at the first failure and allocates nothing.
struct Machine {
    /// How many schemas may be at work within one another. A message is at most 128 deep and a schema can be applied
    /// to one value through many others; each takes a few hundred bytes of the stack.
    static let maximumDepth = 1_000

    let program: Program
    /// Whether ``maximumDepth`` was met: then nothing holds, not even `not`.
    var isTooDeep = false

    mutating func accepts(_ schema: UInt32, _ subject: CheckedValue, _ depth: Int) -> Bool {
        guard depth < Self.maximumDepth else {
            isTooDeep = true
            return false
        }
        let code = program.codes[Int(schema)]
        guard allows(code.kinds, subject) else { return false }
        var at = Int(code.first)
        let end = at &+ Int(code.count)
        while at < end {
            guard holds(program.instructions[at], subject, depth &+ 1) else { return false }
            at &+= 1
        }
        return true
    }

    @inline(__always)
    func allows(_ kinds: Kinds, _ subject: CheckedValue) -> Bool {
        if kinds.rawValue & subject.kind.rawValue != 0 { return true }
        guard kinds.contains(.integer), subject.kind == .number else { return false }
        return subject.value.isPlainInteger || DecimalText(subject.value.rawBytes).isWhole
    }

    mutating func holds(_ instruction: Instruction, _ subject: CheckedValue, _ depth: Int) -> Bool {
        switch instruction.operation {
        case .object: return subject.kind != .object || objectHolds(instruction.first, subject.value, depth)
        case .reference: return accepts(instruction.first, subject, depth)
        case .array: return subject.kind != .array || arrayHolds(instruction.first, subject.value, depth)
        case .pattern:
            return subject.kind != .string || program.patterns[Int(instruction.first)].isFound(in: subject.text)
        case .format: return subject.kind != .string || program.formats[Int(instruction.first)].accepts(subject.text)
        case .minLength: return subject.kind != .string || hasLength(subject.text, least: instruction.first)
        case .maxLength: return subject.kind != .string || hasLength(subject.text, most: instruction.first)
        case .enumeration: return isListed(subject, program.enumerations[Int(instruction.first)])
        case .minimum: return subject.kind != .number || order(subject.value, instruction.first) >= 0
        case .maximum: return subject.kind != .number || order(subject.value, instruction.first) <= 0
        case .exclusiveMinimum: return subject.kind != .number || order(subject.value, instruction.first) > 0
        case .exclusiveMaximum: return subject.kind != .number || order(subject.value, instruction.first) < 0
        case .multipleOf:
            guard subject.kind == .number else { return true }
            return DecimalText(subject.value.rawBytes).isMultiple(of: program.divisors[Int(instruction.first)])
        case .allOf:
            for index in list(instruction) {
                guard accepts(program.lists[index], subject, depth) else { return false }
            }
            return true
        case .anyOf:
            for index in list(instruction) where accepts(program.lists[index], subject, depth) { return true }
            return false
        case .oneOf:
            var found = false
            for index in list(instruction) where accepts(program.lists[index], subject, depth) {
                if found { return false }
                found = true
            }
            return found
        case .not: return !accepts(instruction.first, subject, depth)
        case .condition:
            let branch = accepts(instruction.first, subject, depth) ? instruction.second : instruction.count
            return branch == Program.none || accepts(branch, subject, depth)
        case .dependentRequired:
            guard isPresent(instruction.first, subject) else { return true }
            for index in list(instruction) where !isPresent(program.lists[index], subject) { return false }
            return true
        case .dependentSchema:
            return !isPresent(instruction.first, subject) || accepts(instruction.second, subject, depth)
        }
    }

    /// Where the list of an instruction stands.
    func list(_ instruction: Instruction) -> Range<Int> {
        Int(instruction.second)..<Int(instruction.second + instruction.count)
    }

    /// Whether an object has the member that a text names.
    func isPresent(_ text: UInt32, _ subject: CheckedValue) -> Bool {
        subject.kind == .object && subject.value.member(program.text(program.texts[Int(text)])) != nil
    }

    // MARK: - Scalars

    /// How a number compares with a bound.
    func order(_ value: JSONValue, _ bound: UInt32) -> Int {
        let bound = program.bounds[Int(bound)]
        if bound.isInt64, value.isPlainInteger, let number = value.int {
            return number < bound.value ? -1 : number == bound.value ? 0 : 1
        }
        return DecimalText(value.rawBytes).compared(to: DecimalText(program.text(bound.text)))
    }

    /// Code points are counted only where the number of bytes leaves a doubt.
    private func hasLength(_ text: UnsafeRawBufferPointer, least: UInt32) -> Bool {
        if text.count < Int(least) { return false }
        return text.count / 4 >= Int(least) || codePoints(text) >= Int(least)
    }

    private func hasLength(_ text: UnsafeRawBufferPointer, most: UInt32) -> Bool {
        text.count <= Int(most) || codePoints(text) <= Int(most)
    }

    /// How many code points a text has.
    func codePoints(_ text: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for byte in text where byte & 0xC0 != 0x80 { count &+= 1 }
        return count
    }
}
