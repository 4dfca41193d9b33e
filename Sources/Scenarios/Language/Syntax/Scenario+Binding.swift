import LifeEvents

/// A scenario with the messages put in that its later steps count from and quote.
public struct BoundScenario: Sendable {
    /// The scenario, which waits for nothing more. Steps that rest on a message which has not come are left out.
    public let scenario: Scenario
    /// The ids of what is left out, in the file's order, each with its place.
    public let leftOut: [Located<String>]
}

extension Scenario {
    /// Whether values or times of it rest on messages that only a run brings.
    public var waits: Bool { !awaited.isEmpty }

    /// The scenario as far as it is known what its messages were.
    ///
    /// A step that counts from a message comes at the earliest one resolution after it: nothing is answered before it is
    /// said, and nothing at the instant at which it is.
    /// - Parameters:
    ///   - messages: those that have come, by the ids of the expectations' steps.
    ///   - resolution: milliseconds between two possible instants.
    public func bound(_ messages: [String: CapturedMessage], resolution: Int64) -> BoundScenario {
        guard waits else { return BoundScenario(scenario: self, leftOut: []) }
        var values: [String: DataNode] = [:]
        for awaited in awaited { if let name = awaited.name { values[name.value] = messages[awaited.step]?.data } }
        let binding = ValueBinding(timeline: times(messages, resolution), values: values)
        var bound = self
        var leftOut: [Located<String>] = []
        var kept: Set<String> = []
        bound.steps = steps.compactMap { step in
            guard let step = binding.step(step, kept: kept) else {
                leftOut.append(step.id)
                return nil
            }
            kept.insert(step.id.value)
            return step
        }
        bound.timeline = binding.timeline
        bound.until = until.flatMap { binding.knows($0) ? $0 : nil }
        bound.timeline.end =
            bound.until?.resolveAsDeadline(on: bound.timeline) ?? bound.timeline.lastInstant(of: bound.steps)
        bound.anchors = anchors.filter { bound.timeline.instant(ofStep: $0.id) != nil }.map {
            TimeAnchor(id: $0.id, at: binding.settled($0.at, of: $0.id))
        }
        bound.anchor = anchor.flatMap { kept.contains($0.value) ? $0 : nil }
        bound.finalTiles = finalTiles.map { binding.tile($0) }
        bound.finalPages = finalPages.map { page in
            FinalPage(holder: page.holder, rows: page.rows.map { binding.tile($0) })
        }
        bound.tilesAsOf = tilesAsOf.filter { binding.knows($0.at) }.map { entry in
            TilesAsOf(at: entry.at, tiles: entry.tiles.map { binding.tile($0) })
        }
        bound.finalCounts = finalCounts.compactMap { count in
            binding.pattern(count.pattern, kept: kept).map { FinalCount(pattern: $0, count: count.count) }
        }
        bound.awaited = []
        return BoundScenario(scenario: bound, leftOut: leftOut)
    }

    /// When what is known happens.
    private func times(_ messages: [String: CapturedMessage], _ resolution: Int64) -> Timeline {
        var times = Timeline(start: timeline.start)
        for awaited in awaited {
            if let message = messages[awaited.step] { times.set(message.time, forStep: awaited.step) }
        }
        for anchor in anchors {
            guard var instant = anchor.at.resolve(on: times) else { continue }
            if case .step(let id) = anchor.at.origin, let message = messages[id] {
                instant = max(instant, message.time + .milliseconds(resolution))
            }
            times.set(instant, forStep: anchor.id)
        }
        return times
    }
}

/// Puts values in; nil for what rests on something that is not known.
private struct ValueBinding {
    let timeline: Timeline
    let values: [String: DataNode]

    /// The time of a step; one that would come before the message it waits for is when the step comes at the earliest.
    func settled(_ time: TimeExpression, of step: String) -> TimeExpression {
        time.resolve(on: timeline) == timeline.instant(ofStep: step)
            ? time : TimeExpression(origin: .step(step), span: time.span)
    }

    func knows(_ time: TimeExpression) -> Bool { time.origin == .end || time.resolve(on: timeline) != nil }

