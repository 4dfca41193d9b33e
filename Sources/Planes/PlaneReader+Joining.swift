import Contracts
import LifeEvents
import YAML

/// Who joins the bus when, and what stands in the way, in a plane's file.
extension PlaneReader {
    /// The keys of a plane's file that it reads.
    static let joiningKeys = ["adoption", "as-of", "vendor", "groups", "drift"]

    /// - Returns: of what the file has, else of what it extends.
    mutating func readJoining(_ root: KeyedNodes<YAMLNode>) -> (Joining) -> Joining {
        let rules = root["adoption"].map { node in findings.list(node, "adoption").compactMap { readAdoption($0) } }
        let groups = root["groups"].map { readGroups($0) }
        let vendor = root["vendor"].flatMap { readVendor($0) }
        let drift = root["drift"].flatMap { readDrift($0) }
        let asOf = day(root["as-of"], "as-of")
        return { base in
            Joining(
                rules: (rules ?? []) + base.rules, groups: groups ?? base.groups, vendor: vendor ?? base.vendor,
                drift: drift ?? base.drift, asOf: asOf ?? base.asOf)
        }
    }

    private mutating func readAdoption(_ node: YAMLNode) -> AdoptionRule? {
        let fields = findings.fields(
            of: node, "an adoption", required: ["reader", "mark"],
            optional: ["share", "from", "curve", "joined", "mandatory", "late", "order", "source"])
        let readers = readReaders(fields["reader"])
        let mark = findings.choice(fields["mark"], "mark", as: Mark.self)
        let source = findings.text(fields["source"], "source")
        expectSource(source, mark, node)
        if let joined = fields["joined"], let text = findings.text(joined, "joined"), text != "bus" {
            findings.add(joined, "who joins, joins the bus; 'joined' can only be 'bus'")
        }
        let from = day(fields["from"], "from")
        let mandatory = day(fields["mandatory"], "mandatory")
        if let late = fields["late"], fields["mandatory"] == nil {
            findings.add(late, "nobody is late where nothing is mandatory: 'late' needs the key 'mandatory'")
        }
        let late = spread(fields["late"], "late") ?? Spread(0, 0, 0)
        let order = readOrder(fields["order"])
        let pace: AdoptionRule.Pace
        switch (fields["share"], fields["curve"]) {
        case (let share?, nil): pace = .share(chance(share, "share") ?? 0, from: from)
        case (nil, let curve?):
            if let node = fields["from"] { findings.add(node, "a curve begins by itself; 'from' is for a share") }
            guard let read = readCurve(curve) else { return nil }
            pace = .curve(read)
        default:
            // Without either, all join when they must.
            guard mandatory != nil, fields["share"] == nil else {
                findings.add(node, "an adoption needs one of the keys 'share', 'curve' and 'mandatory'")
                return nil
            }
            pace = .share(0, from: nil)
        }
        guard !readers.isEmpty, let mark else { return nil }
        return AdoptionRule(
            readers: readers, pace: pace, order: order, mandatory: mandatory, late: late, mark: mark, source: source,
            file: node.file, line: node.range.start.line)
    }

    private mutating func readCurve(_ node: YAMLNode) -> AdoptionRule.Curve? {
        let fields = findings.fields(of: node, "a curve", required: ["k", "r", "t0"])
        let plateau = chance(fields["k"], "k")
        let rate = decimal(fields["r"], "r", in: 0.01...10)
        let middle = decimal(fields["t0"], "t0", in: 2000...2199)
        guard let plateau, let rate, let middle else { return nil }
        return AdoptionRule.Curve(plateau: plateau, rate: rate, middle: middle)
    }

    private mutating func readOrder(_ node: YAMLNode?) -> AdoptionRule.Order {
        guard let node else { return .sizeAndChance }
        if node.items != nil { return .listed(readMunicipalities(node, "order")) }
        switch findings.text(node, "order") {
        case "size": return .size
        case "random": return .random
        case let text?:
            findings.add(node, "order must be 'size', 'random' or a list of municipal codes, not '\(text)'")
        case nil: break
        }
        return .sizeAndChance
    }

