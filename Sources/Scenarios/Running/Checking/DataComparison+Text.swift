import JSON
public import LifeEvents
import LinearRegex

/// Values in a tester's words.
extension DataComparison {
    /// The most characters of a value that are told.
    private static let longest = 60
    /// So many characters before the first that differs are told where a value is told in part.
    private static let lead = 24

    /// A value of a payload: people and messages by their names, wherever in it they stand, long ones in part.
    static func text(_ found: JSONValue, _ instance: ScenarioInstance, _ names: NamedText) -> String {
        part(of: whole(found, instance, names), from: 0)
    }

    /// A value of a payload and the text that was expected there, each from a little before the first character in which
    /// they differ where one of them is long: the beginnings of two such texts are mostly equal.
    static func texts(
        _ found: JSONValue, _ wanted: String, _ instance: ScenarioInstance, _ names: NamedText
    ) -> (found: String, wanted: String) {
        let text = whole(found, instance, names)
        guard max(text.count, wanted.count) > longest else { return (text, wanted) }
        let start = text == wanted ? 0 : zip(text, wanted).prefix { $0 == $1 }.count - lead
        return (part(of: text, from: start), part(of: wanted, from: start))
    }

    /// - Parameter start: how many characters are left out before it; a few are not worth a mark.
    private static func part(of text: String, from start: Int) -> String {
        let rest = start > 1 ? "…" + text.dropFirst(start).drop { $0 == " " } : text
        return rest.count > longest ? rest.prefix(longest - 1) + "…" : rest
    }

    // Named before it is cut: half a key is nobody's.
    private static func whole(_ found: JSONValue, _ instance: ScenarioInstance, _ names: NamedText) -> String {
        if let name = found.person.flatMap({ instance.name(of: $0) }) {
            return "$\(name)"
        }
        return names(String(decoding: found.rawBytes, as: UTF8.self))
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
