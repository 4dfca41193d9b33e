import LifeEvents
import YAML

/// `steps`: what is published, and when.
extension ScenarioParser {
    private static let actions = ["publish", "citizen", "expect", "use", "corrects", "annuls", "ceases"]

    /// The steps of an entry: one, or with `on: {message: …}` the message that is answered and the answer; none for a
    /// use, and after a mistake.
    mutating func readStep(_ index: Int) -> [Step] {
        let source = expansion.steps[index]
        scope = source.scope
        reach = index
        diagnostics.uses = source.scope.uses
        defer { if outline[index].isAnchor { previous = Located(outline[index].id, outline[index].span) } }
        return step(source, index: index)
    }

    private mutating func step(_ source: Expansion.StepSource, index: Int) -> [Step] {
        let node = source.node
        guard var map = MapReader(node, "a step", &diagnostics) else { return [] }
        let id = stepID(map.optional("id", &diagnostics), node, index)
        guard checkAction(map) else { return [] }
        if source.isUse {
            use(&map, id, index)
            return []
        }
        if let inner = map.optional("expect", &diagnostics) {
            let action = expectation(inner, index: index)
            map.finish(&diagnostics)
            guard let id, let action else { return [] }
            if case .message(let pattern) = action.kind { note(pattern, of: action, id) }
            return [Step(id: id, at: nil, action: .expect(action), span: node.span, uses: source.scope.uses)]
        }
        let on = map.optional("on", &diagnostics)
        let isAnswer = on?.entry(named: "message") != nil
        let answered = isAnswer ? on.flatMap { self.answered($0, by: id, of: source, index: index) } : nil
        let at = map.required("at", &diagnostics)
            .flatMap { isAnswer ? self.time($0, after: answered) : time($0, before: index) }.flatMap { instant($0) }
        if let id, let at { place(id.value, at, index: index) }
        let action = map.has("citizen") ? filing(&map) : publication(&map, index: index)
        let reaction = isAnswer ? nil : on.flatMap { node in action.flatMap { self.reaction(node, to: $0) } }
        map.finish(&diagnostics)
        guard let id, let at, let action, isAnswer == (answered != nil) else { return [] }
        published[id.value] = (action, node.spanOfFirstLine)
        checkChain(action, id, at)
        let step = Step(
            id: id, at: at, action: .publish(action), reaction: reaction, span: node.span, uses: source.scope.uses)
        return [answered, step].compactMap(\.self)
    }

    /// `on: {tile: parenthood, code: U3}`: what a citizen's step answers.
    private mutating func reaction(_ node: YAMLNode, to action: PublishStep) -> Reaction? {
        guard action.source == .citizen, action.change == nil else {
            diagnostics.add(
                .wrongSource, "only what a citizen files answers a tile", at: node.span,
                hint: "an agency answers a message: write on: {message: …, within: 1w}")
            return nil
        }
        guard var map = MapReader(node, "what a step answers", &diagnostics) else { return nil }
        let holder = map.optional("for", &diagnostics).flatMap { person($0) }
        let tile = map.required("tile", &diagnostics).flatMap { self.tile($0) }
        let code = map.required("code", &diagnostics).flatMap { statusCode($0) }
        let agency = map.optional("agency", &diagnostics).flatMap { self.agency($0) }
        map.finish(&diagnostics)
        guard let tile, let code else { return nil }
        return Reaction(
            holder: holder ?? filer(of: action), tile: tile, code: code, agency: agency)
    }

    /// Who files; whom it is about, if the data does not say.
    private func filer(of action: PublishStep) -> Located<String> {
        if let filing = action.filing { return filing.citizen }
        guard case .map(let entries) = action.data.content,
            let entry = entries.first(where: { $0.key.value == "filedBy" }),
            case .person(let name) = entry.value.content
        else { return action.subject }
        return Located(name, entry.value.span)
    }

    /// A use has a time, from which its group counts; its steps come after it in the list.
    private mutating func use(_ map: inout MapReader, _ id: Located<String>?, _ index: Int) {
        map.allow("use")
        map.allow("with")
        if let at = map.required("at", &diagnostics).flatMap({ time($0, before: index) }).flatMap({ instant($0) }),
            let id
        {
            place(id.value, at, index: index)
        }
        map.finish(&diagnostics)
    }

