import LifeEvents

/// What runs have exercised of all that is declared, merged over their logs.
public struct Coverage: Sendable {
    /// What stands behind an item.
    enum State: String {
        case covered
        /// Declared, and never seen.
        case uncovered
        /// Seen only in worlds into which the run put faults.
        case onlyUnderFault = "only under fault"
        /// Seen, and declared by nothing that this program knows.
        case undeclared
    }

    struct Row {
        var key: String
        var state: State
        var hits: Int
        var worlds: Int
        var step: String?
    }

    private struct Tally {
        var hits = 0
        var worlds = 0
        var lastWorld = -1
        var withoutFault = 0
    }

    private let universe: CoverageUniverse
    private var tallies: [CoverageUniverse.Dimension: [String: Tally]] = [:]
    private(set) var assertions = AssertionCoverage()
    /// The logs that know of neither rules nor expectations, being made of a store.
    private(set) var storesOnly: [String] = []
    private(set) var worlds = 0
    private(set) var messages = 0
    private(set) var logs: [String] = []

    /// Nothing exercised yet.
    public init(_ universe: CoverageUniverse) {
        self.universe = universe
    }

    /// Takes in what a run exercised.
    public mutating func add(_ log: RunLog) {
        logs.append(log.name)
        if log.isOfStore { storesOnly.append(log.name) }
        for one in log.worlds + [log.outside] where one.start != nil || !one.messages.isEmpty {
            if one.start != nil { worlds += 1 }
            messages += one.messages.count
            add(one)
        }
    }

    private mutating func add(_ one: WorldLog) {
        assertions.add(one)
        let isFaulty = !one.faults.isEmpty
        let number = worlds
        func hit(_ dimension: CoverageUniverse.Dimension, _ key: String, _ all: inout Coverage) {
            var tally = all.tallies[dimension]?[key] ?? Tally()
            tally.hits += 1
            if tally.lastWorld != number { tally.worlds += 1 }
            tally.lastWorld = number
            if !isFaulty { tally.withoutFault += 1 }
            all.tallies[dimension, default: [:]][key] = tally
        }
        for message in one.messages where !message.type.hasSuffix(".dead-letter.v1") {
            hit(.type, message.type, &self)
            hit(.topic, EventType(message.type).topic, &self)
        }
        for delivery in one.deliveries where !delivery.river.isEmpty {
            let owner = AgencyID(delivery.agency)?.owner.description ?? delivery.agency
            let key = CoverageUniverse.key(owner, delivery.river)
            switch delivery.outcome {
            case .handled: hit(.river, key, &self)
            case .denied: break
            case .notMine, .notWhole:
                for sentence in delivery.sentences { hit(.refusal, "\(key): “\(sentence)”", &self) }
            }
        }
        for timer in one.timers {
            hit(.timer, "\(AgencyID(timer.agency)?.owner.description ?? timer.agency) · \(timer.timer)", &self)
        }
        for change in one.statusChanges {
            hit(.status, change.to, &self)
            hit(.tile, change.tile, &self)
        }
        let types = Dictionary(one.messages.map { ($0.id, $0.type) }, uniquingKeysWith: { first, _ in first })
        for fault in one.faults {
            hit(.fault, "\(fault.kind) × \(fault.message.flatMap { types[$0] } ?? fault.target ?? "the bus")", &self)
        }
    }

    // MARK: - Results

    /// One dimension's result.
    struct Result {
        var dimension: CoverageUniverse.Dimension
        var rows: [Row]
        /// Whether the runs say nothing of it: a store knows neither rules, timers nor expectations.
        var isUnknown = false

        var declared: Int { rows.count { $0.state != .undeclared } }
        var covered: Int { rows.count { $0.state == .covered || $0.state == .onlyUnderFault } }
        /// Of what is declared, rounded down, so that 100 means all; nil where nothing is.
        var percent: Int? { declared == 0 || isUnknown ? nil : covered * 100 / declared }
    }

    /// What was seen and what was not, dimension by dimension.
    var results: [Result] {
        let isUnknown = logs.count == storesOnly.count && !logs.isEmpty
        return universe.items.map { dimension, items in
            if dimension == .assertion { return assertionResult }
            let seen = tallies[dimension] ?? [:]
            var rows = items.map { item in
                let tally = seen[item.key] ?? Tally()
                let state: State =
                    tally.hits == 0 ? .uncovered : (tally.withoutFault == 0 ? .onlyUnderFault : .covered)
                return Row(key: item.key, state: state, hits: tally.hits, worlds: tally.worlds, step: item.step)
            }
            let known = Set(items.map(\.key))
            for (key, tally) in seen.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
                rows.append(Row(key: key, state: .undeclared, hits: tally.hits, worlds: tally.worlds, step: nil))
            }
            return Result(dimension: dimension, rows: rows, isUnknown: isUnknown && dimension.needsLog)
        }
    }

    private var assertionResult: Result {
        let rows = assertions.sortedKinds.map { key, kind in
            Row(
                key: key, state: kind.looked > 0 ? .covered : .uncovered, hits: kind.looked, worlds: kind.seen,
                step: kind.step)
        }
        return Result(dimension: .assertion, rows: rows, isUnknown: !assertions.isKnown)
    }

    /// A sentence for each dimension that is covered less than it must be; empty if all are.
    public func breaches(_ minima: [(dimension: CoverageUniverse.Dimension, percent: Int)]) -> [String] {
        let results = results
        return minima.compactMap { dimension, wanted in
            guard let result = results.first(where: { $0.dimension == dimension }) else { return nil }
            if result.isUnknown {
                return "coverage of \(dimension.rawValue) is unknown: a store does not know it; give the run's log"
            }
            guard let percent = result.percent, percent < wanted else { return nil }
            return "coverage of \(dimension.rawValue) is \(percent) %, and must be \(wanted) %"
        }
    }
}
