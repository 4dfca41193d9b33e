public import Contracts
import LifeEvents
import YAML

/// Reads planes: a file and what it extends, or all that is wrong with them.
public struct PlaneFiles: Sendable {
    /// The folder of the planes that are known by their names.
    public let folder: String

    /// The planes of a folder.
    public init(folder: String) { self.folder = folder }

    /// A plane by its name (`silo`: `<folder>/silo.yaml`) or by its file. `bus` is built in where no file has that name.
    /// - Throws: ``ContractError`` with every mistake, by file, line and column.
    public func plane(_ name: String) throws(ContractError) -> Plane {
        try read(name, beside: nil, above: [])
    }

    private func read(_ name: String, beside: String?, above: [String]) throws(ContractError) -> Plane {
        let isPath = name.contains("/") || name.hasSuffix(".yaml")
        let candidates =
            isPath
            ? [name] : [beside.map { "\($0)/\(name).yaml" }, "\(folder)/\(name).yaml"].compactMap(\.self)
        var missing: YAMLError?
        for path in candidates {
            let document: YAMLDocument
            do throws(YAMLError) {
                document = try YAMLDocument(contentsOf: path)
            } catch {
                if error.code == .unreadable, missing == nil { missing = error }
                guard error.code == .unreadable else { throw ContractError(problems: [ContractProblem(error)]) }
                continue
            }
            return try read(document, above)
        }
        if name == Plane.bus.name { return .bus }
        throw ContractError(problems: [
            missing.map { ContractProblem($0) } ?? ContractProblem(file: name, message: "there is no such plane")
        ])
    }

    private func read(_ document: YAMLDocument, _ above: [String]) throws(ContractError) -> Plane {
        var reader = PlaneReader(document)
        let reading = reader.read()
        var base: Plane?
        if let (name, node) = reader.extended {
            if above.contains(document.file) || above.count > 8 {
                reader.findings.add(node, "the planes extend each other in a circle")
            } else {
                let folder = document.file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                base = try read(
                    name, beside: folder.isEmpty ? "." : folder.joined(separator: "/"),
                    above: above + [document.file])
            }
        }
        guard reader.findings.isEmpty, let reading else { throw ContractError(problems: reader.findings.sorted) }
        return Plane(
            name: reading.name, version: reading.version, rows: reading.rows + (base?.rows ?? []),
            people: reading.people(base?.people ?? .ordinary), front: reading.front ?? base?.front,
            joining: reading.joining(base?.joining ?? .none), noPrefill: reading.noPrefill ?? base?.noPrefill ?? [],
            files: [document.file] + (base?.files ?? []))
    }
}

/// Turns one file of a plane into its own part, or into all that is wrong with it.
struct PlaneReader {
    /// A file's own part.
    struct Reading {
        var name: String
        var version: Int
        var rows: [PlaneRow]
        var people: (PeopleRule) -> PeopleRule
        var front: FrontAgency?
        var joining: (Joining) -> Joining
        var noPrefill: [ReaderPattern]?
    }

    struct NamedCalendar {
        var calendar: BatchCalendar
        var source: String?
        var mark: Mark
    }

    var findings = Findings()
    /// The plane that it extends, and where it says so.
    private(set) var extended: (name: String, node: YAMLNode)?
    var calendars: [String: NamedCalendar] = [:]
    let document: YAMLDocument

    init(_ document: YAMLDocument) { self.document = document }

    /// Nil if there are findings.
    mutating func read() -> Reading? {
        let root = findings.fields(
            of: document.root, "the plane", required: ["plane", "version"],
            optional: ["extends", "reference-date", "calendars", "rows", "people", "front", "about", "noPrefill"]
                + Self.joiningKeys)
        let name = findings.text(root["plane"], "plane")
        let version = findings.number(root["version"], "version", in: 1...9_999)
        if let node = root["extends"], let name = findings.text(node, "extends") { extended = (name, node) }
        if let node = root["reference-date"], let text = findings.text(node, "reference-date"), Day(text) == nil {
            findings.add(node, "'\(text)' is not a day: write one as 2025-12-01")
        }
        readCalendars(root["calendars"])
        let rows = root["rows"] == nil ? [] : findings.list(root["rows"], "rows").compactMap { readRow($0) }
        let people = readPeople(root["people"])
        let front = readFront(root["front"])
        let joining = readJoining(root)
        let noPrefill = root["noPrefill"].map { readReaders($0) }
        guard findings.isEmpty, let name, let version else { return nil }
        return Reading(
            name: name, version: version, rows: rows, people: people, front: front, joining: joining,
            noPrefill: noPrefill)
    }

    private mutating func readCalendars(_ node: YAMLNode?) {
        guard let node else { return }
        guard let entries = node.entries else { return findings.add(node, "calendars must be a mapping") }
        for entry in entries {
            let fields = findings.fields(
                of: entry.value, "a calendar", required: ["batch", "at", "mark"],
                optional: ["weekday", "snapshot", "source"])
            let isWeekly = findings.text(fields["batch"], "batch").map { $0 == "week" }
            if let batch = fields["batch"], let text = batch.scalar, !["day", "week"].contains(text) {
                findings.add(batch, "batch must be 'day' or 'week', not '\(text)'")
            }
            let at = clock(fields["at"], "at")
            let weekday = readWeekday(fields["weekday"])
            if isWeekly == true, fields["weekday"] == nil {
                findings.add(entry.value, "a weekly calendar lacks the key 'weekday'")
            }
            let snapshot = flag(fields["snapshot"], "snapshot") ?? false
            let mark = findings.choice(fields["mark"], "mark", as: Mark.self)
            let source = findings.text(fields["source"], "source")
            expectSource(source, mark, entry.value)
            guard Self.channels[entry.name] == nil else {
                findings.add(entry.key, "'\(entry.name)' is a channel, and cannot name a calendar")
                continue
            }
            guard let at, let mark else { continue }
            calendars[entry.name] = NamedCalendar(
                calendar: BatchCalendar(
                    isWeekly == true ? .week(weekday ?? .monday) : .day, at: at, isSnapshot: snapshot),
                source: source, mark: mark)
        }
    }