    private mutating func checkAction(_ map: MapReader) -> Bool {
        let written = Self.actions.filter { map.has($0) }
        switch written.count {
        case 0:
            let message = "a step needs one of the keys `publish`, `citizen`, `expect` and `use`"
            diagnostics.add(.missingKey, message, at: map.span)
            return false
        case 1:
            return true
        default:
            // `publish` may say again what is corrected.
            if written.count == 2, written[0] == "publish", ["corrects", "annuls", "ceases"].contains(written[1]) {
                return true
            }
            let message = "a step does one thing, not `\(written[0])` and `\(written[1])`: make two steps"
            diagnostics.add(.conflictingKeys, message, at: map.keySpan(written[1]) ?? map.span)
            return false
        }
    }

    private mutating func stepID(_ written: YAMLNode?, _ node: YAMLNode, _ index: Int) -> Located<String>? {
        let id = outline[index].id
        let span = written?.span ?? node.span
        if let written, identifier(written, "a step's id") == nil { return nil }
        guard let first = outlineIndex[id], first < index else { return Located(id, span) }
        // The same line of a group that is used twice: the two uses have been reported.
        if scope.use != nil, outline[first].span == outline[index].span { return nil }
        let note = Diagnostic.Note("the first is here", at: outline[first].span)
        diagnostics.add(
            .duplicateStep, "two steps have the id `\(id)`", at: outline[index].span,
            hint: written == nil ? "give this one an id" : nil, notes: [note])
        return nil
    }

    private mutating func publication(_ map: inout MapReader, index: Int) -> PublishStep? {
        if let key = ["corrects", "annuls", "ceases"].first(where: { map.has($0) }) {
            return change(&map, key, index: index)
        }
        let type = map.optional("publish", &diagnostics).flatMap { messageType($0) }
        let subject = map.required("for", &diagnostics).flatMap { person($0) }
        let from = map.optional("from", &diagnostics)
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }.flatMap { instant($0) }
        let purpose = map.optional("purpose", &diagnostics).flatMap { self.purpose($0) }
        let data = dataMap(map.optional("data", &diagnostics), of: map.span)
        guard let type, let source = source(from, of: type), let subject else { return nil }
        return PublishStep(
            type: type, source: source, subject: subject, occurred: occurred, data: data, change: nil, filing: nil,
            purpose: purpose)
    }

    private mutating func purpose(_ node: YAMLNode) -> Purpose? {
        guard let text = text(node, "a purpose") else { return nil }
        guard let purpose = Purpose(text.value) else {
            diagnostics.add(.badValue, "`\(text.value)` is no purpose: small letters and hyphens", at: text.span)
            return nil
        }
        // One that another topic has may be asked for on purpose: whoever is asked refuses it.
        let known = Set(vocabulary.purposes.values.joined()).sorted()
        if !known.isEmpty, !known.contains(text.value) {
            diagnostics.add(
                .badValue, "no contract has the purpose `\(text.value)`", at: text.span,
                hint: diagnostics.guess(text.value, among: known))
        }
        return purpose
    }

    /// Gives the step its instant. The steps of a file go forward in time, except those counted from another step.
    private mutating func place(_ id: String, _ at: TimeExpression, index: Int) {
        if at.origin == .end {
            diagnostics.add(.badAnchor, "a step cannot be counted from the end", at: at.span)
            return
        }
        guard let instant = at.resolve(on: timeline) else { return }
        if instant > ScenarioLimits.run.upperBound {
            _ = isInRun(instant, "the step", at: at.span)
            return
        }
        timeline.set(instant, forStep: id)
        anchors.append(TimeAnchor(id: id, at: at))
        let before = latest
        let isDecidedLater = waits.note(id, at.origin, isExpectation: isExpectation)
        if isDecidedLater {
            checkAfterMessage(at)
        } else if instant >= before?.instant ?? .earliest {
            latest = (index, instant)
        }
        if instant < timeline.start {
            let message = "the step is at \(Stockholm.local(instant)), before the start"
            diagnostics.add(.backInTime, message, at: at.span)
            return
        }
        if case .step = at.origin { return }
        guard let before, before.instant > instant else { return }
        diagnostics.add(
            .backInTime, "the step is at \(Stockholm.local(instant)), before a step above it", at: at.span,
            hint: "move it up, or count it from a step",
            notes: [
                Diagnostic.Note(
                    "`\(outline[before.index].id)` is at \(Stockholm.local(before.instant))",
                    at: outline[before.index].span)
            ])
    }
}
