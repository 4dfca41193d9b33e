public import Contracts
public import LifeEvents
import YAML

/// What comparisons count with: `measures.yaml`, `forms.yaml` and `deadlines.yaml` of the planes' folder.
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

    /// What the satisfaction proxy is made of. All are assumptions.
    public struct Proxy: Sendable {
        /// The one number that is fitted: five journeys in the silo, weighed by how many live through them, give 2.1 of 10.
        public var level = 0.0
        /// The weight of how many bodies somebody had to do with.
        public var bodies = 0.0
        /// Of facts given again.
        public var again = 0.0
        /// Of asking and repeating.
        public var chasing = 0.0
        /// Of days beyond the least, to one more.
        public var waiting = 0.0
        /// Of each letter that hurts.
        public var harm = 0.0
        /// The most.
        public var most = 10.0
    }

    /// Minutes.
    public let minutes: Minutes
    /// How many live through a journey in a year, by journey: what the proxy is fitted over.
    public let mix: [String: Int]
    /// The satisfaction proxy.
    public let proxy: Proxy
    /// What people are asked.
    public let forms: Forms
    /// Times within which something must be done.
    public let deadlines: [LegalDeadline]
    /// Owners that are no public body.
    public let privateOwners: [Owner]

    /// Reads the files of a folder.
    /// - Parameter types: the names of all types.
    /// - Throws: ``ContractError`` with every mistake of a file, by line and column.
    public init(folder: String, types: Set<String>) throws(ContractError) {
        let document: YAMLDocument
        do throws(YAMLError) {
            document = try YAMLDocument(contentsOf: "\(folder)/measures.yaml")
        } catch {
            throw ContractError(problems: [ContractProblem(error)])
        }
        var findings = Findings()
        let root = findings.fields(of: document.root, "the measures", required: ["minutes", "private", "proxy", "mix"])
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
        var proxy = Proxy()
        if let node = root["proxy"] {
            let names = ["level", "bodies", "again", "chasing", "waiting", "harm", "most"]
            let fields = findings.fields(of: node, "proxy", required: names)
            func number(_ name: String) -> Double {
                guard let node = fields[name] else { return 0 }
                if node.style == .plain, let number = node.scalar.flatMap(Double.init), 0...20 ~= number {
                    return number
                }
                findings.add(node, "\(name) must be a number from 0 to 20")
                return 0
            }
            proxy = Proxy(
                level: number("level"), bodies: number("bodies"), again: number("again"), chasing: number("chasing"),
                waiting: number("waiting"), harm: number("harm"), most: number("most"))
        }
        var mix: [String: Int] = [:]
        for entry in root["mix"]?.entries ?? [] {
            if let count = findings.number(entry.value, "a year's count", in: 1...10_000_000) {
                mix[entry.name] = count
            }
        }
        if let node = root["mix"], mix.isEmpty { findings.add(node, "the mix names no journey") }
        guard findings.isEmpty else { throw ContractError(problems: findings.sorted) }
        self.mix = mix
        self.minutes = minutes
        self.proxy = proxy
        forms = try Forms(file: "\(folder)/forms.yaml", types: types)
        deadlines = try LegalDeadline.all(file: "\(folder)/deadlines.yaml", types: types)
        privateOwners = owners
    }
}
