import YAML

/// Puts values in the place of `$name` and `${name}`, node by node: a value keeps its type and can change nothing but
/// itself.
///
/// A scalar that is nothing but a variable becomes the variable's value. A text with `${name}` among other characters
/// becomes a text, or a time if it reads as one (`birth +${n}d`), but never a number. Single quotes keep everything.
struct Substitution {
    /// What an unknown variable means.
    enum Strictness {
        /// `$name` may be a person.
        case persons(Set<String>)
        /// In a group everything comes through its inputs.
        case group(String)
    }

    let values: [String: YAMLNode]
    let strictness: Strictness
    private(set) var used: Set<String> = []

    init(_ values: [String: YAMLNode], _ strictness: Strictness) {
        self.values = values
        self.strictness = strictness
    }

    mutating func apply(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) -> YAMLNode {
        switch node.content {
        case .scalar(let text, let style):
            guard style == .plain || style == .doubleQuoted, text.utf8.contains(UInt8(ascii: "$")) else { return node }
            return scalar(text, style, node, &diagnostics)
        case .sequence(let items):
            var result: [YAMLNode] = []
            result.reserveCapacity(items.count)
            for item in items { result.append(apply(item, &diagnostics)) }
            return YAMLNode(content: .sequence(result), range: node.range, file: node.file)
        case .mapping(let entries):
            var result: [YAMLEntry] = []
            result.reserveCapacity(entries.count)
            for entry in entries {
                // `as: $decision` gives a name, and takes no value.
                let isName = entry.name == "as" && values[String(entry.value.scalar?.dropFirst() ?? "")] == nil
                result.append(
                    YAMLEntry(
                        key: apply(entry.key, &diagnostics),
                        value: isName ? entry.value : apply(entry.value, &diagnostics)))
            }
            return YAMLNode(content: .mapping(result), range: node.range, file: node.file)
        }
    }

    /// A letter, then letters, digits, `-` and `_`, all lower case.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, 97...122 ~= first else { return false }
        return text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 || $0 == 95 }
    }

    private mutating func scalar(
        _ text: String, _ style: YAMLScalarStyle, _ node: YAMLNode, _ diagnostics: inout DiagnosticList
    ) -> YAMLNode {
        if style == .plain, text.hasPrefix("$"), Self.isName(text.dropFirst()) {
            return value(of: String(text.dropFirst()), node, &diagnostics) ?? node
        }
        guard text.contains("${") else {
            if style == .plain { warnOfMissingBraces(text, node, &diagnostics) }
            return node
        }
        if text.hasPrefix("${"), text.hasSuffix("}"), Self.isName(text.dropFirst(2).dropLast()) {
            return value(of: String(text.dropFirst(2).dropLast()), node, &diagnostics) ?? node
        }
        return pieces(text, node, &diagnostics)
    }

    /// The value of a scalar that is one variable; nil if it stays.
    private mutating func value(
        of name: String, _ node: YAMLNode, _ diagnostics: inout DiagnosticList
    ) -> YAMLNode? {
        if let value = values[name] {
            used.insert(name)
            return YAMLNode(content: value.content, range: node.range, file: node.file)
        }
        switch strictness {
        case .persons(let persons):
            // `"${anna}"` is `$anna` for a person too. An unknown name is left for who knows what is wanted there.
            guard persons.contains(name) || node.style == .plain && node.scalar?.hasPrefix("${") == false else {
                reportUnknown(name, node, &diagnostics)
                return nil
            }
            return YAMLNode(content: .scalar(text: "$" + name, style: .plain), range: node.range, file: node.file)
        case .group:
            reportUnknown(name, node, &diagnostics)
            return nil
        }
    }

    private mutating func pieces(_ text: String, _ node: YAMLNode, _ diagnostics: inout DiagnosticList) -> YAMLNode {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "${") {
            result += rest[..<open.lowerBound]
            let after = rest[open.upperBound...]
            guard let close = after.firstIndex(of: "}") else {
                diagnostics.add(.badValue, "a `${` without its `}`", at: node.span)
                return node
            }
            let name = String(after[..<close])
            guard let value = values[name] else {
                reportUnknown(name, node, &diagnostics)
                return node
            }
            used.insert(name)
            result += value.scalar ?? ""
            rest = after[after.index(after: close)...]
        }
        result += rest
        let style: YAMLScalarStyle = TimeText.isReference(result) ? .plain : .doubleQuoted
        return YAMLNode(content: .scalar(text: result, style: style), range: node.range, file: node.file)
    }

    private func reportUnknown(_ name: String, _ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        let shown = SourceLines.masked(name)
        switch strictness {
        case .persons:
            diagnostics.add(
                .unknownParameter, "there is no parameter `\(shown)`", at: node.span,
                hint: diagnostics.guess(name, among: values.keys.sorted()) ?? "add it to params")
        case .group(let group):
            diagnostics.add(
                .unknownParameter, "`\(shown)` is no input of the group `\(group)`", at: node.span,
                hint: diagnostics.guess(name, among: values.keys.sorted()) ?? "add it to the group's inputs")
        }
    }

    private func warnOfMissingBraces(_ text: String, _ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        for part in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
            let name = String(part.prefix { Self.isName("a\($0)") })
            guard values[name] != nil else { continue }
            diagnostics.add(
                .badValue, "inside a text a parameter is written with braces", at: node.span,
                hint: "write \"\(text.replacing("$\(name)", with: "${\(name)}"))\"")
            return
        }
    }
}
