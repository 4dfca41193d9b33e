import LifeEvents
import YAML

/// `expect` and `then`: what must be seen.
extension ScenarioParser {
    private static let kinds = ["message", "none", "status", "count"]

    mutating func expectation(_ node: YAMLNode, index: Int) -> Expectation? {
        guard var map = MapReader(node, "expect", &diagnostics) else { return nil }
        let written = Self.kinds.filter { map.has($0) }
        guard written.count == 1, let name = written.first else {
            let code: DiagnosticCode = written.isEmpty ? .missingKey : .conflictingKeys
            let message = "expect needs one of the keys `message`, `none`, `status` and `count`"
            diagnostics.add(code, message, at: map.span)
            return nil
        }
        let kind = kind(name, &map)
        let after = map.optional("after", &diagnostics).flatMap { self.after($0, index) }
        let deadline = deadline(&map)
        map.finish(&diagnostics)
        let previous = outline[..<index].last { $0.publishes }.map { Located($0.id, $0.span) }
        guard let kind, let deadline else { return nil }
        return Expectation(kind: kind, after: after ?? previous, deadline: deadline, span: node.span)
    }

    private mutating func kind(_ name: String, _ map: inout MapReader) -> Expectation.Kind? {
        switch name {
        case "message": return pattern(&map, "message").map { .message($0) }
        case "none": return pattern(&map, "none").map { .none($0) }
        case "status":
            guard let node = map.optional(name, &diagnostics) else { return nil }
            return tilePattern(node).map { .status($0) }
        default:
            guard let node = map.optional(name, &diagnostics), var inner = MapReader(node, name, &diagnostics)
            else { return nil }
            let pattern = pattern(&inner, "message")
            let equals = inner.required("equals", &diagnostics).flatMap { number($0) }
            inner.finish(&diagnostics)
            guard let pattern, let equals else { return nil }
            return .count(pattern, equals: equals)
        }
    }

    private mutating func pattern(_ map: inout MapReader, _ typeKey: String) -> MessagePattern? {
        let type = map.required(typeKey, &diagnostics).flatMap { messageType($0) }
        let subject = map.optional("for", &diagnostics).flatMap { person($0) }
        let source = map.optional("from", &diagnostics).flatMap { agency($0) }
        let data = map.optional("data", &diagnostics).map { dataMap($0, of: $0.span) }
        return type.map { MessagePattern(type: $0, subject: subject, source: source, data: data) }
    }

    private mutating func tilePattern(_ node: YAMLNode) -> TilePattern? {
        guard var map = MapReader(node, "status", &diagnostics) else { return nil }
        let holder = map.required("for", &diagnostics).flatMap { person($0) }
        let tile = map.required("tile", &diagnostics).flatMap { identifier($0, "a tile's name") }
        let agency = map.optional("agency", &diagnostics).flatMap { self.agency($0) }
        let code = map.required("code", &diagnostics).flatMap { statusCode($0) }
        map.finish(&diagnostics)
        guard let holder, let tile, let code else { return nil }
        return TilePattern(holder: holder, tile: tile, agency: agency, code: code)
    }

    private mutating func number(_ node: YAMLNode) -> Located<Int>? {
        guard let text = node.scalar, let number = Int(text), number >= 0 else {
            diagnostics.add(.badValue, "this is a whole number, 0 or more", at: node.spanOfFirstLine)
            return nil
        }
        return Located(number, node.span)
    }

    private mutating func after(_ node: YAMLNode, _ index: Int) -> Located<String>? {
        guard let id = text(node, "a step's id"), anchor(id.value, at: id.span, before: index) else { return nil }
        return id
    }

    /// nil after a mistake; without a key the whole run is the window.
    private mutating func deadline(_ map: inout MapReader) -> Deadline? {
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

    /// `then: status`: a person, a tile, and a code or a code for each agency.
    mutating func finalTiles(_ node: YAMLNode) -> [FinalTile] {
        var result: [FinalTile] = []
        for (holder, tiles) in pairs(node, "status") {
            guard let holder = person(holder) else { continue }
            for (tileKey, value) in pairs(tiles, "a person's status") {
                guard let tile = identifier(tileKey, "a tile's name") else { continue }
                guard value.entries != nil else {
                    if let code = statusCode(value) {
                        result.append(FinalTile(holder: holder, tile: tile, agency: nil, code: code))
                    }
                    continue
                }
                for (agencyKey, value) in pairs(value, "a tile's status") {
                    let agency = agency(agencyKey)
                    guard let code = statusCode(value), let agency else { continue }
                    result.append(FinalTile(holder: holder, tile: tile, agency: agency, code: code))
                }
            }
        }
        return result
    }

    private mutating func pairs(_ node: YAMLNode, _ what: String) -> [(YAMLNode, YAMLNode)] {
        if let entries = node.entries { return entries.map { ($0.key, $0.value) } }
        diagnostics.add(.wrongKind, "\(what) is a map of keys, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }

    /// Windows and steps that the run does not reach, once its end is known.
    mutating func checkWindows(_ steps: [Step]) {
        guard let end = timeline.end else { return }
        for step in steps {
            switch step.action {
            case .publish:
                guard let instant = timeline.instant(ofStep: step.id.value), instant > end, let at = step.at
                else { continue }
                diagnostics.add(.backInTime, "the step is after the end of the run", at: at.span)
            case .expect(let expectation):
                guard let deadline = timeline.deadline(of: expectation) else { continue }
                if deadline < timeline.opening(of: expectation) {
                    let message = "the window ends before it begins"
                    diagnostics.add(.backInTime, message, at: expectation.span)
                } else if deadline > end {
                    let message = "the window ends after the run"
                    diagnostics.add(.backInTime, message, at: expectation.span)
                }
            }
        }
    }
}
