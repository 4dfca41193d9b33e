import LifeEvents
import YAML

/// What is known of a step before it is read: others may refer to it.
struct StepOutline {
    /// The whole id, a group's prefix included.
    let id: String
    let publishes: Bool
    /// What goes before the ids and names of its group.
    let prefix: String
    /// Whether it expects a message.
    let expectsMessage: Bool
    /// The name that it gives the message, as it is written.
    let capture: String?
    let isUse: Bool
    /// The place of the id, or of the step.
    let span: SourceSpan

    /// Whether times can be counted from it.
    var isAnchor: Bool { publishes || isUse }

    init(_ source: Expansion.StepSource) {
        let node = source.node
        let written = node.entry(named: "id")?.value
        let plain = source.isUse ? node.entry(named: "use")?.value.scalar : nil
        id = source.scope.prefix + (written?.scalar ?? plain ?? "step-\(source.number)")
        publishes = !source.isUse && ScenarioParser.publishingKeys.contains { node.entry(named: $0) != nil }
        isUse = source.isUse
        prefix = source.scope.prefix
        let expected = source.isUse ? nil : node.entry(named: "expect")?.value
        expectsMessage = expected?.entry(named: "message") != nil
        let answered = source.isUse ? nil : node.entry(named: "on")?.value
        capture = (expected ?? answered)?.entry(named: "as")?.value.scalar
        span = written?.span ?? node.spanOfFirstLine
    }
}

extension ScenarioParser {
    static let publishingKeys = ["publish", "citizen", "corrects", "annuls", "ceases"]

    /// The grammar alone, with its mistakes reported.
    mutating func timeText(_ node: YAMLNode) -> TimeText? {
        guard let text = text(node, "a time") else { return nil }
        // A variable that is still there has been reported where it was looked up.
        if node.style != .singleQuoted, text.value.contains("${") { return nil }
        if text.value.hasPrefix("$") {
            let name = text.value.dropFirst()
            let known = expansion.parameters.map(\.name)
            diagnostics.add(
                .unknownParameter, "there is no parameter `\(SourceLines.masked(String(name)))`", at: text.span,
                hint: diagnostics.guess(String(name), among: known) ?? "add it to params")
            return nil
        }
        do {
            return try TimeText(text.value)
        } catch {
            report(error, in: node)
            return nil
        }
    }

    mutating func report(_ problem: TimeText.Problem, in node: YAMLNode) {
        let span = node.span(from: problem.token.offset, count: problem.token.count)
        diagnostics.add(problem.code, problem.message, at: span, hint: problem.hint)
    }

    /// A time expression whose step exists and has an instant. In a group `start` is the time of its use.
    ///
    /// - Parameter limit: only steps before this index may be referred to; nil allows all.
    mutating func time(_ node: YAMLNode, before limit: Int? = nil) -> TimeExpression? {
        guard let text = timeText(node) else { return nil }
        var origin = text.origin
        if case .step(let id) = text.origin, let token = text.originToken {
            let span = node.span(from: token.offset, count: token.count)
            guard let whole = anchor(id, at: span, before: limit) else { return nil }
            origin = .step(whole)
        } else if case .start = text.origin, let use = scope.use {
            origin = .step(use)
        }
        return inRange(TimeExpression(origin: origin, spans: text.spans, clock: text.clock, span: node.span))
    }

