import CitizenStatus
import JSON
import LifeEvents
import Terminal

/// A person's part of the ledger, as it is read.
struct LedgerText {
    private let rows: [LedgerRow]
    private let person: PersonRow
    private let names: [Subject: String]

    init(_ rows: [LedgerRow], person: PersonRow, names: [Subject: String]) {
        self.rows = rows
        self.person = person
        self.names = names
    }

    func lines(_ output: TerminalOutput) -> [String] {
        let told = rows.filter { $0.use != .denied }
        let readers = Set(told.map(\.reader)).count
        var title = output.paint(StoredPeople.title(person), .bold)
        title += "  \(counted(told.count, "reading")) by \(counted(readers, "branch", several: "branches"))"
        let denied = rows.count - told.count
        if denied > 0 { title += ", \(denied) refused" }
        let width = rows.map { $0.reader.count }.max() ?? 0
        return [title]
            + rows.map { row in
                let head = "  \(Stockholm.local(row.instant))  \(row.use.word.padded(to: 8))"
                let what = "\(row.reader.padded(to: width))  \(row.right.type)\(whom(row))"
                return head + what + "\n" + "      " + details(row)
            }
    }

    private func whom(_ row: LedgerRow) -> String {
        guard let subject = row.subject, subject != person.key else { return "" }
        return " about \(names[subject] ?? "\(subject)")".escapedLine
    }

    private func details(_ row: LedgerRow) -> String {
        if row.use == .denied { return row.right.refusal ?? "the event does not concern the agency" }
        let right = row.right
        var parts: [String] = []
        if !right.groups.isEmpty { parts.append("fields: \(right.groups.joined(separator: ", "))") }
        if !right.hidden.isEmpty { parts.append("without \(right.hidden.joined(separator: ", "))") }
        if !right.purpose.isEmpty { parts.append("purpose: \(right.purpose)") }
        if let basis = right.basis { parts.append("ground: \(basis)") }
        if let number = right.informationClass { parts.append("class \(number)") }
        if let reference = row.caseReference { parts.append("case: \(reference.escapedLine)") }
        return parts.joined(separator: "; ")
    }

    func write(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.string("person", "\(person.key)")
        writer.string("name", person.name)
        writer.key("readings")
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.string("time", "\(row.instant)")
            writer.string("use", row.use.word)
            writer.string("agency", "\(row.agency)")
            writer.string("branch", row.right.branch)
            writer.string("type", row.right.type)
            writer.string("topic", row.topic)
            writer.string("message", "\(row.message)")
            if let subject = row.subject { writer.string("subject", "\(subject)") }
            writer.texts("groups", row.right.groups)
            writer.texts("withheld", row.right.hidden)
            writer.string("purpose", row.right.purpose)
            if let basis = row.right.basis { writer.string("legalBasis", basis) }
            if let number = row.right.informationClass { writer.string("class", number) }
            if let reference = row.caseReference { writer.string("case", reference) }
            if row.use == .denied { writer.string("refusal", details(row)) }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

extension LedgerRow {
    /// `kommun-1780/forskola`; the agency alone where it reads as a whole.
    var reader: String { right.branch == right.owner ? "\(agency)" : "\(agency)/\(right.branch)" }
}

extension ReadingUse {
    /// What became of the message, in a word.
    var word: String {
        switch self {
        case .used: "acted"
        case .unused: "read"
        case .kept: "kept"
        case .denied: "refused"
        }
    }
}

extension JSONWriter {
    mutating func string(_ name: StaticString, _ value: String) {
        key(JSONKey(name))
        string(value)
    }

    mutating func texts(_ name: StaticString, _ values: [String]) {
        key(JSONKey(name))
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
