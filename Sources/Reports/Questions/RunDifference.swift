import LifeEvents
import Scenarios
public import Terminal

/// How two runs differ. Messages are matched by where they stand among causes, never by id, so other seeds compare too.
public struct RunDifference {
    private struct Change {
        var mark: Character
        var text: String
        var details: [String] = []
    }

    private struct WorldDifference {
        var title: String
        var changes: [Change]
        var statuses: [String]
        /// How many messages a world has that is in one of the runs only; nil for one of both.
        var whole: Int? = nil
    }

    private var worlds: [WorldDifference] = []
    /// Whether nothing differs.
    public var isEmpty: Bool { worlds.isEmpty }

    /// Compares two logs, world by world by their names.
    public init(_ old: RunLog, _ new: RunLog) {
        let others = Dictionary(new.worlds.map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
        for one in old.worlds {
            guard let other = others[one.title] else {
                addWhole(one, "-")
                continue
            }
            compare(one, other)
        }
        let known = Set(old.worlds.map(\.title))
        for other in new.worlds where !known.contains(other.title) {
            addWhole(other, "+")
        }
        compare(old.outside, new.outside)
    }

    private mutating func addWhole(_ one: WorldLog, _ mark: Character) {
        let change = Change(mark: mark, text: "the whole case, \(counted(one.messages.count, "message"))")
        let empty = WorldLog(start: nil)
        let statuses = mark == "-" ? Self.statuses(one, empty) : Self.statuses(empty, one)
        worlds.append(
            WorldDifference(title: one.title, changes: [change], statuses: statuses, whole: one.messages.count))
    }

    private mutating func compare(_ old: WorldLog, _ new: WorldLog) {
        let (left, right) = (CausalTree(old), CausalTree(new))
        let (oldNames, newNames) = (NamedData(old), NamedData(new))
        let rightPlaces = Dictionary(
            right.nodes.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
        let leftPlaces = Set(left.nodes.map(\.position))
        var changes: [(time: Instant, change: Change)] = []
        for (number, node) in left.nodes.enumerated() {
            let message = old.messages[number]
            guard let place = rightPlaces[node.position] else {
                changes.append((message.time, Change(mark: "-", text: Self.line(message))))
                continue
            }
            let other = new.messages[place]
            var details: [String] = []
            if message.time != other.time {
                details.append("time: \(message.time.toTheMinute) → \(other.time.toTheMinute)")
            }
            if message.occurred != other.occurred {
                let (before, after) = (message.occurred?.toTheMinute, other.occurred?.toTheMinute)
                details.append("occurred: \(before ?? "absent") → \(after ?? "absent")")
            }
            details += JSONDifference.lines(oldNames.text(message.data ?? "{}"), newNames.text(other.data ?? "{}"))
            if !details.isEmpty {
                changes.append((message.time, Change(mark: "~", text: Self.line(message), details: details)))
            }
        }
        for (number, node) in right.nodes.enumerated() where !leftPlaces.contains(node.position) {
            changes.append((new.messages[number].time, Change(mark: "+", text: Self.line(new.messages[number]))))
        }
        let statuses = Self.statuses(old, new)
        guard !changes.isEmpty || !statuses.isEmpty else { return }
        let sorted = changes.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        worlds.append(WorldDifference(title: old.title, changes: sorted.map(\.element.change), statuses: statuses))
    }

    private static func line(_ message: Publish) -> String {
        "\(message.time.toTheMinute)  \(message.label)\(message.code.map { " \($0)" } ?? "")"
    }

    /// Lines of status pages that end otherwise.
    private static func statuses(_ old: WorldLog, _ new: WorldLog) -> [String] {
        func last(_ one: WorldLog) -> [String: String] {
            Dictionary(
                one.statusChanges.map { change in
                    let about = change.about.map { ", about \($0)" } ?? ""
                    return ("\(change.holder) \(change.tile) (\(change.agency)\(about))", change.to)
                }, uniquingKeysWith: { _, later in later })
        }
        let (before, after) = (last(old), last(new))
        return Set(before.keys).union(after.keys).sorted().compactMap { line in
            before[line] == after[line] ? nil : "\(line): \(before[line] ?? "absent") → \(after[line] ?? "absent")"
        }
    }

    /// The differences for a terminal; empty if there are none.
    public func text(_ paint: Paint, limit: Int = 100) -> String {
        var text = ""
        for one in worlds {
            text += paint(one.title, .bold) + "\n"
            for change in one.changes.prefix(limit) {
                let line = "\(change.mark) \(change.text)"
                switch change.mark {
                case "-": text += "  " + paint(line, .red) + "\n"
                case "+": text += "  " + paint(line, .green) + "\n"
                default: text += "  " + paint(line, .yellow) + "\n"
                }
                for detail in change.details { text += "      \(detail)\n" }
            }
            if one.changes.count > limit { text += "  … and \(one.changes.count - limit) more messages\n" }
            // Of a whole case all lines begin or end with it; that is one thing, and told.
            guard one.whole == nil else { continue }
            for status in one.statuses.prefix(limit) { text += "  status  \(status)\n" }
        }
        guard !worlds.isEmpty else { return text }
        let marks: [(mark: Character, words: String)] = [
            ("-", "only in the first"), ("+", "only in the second"), ("~", "changed"),
        ]
        func list(_ count: (Character) -> Int) -> String {
            let counts = marks.map { (count($0.mark), $0.words) }.filter { $0.0 > 0 }
            return counts.isEmpty ? "the same" : counts.map { "\($0) \($1)" }.joined(separator: ", ")
        }
        let wholes = worlds.filter { $0.whole != nil }
        if !wholes.isEmpty {
            text += "cases: " + list { mark in wholes.count { $0.changes.first?.mark == mark } } + "\n"
        }
        text += "messages: "
        text += list { mark in
            worlds.reduce(0) { sum, one in
                sum + one.changes.reduce(0) { $0 + ($1.mark == mark ? one.whole ?? 1 : 0) }
            }
        }
        let statuses = worlds.reduce(0) { $0 + $1.statuses.count }
        text += "; "
        return text + "status lines that end otherwise: \(statuses)\n"
    }
}
