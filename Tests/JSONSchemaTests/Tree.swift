/// A JSON value of the property test, kept in the simplest way: all its numbers are whole hundredths.
indirect enum Tree {
    case null
    case bool(Bool)
    /// A number of hundredths, and how it is written: `150` may be `1.5` or `15e-1`.
    case number(hundredths: Int, written: String)
    case string(String)
    case array([Tree])
    case object([(name: String, value: Tree)])

    static func whole(_ number: Int) -> Tree { .number(hundredths: number * 100, written: "\(number)") }

    var members: [(name: String, value: Tree)]? { if case .object(let members) = self { members } else { nil } }

    var elements: [Tree]? { if case .array(let elements) = self { elements } else { nil } }

    var text: String? { if case .string(let text) = self { text } else { nil } }

    var hundredths: Int? { if case .number(let hundredths, _) = self { hundredths } else { nil } }

    subscript(_ name: String) -> Tree? {
        members?.first { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }?.value
    }

    /// As JSON.
    var written: String {
        switch self {
        case .null: "null"
        case .bool(let truth): truth ? "true" : "false"
        case .number(_, let written): written
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.written).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0.name)):\($0.value.written)" }.joined(separator: ",") + "}"
        }
    }

    /// An `é` is written as an escape, so that texts with escapes meet texts without.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "é": quoted += "\\u00e9"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    static func isEqual(_ left: Tree, _ right: Tree) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let one), .bool(let other)): return one == other
        case (.number(let one, _), .number(let other, _)): return one == other
        case (.string(let one), .string(let other)): return one.unicodeScalars.elementsEqual(other.unicodeScalars)
        case (.array(let one), .array(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { isEqual($0, $1) }
        case (.object(let one), .object):
            return one.count == right.members?.count
                && one.allSatisfy { member in right[member.name].map { isEqual($0, member.value) } ?? false }
        default: return false
        }
    }
}

/// Random numbers that are the same for the same seed (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    mutating func some<Element>(_ elements: [Element], _ range: ClosedRange<Int>) -> [Element] {
        Array(elements.shuffled(using: &self).prefix(Int.random(in: range, using: &self)))
    }
}
