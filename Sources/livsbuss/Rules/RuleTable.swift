import Agencies
import AgencyKit
import JSON
import LifeEvents
import Terminal

/// The rules of law that agencies go by, as they stand on a day.
struct RuleTable {
    /// A rule, with the tests that prove it.
    struct Row {
        var held: HeldRule
        /// The value of the day, in its unit; nil: the rule has none.
        var value: String?
        /// Since when the value holds.
        var since: Day?
        var tests: [String]
    }

    let rows: [Row]

    /// - Parameters:
    ///   - owner: only the rules of this owner; nil: of all.
    ///   - day: the day whose values are told.
    /// - Throws: `Failure` if nobody plays the owner.
    init(of owner: String?, on day: Day) throws {
        let all = BuiltInAgencies.legalRules
        if let owner, !all.contains(where: { $0.owner.description == owner }) {
            let known = Set(all.map(\.owner.description)).sorted()
            let guess = SpellingGuess.nearest(to: owner, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw Failure(.invalidFile, "no agency of '\(owner)' has rules\(guess)")
        }
        let tests = try RuleTests(root: Places.besideTopics())
        rows = all.filter { owner == nil || $0.owner.description == owner }.map { held in
            let row = held.rule.value?.rows.last { $0.since <= day } ?? held.rule.value?.rows.first
            let unit = held.rule.value?.unit.rawValue ?? ""
            return Row(
                held: held, value: row.map { "\($0.value) \(unit)" }, since: row?.since,
                tests: tests.proving(held.rule.number))
        }
    }

    /// A table, and below it how many rules there are and which have no test.
    func lines(_ output: TerminalOutput) -> [String] {
        var table = TextTable([
            .init("rule"), .init("agency"), .init("says"), .init("value"), .init("since"), .init("source"),
            .init("where"),
            .init("test"),
        ])
        for row in rows {
            let rule = row.held.rule
            let tests =
                row.tests.count > 1 ? "\(row.tests[0]) and \(row.tests.count - 1) more" : row.tests.first ?? "none"
            table.append([
                rule.number, row.agency, "\(rule.title)\(rule.mark.suffix)", row.value ?? "",
                row.since.map { "\($0)" } ?? "", rule.source, "\(rule.place)", tests,
            ])
        }
        let bare = rows.filter(\.tests.isEmpty).map(\.held.rule.number)
        let summary =
            "\(counted(rows.count, "rule")), \(rows.count { $0.held.rule.mark == .assumption }) of them assumptions"
            + (bare.isEmpty ? "; each has a test" : "; without a test: \(bare.joined(separator: ", "))")
        return [table.text(width: nil, paint: output.paint), summary]
    }

    /// One object a rule.
    var json: String {
        var writer = JSONWriter(pretty: true)
        writer.beginArray()
        for row in rows { row.write(into: &writer) }
        writer.endArray()
        return writer.text
    }
}

extension RuleTable.Row {
    /// `kommun/forskola`, or the owner alone.
    var agency: String { held.branch.map { "\(held.owner)/\($0)" } ?? "\(held.owner)" }

    func write(into writer: inout JSONWriter) {
        let rule = held.rule
        writer.beginObject()
        writer.member("rule", rule.number)
        writer.member("agency", agency)
        writer.member("title", rule.title)
        if let value = rule.value {
            writer.member("name", value.name)
            writer.member("unit", value.unit.rawValue)
            writer.key("values")
            writer.beginArray()
            for row in value.rows {
                writer.beginObject()
                writer.member("since", "\(row.since)")
                writer.member("value", row.value)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.member("source", rule.source)
        writer.member("mark", rule.mark.rawValue)
        writer.member("declared", rule.place)
        writer.member("rivers", held.rivers)
        writer.member("tests", tests)
        writer.endObject()
    }
}

extension LegalRule {
    /// Where it is declared.
    var place: String { "\(file):\(line)" }
}

extension RuleMark {
    /// What stands behind a rule's words: `[A]` for an assumption.
    var suffix: String {
        switch self {
        case .stated: ""
        case .likely: " [l]"
        case .assumption: " [A]"
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func member(_ name: String, _ number: Int) {
        key(name)
        int(Int64(number))
    }

    fileprivate mutating func member(_ name: String, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
