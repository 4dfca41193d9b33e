import JSON
import LifeEvents

/// A value of a payload that is more or less than others of its kind.
enum OrderedValue {
    case number(Double)
    case month(Month)
    case day(Day)
    case instant(Instant)

    /// What a payload says; nil for text that is no time, and for all else.
    init?(_ value: JSONValue) {
        if let number = value.int {
            self = .number(Double(number))
        } else if let number = value.double {
            self = .number(number)
        } else if let text = value.string {
            self.init(text: text)
        } else {
            return nil
        }
    }

    /// What a scenario says.
    init?(_ node: DataNode, _ instance: ScenarioInstance) {
        self.init(node, on: instance.scenario.timeline)
    }

    /// What a scenario says, with times as they stand before any run.
    init?(_ node: DataNode, on timeline: Timeline) {
        switch node.content {
        case .int(let number): self = .number(Double(number))
        case .text(let text): self.init(text: text)
        case .time(let time):
            guard let instant = time.resolve(on: timeline) else { return nil }
            self = time.isDay ? .day(Stockholm.day(of: instant)) : .instant(instant)
        default: return nil
        }
    }

    private init?(text: String) {
        if let day = Day(text) {
            self = .day(day)
        } else if let instant = Instant(text) {
            self = .instant(instant)
        } else if let month = Month(text) {
            self = .month(month)
        } else {
            return nil
        }
    }

    /// The instant meant; of a day its first, and nil for a number and a month.
    var instant: Instant? {
        switch self {
        case .instant(let instant): instant
        case .day(let day): Stockholm.instant(day)
        case .number, .month: nil
        }
    }

    /// -1, 0 or 1; a day and an instant are compared as days, and nil means that the two are of different kinds.
    func order(to other: OrderedValue) -> Int? {
        switch (self, other) {
        case (.number(let left), .number(let right)): Self.order(left, right)
        case (.month(let left), .month(let right)): Self.order(left, right)
        case (.day(let left), .day(let right)): Self.order(left, right)
        case (.instant(let left), .instant(let right)): Self.order(left, right)
        case (.day(let left), .instant(let right)): Self.order(left, Stockholm.day(of: right))
        case (.instant(let left), .day(let right)): Self.order(Stockholm.day(of: left), right)
        default: nil
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }
}
