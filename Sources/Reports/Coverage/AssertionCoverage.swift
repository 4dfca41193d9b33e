import JSON
import LifeEvents
import Terminal

/// What the expectations of runs looked at of all that agencies said and showed, merged over their logs.
///
/// What nobody looks at may be wrong, and the run is green all the same. Counted are the messages that agencies made of
/// others, the fields of those, and the states of tiles; not what the scenario publishes itself, and no dead letters. An
/// expectation looks at a message that it was met by or counts, at the fields that its `data` names (at all with
/// `exactly`), and at the state of a tile that it waits for or finds at the end.
struct AssertionCoverage: Sendable {
    /// So many of so many.
    struct Share: Sendable {
        var looked = 0
        var all = 0

        static func + (left: Share, right: Share) -> Share {
            Share(looked: left.looked + right.looked, all: left.all + right.all)
        }
    }

    /// What of one scenario, in all its worlds.
    struct Counts: Sendable {
        var messages = Share()
        var fields = Share()
        var tiles = Share()

        /// The three together.
        var whole: Share { messages + fields + tiles }
    }

    /// A kind of thing that was seen, as `skatteverket.birth.v1 · born`.
    struct Kind: Sendable {
        var seen = 0
        var looked = 0
        /// The expectation that would look at it.
        var step: String
    }

    /// In the order in which they came.
    private(set) var scenarios: [(name: String, counts: Counts)] = []
    private var places: [String: Int] = [:]
    private var kinds: [String: Kind] = [:]
    /// Whether a log told of expectations at all: a store does not.
    private(set) var isKnown = false

    /// The kinds by their keys, sorted.
    var sortedKinds: [(key: String, kind: Kind)] { kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// Takes in a world.
    mutating func add(_ world: WorldLog) {
        guard let start = world.start, world.end != nil else { return }
        isKnown = true
        var counts = Counts()
        let expectations = world.met + world.failures
        addMessages(world, expectations, &counts)
        addTiles(world, expectations, &counts)
        let place = places[start.scenario] ?? scenarios.count
        if place == scenarios.count {
            places[start.scenario] = place
            scenarios.append((start.scenario, Counts()))
        }
        scenarios[place].counts.messages = scenarios[place].counts.messages + counts.messages
        scenarios[place].counts.fields = scenarios[place].counts.fields + counts.fields
        scenarios[place].counts.tiles = scenarios[place].counts.tiles + counts.tiles
    }

    private mutating func note(_ key: String, looked: Bool, _ share: inout Share, step: String) {
        share.all += 1
        if looked { share.looked += 1 }
        var kind = kinds[key] ?? Kind(step: step)
        kind.seen += 1
        if looked { kind.looked += 1 }
        kinds[key] = kind
    }

    /// What somebody looked at of one message.
    private struct Look {
        var fields: Set<String> = []
        var isAtAll = false

        mutating func add(_ result: ExpectationResult) {
            fields.formUnion(result.fields ?? [])
            if result.isExact == true { isAtAll = true }
        }
    }

    private mutating func addMessages(
        _ world: WorldLog, _ expectations: [ExpectationResult], _ counts: inout Counts
    ) {
        var looks: [EventID: Look] = [:]
        for result in expectations where result.tile == nil {
            for id in result.looked ?? [] { looks[id, default: Look()].add(result) }
        }
        for message in world.messages
        where message.cause != nil && message.outside != true && message.type != StatusTile.type.name
            && !message.type.hasSuffix(".dead-letter.v1")
        {
            let look = looks[message.id]
            note(
                message.type, looked: look != nil, &counts.messages,
                step: "- expect: {message: \(message.type), for: SOMEBODY, within: 1d}")
            for field in Self.fields(message.data) {
                let isNamed = look.map { $0.isAtAll || $0.fields.contains(field) } ?? false
                note(
                    "\(message.type) · \(field)", looked: isNamed, &counts.fields,
                    step: "- expect: {message: \(message.type), for: SOMEBODY, data: {\(field): …}, within: 1d}")
            }
        }
    }

    private static func fields(_ data: String?) -> [String] {
        guard let data else { return [] }
        return (try? JSONTape.reading(data) { root in root.members.map { $0.keyString.escapedLine } }) ?? []
    }

    /// A line of a page.
    private struct Line: Hashable {
        var holder: String
        var tile: String
        var agency: String
        var about: String?
    }

    private mutating func addTiles(_ world: WorldLog, _ expectations: [ExpectationResult], _ counts: inout Counts) {
        var looked = Set(expectations.filter { $0.tile != nil }.flatMap { $0.looked ?? [] })
        for result in expectations where result.step == "then" && (result.tile != nil || result.isExact == true) {
            guard result.type == nil || result.type == StatusTile.type.name else { continue }
            var last: [Line: EventID] = [:]
            for change in world.statusChanges where result.deadline.map({ change.time <= $0 }) ?? true {
                guard change.holder == result.subject, result.tile == nil || change.tile == result.tile,
                    result.source == nil || change.agency == result.source,
                    result.about == nil || change.about == result.about
                else { continue }
                let line = Line(
                    holder: change.holder, tile: change.tile, agency: change.agency, about: change.about)
                last[line] = change.message
            }
            // order-free: into a set
            looked.formUnion(last.values)
        }
        for change in world.statusChanges {
            let owner = AgencyID(change.agency)?.owner.description ?? change.agency
            note(
                "tile \(change.tile) \(change.to) of \(owner)", looked: looked.contains(change.message), &counts.tiles,
                step: "- expect: {status: {for: SOMEBODY, tile: \(change.tile), code: \(change.to)}, within: 1d}")
        }
    }
}
