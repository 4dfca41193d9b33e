public import Contracts
public import LifeEvents
import YAML

/// What comparisons count with: `Planes/measures.yaml`.
public struct Measures: Sendable {
    /// Minutes at a desk, by what is done there. All are assumptions.
    public struct Minutes: Sendable {
        /// A filing that is read and put in.
        public var filing = 0
        /// A call.
        public var phone = 0
        /// A visit.
        public var visit = 0
        /// A letter.
        public var letter = 0
        /// A message at a function's address.
        public var function = 0
        /// A message that is typed again.
        public var rekey = 0
    }

    /// Minutes.
    public let minutes: Minutes
    /// Owners that are no public body.
    public let privateOwners: [Owner]

    /// Reads the file.
    /// - Throws: ``ContractError`` with every mistake, by file, line and column.
    public init(file: String) throws(ContractError) {
        let document: YAMLDocument
        do throws(YAMLError) {
            document = try YAMLDocument(contentsOf: file)
        } catch {
            throw ContractError(problems: [ContractProblem(error)])
        }
        var findings = Findings()
        let root = findings.fields(of: document.root, "the measures", required: ["minutes", "private"])
        var minutes = Minutes()
        if let node = root["minutes"] {
            let names = ["filing", "phone", "visit", "letter", "function", "rekey"]
            let fields = findings.fields(of: node, "minutes", required: names)
            func number(_ name: String) -> Int { findings.number(fields[name], name, in: 0...1_000) ?? 0 }
            minutes = Minutes(
                filing: number("filing"), phone: number("phone"), visit: number("visit"), letter: number("letter"),
                function: number("function"), rekey: number("rekey"))
        }
        var owners: [Owner] = []
        for node in findings.list(root["private"], "private") {
            guard let text = findings.text(node, "an owner") else { continue }
            if let owner = Owner(text: text) {
                owners.append(owner)
            } else {
                findings.add(node, "'\(text)' is no owner")
            }
        }
        guard findings.isEmpty else { throw ContractError(problems: findings.sorted) }
        self.minutes = minutes
        privateOwners = owners
    }
}
