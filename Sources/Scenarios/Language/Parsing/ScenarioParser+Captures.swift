import LifeEvents
import YAML

/// What a file's times and values rest on that only a run brings.
struct ScenarioWaits {
    /// The ids of expectations' steps, in the order in which they were found.
    private(set) var awaited: [String] = []
    /// The names of messages of which values are asked for.
    private(set) var named: Set<String> = []
    /// The steps whose times rest on a message.
    private var decidedLater: Set<String> = []

    mutating func add(_ step: String, name: String? = nil) {
        if !awaited.contains(step) { awaited.append(step) }
        if let name { named.insert(name) }
    }

    /// Takes in what a step counts from.
    /// - Returns: whether its time is decided by a message.
    mutating func note(_ id: String, _ origin: TimeExpression.Origin, isExpectation: (String) -> Bool) -> Bool {
        guard case .step(let other) = origin, decidedLater.contains(other) || isExpectation(other) else { return false }
        decidedLater.insert(id)
        return true
    }

    /// Whether a step's time rests on a message.
    func decides(_ id: String) -> Bool { decidedLater.contains(id) }
}

extension StepOutline {
    /// The whole name that the step gives the message it expects.
    var captureName: String? {
        capture.map { prefix + ($0.hasPrefix("$") ? String($0.dropFirst()) : $0) }
    }
}

/// Times that count from a message which is expected, and values of it: `as: $decision`, then `$decision.from`.
extension ScenarioParser {
    func isExpectation(_ id: String) -> Bool {
        reactions[id] != nil || outlineIndex[id].map { outline[$0].expectsMessage } ?? false
    }

    /// Whether what is being read stands below the expectation of a message, or is the step that answers it.
    private func isBelow(_ id: String) -> Bool {
        if let place = reactions[id] { return place <= reach }
        return outlineIndex[id].map { $0 < reach } ?? false
    }

    /// A message is expected: from here on others may count from it and quote it.
    mutating func note(_ pattern: MessagePattern, of expectation: Expectation, _ id: Located<String>) {
        expectedPatterns[id.value] = pattern
        switch expectation.deadline {
        case .end: break
        case .by, .until, .within: windows[id.value] = timeline.deadline(of: expectation)
        }
        guard let name = expectation.capture else { return }
        if let first = captures[name.value] {
            diagnostics.add(
                .nameClash, "two messages are named `$\(name.value)`", at: name.span, hint: "give one another name",
                notes: [Diagnostic.Note("the first is here", at: first.name.span)])
            return
        }
        captures[name.value] = (id.value, pattern.type.value, name)
    }

    /// `as: $decision`; the name has the prefix of its group.
    mutating func capture(_ node: YAMLNode, _ kind: String) -> Located<String>? {
        guard let text = text(node, "a message's name") else { return nil }
        let name = text.value.hasPrefix("$") ? String(text.value.dropFirst()) : text.value
        guard kind == "message" else {
            diagnostics.add(
                .conflictingKeys, "only an expected `message` can have a name: `\(kind)` brings none", at: text.span)
            return nil
        }
        guard TimeText.isName(name), name.utf8.count <= ScenarioLimits.longestName else {
            diagnostics.add(
                .badValue, "`\(SourceLines.masked(name))` cannot be a message's name", at: text.span,
                hint: "use a-z, 0-9 and single hyphens, as $decision")
            return nil
        }
        guard !personSet.contains(name), !expansion.declared.contains(where: { $0.value == name }) else {
            diagnostics.add(
                .nameClash, "`\(name)` is a person or a parameter already", at: text.span, hint: "take another name")
            return nil
        }
        return Located(scope.prefix + name, text.span)
    }

    /// A step that waits for a message, as the origin of a time.
    mutating func awaitedAnchor(
        _ id: String, _ index: Int, at span: SourceSpan, before limit: Int?
    ) -> String? {
        let note = Diagnostic.Note("the step is here", at: outline[index].span)
        guard index < min(limit ?? .max, reach) else {
            let message =
                reach == 0
                ? "nothing here can be counted from a message that the run brings"
                : "only a step further up can be counted from"
            diagnostics.add(.badAnchor, message, at: span, notes: [note])
            return nil
        }
        // An expectation that could not be read has been told.
        guard expectedPatterns[id] != nil else { return nil }
        guard let end = windows[id] else {
            diagnostics.add(
                .badAnchor, "what is counted from needs a window with an end of its own", at: span,
                hint: "add within: 5wd to the expectation", notes: [note])
            return nil
        }
        // Until it is known when the message comes, the latest time at which it may is held against everything.
        timeline.set(end, forStep: id)
        waits.add(id)
        return id
    }

