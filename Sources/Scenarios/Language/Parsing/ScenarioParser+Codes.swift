import YAML

/// What a tile's code must be: `U4`, `absent`, or a matcher of codes.
extension ScenarioParser {
    private static let codeMatchers = ["one_of", "none_of", "not"]

    /// Whether a map is a matcher of codes, and not a row or a map of agencies.
    func isCodeMatcher(_ node: YAMLNode) -> Bool {
        node.entries?.first.map { Self.matchers.contains($0.name) } ?? false
    }

    /// A condition on a code, or `absent`; nil after a mistake, and in it nil for `absent`.
    mutating func wantedCode(_ node: YAMLNode) -> DataNode?? {
        if node.scalar == "absent" { return .some(.none) }
        guard let condition = codeCondition(node) else { return .none }
        return .some(.some(condition))
    }

    /// A code, or a matcher of codes.
    mutating func codeCondition(_ node: YAMLNode) -> DataNode? {
        guard let entries = node.entries else {
            return statusCode(node).map { DataNode(content: .text($0.value), span: $0.span) }
        }
        if entries.isEmpty { diagnostics.add(.badMatcher, "a matcher of codes has a key", at: node.spanOfFirstLine) }
        let matchers = entries.compactMap { entry -> ValueMatcher? in
            switch entry.name {
            case "one_of", "none_of":
                let items = list(entry.value, entry.name)
                if items.isEmpty, entry.value.items != nil {
                    diagnostics.add(.badMatcher, "\(entry.name) lists no code", at: entry.key.span)
                }
                let codes = items.compactMap { codeText($0) }
                return entry.name == "one_of" ? .oneOf(codes) : .noneOf(codes)
            case "not": return codeText(entry.value).map { .noneOf([$0]) }
            default:
                diagnostics.add(
                    .badMatcher, "`\(entry.name)` is no matcher of codes", at: entry.key.span,
                    hint: diagnostics.guess(entry.name, among: Self.codeMatchers)
                        ?? "they are \(Self.codeMatchers.joined(separator: ", "))")
                return nil
            }
        }
        return matchers.isEmpty ? nil : DataNode(content: .match(matchers), span: node.span)
    }

    private mutating func codeText(_ node: YAMLNode) -> DataNode? {
        statusCode(node).map { DataNode(content: .text($0.value), span: $0.span) }
    }
}