    func step(_ step: Step, kept: Set<String>) -> Step? {
        var bound = step
        switch step.action {
        case .publish(let publication):
            guard timeline.instant(ofStep: step.id.value) != nil, publication.occurred.map(knows) ?? true,
                publication.change.map({ kept.contains($0.step.value) }) ?? true,
                let data = node(publication.data).map(Self.said)
            else { return nil }
            // A copy, so that nothing which says otherwise is lost.
            var known = publication
            known.data = data
            bound.at = step.at.map { settled($0, of: step.id.value) }
            bound.action = .publish(known)
        case .expect(let expectation):
            guard let known = self.expectation(expectation, kept: kept) else { return nil }
            bound.action = .expect(known)
        }
        return bound
    }

    private func expectation(_ wanted: Expectation, kept: Set<String>) -> Expectation? {
        guard wanted.after.map({ timeline.instant(ofStep: $0.value) != nil }) ?? true,
            let kind = kind(wanted.kind, kept: kept)
        else { return nil }
        switch wanted.deadline {
        case .by(let time), .until(let time): guard knows(time) else { return nil }
        case .within, .end: break
        }
        var bound = Expectation(kind: kind, after: wanted.after, deadline: wanted.deadline, span: wanted.span)
        bound.isLate = wanted.isLate
        return bound
    }

    private func kind(_ kind: Expectation.Kind, kept: Set<String>) -> Expectation.Kind? {
        switch kind {
        case .message(let wanted): return pattern(wanted, kept: kept).map { .message($0) }
        case .none(let wanted):
            // With a value that is not there nothing can be compared, so nothing would break it: it is missed instead.
            return pattern(wanted, kept: kept).map { isAbsent(wanted.data) ? .message($0) : .none($0) }
        case .count(let wanted, let count):
            return pattern(wanted, kept: kept).map {
                count.least == 0 && isAbsent(wanted.data) ? .message($0) : .count($0, count)
            }
        case .status(let wanted):
            guard let data = optional(wanted.data) else { return nil }
            return .status(
                TilePattern(
                    holder: wanted.holder, tile: wanted.tile, agency: wanted.agency, about: wanted.about,
                    code: wanted.code, data: data))
        case .order(let wanted):
            let bound = wanted.compactMap { reference($0, kept: kept) }
            return bound.count == wanted.count ? .order(bound) : nil
        case .anyOrder(let wanted):
            let bound = wanted.compactMap { pattern($0, kept: kept) }
            return bound.count == wanted.count ? .anyOrder(bound) : nil
        case .latency(let wanted):
            guard let from = reference(wanted.from, kept: kept), let to = pattern(wanted.to, kept: kept) else {
                return nil
            }
            return .latency(LatencyPattern(from: from, to: to, atMost: wanted.atMost))
        case .deadLetter(let wanted):
            guard let original = pattern(wanted.original, kept: kept), let reason = optional(wanted.reason) else {
                return nil
            }
            return .deadLetter(DeadLetterPattern(original: original, agency: wanted.agency, reason: reason))
        case .refusal(let wanted):
            guard kept.contains(wanted.filing.value), let reason = optional(wanted.reason) else { return nil }
            return .refusal(
                RefusalPattern(
                    filing: wanted.filing, agency: wanted.agency, agencySpan: wanted.agencySpan, reason: reason))
        }
    }

    private func reference(_ wanted: MessageReference, kept: Set<String>) -> MessageReference? {
        switch wanted {
        case .step(let id): kept.contains(id.value) ? wanted : nil
        case .message(let wanted): pattern(wanted, kept: kept).map { .message($0) }
        }
    }

    func pattern(_ wanted: MessagePattern, kept: Set<String>) -> MessagePattern? {
        guard wanted.causedBy.map({ kept.contains($0.value) }) ?? true, let data = optional(wanted.data) else {
            return nil
        }
        return MessagePattern(
            type: wanted.type, subject: wanted.subject, source: wanted.source, causedBy: wanted.causedBy,
            change: wanted.change, data: data, isExact: wanted.isExact)
    }

    // MARK: - Values

