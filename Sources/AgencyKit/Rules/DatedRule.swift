public import LifeEvents

/// A rule with a number in it: a deadline, an amount, an age. It holds the row of the virtual day.
///
/// ```swift
/// static let childBenefit = DatedRule(
///     "child-benefit", "B10", "child benefit, a child and month", .kronor, [.since(2018, 3, 1, 1_250)],
///     source: "SFB 15:3")
///
/// let amount = effects.value(of: Rules.childBenefit)
/// ```
public struct DatedRule: Sendable {
    /// The rule, as the table of all rules has it.
    public let legal: LegalRule
    /// Its values.
    public let value: DatedValue

    /// A rule with values.
    ///
    /// A name that is not small letters, digits and hyphens, no row, and rows that are not in the order of their days are
    /// programming errors and trap.
    /// - Parameters:
    ///   - name: what `--set` calls it: small letters and digits with hyphens, unique in the product.
    ///   - number: as ``LegalRule/number``.
    ///   - title: what it says, in one line.
    ///   - unit: what the values count.
    ///   - rows: the values by day, oldest first.
    ///   - source: statute and section, or page and date.
    public init(
        _ name: StaticString, _ number: StaticString, _ title: String, _ unit: RuleUnit, _ rows: [RuleRow],
        source: String, mark: RuleMark = .stated, file: StaticString = #fileID, line: Int = #line
    ) {
        let name = "\(name)"
        precondition(
            !name.isEmpty && name.utf8.allSatisfy { Self.nameBytes.contains($0) },
            "a rule's name is small letters, digits and hyphens, not \(name)")
        precondition(!rows.isEmpty, "\(name) has no value")
        precondition(
            zip(rows, rows.dropFirst()).allSatisfy { $0.since < $1.since }, "the values of \(name) stand by their days")
        value = DatedValue(name: name, unit: unit, rows: rows)
        legal = LegalRule(number, title, source: source, mark: mark, value: value, file: file, line: line)
    }

    private static let nameBytes = Array("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
}

/// The values that rules have in a run: by day, but for those that the run sets (`--set child-benefit=1300`), or the
/// scenario (`given: rules`).
public struct RuleValues: Sendable, Equatable {
    /// What the run sets, by the rules' names; sorted. A run sets few, so that they are searched one by one.
    package let given: [(name: String, value: Int)]

    /// Nothing is set.
    public init() { given = [] }

    /// Some rules have a value of the run's own, on all days.
    package init(_ values: [String: Int]) {
        given = values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// These, and beside them values that a world gives to rules which the run leaves as they are.
    package func over(_ values: [String: Int]) -> RuleValues {
        let own = Dictionary(given.map { ($0.name, $0.value) }) { first, _ in first }
        return RuleValues(values.merging(own) { _, own in own })
    }

    /// The value of a rule on a day.
    public func value(of rule: DatedRule, on day: Day) -> Int {
        if !given.isEmpty, let own = given.first(where: { $0.name == rule.value.name }) { return own.value }
        return rule.value.value(on: day)
    }

    /// Whether both set the same.
    public static func == (left: RuleValues, right: RuleValues) -> Bool {
        left.given.elementsEqual(right.given) { $0 == $1 }
    }
}

extension Effects {
    /// The values that rules have in this run, for what is reckoned apart from a handler.
    public var rules: RuleValues { sink.rules }

    /// The value of a rule today, or on the day that decides.
    public func value(of rule: DatedRule, on day: Day? = nil) -> Int {
        sink.rules.value(of: rule, on: day ?? today)
    }
}

extension Event {
    /// The value of a rule on the day on which the event became known, or on the day that decides: for conditions.
    public func value(of rule: DatedRule, on day: Day? = nil) -> Int {
        rules.value(of: rule, on: day ?? knownOn)
    }
}
