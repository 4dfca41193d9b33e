import LifeEvents

/// What a sequence diagram of a world shows, from top to bottom; drawn as SVG and as Mermaid text.
struct SequenceRows {
    enum Content {
        /// Nothing happens for so long.
        case gap(VirtualDuration)
        /// So many rows were left out.
        case folded(Int)
        case message(Arrow)
        /// A timer of an agency fell due.
        case timer(lane: Int, name: String)
        /// Something went wrong on purpose; no lane: on the bus.
        case fault(lane: Int?, text: String)
        /// A message went to a dead-letter topic.
        case rejection(lane: Int, text: String)
        /// What was expected by now and did not come, or came and should not have.
        case failure(from: Int, to: Int, text: String)
    }

    struct Arrow {
        var from: Int
        /// Who handled it, without the sender; empty: nobody did.
        var to: [Int]
        var label: String
        /// `U1` to `U11` of a tile.
        var code: String?
        var count: Int
        /// The message's number in the world.
        var message: Int
        /// What several messages must share to be drawn as one.
        var kind: String
    }

    struct Row {
        var time: Instant
        var content: Content
    }

    /// The lanes from left to right: `citizen`, then agencies as they appear.
    private(set) var lanes: [String] = []
    private(set) var rows: [Row] = []
    private var places: [String: Int] = [:]

    /// How many messages are drawn each for itself.
    static let openLimit = 60
    private static let rowLimit = 110

    init(_ one: WorldLog) {
        _ = lane("citizen")
        var handlers: [EventID: [String]] = [:]
        for delivery in one.deliveries where delivery.outcome == .handled {
            if handlers[delivery.message]?.contains(delivery.agency) != true {
                handlers[delivery.message, default: []].append(delivery.agency)
            }
        }
        var seen: [String: Instant] = [:]
        for message in one.messages {
            for agency in [message.source] + (handlers[message.id] ?? []) where seen[agency] == nil {
                seen[agency] = message.time
            }
        }
        // At one instant by name: the order of messages there says nothing and differs with the seed.
        for (agency, _) in seen.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) { _ = lane(agency) }
        var all = one.messages.enumerated().map { number, message in
            Row(time: message.time, content: .message(arrow(message, number, handlers[message.id] ?? [])))
        }
        let isLong = all.count > Self.openLimit
        if isLong { all = Self.merged(all) }
        var others: [Row] = []
        if !isLong {
            others += one.timers.map { Row(time: $0.time, content: .timer(lane: lane($0.agency), name: $0.timer)) }
        }
        others += one.faults.map { fault in
            Row(time: fault.time, content: .fault(lane: fault.target.flatMap { places[$0] }, text: fault.text))
        }
        others += one.rejections.map { rejection in
            Row(time: rejection.time, content: .rejection(lane: lane(rejection.agency), text: rejection.reason))
        }
        others += one.failures.map { failure($0, end: one.end?.last ?? one.messages.last?.time) }
        rows = Self.folded(all + others)
        addGaps()
    }

    private mutating func lane(_ name: String) -> Int {
        if let known = places[name] { return known }
        lanes.append(name)
        places[name] = lanes.count - 1
        return lanes.count - 1
    }

    private func arrow(_ message: Publish, _ number: Int, _ handlers: [String]) -> Arrow {
        let from = places[message.source] ?? 0
        var to = handlers.compactMap { places[$0] }.filter { $0 != from }
        var label = message.shortLabel
        var code: String?
        if let tile = message.tile {
            if from != 0 { to = [0] }
            code = message.code
            label = "\(tile) (\(message.subject))"
        }
        return Arrow(
            from: from, to: to.sorted(), label: label, code: code, count: 1, message: number,
            kind: "\(message.type) \(message.source) \(message.tile ?? "") \(code ?? "")")
    }

    private mutating func failure(_ failure: ExpectationResult, end: Instant?) -> Row {
        let owner = failure.type.flatMap { EventType($0).owner }
        let isTile = failure.type == StatusTile.type.name
        let sender = failure.source ?? lanes.first { AgencyID($0)?.owner == owner } ?? owner?.description ?? "citizen"
        let from = failure.step == "golden" ? 0 : (isTile && failure.source == nil ? 0 : lane(sender))
        return Row(
            time: failure.deadline ?? end ?? .latest,
            content: .failure(from: from, to: from == 0 ? min(1, lanes.count - 1) : 0, text: failure.message))
    }

    /// Neighbours of one instant, sender and type become one.
    private static func merged(_ rows: [Row]) -> [Row] {
        var merged: [Row] = []
        for row in rows {
            if case .message(let arrow) = row.content, let last = merged.last, last.time == row.time,
                case .message(var before) = last.content, before.kind == arrow.kind, before.to == arrow.to
            {
                before.count += 1
                if before.label != arrow.label { before.label = String(before.label.prefix { $0 != "(" }) }
                merged[merged.count - 1].content = .message(before)
            } else {
                merged.append(row)
            }
        }
        return merged
    }

    /// Sorts by time and leaves rows out if there are too many: what comes first and what surrounds trouble stays.
    private static func folded(_ unsorted: [Row]) -> [Row] {
        let rows = unsorted.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        guard rows.count > rowLimit else { return rows }
        var isKept = [Bool](repeating: false, count: rows.count)
        for index in 0..<openLimit { isKept[index] = true }
        var troubles = 0
        for (index, row) in rows.enumerated() where row.content.isTrouble && troubles < 8 {
            troubles += 1
            for near in max(0, index - 6)...min(rows.count - 1, index + 1) { isKept[near] = true }
        }
        for index in rows.count - 5..<rows.count { isKept[index] = true }
        var kept: [Row] = []
        var left = 0
        for (index, row) in rows.enumerated() {
            if isKept[index] {
                if left > 0 { kept.append(Row(time: row.time, content: .folded(left))) }
                left = 0
                kept.append(row)
            } else {
                left += 1
            }
        }
        return kept
    }

    private mutating func addGaps() {
        var spaced: [Row] = []
        for row in rows {
            if let last = spaced.last, row.time - last.time >= .hours(20), row.time != .latest {
                spaced.append(Row(time: last.time, content: .gap(row.time - last.time)))
            }
            spaced.append(row)
        }
        rows = spaced
    }
}

extension SequenceRows.Content {
    fileprivate var isTrouble: Bool {
        switch self {
        case .fault, .rejection, .failure: true
        default: false
        }
    }
}

extension Publish {
    /// The type without its version, and without its owner where the arrow says it, with whom it is about.
    var shortLabel: String {
        let type = EventType(type)
        var words = type.name.split(separator: ".").map(String.init)
        if words.count > 2, words.last?.hasPrefix("v") == true { words.removeLast() }
        let sender = AgencyID(source)?.owner
        if words.count > 1, type.owner != nil, sender == type.owner || sender == .citizen { words.removeFirst() }
        return (change.map { "\($0) " } ?? "") + words.joined(separator: ".") + " (\(subject))"
    }

    /// The code of the tile that the message sets; nil if it sets none.
    var code: String? {
        guard type == StatusTile.type.name, let data, let start = data.firstRange(of: "\"code\":\"") else { return nil }
        return String(data[start.upperBound...].prefix { $0 != "\"" })
    }
}
