import LifeEvents
import YAML

/// Payloads: the file's scalars get the types that the language gives them, and no others.
extension ScenarioParser {
    mutating func dataMap(_ node: YAMLNode?, of what: SourceSpan) -> DataNode {
        guard let node else { return DataNode(content: .map([]), span: what) }
        guard node.entries != nil else {
            diagnostics.add(.wrongKind, "data is a map of keys, not \(node.kindName)", at: node.spanOfFirstLine)
            return DataNode(content: .map([]), span: node.span)
        }
        return data(node)
    }

    mutating func data(_ node: YAMLNode) -> DataNode {
        DataNode(content: content(node), span: node.span)
    }

    private mutating func content(_ node: YAMLNode) -> DataNode.Content {
        switch node.content {
        case .scalar(let text, .plain): return plain(text, node)
        case .scalar(let text, _): return .text(text)
        case .sequence(let items):
            return .list(items.map { data($0) })
        case .mapping(let entries):
            return .map(
                entries.map { DataEntry(key: Located($0.name, $0.key.span), value: data($0.value)) })
        }
    }

    private mutating func plain(_ text: String, _ node: YAMLNode) -> DataNode.Content {
        if text.isEmpty {
            diagnostics.add(.badValue, "a value is missing; an empty text is \"\"", at: node.span)
        } else if let value = captured(text, node) {
            return value
        } else if text.hasPrefix("$") {
            let name = String(text.dropFirst())
            return person(named: name, at: node.span).map { .person($0.value) } ?? .text(text)
        } else if text == "true" || text == "false" {
            return .bool(text == "true")
        } else if let number = Self.integer(text) {
            return .int(number)
        } else if TimeText.isReference(text) {
            return time(node).map { .time($0) } ?? .text(text)
        } else if text.utf8.count == 10, TimeText.looksLikeDate(text[...]), Day(text) == nil {
            report(TimeText.noDay(text[...], TimeText.Word(text: text[...], offset: 0)), in: node)
        }
        return .text(text)
    }

    /// A number that is written as JSON writes it: `0180` and `+1` are text.
    private static func integer(_ text: String) -> Int64? {
        guard let number = Int64(text), String(number) == text else { return nil }
        return number
    }
}
