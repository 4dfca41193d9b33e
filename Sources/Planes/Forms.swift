public import Contracts
public import LifeEvents
import YAML

/// What people are asked on forms, and what they tell when they carry a message: `Planes/forms.yaml`.
public struct Forms: Sendable {
    /// One form.
    public struct Form: Sendable {
        /// The filing's type.
        public let filing: String
        /// Values of the filing's data by which filings of one type are told apart; empty: all.
        public let conditions: [(field: String, value: String)]
        /// The types that hold a fact already, by fact; nil: nobody has it but who files.
        public let facts: [String?]
    }

    /// The forms; of those that are for a filing the first counts.
    public let forms: [Form]
    /// How many facts somebody tells who carries a message, by type.
    public let errands: [String: Int]

    /// None: nothing is asked.
    public static let none = Forms(forms: [], errands: [:])

    init(forms: [Form], errands: [String: Int]) { (self.forms, self.errands) = (forms, errands) }

    /// How many facts somebody tells who carries a message.
    public func told(of type: String) -> Int { errands[type] ?? 1 }

    /// The place of a filing's form among ``forms``; nil: it has none.
    /// - Parameter value: a field of the filing's data.
    public func place(_ filing: String, _ value: (String) -> String?) -> Int? {
        forms.firstIndex { form in
            form.filing == filing && form.conditions.allSatisfy { value($0.field) == $0.value }
        }
    }

    /// Reads the file.
    /// - Parameter types: the names of all types.
    /// - Throws: ``ContractError`` with every mistake, by file, line and column.
    public init(file: String, types: Set<String>) throws(ContractError) {
        let document: YAMLDocument
        do throws(YAMLError) {
            document = try YAMLDocument(contentsOf: file)
        } catch {
            throw ContractError(problems: [ContractProblem(error)])
        }
        var reader = MeasureReader(types: types)
        let root = reader.findings.fields(of: document.root, "forms", required: ["forms", "errands"])
        forms = reader.findings.list(root["forms"], "forms").compactMap { reader.form($0) }
        var errands: [String: Int] = [:]
        for node in reader.findings.list(root["errands"], "errands") {
            let fields = reader.findings.fields(of: node, "an errand", required: ["type", "facts"])
            if let type = reader.type(fields["type"]),
                let count = reader.findings.number(fields["facts"], "facts", in: 1...50)
            {
                errands[type] = count
            }
        }
        self.errands = errands
        guard reader.findings.isEmpty else { throw ContractError(problems: reader.findings.sorted) }
    }
}

/// A time within which something must be done.
public struct LegalDeadline: Sendable {
    /// Who must do it.
    public enum Bound: String, CaseIterable, Sendable {
        /// A body.
        case agency
        /// Somebody.
        case citizen
    }

    /// How long.
    public enum Limit: Sendable {
        /// Calendar days.
        case days(Int)
        /// Working days.
        case workingDays(Int)
        /// Calendar months.
        case months(Int)
    }

    /// Its name.
    public let name: String
    /// The type of the message from which it runs.
    public let start: String
    /// Values of that message's data; empty: all.
    public let conditions: [(field: String, value: String)]
    /// The types that end it.
    public let ends: [String]
    /// How long it is.
    public let limit: Limit
    /// Who must do it.
    public let who: Bound

    /// The last day, of one that runs from a day.
    public func lastDay(from day: Day) -> Day {
        switch limit {
        case .days(let count): day.adding(days: count)
        case .workingDays(let count): SwedishCalendar.adding(workingDays: count, to: day)
        case .months(let count): day.adding(months: count)
        }
    }

    /// Reads `Planes/deadlines.yaml`.
    /// - Throws: ``ContractError`` with every mistake, by file, line and column.
    public static func all(file: String, types: Set<String>) throws(ContractError) -> [LegalDeadline] {
        let document: YAMLDocument
        do throws(YAMLError) {
            document = try YAMLDocument(contentsOf: file)
        } catch {
            throw ContractError(problems: [ContractProblem(error)])
        }
        var reader = MeasureReader(types: types)
        let root = reader.findings.fields(of: document.root, "deadlines", required: ["deadlines"])
        let read = reader.findings.list(root["deadlines"], "deadlines").compactMap { reader.deadline($0) }
        guard reader.findings.isEmpty else { throw ContractError(problems: reader.findings.sorted) }
        return read
    }
}

/// Reads forms and deadlines.
private struct MeasureReader {
    var findings = Findings()
    let types: Set<String>

    mutating func type(_ node: YAMLNode?) -> String? {
        guard let node, let text = findings.text(node, "a type") else { return nil }
        if types.contains(text) { return text }
        findings.add(node, "'\(text)' is no type of the contracts")
        return nil
    }

    mutating func conditions(_ node: YAMLNode?) -> [(field: String, value: String)] {
        guard let node else { return [] }
        guard let entries = node.entries, !entries.isEmpty else {
            findings.add(node, "conditions must be a mapping of fields to values")
            return []
        }
        return entries.compactMap { entry in findings.text(entry.value, entry.name).map { (entry.name, $0) } }
    }

    mutating func form(_ node: YAMLNode) -> Forms.Form? {
        let fields = findings.fields(of: node, "a form", required: ["filing", "facts"], optional: ["where"])
        let filing = type(fields["filing"])
        let conditions = conditions(fields["where"])
        let facts = findings.list(fields["facts"], "facts").map { node -> String? in
            let fact = findings.fields(of: node, "a fact", required: ["fact"], optional: ["from"])
            _ = findings.text(fact["fact"], "fact")
            return type(fact["from"])
        }
        return filing.map { Forms.Form(filing: $0, conditions: conditions, facts: facts) }
    }

    mutating func deadline(_ node: YAMLNode) -> LegalDeadline? {
        let fields = findings.fields(
            of: node, "a deadline", required: ["name", "start", "end", "who", "source"],
            optional: ["when", "days", "workingDays", "months"])
        let name = findings.text(fields["name"], "name")
        _ = findings.text(fields["source"], "source")
        let start = type(fields["start"])
        let conditions = conditions(fields["when"])
        let ends = findings.list(fields["end"], "end").compactMap { type($0) }
        let who = findings.choice(fields["who"], "who", as: LegalDeadline.Bound.self)
        let limits = [
            findings.number(fields["days"], "days", in: 1...3_650).map { LegalDeadline.Limit.days($0) },
            findings.number(fields["workingDays"], "workingDays", in: 1...2_000).map { .workingDays($0) },
            findings.number(fields["months"], "months", in: 1...120).map { .months($0) },
        ].compactMap(\.self)
        guard limits.count == 1, let limit = limits.first else {
            findings.add(node, "a deadline has one of the keys 'days', 'workingDays' and 'months'")
            return nil
        }
        guard let name, let start, !ends.isEmpty, let who else { return nil }
        return LegalDeadline(name: name, start: start, conditions: conditions, ends: ends, limit: limit, who: who)
    }
}
