import LifeEvents
import YAML

/// What is known of a step before it is read: others may refer to it.
struct StepOutline {
    let id: String
    let publishes: Bool
    /// The place of the id, or of the step.
    let span: SourceSpan

    init(_ node: YAMLNode, index: Int) {
        let written = node.entry(named: "id")?.value
        id = written?.scalar ?? "step-\(index + 1)"
        publishes = node.entry(named: "publish") != nil
        span = written?.span ?? node.spanOfFirstLine
    }
}

extension ScenarioParser {
    /// The grammar alone, with its mistakes reported.
    mutating func timeText(_ node: YAMLNode) -> TimeText? {
        guard let text = text(node, "a time") else { return nil }
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

    /// A time expression whose step exists and has an instant.
    ///
    /// - Parameter limit: only steps before this index may be referred to; nil allows all.
    mutating func time(_ node: YAMLNode, before limit: Int? = nil) -> TimeExpression? {
        guard let text = timeText(node) else { return nil }
        if case .step(let id) = text.origin, let token = text.originToken {
            let span = node.span(from: token.offset, count: token.count)
            guard anchor(id, at: span, before: limit) else { return nil }
        }
        return TimeExpression(origin: text.origin, spans: text.spans, clock: text.clock, span: node.span)
    }

    /// Whether a step can be counted from; reports why not.
    mutating func anchor(_ id: String, at span: SourceSpan, before limit: Int?) -> Bool {
        guard let index = outline.firstIndex(where: { $0.id == id }) else {
            let hint = Suggestion.question(id, among: outline.filter(\.publishes).map(\.id) + ["start", "end"])
            diagnostics.add(.unknownStep, "there is no step `\(SourceLines.masked(id))`", at: span, hint: hint)
            return false
        }
        let note = Diagnostic.Note("the step is here", at: outline[index].span)
        guard outline[index].publishes else {
            let message = "the step `\(id)` publishes nothing, so no time can be counted from it"
            diagnostics.add(.badAnchor, message, at: span, notes: [note])
            return false
        }
        guard limit.map({ index < $0 }) ?? true else {
            let message = "only a step further up can be counted from"
            diagnostics.add(.badAnchor, message, at: span, notes: [note])
            return false
        }
        return true
    }

    /// One span, as of `within`.
    mutating func timeSpan(_ node: YAMLNode) -> Located<TimeSpan>? {
        guard let text = text(node, "a span of time") else { return nil }
        guard let span = TimeText.span(text.value[...]), span.count >= 0 else {
            diagnostics.add(
                .badTime, "`\(text.value)` is no span of time", at: text.span, hint: "write 5wd, 3d, 2w, 1mo or 36h")
            return nil
        }
        return Located(span, text.span)
    }
}
