import JSON
public import LifeEvents
import LinearRegex

/// Values in a tester's words.
extension DataComparison {
    /// A value of a payload: people and messages by their names, wherever in it they stand, long ones in part.
    static func text(_ found: JSONValue, _ instance: ScenarioInstance, _ names: NamedText) -> String {
        if let name = found.person.flatMap({ instance.name(of: $0) }) {
            return "$\(name)"
        }
        // Named before it is cut: half a key is nobody's.
        let text = names(String(decoding: found.rawBytes, as: UTF8.self))
        return text.count > 60 ? text.prefix(59) + "…" : text
    }

    /// An expected value.
    static func text(_ wanted: DataNode, _ instance: ScenarioInstance) -> String {
        switch wanted.content {
        case .text(let text): "\"\(text)\""
        case .int(let number): "\(number)"
        case .bool(let value): "\(value)"
        case .person(let name): "$\(name)"
        case .capture(let value): "$\(value.text)"
        case .time: timeText(wanted, instance).map { "\"\($0)\"" } ?? "a time"
        case .list(let items): "[\(items.map { text($0, instance) }.joined(separator: ", "))]"
        case .map: "a map"
        case .match(let matchers): matchers.map { text($0, instance) }.joined(separator: " and ")
        }
    }

    static func text(_ matcher: ValueMatcher, _ instance: ScenarioInstance) -> String {
        switch matcher {
        case .greater(let bound): "more than \(text(bound, instance))"
        case .less(let bound): "less than \(text(bound, instance))"
        case .atLeast(let bound): "at least \(text(bound, instance))"
        case .atMost(let bound): "at most \(text(bound, instance))"
        case .between(let low, let high): "\(text(low, instance)) to \(text(high, instance))"
        case .approximately(let value, .number(let most)): "\(text(value, instance)) ± \(most)"
        case .approximately(let value, .time(let span)): "\(text(value, instance)) ± \(span.text)"
        case .regex(let pattern): "text like /\(pattern.value.pattern)/"
        case .oneOf(let values): "one of \(values.map { text($0, instance) }.joined(separator: ", "))"
        case .noneOf(let values) where values.count == 1: "not \(text(values[0], instance))"
        case .noneOf(let values): "none of \(values.map { text($0, instance) }.joined(separator: ", "))"
        case .contains(let item): "a list with \(text(item, instance))"
        case .each(let item): "a list of \(text(item, instance)) only"
        case .length(let count): "a list of \(text(count, instance)) items"
        case .exists: "any value"
        case .absent: "absent"
        case .any: "anything"
        }
    }

    /// A time as a payload has it: a day, or an instant.
    static func timeText(_ wanted: DataNode, _ instance: ScenarioInstance) -> String? {
        guard case .time(let time) = wanted.content, let instant = time.resolve(on: instance.scenario.timeline) else {
            return nil
        }
        return time.isDay ? Stockholm.day(of: instant).description : instant.description
    }
}

extension JSONValue {
    /// The key of a person that a run has made; nil for all other values.
    var person: Subject? {
        guard let bytes = stringBytes, bytes.count == 16, bytes[0] == UInt8(ascii: "p") else { return nil }
        return Subject(utf8: bytes)
    }
}

extension TimeSpan {
    /// As a file writes it: `5wd`.
    var text: String { "\(count)\(unit.rawValue)" }
}

extension Instant {
    /// Local time in Stockholm as a file writes it: `2026-03-12T23:59`.
    public var asWritten: String {
        let local = Stockholm.local(self).description
        // A message is described wherever an expectation is nearly met, so this is asked some hundred thousand times a run.
        return local.prefix(10) + "T" + local.dropFirst(11).prefix(5)
    }
}
