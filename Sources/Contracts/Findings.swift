internal import Terminal
package import YAML

/// Collects the faults of one file.
package struct Findings {
    private var found: [(position: SourcePosition, problem: ContractProblem)] = []

    /// Nothing found yet.
    package init() {}

    package var isEmpty: Bool { found.isEmpty }

    /// By place; the reader visits keys in its own order, not in the file's.
    package var sorted: [ContractProblem] {
        found.enumerated()
            .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
            .map(\.element.problem)
    }

    package mutating func add(_ node: YAMLNode, _ message: String) {
        let start = node.range.start
        found.append(
            (start, ContractProblem(file: node.file, line: start.line, column: start.column, message: message)))
    }

    /// Those of another pass over the same file.
    mutating func add(_ others: Findings) {
        found += others.found
    }

    /// A fault of the file as a whole, before all others.
    mutating func add(file: String, _ message: String) {
        found.append((.start, ContractProblem(file: file, message: message)))
    }

    /// A mapping's values by key. What is not known is reported, and what lacks.
    package mutating func fields(
        of node: YAMLNode, _ what: String, required: [String], optional: [String] = []
    ) -> KeyedNodes<YAMLNode> {
        guard let entries = node.entries else {
            add(node, "\(what) must be a mapping")
            return KeyedNodes()
        }
        var values = KeyedNodes<YAMLNode>()
        for entry in entries {
            values.append(entry.name, entry.value)
            if !required.contains(entry.name) && !optional.contains(entry.name) {
                expect(entry, among: required + optional, what)
            }
        }
        for key in required where values[key] == nil {
            add(node, "\(what) lacks the key '\(key)'")
        }
        return values
    }

    /// Tells a key that is none of the known.
    mutating func expect(_ entry: YAMLEntry, among known: [String], _ what: String) {
        guard !known.contains(entry.name) else { return }
        let guess = SpellingGuess.nearest(to: entry.name, among: known)
        let help = guess.map { "did you mean '\($0)'?" } ?? "it knows \(Self.list(known, "and"))"
        add(entry.key, "\(what) has no key '\(entry.name)'; \(help)")
    }

    /// A text with something in it; nil without a fault when there is no node, for a missing key is reported already.
    package mutating func text(_ node: YAMLNode?, _ what: String) -> String? {
        guard let node else { return nil }
        guard let text = node.scalar else {
            add(node, "\(what) must be a text")
            return nil
        }
        guard text.hasWords else {
            add(node, "\(what) is empty")
            return nil
        }
        return text
    }

    /// A whole number without quotes, for in quotes Kubernetes takes it for a text.
    package mutating func number(_ node: YAMLNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        guard node.style == .plain, let text = node.scalar, let number = Int(text), String(number) == text else {
            add(node, "\(what) must be a whole number without quotes")
            return nil
        }
        guard range.contains(number) else {
            let bounds =
                if range.upperBound == .max {
                    "\(range.lowerBound) or more"
                } else if range.lowerBound == .min {
                    "at most \(range.upperBound)"
                } else {
                    "\(range.lowerBound) to \(range.upperBound)"
                }
            add(node, "\(what) must be \(bounds), not \(number)")
            return nil
        }
        return number
    }

    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode?, _ what: String, as type: Choice.Type
    ) -> Choice? {
        guard let node, let text = text(node, what) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        // Of two letters every other word is near.
        let guess = text.count > 2 ? SpellingGuess.nearest(to: text, among: Choice.allCases.map(\.rawValue)) : nil
        add(
            node,
            "\(what) must be \(Self.list(Choice.allCases.map { "'\($0.rawValue)'" }, "or")), not '\(text)'"
                + (guess.map { "; did you mean '\($0)'?" } ?? ""))
        return nil
    }

    /// A sequence's items; none without a fault when there is no node.
    package mutating func list(_ node: YAMLNode?, _ what: String) -> [YAMLNode] {
        guard let node else { return [] }
        guard let items = node.items, !items.isEmpty else {
            add(node, "\(what) must be a list with at least one item")
            return []
        }
        return items
    }

    /// A name in kebab-case.
    mutating func noun(_ node: YAMLNode?, _ what: String) -> String? {
        guard let node, let name = text(node, what) else { return nil }
        if TopicName.isNoun(name) { return name }
        add(node, "\(what) must be letters a to z and hyphens, not '\(name)'")
        return nil
    }

    /// A Swedish and an English title.
    mutating func titles(_ node: YAMLNode?, _ what: String) -> Titles? {
        guard let node else { return nil }
        let fields = fields(of: node, what, required: ["sv", "en"])
        let swedish = text(fields["sv"], "the Swedish title")
        let english = text(fields["en"], "the English title")
        guard let swedish, let english else { return nil }
        return Titles(swedish: swedish, english: english)
    }

    /// Tells each name that was there before.
    package mutating func refuseRepeats(_ names: [(name: String, node: YAMLNode)], _ what: String) {
        var lines: [String: Int] = [:]
        for (name, node) in names {
            let line = node.range.start.line
            if let first = lines[name] {
                add(node, "\(what) '\(name)' is there twice; the first is on line \(first)")
            } else {
                lines[name] = line
            }
        }
    }

    private static func list(_ names: [String], _ conjunction: String) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
