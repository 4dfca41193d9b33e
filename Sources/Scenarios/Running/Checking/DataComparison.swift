import JSON
import LifeEvents
import LinearRegex
import Terminal

/// Compares a payload with what a scenario expects of it: how many values differ, and how the first does.
struct DataComparison {
    let instance: ScenarioInstance
    /// Whether what is not written must not be there.
    let isExact: Bool
    private(set) var count = 0
    /// The first value that differs, in words.
    private(set) var first: String?
    /// Every value that was compared, where all are kept; at most ``ComparedValue/most``.
    private(set) var all: [ComparedValue] = []
    private let keepsAll: Bool
    private let names: NamedText

    /// - Parameters:
    ///   - keepsAll: whether ``all`` is wanted.
    ///   - names: for what is found; nil: people have theirs, and messages of steps.
    init(_ instance: ScenarioInstance, isExact: Bool, keepsAll: Bool = false, names: NamedText? = nil) {
        self.instance = instance
        self.names = names ?? NamedText(instance)
        self.isExact = isExact
        self.keepsAll = keepsAll
    }

    /// Compares a value; the empty path is the payload itself.
    mutating func compare(_ wanted: DataNode, _ found: JSONValue?, path: String = "") {
        let found = found.flatMap { $0.isNull ? nil : $0 }
        switch wanted.content {
        case .match(let matchers):
            for matcher in matchers where !holds(matcher, found) {
                differ(path, found, Self.text(matcher, instance), all: wanted)
                return
            }
            agree(path, found, wanted)
        case .list(let items):
            guard let found, found.kind == .array, found.count == items.count else {
                differ(path, found, counted(items.count, "item"))
                return
            }
            for (index, item) in items.enumerated() { compare(item, found[index], path: "\(path)[\(index)]") }
        case .map(let entries):
            guard let found, found.kind == .object else {
                // An empty payload holds nothing that is written; what may be absent is still asked for.
                for entry in entries { compare(entry.value, nil, path: Self.join(path, entry.key.value)) }
                if entries.isEmpty, !path.isEmpty || found != nil { differ(path, found, "a map") }
                return
            }
            for entry in entries {
                compare(entry.value, found[entry.key.value], path: Self.join(path, entry.key.value))
            }
            guard isExact else { return }
            let wantedKeys = Set(entries.map(\.key.value))
            for member in found.members where !wantedKeys.contains(member.keyString) {
                differ(Self.join(path, member.keyString), member.value, "absent")
            }
        case .text(let text):
            check(found?.string == text, path, found, wanted)
        case .int(let number):
            check(found?.int == number, path, found, wanted)
        case .bool(let value):
            check(found?.bool == value, path, found, wanted)
        case .person(let name):
            check(instance.key(of: name).map { $0.description == found?.string } == true, path, found, wanted)
        // Values of messages are put in before anything is compared.
        case .capture: check(false, path, found, wanted)
        case .time:
            check(found?.string == Self.timeText(wanted, instance), path, found, wanted)
        }
    }

    private mutating func check(_ isEqual: Bool, _ path: String, _ found: JSONValue?, _ wanted: DataNode) {
        if isEqual { agree(path, found, wanted) } else { differ(path, found, Self.text(wanted, instance)) }
    }

    private mutating func agree(_ path: String, _ found: JSONValue?, _ wanted: DataNode) {
        guard keepsAll else { return }
        keep(path, found, Self.text(wanted, instance), differs: false)
    }

    /// - Parameter all: the whole of what is wanted there, where `wanted` is one condition of several.
    private mutating func differ(_ path: String, _ found: JSONValue?, _ wanted: String, all: DataNode? = nil) {
        count += 1
        if keepsAll { keep(path, found, all.map { Self.text($0, instance) } ?? wanted, differs: true) }
        guard first == nil else { return }
        let told = found.map { Self.texts($0, wanted, instance, names) } ?? (found: "absent", wanted: wanted)
        first = "`\(Self.name(path))` is \(told.found), expected \(told.wanted)"
    }

    private mutating func keep(_ path: String, _ found: JSONValue?, _ wanted: String, differs: Bool) {
        guard all.count < ComparedValue.most else { return }
        let told = found.map { Self.texts($0, wanted, instance, names) } ?? (found: "absent", wanted: wanted)
        all.append(ComparedValue(Self.name(path), expected: told.wanted, actual: told.found, differs: differs))
    }

    private static func name(_ path: String) -> String { path.isEmpty ? "data" : path }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    // MARK: - Matchers

    private func holds(_ matcher: ValueMatcher, _ found: JSONValue?) -> Bool {
        switch matcher {
        case .exists: return found != nil
        case .absent: return found == nil
        case .any: return true
        default: break
        }
        guard let found else { return false }
        switch matcher {
        case .greater(let bound): return order(found, bound).map { $0 > 0 } ?? false
        case .less(let bound): return order(found, bound).map { $0 < 0 } ?? false
        case .atLeast(let bound): return order(found, bound).map { $0 >= 0 } ?? false
        case .atMost(let bound): return order(found, bound).map { $0 <= 0 } ?? false
        case .between(let low, let high):
            guard let left = order(found, low), let right = order(found, high) else { return false }
            return left >= 0 && right <= 0
        case .approximately(let value, let tolerance): return isNear(found, value, tolerance)
        case .regex(let pattern):
            return found.string.map { pattern.value.matchesWhole($0) } ?? false
        case .oneOf(let values):
            return values.contains { isEqual($0, found) }
        case .noneOf(let values): return !values.contains { isEqual($0, found) }
        case .contains(let item):
            return found.kind == .array && (0..<found.count).contains { isEqual(item, found[$0]) }
        case .each(let item):
            return found.kind == .array && (0..<found.count).allSatisfy { isEqual(item, found[$0]) }
        case .length(let count):
            guard found.kind == .array else { return false }
            return (try? JSONTape.reading("\(found.count)") { isEqual(count, $0) }) ?? false
        case .exists, .absent, .any: return true
        }
    }

    private func isEqual(_ wanted: DataNode, _ found: JSONValue?) -> Bool {
        var comparison = DataComparison(instance, isExact: isExact, names: names)
        comparison.compare(wanted, found)
        return comparison.count == 0
    }

    /// Below, at or above a bound as -1, 0 or 1; nil if the two cannot be compared.
    private func order(_ found: JSONValue, _ bound: DataNode) -> Int? {
        guard let left = OrderedValue(found), let right = OrderedValue(bound, instance) else { return nil }
        return left.order(to: right)
    }

    private func isNear(_ found: JSONValue, _ value: DataNode, _ tolerance: ValueMatcher.Tolerance) -> Bool {
        guard let left = OrderedValue(found), let right = OrderedValue(value, instance) else { return false }
        switch tolerance {
        case .number(let most):
            guard case .number(let a) = left, case .number(let b) = right else { return false }
            return abs(a - b) <= Double(most)
        case .time(let span):
            guard let middle = right.instant else { return false }
            let low = OrderedValue.instant(TimeSpan(-span.count, span.unit).added(to: middle))
            let high = OrderedValue.instant(span.added(to: middle))
            guard let below = left.order(to: low), let above = left.order(to: high) else { return false }
            return below >= 0 && above <= 0
        }
    }
}