    private mutating func readGroups(_ node: YAMLNode) -> [PlaneGroup] {
        guard let entries = node.entries else {
            findings.add(node, "groups must be a mapping of names to lists of municipal codes")
            return []
        }
        var taken: Set<AgencyID> = []
        return entries.map { entry in
            let members = readMunicipalities(entry.value, "a group")
            for member in members where !taken.insert(member).inserted {
                findings.add(entry.value, "\(member) is in two groups")
            }
            return PlaneGroup(name: entry.name, members: members)
        }
    }

    private mutating func readVendor(_ node: YAMLNode) -> VendorRule? {
        let fields = findings.fields(
            of: node, "vendor", required: ["open", "file", "print", "mark"], optional: ["rekey", "codes", "source"])
        let mark = findings.choice(fields["mark"], "mark", as: Mark.self)
        expectSource(findings.text(fields["source"], "source"), mark, node)
        let shares = ["open", "file", "print"].map { chance(fields[$0], $0) ?? 0 }
        let sum = shares.reduce(0, +)
        if !(0.999...1.001).contains(sum) { findings.add(node, "open, file and print must be 1 together") }
        var known: [AgencyID: VendorRule.Kind] = [:]
        for entry in fields["codes"]?.entries ?? [] {
            let agency = municipality(entry.name, entry.key)
            if let agency, let kind = findings.choice(entry.value, "a system", as: VendorRule.Kind.self) {
                known[agency] = kind
            }
        }
        guard mark != nil else { return nil }
        return VendorRule(
            shares: (shares[0], shares[1]), rekey: spread(fields["rekey"], "rekey") ?? Spread(1, 3, 10), known: known,
            place: place(node))
    }

    private mutating func readDrift(_ node: YAMLNode) -> DriftRule? {
        let fields = findings.fields(
            of: node, "drift", required: ["share", "types", "from", "mark"], optional: ["repair", "source"])
        let mark = findings.choice(fields["mark"], "mark", as: Mark.self)
        expectSource(findings.text(fields["source"], "source"), mark, node)
        let types = fields["types"].map { node in findings.list(node, "types").compactMap { readType($0) } } ?? []
        guard let share = chance(fields["share"], "share"), let from = day(fields["from"], "from"), mark != nil,
            !types.isEmpty
        else { return nil }
        return DriftRule(
            share: share, types: types, from: from, repair: spread(fields["repair"], "repair") ?? Spread(5, 20, 60),
            place: place(node))
    }

    // MARK: - Values

    mutating func readReaders(_ node: YAMLNode?) -> [ReaderPattern] {
        guard let node else { return [] }
        let items = node.items == nil ? [node] : findings.list(node, "reader")
        return items.compactMap { readReader($0) }
    }

    private mutating func readMunicipalities(_ node: YAMLNode, _ what: String) -> [AgencyID] {
        findings.list(node, what).compactMap { item in
            findings.text(item, "a code").flatMap { municipality($0, item) }
        }
    }

    private mutating func municipality(_ code: String, _ node: YAMLNode) -> AgencyID? {
        if Municipalities.has(code: code), let agency = Municipalities.agency(code: code) { return agency }
        findings.add(node, "'\(code)' is no municipality: write its code as \"1780\"")
        return nil
    }

    private mutating func day(_ node: YAMLNode?, _ what: String) -> Day? {
        guard let node, let text = findings.text(node, what) else { return nil }
        if let day = Day(text) { return day }
        findings.add(node, "\(what) must be a day as 2026-07-01, not '\(text)'")
        return nil
    }

    private mutating func decimal(_ node: YAMLNode?, _ what: String, in range: ClosedRange<Double>) -> Double? {
        guard let node else { return nil }
        if node.style == .plain, let text = node.scalar, let number = Double(text), range.contains(number) {
            return number
        }
        findings.add(
            node,
            "\(what) must be a number from \(NumberRange.text(range.lowerBound)) to \(NumberRange.text(range.upperBound))"
        )
        return nil
    }

    private func place(_ node: YAMLNode) -> String {
        "\(document.file.split(separator: "/").last ?? ""):\(node.range.start.line)"
    }
}

/// The ends of a range, as an error names them.
private enum NumberRange {
    static func text(_ bound: Double) -> String { bound.rounded() == bound ? "\(Int(bound))" : "\(bound)" }
}
