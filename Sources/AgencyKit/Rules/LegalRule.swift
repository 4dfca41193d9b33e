public import LifeEvents

/// How well a rule is known.
public enum RuleMark: String, CaseIterable, Sendable {
    /// A source says it.
    case stated
    /// Sources point to it.
    case likely
    /// Nobody says it: an assumption, shown as one (`[A]`).
    case assumption
}

/// A rule of law or practice that an agency goes by: its number, what it says, who says so.
///
/// An agency declares its rules once, beside each other, lists them in ``Agency/rules``, and names at each river the
/// rules that it plays (`under:`). `livsbuss rules` prints the table of all rules; a rule with numbers in it is a
/// ``DatedRule``.
///
/// ```swift
/// static let spouseIsParent = LegalRule(
///     "B3", "the spouse of who gives birth is parent", source: "FB 1:1, 1:9 a")
/// ```
public struct LegalRule: Sendable {
    /// Its number: the letters of the life event and a number, `B3`, or a name with a date before it for what several
    /// life events use.
    public let number: String
    /// What it says, in one line.
    public let title: String
    /// Statute and section, or page and date.
    public let source: String
    /// How well it is known.
    public let mark: RuleMark
    /// Its value, where it has one.
    public let value: DatedValue?
    /// Where it is declared.
    package let file: StaticString
    /// Where it is declared.
    package let line: Int

    /// A rule without a number in it.
    public init(
        _ number: StaticString, _ title: String, source: String, mark: RuleMark = .stated,
        file: StaticString = #fileID, line: Int = #line
    ) {
        self.init(number, title, source: source, mark: mark, value: nil, file: file, line: line)
    }

    init(
        _ number: StaticString, _ title: String, source: String, mark: RuleMark, value: DatedValue?,
        file: StaticString, line: Int
    ) {
        self.number = "\(number)"
        self.title = title
        self.source = source
        self.mark = mark
        self.value = value
        self.file = file
        self.line = line
    }
}

/// What a rule's value counts.
public enum RuleUnit: String, CaseIterable, Sendable {
    /// Swedish kronor.
    case kronor = "SEK"
    /// Calendar days.
    case days
    /// Working days.
    case workingDays = "working days"
    /// Calendar weeks.
    case weeks
    /// Calendar months.
    case months
    /// Years.
    case years
    /// The day of a month, 1 to 31.
    case dayOfMonth = "day of the month"
    /// Whole numbers: children, partners, letters.
    case count
    /// Hundredths of a percent.
    case hundredthsOfPercent = "hundredths of a percent"
    /// Hundredths.
    case percent = "%"
    /// Thousandths: 776 is 0.776.
    case thousandths
    /// Hundredths of a price base amount (*prisbasbelopp*): 213 is 2.13.
    case hundredthsOfPriceBase = "hundredths of a price base amount"
}

/// The value of a rule from one day on.
public struct RuleRow: Hashable, Sendable {
    /// The first day on which it holds.
    public let since: Day
    /// The value, in the rule's unit.
    public let value: Int

    /// A value with its first day: `.since(2018, 3, 1, 1_250)`.
    ///
    /// A day that is in no calendar is a programming error and traps.
    public static func since(_ year: Int, _ month: Int, _ day: Int, _ value: Int) -> RuleRow {
        guard let since = Day(year: year, month: month, dayOfMonth: day) else {
            preconditionFailure("\(year)-\(month)-\(day) is no day")
        }
        return RuleRow(since: since, value: value)
    }
}

/// A number that law or practice has changed, or may: its name, its unit, its values by day.
public struct DatedValue: Hashable, Sendable {
    /// What `--set` calls it: small letters and digits with hyphens, unique in the product.
    public let name: String
    /// What it counts.
    public let unit: RuleUnit
    /// The values, by day; at least one.
    public let rows: [RuleRow]

    /// The value on a day. Before the first row, which is the oldest value that is known, that one holds.
    public func value(on day: Day) -> Int {
        var value = rows[0].value
        for row in rows where row.since <= day { value = row.value }
        return value
    }
}
