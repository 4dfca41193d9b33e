import Contracts
import LifeEvents
import YAML

/// The rows of a plane's file.
extension PlaneReader {
    /// The channels with the keys that a row of each may have; the names of calendars stand for `batch`.
    static let channels: [String: [String]] = [
        "bus": [], "file": ["at"], "letter": ["days", "intake"], "function": ["read"],
        "phone": ["chance", "delay"], "query": ["when", "answer"], "print": ["rekey", "wrong", "discover"],
        "citizen": [
            "by", "finds", "learns", "delay", "forgets", "f1", "f2", "answers", "discover", "intake", "way",
        ],
        "front": [], "post": [], "pull": ["looks"], "none": [],
    ]
    private static let common = ["code", "share", "otherwise", "source", "internal"]

    mutating func readRow(_ node: YAMLNode) -> PlaneRow? {
        let name = node.entry(named: "channel")?.value.scalar ?? ""
        let known = Self.channels[name]
        let fields = findings.fields(
            of: node, "a row", required: ["type", "reader", "channel", "mark"],
            optional: Self.common
                + (known ?? Set(Self.channels.values.joined()).sorted()).filter { !Self.common.contains($0) })
        let type = fields["type"].flatMap { readType($0) }
        let readers = readReaders(fields["reader"])
        let codes = fields["code"].map { readCodes($0) } ?? []
        let share = chance(fields["share"], "share")
        let otherwise = fields["otherwise"].flatMap { readChannel($0, KeyedNodes()) }
        if let node = fields["share"], fields["otherwise"] == nil {
            findings.add(node, "a share needs the key 'otherwise': the way of the others")
        }
        let channel = fields["channel"].flatMap { readChannel($0, fields, otherwise: otherwise) }
        let mark = findings.choice(fields["mark"], "mark", as: Mark.self)
        let calendar = calendars[name]
        let source = findings.text(fields["source"], "source") ?? calendar?.source
        expectSource(source, mark, node)
        let isInternal = flag(fields["internal"], "internal") ?? false
        guard let type, !readers.isEmpty, let channel, let mark else { return nil }
        return PlaneRow(
            type: type, readers: readers, codes: codes, isInternal: isInternal, channel: channel, share: share,
            otherwise: otherwise, source: source, mark: mark, file: node.file, line: node.range.start.line)
    }

    private mutating func readCodes(_ node: YAMLNode) -> [String] {
        let items = node.items == nil ? [node] : findings.list(node, "code")
        let codes = items.compactMap { findings.text($0, "a code") }
        for (item, code) in zip(items, codes) where !(1...11).contains(where: { "U\($0)" == code }) {
            findings.add(item, "a code is U1 to U11, not '\(code)'")
        }
        return codes
    }

    /// - Parameter fields: the row's; none for a way that stands as `otherwise`, which has the defaults.
    private mutating func readChannel(
        _ node: YAMLNode, _ fields: KeyedNodes<YAMLNode>, otherwise: Channel? = nil
    ) -> Channel? {
        guard let name = findings.text(node, "channel") else { return nil }
        if let calendar = calendars[name] { return .batch(calendar.calendar, name: name) }
        switch name {
        case "bus": return .bus
        case "front": return .front
        case "post": return .post
        case "none": return Channel.none
        case "file": return .file(at: clock(fields["at"], "at") ?? TimeOfDay(2))
        case "letter":
            return .letter(
                days: spread(fields["days"], "days") ?? Spread(2, 3, 4),
                intake: spread(fields["intake"], "intake") ?? Spread(0, 1, 3))
        case "function": return .function(read: spread(fields["read"], "read") ?? Spread(0, 1, 2))
        case "print":
            return .print(
                rekey: spread(fields["rekey"], "rekey") ?? Spread(1, 3, 10),
                wrong: chance(fields["wrong"], "wrong") ?? 0.01,
                discover: spread(fields["discover"], "discover") ?? Spread(14, 60, 365))
        case "pull": return .pull(looks: spread(fields["looks"], "looks") ?? Spread(3, 14, 60))
        case "phone":
            guard let otherwise else {
                findings.add(node, "a phone row needs the key 'otherwise': the way where nobody calls")
                return nil
            }
            return .phone(
                chance: chance(fields["chance"], "chance") ?? 0.5,
                delay: spread(fields["delay"], "delay") ?? Spread(0, 1, 5), otherwise: otherwise)
        case "query":
            let types = fields["when"].map { node in findings.list(node, "when").compactMap { readType($0) } } ?? []
            if types.isEmpty { findings.add(node, "a query row needs the key 'when': the types after which is asked") }
            return .query(when: types, answer: spread(fields["answer"], "answer") ?? Spread(0, 0, 0))
        case "citizen": return .citizen(readErrand(fields))
        default:
            let names = (Self.channels.keys.sorted() + calendars.keys.sorted()).joined(separator: ", ")
            findings.add(node, "'\(name)' is no channel and no calendar of this file; there are \(names)")
            return nil
        }
    }

    private mutating func readErrand(_ fields: KeyedNodes<YAMLNode>) -> ErrandRule {
        let carrier = findings.choice(fields["by"], "by", as: ErrandRule.Carrier.self)
        let way = findings.choice(fields["way"], "way", as: ErrandRule.Way.self)
        return ErrandRule(
            carrier: carrier ?? .subject,
            finds: chance(fields["finds"], "finds") ?? 0.8,
            learns: spread(fields["learns"], "learns") ?? Spread(0, 2, 14),
            delay: spread(fields["delay"], "delay") ?? Spread(1, 5, 30),
            forgets: chance(fields["forgets"], "forgets") ?? 0.05,
            incomplete: chance(fields["f1"], "f1") ?? -1,
            answers: spread(fields["answers"], "answers") ?? Spread(2, 5, 14),
            wrong: chance(fields["f2"], "f2") ?? -1,
            discover: spread(fields["discover"], "discover") ?? Spread(14, 60, 365),
            intake: spread(fields["intake"], "intake") ?? Spread(0, 1, 3), way: way ?? .eService)
    }
}
