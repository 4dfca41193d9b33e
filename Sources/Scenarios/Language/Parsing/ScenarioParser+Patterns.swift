import LifeEvents
import YAML

/// Which messages and tiles an expectation means.
extension ScenarioParser {
    mutating func pattern(_ map: inout MapReader, _ typeKey: String) -> MessagePattern? {
        let type = map.required(typeKey, &diagnostics).flatMap { messageType($0) }
        let subject = map.optional("for", &diagnostics).flatMap { person($0) }
        let source = map.optional("from", &diagnostics).flatMap { agency($0) }
        let causedBy = map.optional("caused_by", &diagnostics).flatMap { publishingStep($0) }
        let change = map.optional("change", &diagnostics)
            .flatMap { word($0, "a change", MessagePattern.Change.self) }
        let partial = map.optional("data", &diagnostics)
        let exact = map.optional("exactly", &diagnostics)
        if partial != nil, let span = map.keySpan("exactly") {
            diagnostics.add(.conflictingKeys, "`data` and `exactly` both say what the payload is", at: span)
        }
        let data = (exact ?? partial).map { expectedData($0) }
        return type.map {
            MessagePattern(
                type: $0, subject: subject, source: source, causedBy: causedBy, change: change, data: data,
                isExact: exact != nil)
        }
    }

    /// `true`, or a list of dead letters as an expectation has them, `{dead_letter: TYPE, for: …, in: …, reason: …}`.
    mutating func allowedDeadLetters(_ node: YAMLNode) -> AllowedDeadLetters {
        guard let items = node.items else {
            guard node.entries == nil, let all = flag(node) else {
                if node.entries != nil {
                    diagnostics.add(
                        .wrongKind, "allow_dead_letters is true or a list, not \(node.kindName)",
                        at: node.spanOfFirstLine)
                }
                return .some([])
            }
            return all ? .all : .some([])
        }
        return .some(
            items.compactMap { item in
                guard var map = MapReader(item, "an entry of allow_dead_letters", &diagnostics) else { return nil }
                let pattern = deadLetter(&map)
                map.finish(&diagnostics)
                return pattern
            })
    }

    /// An agency that the scenario plays: another has no dead letters.
    private mutating func participant(_ node: YAMLNode) -> Located<AgencyID>? {
        guard let agency = agency(node) else { return nil }
        guard agencies.contains(agency.value) else {
            diagnostics.add(
                .unknownAgency, "`\(agency.value)` takes no part in this scenario", at: agency.span,
                hint: diagnostics.guess(agency.value.description, among: agencies.map(\.description)))
            return nil
        }
        return agency
    }

    /// `count: {message: …, equals: 2}`, or `at_least` and `at_most`.
    mutating func count(_ node: YAMLNode) -> (MessagePattern, MessageCount)? {
        guard var map = MapReader(node, "count", &diagnostics) else { return nil }
        let pattern = pattern(&map, "message")
        let count = messageCount(&map)
        map.finish(&diagnostics)
        guard let pattern, let count else { return nil }
        return (pattern, count)
    }

    private mutating func messageCount(_ map: inout MapReader) -> MessageCount? {
        let range = 0...Int(Int32.max)
        let written = ["equals", "at_least", "at_most"].filter { map.has($0) }
        guard let first = written.first else {
            diagnostics.add(
                .missingKey, "count needs the key `equals`, or `at_least` or `at_most`", at: map.span,
                hint: "write equals: 1")
            // A misspelt key is likelier than a forgotten one, and told by its nearest.
            for key in ["equals", "at_least", "at_most"] { _ = map.optional(key, &diagnostics) }
            return nil
        }
        let equals = map.optional("equals", &diagnostics).flatMap { number($0, range) }
        let least = map.optional("at_least", &diagnostics).flatMap { number($0, range) }
        let most = map.optional("at_most", &diagnostics).flatMap { number($0, range) }
        guard first != "equals" || written.count == 1 else {
            diagnostics.add(
                .conflictingKeys, "`equals` and `\(written[1])` both say how many: keep one",
                at: map.keySpan(written[1]) ?? map.span)
            return nil
        }
        if let equals { return MessageCount(least: equals.value, most: equals.value, at: equals.span) }
        if let least, let most, least.value > most.value {
            diagnostics.add(
                .badValue, "no number is at least \(least.value) and at most \(most.value)", at: most.span)
            return nil
        }
        if let least, least.value == 0 {
            diagnostics.add(
                .badValue, "at least 0 come always", at: least.span,
                hint: most == nil ? "write at_least: 1, or leave the count out" : "leave at_least out")
            return nil
        }
        guard let place = least ?? most, written.count == [least, most].compactMap(\.self).count else { return nil }
        return MessageCount(least: least?.value ?? 0, most: most?.value, at: place.span)
    }

    mutating func deadLetter(_ map: inout MapReader) -> DeadLetterPattern? {
        let original = pattern(&map, "dead_letter")
        let agency = map.optional("in", &diagnostics).flatMap { participant($0) }
        let reason = map.optional("reason", &diagnostics).flatMap { self.reason($0) }
        return original.map { DeadLetterPattern(original: $0, agency: agency, reason: reason) }
    }

