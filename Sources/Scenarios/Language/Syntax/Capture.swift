public import LifeEvents

/// A value of a message that an expectation waits for, known when the message has come: `$decision.payees.0.person`.
public struct CapturedValue: Sendable, Equatable {
    /// The name that the expectation gives the message with `as`, with the prefix of its group.
    public let name: String
    /// The keys that lead to the value, and places in lists from 0.
    public let path: [Part]

    /// A step on the way into a payload.
    public enum Part: Sendable, Equatable {
        /// The value of a key.
        case key(String)
        /// An item of a list.
        case item(Int)
    }

    /// As a file writes it, without the `$`.
    var text: String {
        path.reduce(name) { text, part in
            switch part {
            case .key(let key): "\(text).\(key)"
            case .item(let place): "\(text).\(place)"
            }
        }
    }
}

/// An expectation whose message decides what comes later: a step's time, or a value.
public struct AwaitedMessage: Sendable {
    /// The step's id.
    public let step: String
    /// The name of the message in values; nil: only its time is asked for.
    public let name: Located<String>?
    /// Its type.
    public let type: String
}

/// A message that an expectation was met by.
public struct CapturedMessage: Sendable {
    /// Its id.
    public let id: EventID
    /// When it came.
    public let time: Instant
    /// What it says.
    public let data: DataNode

    /// A message by its parts.
    public init(id: EventID, time: Instant, data: DataNode) {
        self.id = id
        self.time = time
        self.data = data
    }
}

extension CapturedValue {
    /// The JSON Pointer that leads to the value in ``probe(_:)``.
    var probePointer: String {
        path.map { part in
            switch part {
            case .key(let key): "/\(key)"
            case .item: "/0"
            }
        }.joined()
    }

    /// A payload that has the value and nothing else.
    /// - Parameter value: what stands in the value's place; its place in the file is that of all around it.
    func probe(_ value: DataNode) -> DataNode {
        let span = value.span
        return path.reversed().reduce(value) { inner, part in
            switch part {
            case .key(let key):
                DataNode(content: .map([DataEntry(key: Located(key, span), value: inner)]), span: span)
            case .item: DataNode(content: .list([inner]), span: span)
            }
        }
    }
}

extension Scenario {
    /// Every value of a message that the scenario speaks of, in the file's order.
    var captures: [(value: CapturedValue, span: SourceSpan)] {
        var found: [(value: CapturedValue, span: SourceSpan)] = []
        for step in steps {
            switch step.action {
            case .publish(let publication): publication.data.addCaptures(to: &found)
            case .expect(let expectation): for node in expectation.kind.nodes { node.addCaptures(to: &found) }
            }
        }
        for count in finalCounts { count.pattern.data?.addCaptures(to: &found) }
        for tile in finalTiles + finalPages.flatMap(\.rows) + tilesAsOf.flatMap(\.tiles) {
            tile.data?.addCaptures(to: &found)
        }
        return found
    }
}

extension Expectation.Kind {
    /// The values that it compares with.
    fileprivate var nodes: [DataNode] {
        switch self {
        case .message(let pattern), .none(let pattern), .count(let pattern, _): [pattern.data].compactMap(\.self)
        case .status(let pattern): [pattern.data].compactMap(\.self)
        case .order(let references): references.compactMap(\.data)
        case .anyOrder(let patterns): patterns.compactMap(\.data)
        case .latency(let pattern): [pattern.from.data, pattern.to.data].compactMap(\.self)
        case .deadLetter(let pattern): [pattern.original.data, pattern.reason].compactMap(\.self)
        case .refusal(let pattern): [pattern.reason].compactMap(\.self)
        }
    }
}

extension MessageReference {
    fileprivate var data: DataNode? { if case .message(let pattern) = self { pattern.data } else { nil } }
}

extension DataNode {
    /// The values of messages in it.
    var captures: [(value: CapturedValue, span: SourceSpan)] {
        var found: [(value: CapturedValue, span: SourceSpan)] = []
        addCaptures(to: &found)
        return found
    }

    fileprivate func addCaptures(to found: inout [(value: CapturedValue, span: SourceSpan)]) {
        switch content {
        case .capture(let value): found.append((value, span))
        case .list(let items): for item in items { item.addCaptures(to: &found) }
        case .map(let entries): for entry in entries { entry.value.addCaptures(to: &found) }
        case .match(let matchers): for node in matchers.flatMap(\.nodes) { node.addCaptures(to: &found) }
        case .text, .int, .bool, .person, .time: break
        }
    }
}

extension ValueMatcher {
    /// The values that it compares with.
    fileprivate var nodes: [DataNode] {
        switch self {
        case .greater(let node), .less(let node), .atLeast(let node), .atMost(let node), .approximately(let node, _),
            .contains(let node), .each(let node), .length(let node):
            [node]
        case .between(let low, let high): [low, high]
        case .oneOf(let nodes), .noneOf(let nodes): nodes
        case .regex, .exists, .absent, .any: []
        }
    }
}
