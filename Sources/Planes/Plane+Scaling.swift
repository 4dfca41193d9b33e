/// A number that a plane assumes: what a comparison is asked about.
public struct AssumedNumber: Hashable, Sendable {
    /// The row: `silo.yaml:13`; of people, where they stand.
    public let place: String
    /// Its name in the row: `delay`.
    public let name: String
    /// As a table shows it: the row's types, and the name.
    public let title: String
}

extension Plane {
    /// The numbers that are put in by us: those of rows marked A, and what people are like.
    public var assumedNumbers: [AssumedNumber] {
        var numbers: [AssumedNumber] = []
        for row in rows where row.mark == .assumption {
            for name in row.channel.assumedNames {
                numbers.append(
                    AssumedNumber(place: row.place, name: name, title: "\(row.type.text) \(row.channel.name) \(name)"))
            }
        }
        guard people.hasBehaviour else { return numbers }
        return numbers
            + PeopleRule.assumedNames.map { AssumedNumber(place: "people", name: $0, title: "people \($0)") }
    }

    /// The plane with a number times a factor; a chance is at most 1. Draws stay: a number half as large keeps its luck.
    public func scaled(_ factors: [AssumedNumber: Double]) -> Plane {
        func factor(_ place: String, _ name: String) -> Double? {
            // order-free: the value of one key
            factors.first { $0.key.place == place && $0.key.name == name }?.value
        }
        let rows = rows.map { row in
            var channel = row.channel
            for name in channel.assumedNames {
                if let factor = factor(row.place, name) { channel = channel.scaled(name, factor) }
            }
            return PlaneRow(
                type: row.type, readers: row.readers, codes: row.codes, isInternal: row.isInternal, channel: channel,
                share: row.share, otherwise: row.otherwise, source: row.source, mark: row.mark, file: row.file,
                line: row.line)
        }
        var people = people
        for name in PeopleRule.assumedNames {
            if let factor = factor("people", name) { people.scale(name, factor) }
        }
        return Plane(
            name: name, version: version, rows: rows, people: people, front: front, joining: joining,
            noPrefill: noPrefill, files: files)
    }
}

extension Spread {
    func scaled(_ factor: Double) -> Spread {
        func scaled(_ number: Int) -> Int { Int((Double(number) * factor).rounded()) }
        return Spread(scaled(least), scaled(mode), scaled(most))
    }
}

extension Channel {
    /// The names of its numbers.
    var assumedNames: [String] {
        switch self {
        case .bus, .batch, .file, .front, .post, .none: []
        case .letter: ["days", "intake"]
        case .function: ["read"]
        case .phone: ["chance", "delay"]
        case .query: []
        case .print: ["rekey", "wrong"]
        case .citizen: ["finds", "learns", "delay", "forgets", "discover", "intake"]
        case .pull: ["looks"]
        }
    }

    /// The channel with one number times a factor.
    func scaled(_ name: String, _ factor: Double) -> Channel {
        func scaled(_ spread: Spread, _ own: String) -> Spread { own == name ? spread.scaled(factor) : spread }
        func scaled(_ chance: Double, _ own: String) -> Double { own == name ? min(1, chance * factor) : chance }
        switch self {
        case .letter(let days, let intake):
            return .letter(days: scaled(days, "days"), intake: scaled(intake, "intake"))
        case .function(let read): return .function(read: scaled(read, "read"))
        case .phone(let chance, let delay, let otherwise):
            return .phone(chance: scaled(chance, "chance"), delay: scaled(delay, "delay"), otherwise: otherwise)
        case .print(let rekey, let wrong, let discover):
            return .print(rekey: scaled(rekey, "rekey"), wrong: scaled(wrong, "wrong"), discover: discover)
        case .pull(let looks): return .pull(looks: scaled(looks, "looks"))
        case .citizen(var rule):
            rule.finds = scaled(rule.finds, "finds")
            rule.learns = scaled(rule.learns, "learns")
            rule.delay = scaled(rule.delay, "delay")
            rule.forgets = scaled(rule.forgets, "forgets")
            rule.discover = scaled(rule.discover, "discover")
            rule.intake = scaled(rule.intake, "intake")
            return .citizen(rule)
        case .bus, .batch, .file, .query, .front, .post, .none: return self
        }
    }
}

extension PeopleRule {
    /// The names of what is assumed of people; the share with a mailbox is counted.
    static let assumedNames = ["eId", "f1", "f2", "patience", "chase"]

    mutating func scale(_ name: String, _ factor: Double) {
        switch name {
        case "eId": eID = min(1, eID * factor)
        case "f1": incomplete = min(1, incomplete * factor)
        case "f2": wrong = min(1, wrong * factor)
        case "patience": patience = patience.scaled(factor)
        case "chase":
            chase = min(1, chase * factor)
            chaseJoined = chaseJoined.map { min(1, $0 * factor) }
        default: break
        }
    }
}