    /// The whole id of a step that can be counted from; nil after saying why not.
    mutating func anchor(
        _ id: String, at span: SourceSpan, before limit: Int?, asTime: Bool = true
    ) -> String? {
        let whole = scope.prefix + id
        guard let index = outlineIndex[whole] else {
            let prefix = scope.prefix
            let near =
                diagnostics.isFull
                ? []
                : outline.lazy.filter { ($0.isAnchor || asTime && $0.expectsMessage) && $0.id.hasPrefix(prefix) }
                    .prefix(DiagnosticList.maximumCandidates - 2).map { String($0.id.dropFirst(prefix.count)) }
            let place = scope.group.map { " in the group `\($0)`" } ?? ""
            diagnostics.add(
                .unknownStep, "there is no step `\(SourceLines.masked(id))`\(place)", at: span,
                hint: diagnostics.guess(id, among: (near + (asTime ? ["start", "end"] : [])).filter { $0 != id }))
            return nil
        }
        let note = Diagnostic.Note("the step is here", at: outline[index].span)
        if asTime, outline[index].expectsMessage { return awaitedAnchor(whole, index, at: span, before: limit) }
        guard outline[index].isAnchor else {
            let message =
                asTime
                ? "the step `\(id)` publishes nothing and expects no message, so no time can be counted from it"
                : "the step `\(id)` publishes nothing"
            diagnostics.add(.badAnchor, message, at: span, notes: [note])
            return nil
        }
        guard limit.map({ index < $0 }) ?? true else {
            let message = "only a step further up can be \(asTime ? "counted from" : "named here")"
            diagnostics.add(.badAnchor, message, at: span, notes: [note])
            return nil
        }
        return whole
    }

    /// The whole id of a step that publishes a message.
    mutating func publishingStep(_ node: YAMLNode, before limit: Int? = nil) -> Located<String>? {
        guard let text = text(node, "a step's id"),
            let id = anchor(text.value, at: text.span, before: limit, asTime: false)
        else { return nil }
        if let index = outlineIndex[id], outline[index].isUse {
            let note = Diagnostic.Note("the step is here", at: outline[index].span)
            diagnostics.add(
                .badAnchor, "the step `\(text.value)` uses a group, so it is no one message", at: text.span,
                hint: "name a step of the group, as \(text.value)-…", notes: [note])
            return nil
        }
        return Located(id, text.span)
    }

    /// One span, as of `within`.
    mutating func timeSpan(_ node: YAMLNode) -> Located<TimeSpan>? {
        guard let text = text(node, "a span of time") else { return nil }
        guard let span = TimeText.span(text.value[...]), span.count >= 0 else {
            diagnostics.add(
                .badTime, "`\(text.value)` is no span of time", at: text.span, hint: "write 5wd, 3d, 2w, 1mo or 36h")
            return nil
        }
        if let sentence = TimeText.excess(of: span) {
            diagnostics.add(.badTime, sentence, at: text.span)
            return nil
        }
        return Located(span, text.span)
    }

    /// Whether a window ends with a run that has no end of its own; says so if it does.
    ///
    /// Such a run ends with its last step or deadline, so nothing that the last step leads to would be seen, and `none`
    /// would hold whatever comes.
    private mutating func endsWithRun(_ expectation: Expectation) -> Bool {
        guard !hasOwnEnd else { return false }
        switch expectation.deadline {
        case .end: break
        case .by(let time), .until(let time):
            guard time.origin == .end else { return false }
        case .within: return false
        }
        diagnostics.add(
            .badAnchor, "the window ends with the run, which has no end of its own", at: expectation.span,
            hint: "write `until:` beside `steps`, as `until: +30d`, or end the window with `within`")
        return true
    }

    /// Windows and steps that the run does not reach, once its end is known.
    mutating func checkWindows(_ steps: [Step]) {
        guard let end = timeline.end else { return }
        for step in steps {
            diagnostics.uses = step.uses
            switch step.action {
            case .publish:
                guard let instant = timeline.instant(ofStep: step.id.value), instant > end, let at = step.at
                else { continue }
                diagnostics.add(.backInTime, "the step is after the end of the run", at: at.span)
            case .expect(let expectation):
                guard !endsWithRun(expectation) else { continue }
                guard let deadline = timeline.deadline(of: expectation) else { continue }
                guard deadline <= ScenarioLimits.run.upperBound else {
                    _ = isInRun(deadline, "the end of the window", at: expectation.span)
                    continue
                }
                let opening = timeline.opening(of: expectation)
                if deadline <= opening {
                    let message = "the window ends \(deadline < opening ? "before" : "when") it begins"
                    diagnostics.add(.backInTime, message, at: expectation.span)
                } else if deadline > end {
                    let message = "the window ends after the run"
                    diagnostics.add(.backInTime, message, at: expectation.span)
                }
            }
        }
        diagnostics.uses = []
    }
}
