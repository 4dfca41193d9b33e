import LifeEvents
import LinearRegex
import YAML

/// Expected payloads: values as in a published payload, and matchers in their place.
///
/// A map whose first key is a matcher's name is a matcher: `{gt: 0}`, `{gt: 0, lt: 10}`, `{one_of: [a, b]}`.
extension ScenarioParser {
    /// Each is read once and may take 4,000 instructions.
    static let maximumRegexes = 1_000
    static let matchers = [
        "gt", "lt", "at_least", "at_most", "between", "approx", "regex", "one_of", "none_of", "not", "contains", "each",
        "length", "exists", "absent", "any",
    ]

    /// The value of `data` or `exactly`.
    mutating func expectedData(_ node: YAMLNode) -> DataNode {
        guard let entries = node.entries else { return dataMap(node, of: node.span) }
        return DataNode(content: .map(expected(entries)), span: node.span)
    }

    mutating func expectedValue(_ node: YAMLNode) -> DataNode {
        switch node.content {
        case .scalar:
            return data(node)
        case .sequence(let items):
            return DataNode(content: .list(items.map { expectedValue($0) }), span: node.span)
        case .mapping(let entries):
            guard let first = entries.first, Self.matchers.contains(first.name) else {
                return DataNode(content: .map(expected(entries)), span: node.span)
            }
            return DataNode(content: .match(entries.compactMap { matcher($0, entries.count) }), span: node.span)
        }
    }

    private mutating func expected(_ entries: [YAMLEntry]) -> [DataEntry] {
        entries.map { DataEntry(key: Located($0.name, $0.key.span), value: expectedValue($0.value)) }
    }

    private mutating func matcher(_ entry: YAMLEntry, _ count: Int) -> ValueMatcher? {
        switch entry.name {
        case "gt": return bound(entry.value).map { .greater($0) }
        case "lt": return bound(entry.value).map { .less($0) }
        case "between": return between(entry.value)
        case "approx": return approximate(entry.value)
        case "regex": return regex(entry.value)
        case "at_least": return bound(entry.value).map { .atLeast($0) }
        case "at_most": return bound(entry.value).map { .atMost($0) }
        case "one_of", "none_of":
            let items = list(entry.value, entry.name).map { expectedValue($0) }
            if items.isEmpty { diagnostics.add(.badMatcher, "\(entry.name) lists no value", at: entry.key.span) }
            guard entry.name == "none_of" else { return .oneOf(items) }
            for item in items { checkNegated(item) }
            return .noneOf(items)
        case "not":
            let value = expectedValue(entry.value)
            checkNegated(value)
            return .noneOf([value])
        case "contains": return .contains(expectedValue(entry.value))
        case "each": return .each(expectedValue(entry.value))
        case "length": return length(entry.value)
        case "exists", "absent", "any":
            guard let value = flag(entry.value) else { return nil }
            if count > 1 {
                diagnostics.add(.badMatcher, "`\(entry.name)` stands alone", at: entry.key.span)
            }
            if entry.name == "any" {
                if !value { diagnostics.add(.badMatcher, "write any: true", at: entry.value.span) }
                return .any
            }
            return (entry.name == "exists") == value ? .exists : .absent
        default:
            diagnostics.add(
                .badMatcher, "`\(entry.name)` is no matcher", at: entry.key.span,
                hint: diagnostics.guess(entry.name, among: Self.matchers)
                    ?? "they are \(Self.matchers.joined(separator: ", "))")
            return nil
        }
    }

    /// What is there or not is asked for by itself: a value that is none of these must be there to be compared.
    private mutating func checkNegated(_ value: DataNode) {
        guard case .match(let matchers) = value.content, let first = matchers.first else { return }
        let remedy: String? =
            switch first {
            case .exists: "write absent: true"
            case .absent: "write exists: true"
            case .any: "nothing is not anything"
            default: nil
            }
        guard let remedy else { return }
        diagnostics.add(.badMatcher, "whether a value is there is not negated", at: value.span, hint: remedy)
    }

    /// A number of items, or a matcher of numbers.
    private mutating func length(_ node: YAMLNode) -> ValueMatcher? {
        let value = expectedValue(node)
        switch value.content {
        case .int(let count) where count >= 0: return .length(value)
        case .match: return .length(value)
        default:
            diagnostics.add(
                .badMatcher, "a length is a whole number, or a matcher such as {at_least: 1}",
                at: node.spanOfFirstLine)
            return nil
        }
    }

    private mutating func bound(_ node: YAMLNode) -> DataNode? {
        let value = data(node)
        if Self.isOrdered(value) { return value }
        diagnostics.add(
            .badMatcher, "only numbers and times are more or less than another", at: node.spanOfFirstLine)
        return nil
    }

    private static func isOrdered(_ value: DataNode) -> Bool {
        switch value.content {
        case .int, .time, .capture: true
        case .text(let text): Day(text) != nil || Month(text) != nil || Instant(text) != nil
        default: false
        }
    }

    private mutating func between(_ node: YAMLNode) -> ValueMatcher? {
        let items = list(node, "between")
        guard items.count == 2 else {
            if node.items != nil {
                diagnostics.add(.badMatcher, "between has two values", at: node.spanOfFirstLine)
            }
            return nil
        }
        guard let low = bound(items[0]), let high = bound(items[1]) else { return nil }
        if case .int(let a) = low.content, case .int(let b) = high.content, a > b {
            diagnostics.add(.badMatcher, "nothing is between \(a) and \(b)", at: node.spanOfFirstLine)
        }
        return .between(low, high)
    }

    private mutating func approximate(_ node: YAMLNode) -> ValueMatcher? {
        guard var map = MapReader(node, "approx", &diagnostics) else { return nil }
        let value = map.required("value", &diagnostics).flatMap { bound($0) }
        let within = map.required("within", &diagnostics)
        map.finish(&diagnostics)
        guard let value, let within else { return nil }
        if case .int = value.content {
            return number(within, 0...ScenarioLimits.ruleValue).map { .approximately(value, .number(Int64($0.value))) }
        }
        return timeSpan(within).map { .approximately(value, .time($0.value)) }
    }

    private mutating func regex(_ node: YAMLNode) -> ValueMatcher? {
        guard let text = text(node, "a regular expression") else { return nil }
        if let known = regexes[text.value] { return .regex(Located(known, text.span)) }
        guard regexes.count < Self.maximumRegexes else {
            diagnostics.add(
                .tooLarge, "more than \(Self.maximumRegexes) different regular expressions", at: text.span)
            return nil
        }
        do {
            let regex = try LinearRegex(text.value)
            regexes[text.value] = regex
            return .regex(Located(regex, text.span))
        } catch {
            diagnostics.add(
                .badMatcher, "this is no regular expression: \(error.message)",
                at: node.span(from: error.offset, count: error.count),
                hint: node.style == .singleQuoted ? nil : "a backslash stays one in single quotes")
            return nil
        }
    }
}
