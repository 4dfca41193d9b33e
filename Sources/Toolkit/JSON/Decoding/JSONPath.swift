/// The way from a value to one inside it.
///
/// Nobody keeps the path while decoding: it is found from the tape when an error, or a type, asks for it.
enum JSONPath {
    /// One step down.
    struct Step: CodingKey {
        let stringValue: String
        let intValue: Int?

        init(stringValue: String) {
            self.stringValue = stringValue
            intValue = nil
        }

        init(intValue: Int) {
            stringValue = String(intValue)
            self.intValue = intValue
        }

        init(_ key: any CodingKey) {
            stringValue = key.stringValue
            // Only an array's step has a number and its usual names; a dictionary's integer key is still a name.
            intValue = key is Step || key.stringValue == "Index \(key.intValue ?? -1)" ? key.intValue : nil
        }
    }

    /// The steps from `root` to the value whose token is `target`.
    static func steps(to target: UInt32, from root: JSONValue) -> [Step] {
        var steps: [Step] = []
        var value = root
        while value.index != target {
            if let member = value.members.first(where: { $0.value.contains(target) }) {
                steps.append(Step(stringValue: member.keyString))
                value = member.value
            } else if let (position, element) = value.elements.enumerated().first(where: { $1.contains(target) }) {
                steps.append(Step(intValue: position))
                value = element
            } else {
                break
            }
        }
        return steps
    }

    /// The value at the end of a path, or where the path leaves the message.
    static func deepest(_ steps: [Step], from root: JSONValue) -> JSONValue {
        var value = root
        for step in steps {
            guard let inner = step.intValue.map({ value[$0] }) ?? value[step.stringValue] else { break }
            value = inner
        }
        return value
    }

    /// The path for a person: `payees[1].share`.
    static func text(_ steps: [Step]) -> String {
        var text = ""
        for step in steps {
            if let position = step.intValue {
                text += "[\(position)]"
            } else {
                text += text.isEmpty ? step.stringValue : ".\(step.stringValue)"
            }
        }
        return text
    }
}

extension JSONValue {
    /// Whether the token at `index` is this value's or of a value inside.
    fileprivate func contains(_ index: UInt32) -> Bool { self.index <= index && index < token.next }
}