    mutating func refusal(_ node: YAMLNode, _ index: Int) -> RefusalPattern? {
        guard var map = MapReader(node, "refusal", &diagnostics) else { return nil }
        let step = map.required("of", &diagnostics).flatMap { publishingStep($0, before: index) }
        let named = map.optional("agency", &diagnostics).flatMap { agency($0) }
        let reason = map.optional("reason", &diagnostics).flatMap { self.reason($0) }
        map.finish(&diagnostics)
        guard let step, let former = published[step.value]?.publication else { return nil }
        guard former.source == .citizen else {
            let message = "`\(step.value)` is no filing of a citizen, so nobody refuses it"
            diagnostics.add(.badValue, message, at: step.span)
            return nil
        }
        guard let agency = named?.value ?? former.filing?.addressee ?? Self.onlyAgency(former.type.value) else {
            diagnostics.add(.missingKey, "refusal needs the key `agency`", at: map.span)
            return nil
        }
        return RefusalPattern(filing: step, agency: agency, agencySpan: named?.span, reason: reason)
    }

    private static func onlyAgency(_ type: String) -> AgencyID? {
        type.split(separator: ".").first.flatMap { Owner(text: $0) }.flatMap { AgencyID(owner: $0) }
    }

    mutating func order(_ node: YAMLNode) -> [MessageReference]? {
        let items = list(node, "order")
        if items.count < 2, node.items != nil {
            diagnostics.add(.badValue, "an order has two messages or more", at: node.spanOfFirstLine)
        }
        let references = items.compactMap { reference($0, "an entry of order") }
        return references.count == items.count && items.count > 1 ? references : nil
    }

    /// Messages that must come, each another, in whatever order.
    mutating func anyOrder(_ node: YAMLNode) -> [MessagePattern]? {
        let items = list(node, "any_order")
        if items.count < 2, node.items != nil {
            diagnostics.add(.badValue, "an any_order has two messages or more", at: node.spanOfFirstLine)
        }
        let patterns = items.compactMap { item -> MessagePattern? in
            switch reference(item, "an entry of any_order") {
            case .message(let pattern)?: return pattern
            case .step(let id)?:
                diagnostics.add(
                    .badValue, "`\(id.value)` is what the file says itself: name messages that must come", at: id.span)
                return nil
            case nil: return nil
            }
        }
        return patterns.count == items.count && items.count > 1 ? patterns : nil
    }

    mutating func latency(_ node: YAMLNode) -> LatencyPattern? {
        guard var map = MapReader(node, "latency", &diagnostics) else { return nil }
        let from = map.required("from", &diagnostics).flatMap { reference($0, "from") }
        let toNode = map.required("to", &diagnostics)
        let to = toNode.flatMap { reference($0, "to") }
        let atMost = map.required("at_most", &diagnostics).flatMap { timeSpan($0) }
        map.finish(&diagnostics)
        guard let from, let to, let atMost else { return nil }
        guard case .message(let pattern) = to else {
            let message = "`to` is a message that must come, not a step that publishes"
            diagnostics.add(.badValue, message, at: toNode?.spanOfFirstLine ?? map.span)
            return nil
        }
        return LatencyPattern(from: from, to: pattern, atMost: atMost)
    }

    /// A step's id, a message type, or a map with `message`.
    private mutating func reference(_ node: YAMLNode, _ what: String) -> MessageReference? {
        guard let text = node.scalar else {
            guard var map = MapReader(node, what, &diagnostics) else { return nil }
            let pattern = pattern(&map, "message")
            map.finish(&diagnostics)
            return pattern.map { .message($0) }
        }
        if text.contains(".") {
            return messageType(node).map {
                .message(
                    MessagePattern(
                        type: $0, subject: nil, source: nil, causedBy: nil, change: nil, data: nil, isExact: false))
            }
        }
        if let index = outlineIndex[scope.prefix + text], !outline[index].isAnchor {
            guard let expected = expectedPatterns[scope.prefix + text] else {
                let message = "only a step that publishes or expects a message further up can be named here"
                let note = Diagnostic.Note("the step is here", at: outline[index].span)
                diagnostics.add(.badAnchor, message, at: node.span, notes: [note])
                return nil
            }
            return .message(expected)
        }
        return publishingStep(node).map { .step($0) }
    }

    mutating func tilePattern(_ node: YAMLNode) -> TilePattern? {
        guard var map = MapReader(node, "status", &diagnostics) else { return nil }
        let holder = map.required("for", &diagnostics).flatMap { person($0) }
        let tile = map.required("tile", &diagnostics).flatMap { self.tile($0) }
        let agency = map.optional("agency", &diagnostics).flatMap { self.agency($0) }
        let about = map.optional("about", &diagnostics).flatMap { person($0) }
        let code = map.required("code", &diagnostics).flatMap { wantedCode($0) }
        let data = map.optional("data", &diagnostics).map { expectedData($0) }
        if case .some(.none) = code, let span = map.keySpan("data") {
            diagnostics.add(.conflictingKeys, "what is absent says nothing: take `data` away", at: span)
        }
        map.finish(&diagnostics)
        guard let holder, let tile, let code else { return nil }
        return TilePattern(holder: holder, tile: tile, agency: agency, about: about, code: code, data: data)
    }

    /// A reason is a text, or a matcher of texts.
    private mutating func reason(_ node: YAMLNode) -> DataNode? { wording(node, "a reason") }

    /// A text, or a matcher of texts.
    mutating func wording(_ node: YAMLNode, _ what: String) -> DataNode? {
        let value = expectedValue(node)
        switch value.content {
        case .text, .match: return value
        default:
            diagnostics.add(.badValue, "\(what) is text, or a matcher such as {regex: …}", at: node.spanOfFirstLine)
            return nil
        }
    }
}