    private mutating func readWeekday(_ node: YAMLNode?) -> Weekday? {
        guard let node, let text = findings.text(node, "weekday") else { return nil }
        if let weekday = Weekday.allCases.first(where: { "\($0)" == text }) { return weekday }
        findings.add(node, "weekday must be monday to sunday, not '\(text)'")
        return nil
    }

    private mutating func readPeople(_ node: YAMLNode?) -> (PeopleRule) -> PeopleRule {
        guard let node else { return { $0 } }
        let fields = findings.fields(
            of: node, "people", required: [],
            optional: [
                "behaviour", "mailbox", "eId", "f1", "f2", "patience", "chase", "chaseJoined", "givesUp",
            ])
        var behaviour: Bool?
        if let node = fields["behaviour"] {
            let text = findings.text(node, "behaviour")
            if let text, !["on", "off"].contains(text) {
                findings.add(node, "behaviour must be 'on' or 'off', not '\(text)'")
            }
            behaviour = text == "on"
        }
        let mailbox = chance(fields["mailbox"], "mailbox")
        let eID = chance(fields["eId"], "eId")
        let incomplete = chance(fields["f1"], "f1")
        let wrong = chance(fields["f2"], "f2")
        let patience = spread(fields["patience"], "patience")
        let chase = chance(fields["chase"], "chase")
        let chaseJoined = chance(fields["chaseJoined"], "chaseJoined")
        let givesUp = chance(fields["givesUp"], "givesUp")
        let place = "\(document.file.split(separator: "/").last ?? ""):\(node.range.start.line)"
        return { base in
            var people = base
            people.hasBehaviour = behaviour ?? people.hasBehaviour
            people.mailbox = mailbox ?? people.mailbox
            people.eID = eID ?? people.eID
            people.incomplete = incomplete ?? people.incomplete
            people.wrong = wrong ?? people.wrong
            people.patience = patience ?? people.patience
            people.chase = chase ?? people.chase
            people.chaseJoined = chaseJoined ?? people.chaseJoined
            people.givesUp = givesUp ?? people.givesUp
            people.place = place
            return people
        }
    }

    private mutating func readFront(_ node: YAMLNode?) -> FrontAgency? {
        guard let node else { return nil }
        let fields = findings.fields(of: node, "front", required: ["members"], optional: ["walls"])
        let members = findings.list(fields["members"], "members").compactMap { readReader($0) }
        let walls = fields["walls"].map { node in findings.list(node, "walls").compactMap { readType($0) } } ?? []
        return FrontAgency(members: members, walls: walls)
    }

    // MARK: - Values

    mutating func expectSource(_ source: String?, _ mark: Mark?, _ node: YAMLNode) {
        if mark == .stated, source == nil { findings.add(node, "what is stated (mark: s) lacks the key 'source'") }
    }

    mutating func readType(_ node: YAMLNode) -> TypePattern? {
        guard let text = findings.text(node, "a type") else { return nil }
        if let pattern = TypePattern(text) { return pattern }
        findings.add(node, "'\(text)' is no type: a star stands at the end or nowhere")
        return nil
    }

    mutating func readReader(_ node: YAMLNode) -> ReaderPattern? {
        guard let text = findings.text(node, "a reader") else { return nil }
        if let pattern = ReaderPattern(text) { return pattern }
        findings.add(node, "'\(text)' is no reader: write owner, owner/branch, kommun-1780, party:NAME, citizen or *")
        return nil
    }

    mutating func chance(_ node: YAMLNode?, _ what: String) -> Double? {
        guard let node else { return nil }
        if node.style == .plain, let text = node.scalar, let number = Double(text), 0...1 ~= number { return number }
        findings.add(node, "\(what) must be a number from 0 to 1")
        return nil
    }

    mutating func spread(_ node: YAMLNode?, _ what: String) -> Spread? {
        guard let node else { return nil }
        let numbers = (node.items ?? []).compactMap { $0.style == .plain ? $0.scalar.flatMap { Int($0) } : nil }
        guard numbers.count == 3, node.items?.count == 3, 0 <= numbers[0], numbers[0] <= numbers[1],
            numbers[1] <= numbers[2], numbers[2] <= 10_000
        else {
            findings.add(node, "\(what) must be three whole numbers that rise, as [2, 3, 4]")
            return nil
        }
        return Spread(numbers[0], numbers[1], numbers[2])
    }

    mutating func clock(_ node: YAMLNode?, _ what: String) -> TimeOfDay? {
        guard let node, let text = findings.text(node, what) else { return nil }
        if let time = TimeOfDay(text: text) { return time }
        findings.add(node, "\(what) must be a time as \"06:00\", not '\(text)'")
        return nil
    }

    mutating func flag(_ node: YAMLNode?, _ what: String) -> Bool? {
        guard let node else { return nil }
        if node.style == .plain, let text = node.scalar, ["true", "false"].contains(text) { return text == "true" }
        findings.add(node, "\(what) must be true or false")
        return nil
    }
}
