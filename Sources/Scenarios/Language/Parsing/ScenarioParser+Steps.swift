import LifeEvents
import YAML

/// `steps`: what is published, and when.
extension ScenarioParser {
    mutating func step(_ node: YAMLNode, index: Int) -> Step? {
        guard var map = MapReader(node, "a step", &diagnostics) else { return nil }
        let id = stepID(map.optional("id", &diagnostics), node, index)
        guard map.has("publish") != map.has("expect") else {
            reportAction(map)
            return nil
        }
        if let node = map.optional("expect", &diagnostics) {
            let action = expectation(node, index: index)
            map.finish(&diagnostics)
            guard let id, let action else { return nil }
            return Step(id: id, at: nil, action: .expect(action), span: node.span)
        }
        let at = map.required("at", &diagnostics).flatMap { time($0, before: index) }
        if let id, let at { place(id.value, at, index: index) }
        let action = publication(&map)
        map.finish(&diagnostics)
        guard let id, let at, let action else { return nil }
        return Step(id: id, at: at, action: .publish(action), span: node.span)
    }

    private mutating func reportAction(_ map: MapReader) {
        if let span = map.keySpan("expect") {
            diagnostics.add(.conflictingKeys, "a step publishes or expects, not both: make two steps", at: span)
        } else {
            diagnostics.add(.missingKey, "a step needs the key `publish` or `expect`", at: map.span)
        }
    }

    private mutating func stepID(_ written: YAMLNode?, _ node: YAMLNode, _ index: Int) -> Located<String>? {
        guard let written else { return Located(outline[index].id, node.span) }
        guard let id = identifier(written, "a step's id") else { return nil }
        if let first = outline[..<index].first(where: { $0.id == id.value }) {
            let note = Diagnostic.Note("the first is here", at: first.span)
            diagnostics.add(.duplicateStep, "two steps have the id `\(id.value)`", at: id.span, notes: [note])
            return nil
        }
        return id
    }

    private mutating func publication(_ map: inout MapReader) -> Publication? {
        let type = map.optional("publish", &diagnostics).flatMap { messageType($0) }
        let subject = map.required("for", &diagnostics).flatMap { person($0) }
        let from = map.optional("from", &diagnostics)
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }
        let data = dataMap(map.optional("data", &diagnostics), of: map.span)
        guard let type, let source = source(from, of: type), let subject else { return nil }
        return Publication(type: type, source: source, subject: subject, occurred: occurred, data: data)
    }

    /// Gives the step its instant. The steps of a file go forward in time, except those counted from another step.
    private mutating func place(_ id: String, _ at: TimeExpression, index: Int) {
        if at.origin == .end {
            diagnostics.add(.badAnchor, "a step cannot be counted from the end", at: at.span)
            return
        }
        guard let instant = at.resolve(on: timeline) else { return }
        timeline.set(instant, forStep: id)
        if instant < timeline.start {
            let message = "the step is at \(Stockholm.local(instant)), before the start"
            diagnostics.add(.backInTime, message, at: at.span)
            return
        }
        if case .step = at.origin { return }
        let before = outline[..<index].compactMap { step in timeline.instant(ofStep: step.id).map { (step, $0) } }
        guard let latest = before.max(by: { $0.1 < $1.1 }), latest.1 > instant else { return }
        diagnostics.add(
            .backInTime, "the step is at \(Stockholm.local(instant)), before a step above it", at: at.span,
            hint: "move it up, or count it from a step",
            notes: [
                Diagnostic.Note("`\(latest.0.id)` is at \(Stockholm.local(latest.1))", at: latest.0.span)
            ])
    }
}
