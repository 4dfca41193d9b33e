import LifeEvents
import YAML

/// `on: {message: …}`: a step that answers a message.
///
///     - id: answer
///       on: {message: kommun.need.aid-income.v1, for: anna, within: 1w, as: $need}
///       at: +1d 09:00                # the day after the message came, at nine
///       publish: ssbtek.answer.aid-income.v1
///
/// It is the message, expected, and a step whose time counts from it: everything that is known of the two holds.
extension ScenarioParser {
    /// What the expectation is called that stands for what a step answers: no file can write it.
    static func answeredID(of step: String) -> String { "\(step).on" }

    /// The expectation of the message that a step answers; nil after a mistake.
    mutating func answered(
        _ node: YAMLNode, by id: Located<String>?, of source: Expansion.StepSource, index: Int
    ) -> Step? {
        guard var map = MapReader(node, "what a step answers", &diagnostics) else { return nil }
        let pattern = pattern(&map, "message")
        let opening = map.optional("after", &diagnostics).map { self.after($0, index) } ?? previous
        let deadline = deadline(&map)
        let capture = map.optional("as", &diagnostics).flatMap { self.capture($0, "message") }
        guard map.finish(&diagnostics), let pattern, let deadline, let id else { return nil }
        let expectation = Expectation(
            kind: .message(pattern), after: opening, deadline: deadline, span: node.span, capture: capture)
        let own = Located(Self.answeredID(of: id.value), id.span)
        reactions[own.value] = index
        note(pattern, of: expectation, own)
        guard let end = windows[own.value] else {
            diagnostics.add(
                .badAnchor, "what is answered needs a window with an end of its own", at: node.spanOfFirstLine,
                hint: "add within: 1w to `on`")
            return nil
        }
        // Until it is known when the message comes, the latest time at which it may is held against everything.
        timeline.set(end, forStep: own.value)
        waits.add(own.value)
        return Step(
            id: own, at: nil, action: .expect(expectation), span: source.node.span, uses: source.scope.uses)
    }

    /// The time of an answer: spans are counted from the message.
    /// - Parameter answered: nil after a mistake, which has been told.
    mutating func time(_ node: YAMLNode, after answered: Step?) -> TimeExpression? {
        guard let text = timeText(node) else { return nil }
        guard text.originToken == nil, case .start = text.origin else {
            diagnostics.add(
                .badAnchor, "a step that answers a message counts from it", at: node.span, hint: "write at: +1d 09:00")
            return nil
        }
        guard let answered else { return nil }
        return inRange(
            TimeExpression(origin: .step(answered.id.value), spans: text.spans, clock: text.clock, span: node.span))
    }
}
