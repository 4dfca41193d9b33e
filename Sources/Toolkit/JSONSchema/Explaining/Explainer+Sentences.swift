internal import JSON
internal import LinearRegex

/// Sentences for people.
extension Explainer {
    private static let longest = 60

    /// A value as it is written, shortened; a name that is checked as if it were a string as that.
    func written(_ subject: CheckedValue) -> String {
        let bytes = subject.kind == .string ? subject.text : subject.value.rawBytes
        // Cut in bytes first: a value may be megabytes long.
        let text = String(decoding: bytes.prefix(Self.longest * 4 + 4), as: UTF8.self)
        let scalars = text.unicodeScalars
        guard scalars.count > Self.longest else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(Self.longest))) + "…"
    }

    /// A value in a sentence.
    func shown(_ subject: CheckedValue) -> String {
        guard quotesValues else { return "the value" }
        switch subject.kind {
        case .string: return "'\(written(subject))'"
        case .object: return "an object"
        case .array: return "an array"
        default: return written(subject)
        }
    }

    func names(_ kinds: Kinds) -> String {
        let all: [(Kinds, String)] = [
            (.string, "a string"), (.integer, "a whole number"), (.number, "a number"), (.bool, "true or false"),
            (.object, "an object"), (.array, "an array"), (.null, "null"),
        ]
        return all.filter { kinds.contains($0.0) }.map(\.1).joined(separator: " or ")
    }

    /// The first names of a list.
    func listed(_ names: [String]) -> String {
        names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", … (\(names.count))" : "")
    }

    func enumerationMessage(_ subject: CheckedValue, _ values: [String]) -> String {
        values.count == 1
            ? "\(shown(subject)) is not \(values[0])" : "\(shown(subject)) is none of \(listed(values))"
    }

    func scalarMessage(_ instruction: Instruction, _ subject: CheckedValue) -> String {
        let value = shown(subject)
        let number = Int(instruction.first)
        func bound() -> String { program.string(program.bounds[number].text) }
        switch instruction.operation {
        case .minimum: return "\(value) is less than \(bound())"
        case .maximum: return "\(value) is more than \(bound())"
        case .exclusiveMinimum: return "\(value) is not more than \(bound())"
        case .exclusiveMaximum: return "\(value) is not less than \(bound())"
        case .multipleOf:
            let divisor = program.divisors[number]
            return "\(value) is no multiple of \(divisor.digits)" + (divisor.power == 0 ? "" : "e\(divisor.power)")
        case .minLength:
            return "\(value) has \(machine.codePoints(subject.text)) characters, where at least \(number) are wanted"
        case .maxLength:
            return "\(value) has \(machine.codePoints(subject.text)) characters, where at most \(number) are allowed"
        case .pattern: return "\(value) does not match \(program.patterns[number].regex.pattern)"
        case .format: return "\(value) is no \(program.formats[number].name); write \(program.formats[number].written)"
        default: return "\(value) is what the schema excludes"
        }
    }
}
