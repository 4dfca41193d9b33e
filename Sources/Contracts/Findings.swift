internal import YAML

/// Collects the faults of one file.
struct Findings {
    private var found: [(position: SourcePosition, problem: ContractProblem)] = []

    var isEmpty: Bool { found.isEmpty }

    /// By place; the reader visits keys in its own order, not in the file's.
    var sorted: [ContractProblem] {
        found.enumerated()
            .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
            .map(\.element.problem)
    }

    mutating func add(_ node: YAMLNode, _ message: String) {
        let start = node.range.start
        found.append(
            (start, ContractProblem(file: node.file, line: start.line, column: start.column, message: message)))
    }

    /// A mapping's values by key. What is not in `known` is reported, unless it is another's, and what lacks.
    mutating func fields(
        of node: YAMLNode, _ what: String, required: [String], optional: [String] = [],
        ignoring isForeign: (String) -> Bool = { _ in false }
    ) -> [String: YAMLNode] {
        guard let entries = node.entries else {
            add(node, "\(what) must be a mapping")
            return [:]
        }
        let known = required + optional
        var values: [String: YAMLNode] = [:]
        for entry in entries where !isForeign(entry.name) {
            if known.contains(entry.name) {
                values[entry.name] = entry.value
            } else {
                add(entry.key, "\(what) has no key '\(entry.name)'; it knows \(Self.list(known, "and"))")
            }
        }
        for key in required where values[key] == nil {
            add(node, "\(what) lacks the key '\(key)'")
        }
        return values
    }

    /// A text with something in it; nil without a fault when there is no node, for a missing key is reported already.
    mutating func text(_ node: YAMLNode?, _ what: String) -> String? {
        guard let node else { return nil }
        guard let text = node.scalar else {
            add(node, "\(what) must be a text")
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            add(node, "\(what) is empty")
            return nil
        }
        return text
    }

    /// A whole number without quotes, for in quotes Kubernetes takes it for a text.
    mutating func number(_ node: YAMLNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        guard node.style == .plain, let text = node.scalar, let number = Int(text), String(number) == text else {
            add(node, "\(what) must be a whole number without quotes")
            return nil
        }
        guard range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            add(node, "\(what) must be \(bounds), not \(number)")
            return nil
        }
        return number
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode?, _ what: String, as type: Choice.Type
    ) -> Choice? {
        guard let node, let text = text(node, what) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        add(node, "\(what) must be \(Self.list(Choice.allCases.map { "'\($0.rawValue)'" }, "or")), not '\(text)'")
        return nil
    }

    private static func list(_ names: [String], _ conjunction: String) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
