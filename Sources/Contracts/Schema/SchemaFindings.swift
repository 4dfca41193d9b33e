/// Collects what is wrong with schema files.
struct SchemaFindings {
    private var found: [(place: SchemaPlace, message: String)] = []

    /// By file and place, each once: what several fields refer to is read once for each.
    var problems: [ContractProblem] {
        var problems: [ContractProblem] = []
        for (place, message) in found.sorted(by: { ($0.place, $0.message) < ($1.place, $1.message) }) {
            let problem = ContractProblem(
                file: place.file, line: place.line, column: place.column, message: message)
            if problems.last != problem { problems.append(problem) }
        }
        return problems
    }

    mutating func add(_ place: SchemaPlace, _ message: String) { found.append((place, message)) }

    /// The members of an object by their keys, with a finding for each that is not known and each that lacks.
    mutating func members(
        of node: SchemaNode, _ what: @autoclosure () -> String, required: [String] = [], optional: [String] = []
    ) -> KeyedNodes<SchemaNode> {
        guard let members = node.members else {
            add(node.place, "\(what()) must be an object")
            return KeyedNodes()
        }
        var values = KeyedNodes<SchemaNode>()
        for member in members {
            if required.contains(member.key) || optional.contains(member.key) {
                values.append(member.key, member.value)
            } else {
                let known = required + optional
                add(
                    member.keyPlace,
                    "\(what()) has no key '\(member.key)' that Swift types are made from; it knows "
                        + known.joined(separator: ", "))
            }
        }
        for key in required where values[key] == nil { add(node.place, "\(what()) lacks the key '\(key)'") }
        return values
    }

    /// A text with something in it; nil without a finding where there is no node.
    mutating func text(_ node: SchemaNode?, _ what: @autoclosure () -> String) -> String? {
        guard let node else { return nil }
        guard let text = node.string, text.hasWords else {
            add(node.place, "\(what()) must be a text with something in it")
            return nil
        }
        return text
    }

    /// A list of different texts; nil without a finding where there is no node.
    mutating func texts(_ node: SchemaNode?, _ what: @autoclosure () -> String) -> [SchemaText]? {
        guard let node else { return nil }
        guard let elements = node.elements else {
            add(node.place, "\(what()) must be a list of texts")
            return nil
        }
        var texts: [SchemaText] = []
        for element in elements {
            guard let text = text(element, "each of \(what())") else { continue }
            if texts.contains(where: { $0.text == text }) {
                add(element.place, "\(what()) has '\(text)' twice")
            } else {
                texts.append(SchemaText(text: text, place: element.place))
            }
        }
        return texts
    }
}

/// A text with its place.
struct SchemaText {
    let text: String
    let place: SchemaPlace
}