    /// What may not be there: nil for what is not known, and a nil in it for what is not there.
    private func optional(_ node: DataNode?) -> DataNode?? {
        guard let wanted = node else { return .some(.none) }
        guard let bound = self.node(wanted) else { return .none }
        return .some(.some(bound))
    }

    private func node(_ node: DataNode) -> DataNode? {
        func with(_ content: DataNode.Content) -> DataNode { DataNode(content: content, span: node.span) }
        switch node.content {
        case .text, .int, .bool, .person: return node
        case .time(let time): return knows(time) ? node : nil
        case .capture(let value): return self.value(value).map { DataNode(content: $0, span: node.span) }
        case .list(let items): return all(items).map { with(.list($0)) }
        case .map(let entries):
            guard let values = all(entries.map(\.value)) else { return nil }
            return with(.map(zip(entries, values).map { DataEntry(key: $0.key, value: $1) }))
        case .match(let matchers):
            let bound = matchers.compactMap { matcher($0) }
            return bound.count == matchers.count ? with(.match(bound)) : nil
        }
    }

    /// What is published: a key whose value a quoted message does not have is left out.
    private static func said(_ node: DataNode) -> DataNode {
        switch node.content {
        case .map(let entries):
            let kept = entries.compactMap { entry -> DataEntry? in
                if case .match = entry.value.content { return nil }
                return DataEntry(key: entry.key, value: said(entry.value))
            }
            return DataNode(content: .map(kept), span: node.span)
        case .list(let items):
            let kept = items.filter { if case .match = $0.content { false } else { true } }
            return DataNode(content: .list(kept.map(said)), span: node.span)
        default: return node
        }
    }

    /// A tile at the end; one of which a value is not known stays as it is, and is not met.
    func tile(_ wanted: FinalTile) -> FinalTile {
        FinalTile(
            holder: wanted.holder, tile: wanted.tile, agency: wanted.agency, about: wanted.about, code: wanted.code,
            data: wanted.data.flatMap { node($0) } ?? wanted.data, span: wanted.span)
    }

    private func all(_ nodes: [DataNode]) -> [DataNode]? {
        let bound = nodes.compactMap { node($0) }
        return bound.count == nodes.count ? bound : nil
    }

    /// Whether data rests on a value that its message does not have.
    private func isAbsent(_ data: DataNode?) -> Bool {
        data?.captures.contains { value($0.value).map(\.isAbsence) ?? false } ?? false
    }

    /// A value of a message that has come; what it does not have is absent.
    private func value(_ wanted: CapturedValue) -> DataNode.Content? {
        guard let message = values[wanted.name] else { return nil }
        var found: DataNode? = message
        for part in wanted.path {
            switch (part, found?.content) {
            case (.key(let key), .map(let entries)): found = entries.first { $0.key.value == key }?.value
            case (.item(let place), .list(let items)): found = items.indices.contains(place) ? items[place] : nil
            default: found = nil
            }
        }
        return found?.content ?? .match([.absent])
    }

    private func matcher(_ matcher: ValueMatcher) -> ValueMatcher? {
        switch matcher {
        case .greater(let bound): return node(bound).map { .greater($0) }
        case .less(let bound): return node(bound).map { .less($0) }
        case .atLeast(let bound): return node(bound).map { .atLeast($0) }
        case .atMost(let bound): return node(bound).map { .atMost($0) }
        case .between(let low, let high):
            guard let low = node(low), let high = node(high) else { return nil }
            return .between(low, high)
        case .approximately(let value, let tolerance): return node(value).map { .approximately($0, tolerance) }
        case .oneOf(let values): return all(values).map { .oneOf($0) }
        case .noneOf(let values): return all(values).map { .noneOf($0) }
        case .contains(let item): return node(item).map { .contains($0) }
        case .each(let item): return node(item).map { .each($0) }
        case .length(let count): return node(count).map { .length($0) }
        case .regex, .exists, .absent, .any: return matcher
        }
    }
}

extension DataNode.Content {
    fileprivate var isAbsence: Bool {
        if case .match(let matchers) = self, case .absent? = matchers.first { true } else { false }
    }
}