    /// What counts from a message comes after it.
    mutating func checkAfterMessage(_ at: TimeExpression) {
        guard case .step(let id) = at.origin, isExpectation(id), let first = at.spans.first(where: { $0.count < 0 })
        else { return }
        diagnostics.add(
            .backInTime,
            "a step cannot come \(-first.count)\(first.unit.rawValue) before the message that it waits for",
            at: at.span)
    }

    // MARK: - Values

    /// `$decision.from`: a value of a message that is expected further up; nil for what is none.
    mutating func captured(_ text: String, _ node: YAMLNode) -> DataNode.Content? {
        guard text.hasPrefix("$") else { return nil }
        let words = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard let first = words.first, TimeText.isName(String(first)) else { return nil }
        guard words.count > 1 else {
            guard let name = declaredCapture(String(first)) else { return nil }
            diagnostics.add(
                .unknownCapture, "`$\(name)` is a message: name one of its values", at: node.span,
                hint: "write $\(name).KEY")
            return .text(text)
        }
        guard let name = declaredCapture(String(first)) else {
            tellUnknown(String(first), node)
            return .text(text)
        }
        guard let known = captures[name], isBelow(known.step) else {
            diagnostics.add(
                .unknownCapture, "`$\(first)` is not known here: only a message expected further up is", at: node.span)
            return .text(text)
        }
        guard let path = Self.path(words.dropFirst()) else {
            diagnostics.add(
                .badValue, "`\(SourceLines.masked(text))` leads to no value", at: node.span,
                hint: "write $\(first).from, or $\(first).payees.0.person")
            return .text(text)
        }
        guard windows[known.step] != nil else {
            diagnostics.add(
                .badAnchor, "what is quoted needs a window with an end of its own", at: node.span,
                hint: "add within: 5wd to the expectation",
                notes: [Diagnostic.Note("the message is named here", at: known.name.span)])
            return .text(text)
        }
        waits.add(known.step, name: name)
        return .capture(CapturedValue(name: name, path: path))
    }

    /// The whole name of a message that some expectation of the file names: of this group's, else of the scenario's own.
    private func declaredCapture(_ name: String) -> String? {
        captureNames.isEmpty ? nil : [scope.prefix + name, name].first { captureNames.contains($0) }
    }

    private mutating func tellUnknown(_ name: String, _ node: YAMLNode) {
        diagnostics.add(
            .unknownCapture, "no message is named `$\(SourceLines.masked(name))`", at: node.span,
            hint: diagnostics.guess(name, among: captureNames)
                ?? "add as: $\(SourceLines.masked(name)) to an expectation")
    }

    /// `payees`, `0`, `person`: keys and places.
    private static func path(_ words: some Sequence<Substring>) -> [CapturedValue.Part]? {
        var path: [CapturedValue.Part] = []
        for word in words {
            guard !word.isEmpty, word.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || isLetterOrDigit($0) }) else {
                return nil
            }
            path.append(Int(word).map { .item($0) } ?? .key(String(word)))
        }
        return path
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// A name that nothing uses is a slip.
    mutating func checkCaptures() {
        for (name, capture) in captures.sorted(by: { $0.key < $1.key }) where !waits.named.contains(name) {
            diagnostics.add(
                .unusedParameter, "nothing uses a value of `$\(name)`", at: capture.name.span,
                hint: "write $\(name).KEY further down, or take `as` away")
        }
    }

    /// What times and values rest on, in the file's order.
    func awaited(_ steps: [Step]) -> [AwaitedMessage] {
        steps.compactMap { step in
            guard waits.awaited.contains(step.id.value), case .expect(let expectation) = step.action,
                case .message(let pattern) = expectation.kind
            else { return nil }
            let name = expectation.capture.flatMap { waits.named.contains($0.value) ? $0 : nil }
            return AwaitedMessage(step: step.id.value, name: name, type: pattern.type.value)
        }
    }
}
