import JSONSchema
import LinearRegex

/// A value in data that a run or a message decides, with its place there.
struct PlacedNode {
    /// The JSON Pointer that leads to it.
    let pointer: String
    /// The key that it stands under; nil for an item of a list.
    let key: String?
    /// What the file writes there.
    let node: DataNode
    /// The whole data with another value in its place, or without its key; nil if nothing is left.
    let data: (DataNode?) -> DataNode?
}

/// A condition in expected data, with its place there.
struct PlacedCondition {
    /// The JSON Pointer that leads to it.
    let pointer: String
    /// The key that it stands under; nil for an item of a list.
    let key: String?
    /// What must hold.
    let matchers: [ValueMatcher]
    /// Where it stands in the file.
    let span: SourceSpan
    /// The whole data with a value in the condition's place, or without its key; nil if nothing is left.
    let data: (DataNode?) -> DataNode?

    /// The conditions within a value that takes this one's place.
    func conditions(in value: DataNode) -> [PlacedCondition] {
        value.conditions.map { inner in
            PlacedCondition(
                pointer: pointer + inner.pointer, key: inner.pointer.isEmpty ? key : inner.key,
                matchers: inner.matchers,
                span: inner.span, data: { data(inner.data($0)) })
        }
    }
}

extension DataNode {
    /// Its conditions, in the file's order; not those within conditions.
    var conditions: [PlacedCondition] {
        openNodes.compactMap { place in
            guard case .match(let matchers) = place.node.content else { return nil }
            return PlacedCondition(
                pointer: place.pointer, key: place.key, matchers: matchers, span: place.node.span, data: place.data)
        }
    }

    /// Its conditions and the values of messages, in the file's order; not those within conditions.
    var openNodes: [PlacedNode] {
        switch content {
        case .match, .capture: [PlacedNode(pointer: "", key: nil, node: self, data: { $0 })]
        case .map(let entries):
            entries.indices.flatMap { place in
                let entry = entries[place]
                let name = entry.key.value.replacing("~", with: "~0").replacing("/", with: "~1")
                return entry.value.openNodes.map { inner in
                    PlacedNode(
                        pointer: "/\(name)\(inner.pointer)", key: inner.pointer.isEmpty ? entry.key.value : inner.key,
                        node: inner.node,
                        data: { value in
                            var changed = entries
                            if let value = inner.data(value) {
                                changed[place] = DataEntry(key: entry.key, value: value)
                            } else {
                                changed.remove(at: place)
                            }
                            return DataNode(content: .map(changed), span: span)
                        })
                }
            }
        case .list(let items):
            items.indices.flatMap { place in
                items[place].openNodes.map { inner in
                    PlacedNode(
                        pointer: "/\(place)\(inner.pointer)", key: inner.key, node: inner.node,
                        data: { value in
                            var changed = items
                            if let value = inner.data(value) {
                                changed[place] = value
                            } else {
                                changed.remove(at: place)
                            }
                            return DataNode(content: .list(changed), span: span)
                        })
                }
            }
        case .text, .int, .bool, .person, .time: []
        }
    }
}

/// A value that is put in a condition's place, and what the schema may find wrong with it.
///
/// Where the schema refuses the value, the condition can hold of no message, or cannot but hold.
struct ConditionTrial {
    /// What of a failure tells against the condition.
    enum Claim {
        /// That some message has the value itself.
        case value
        /// That the value is a list, with such items.
        case items
        /// That it is a list of so many items.
        case length
        /// That it is a text that the regular expression can match.
        case text(LinearRegex)
        /// That it is a text that the regular expression does not match.
        case unlike(LinearRegex)
        /// That it can be another value than these.
        case rest(besides: [DataNode])
        /// That it is of the bound's kind, and can be as great.
        case least
        /// That it is of the bound's kind, and can be as small.
        case most
        /// That it is of the value's kind.
        case kind
        /// That a message can lack it.
        case absence
    }

    /// The value, and other ways to write it of which one is enough; nil: the key is left out.
    let values: [DataNode?]
    /// What the condition claims.
    let claim: Claim
}

extension ConditionTrial.Claim {
    private static let kinds: Set = ["type", "format", "pattern", "const", "enum"]

    /// Whether a failure tells against the claim.
    /// - Parameter value: what was put at the condition's place.
    func isRefuted(by failure: SchemaFailure, at condition: PlacedCondition, _ value: DataNode?) -> Bool {
        if case .absence = self {
            let parent = condition.pointer.lastIndex(of: "/").map { condition.pointer[..<$0] } ?? ""
            return failure.keyword == "required" && failure.instancePath == parent
                && condition.key.map { failure.allowed.contains($0) } ?? false
        }
        guard failure.keyword != "required" else { return false }
        let isHere = failure.instancePath == condition.pointer
        guard isHere || failure.instancePath.hasPrefix("\(condition.pointer)/") else { return false }
        switch self {
        case .value: return true
        case .items: return !isHere || failure.keyword == "type"
        case .length: return isHere && ["type", "minItems", "maxItems"].contains(failure.keyword)
        case .text(let regex):
            guard isHere, failure.keyword != "type" else { return isHere }
            if failure.listsValues { return !failure.allowed.contains { regex.matchesWhole($0) } }
            guard let form = failure.pattern.flatMap({ try? LinearRegex($0, dialect: .ecmaScript) }) else {
                return false
            }
            return !regex.meets(form)
        case .unlike(let regex):
            return isHere && failure.listsValues && failure.allowed.allSatisfy { regex.matchesWhole($0) }
        case .rest(let values):
            let texts = values.compactMap { if case .text(let text) = $0.content { text } else { nil } }
            return isHere && failure.listsValues && failure.allowed.allSatisfy(texts.contains)
        case .least, .most, .kind:
            guard isHere else { return false }
            if case .least = self, failure.keyword.lowercased().hasSuffix("maximum") { return true }
            if case .most = self, failure.keyword.lowercased().hasSuffix("minimum") { return true }
            // Numbers that are listed lie on both sides of a bound that is not among them.
            if case .int = value?.content { return failure.keyword == "type" }
            return Self.kinds.contains(failure.keyword)
        case .absence: return false
        }
    }
}

extension SchemaFailure {
    /// Whether it lists all values that may stand there.
    fileprivate var listsValues: Bool {
        switch keyword {
        case "enum", "const": true
        case "format": !allowed.isEmpty
        default: false
        }
    }
}
