import LifeEvents
import YAML

/// Steps that correct, annul or end an earlier message.
///
/// `corrects: notice` needs no `publish`, `for` or `from`: they are those of `notice`. Its `data` need only hold what
/// is different; the message carries the whole payload. `annuls` carries `reasonCode` and nothing else.
extension ScenarioParser {
    private static let kinds: [String: ChangeType] = [
        "corrects": .corrected, "annuls": .annulled, "ceases": .ceased,
    ]

    mutating func change(_ map: inout MapReader, _ key: String, index: Int) -> PublishStep? {
        let step = map.required(key, &diagnostics).flatMap { publishingStep($0, before: index) }
        let type = map.optional("publish", &diagnostics).flatMap { messageType($0) }
        let subject = map.optional("for", &diagnostics).flatMap { person($0) }
        let from = map.optional("from", &diagnostics).flatMap { agency($0) }
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }.flatMap { instant($0) }
        let dataNode = map.optional("data", &diagnostics)
        let data = dataMap(dataNode, of: map.span)
        guard let step, let kind = Self.kinds[key], let former = published[step.value] else { return nil }
        let note = Diagnostic.Note("the message is here", at: former.place)
        let base = former.publication
        func differs(_ what: String, _ span: SourceSpan) {
            let message = "a message and what changes it have the same \(what)"
            diagnostics.add(.badChain, message, at: span, hint: "leave the key out", notes: [note])
        }
        if let type, type.value != base.type.value { differs("type", type.span) }
        if let subject, subject.value != base.subject.value { differs("person", subject.span) }
        if let from, from.value != base.source { differs("agency", from.span) }
        // A consent or a mandate is a fact of the citizen's own, and is withdrawn; what is filed with an agency is not.
        if !base.type.value.hasPrefix("citizen."), base.filing != nil || base.source == .citizen {
            let message = "what a citizen has filed is not \(kind.rawValue.lowercased()): file anew"
            diagnostics.add(.badChain, message, at: step.span, notes: [note])
        }
        if base.change?.kind == .annulled, kind != .annulled {
            diagnostics.add(
                .badChain, "`\(step.value)` says that the fact never held", at: step.span, hint: "publish it anew",
                notes: [note])
        }
        return PublishStep(
            type: Located(base.type.value, step.span), source: base.source,
            subject: Located(base.subject.value, step.span), occurred: occurred ?? base.occurred,
            data: payload(data, kind, base, dataNode?.span ?? map.span),
            change: PublishStep.Change(kind: kind, step: step), filing: nil,
            purpose: base.purpose)
    }

    private mutating func payload(
        _ data: DataNode, _ kind: ChangeType, _ base: PublishStep, _ span: SourceSpan
    ) -> DataNode {
        guard case .map(let written) = data.content else { return data }
        guard kind != .annulled else {
            if written.map(\.key.value) != ["reasonCode"] {
                let message = "an annulment carries its `reasonCode` and nothing else"
                diagnostics.add(.badChain, message, at: span, hint: "write data: {reasonCode: wrongPerson}")
            }
            return data
        }
        if kind == .corrected, written.isEmpty {
            diagnostics.add(.missingKey, "a correction needs `data` with what is different", at: span)
        }
        guard case .map(let old) = base.data.content else { return data }
        let changed = Dictionary(written.map { ($0.key.value, $0) }) { first, _ in first }
        let known = Set(old.map(\.key.value))
        let kept = old.map { changed[$0.key.value] ?? $0 }
        let added = written.filter { !known.contains($0.key.value) }
        return DataNode(content: .map(kept + added), span: data.span)
    }

    /// A chain has one head, and goes forward in time.
    mutating func checkChain(_ publication: PublishStep, _ id: Located<String>, _ at: TimeExpression) {
        guard let change = publication.change else { return }
        if let other = successors[change.step.value] {
            let note = Diagnostic.Note("the other is here", at: other.span)
            diagnostics.add(
                .badChain, "`\(change.step.value)` has been changed already by `\(other.value)`", at: change.step.span,
                hint: "change `\(other.value)`", notes: [note])
        } else {
            successors[change.step.value] = id
        }
        if let own = timeline.instant(ofStep: id.value), let former = timeline.instant(ofStep: change.step.value),
            own < former
        {
            diagnostics.add(.backInTime, "the change comes before the message it changes", at: at.span)
        }
    }
}
