import LifeEvents
import YAML

/// `expect`: what must be seen, and when.
extension ScenarioParser {
    private static let kinds = [
        "message", "none", "status", "count", "order", "any_order", "latency", "dead_letter", "refusal",
    ]

    mutating func expectation(_ node: YAMLNode, index: Int) -> Expectation? {
        guard var map = MapReader(node, "expect", &diagnostics) else { return nil }
        let written = Self.kinds.filter { map.has($0) }
        guard written.count == 1, let name = written.first else {
            let list = Self.kinds.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " and `refusal`"
            // A misspelt kind is likelier than a forgotten one.
            for kind in Self.kinds { map.allow(kind) }
            if written.isEmpty, map.hasMisspelling(of: Self.kinds) {
                for key in [
                    "for", "from", "data", "exactly", "caused_by", "change", "after", "within", "by", "until", "as",
                ] {
                    map.allow(key)
                }
                map.finish(&diagnostics)
            } else if written.isEmpty {
                diagnostics.add(.missingKey, "expect needs one of the keys \(list)", at: map.span)
            } else {
                let message = "expect has one kind, not `\(written[0])` and `\(written[1])`: make two steps"
                diagnostics.add(.conflictingKeys, message, at: map.keySpan(written[1]) ?? map.span)
            }
            return nil
        }
        let kind = kind(name, &map, index)
        let opening = map.optional("after", &diagnostics).map { self.after($0, index) } ?? previous
        let deadline = deadline(&map)
        let capture = map.optional("as", &diagnostics).flatMap { self.capture($0, name) }
        // With a misspelt key nothing is known of the window.
        guard map.finish(&diagnostics), let kind, let deadline else { return nil }
        return Expectation(kind: kind, after: opening, deadline: deadline, span: node.span, capture: capture)
    }

    private mutating func kind(_ name: String, _ map: inout MapReader, _ index: Int) -> Expectation.Kind? {
        switch name {
        case "message": return pattern(&map, "message").map { .message($0) }
        case "none": return pattern(&map, "none").map { .none($0) }
        case "dead_letter": return deadLetter(&map).map { .deadLetter($0) }
        default: break
        }
        guard let node = map.optional(name, &diagnostics) else { return nil }
        switch name {
        case "status": return tilePattern(node).map { .status($0) }
        case "count": return count(node).map { .count($0, $1) }
        case "order": return order(node).map { .order($0) }
        case "any_order": return anyOrder(node).map { .anyOrder($0) }
        case "latency": return latency(node).map { .latency($0) }
        default: return refusal(node, index).map { .refusal($0) }
        }
    }

    /// `start` is the run's, in a group the time of its use; nil for the run's and after a mistake.
    mutating func after(_ node: YAMLNode, _ index: Int) -> Located<String>? {
        guard let id = text(node, "a step's id, or start") else { return nil }
        if id.value == "start" { return scope.use.map { Located($0, id.span) } }
        guard let whole = anchor(id.value, at: id.span, before: index) else {
            return nil
        }
        return Located(whole, id.span)
    }

    /// nil after a mistake; without a key the whole run is the window.
    mutating func deadline(_ map: inout MapReader) -> Deadline? {
        let written = ["within", "by", "until"].filter { map.has($0) }
        let within = map.optional("within", &diagnostics)
        let by = map.optional("by", &diagnostics)
        let until = map.optional("until", &diagnostics)
        if written.count > 1, let span = map.keySpan(written[1]) {
            let message = "`\(written[0])` and `\(written[1])` both end the window: keep one"
            diagnostics.add(.conflictingKeys, message, at: span)
            return nil
        }
        if let within { return timeSpan(within).map { .within($0) } }
        if let by { return time(by).map { .by($0) } }
        if let until { return time(until).map { .until($0) } }
        return written.isEmpty ? .end : nil
    }
}
