import LifeEvents
public import Planes
import Scenarios

/// How the difference of two planes hangs on what is assumed.
public struct Sensitivity: Sendable {
    /// One number by half and half again.
    public struct Swing: Sendable {
        /// The number.
        public let number: AssumedNumber
        /// The difference by metric key with half the number.
        public let low: [String: Double]
        /// With half again.
        public let high: [String: Double]
    }

    /// How many lives each of it is played with.
    public let lives: Int
    /// The difference as it is, with as many lives.
    public let base: [String: Double]
    /// All numbers.
    public let swings: [Swing]
    /// The differences of worlds in which all numbers are other ones at once (Latin hypercube).
    public let worlds: [[String: Double]]

    /// The share of those worlds in which the difference has the sign that it has.
    public func signHolds(_ key: String) -> Double {
        guard let own = base[key], !worlds.isEmpty else { return 0 }
        let count = worlds.count { world in world[key].map { own > 0 ? $0 > 0 : $0 < 0 } ?? false }
        return Double(count) / Double(worlds.count)
    }

    /// The numbers by how far each moves a difference, the farthest first.
    public func ranked(_ key: String) -> [(number: AssumedNumber, low: Double, high: Double)] {
        swings.map { swing in (swing.number, swing.low[key] ?? 0, swing.high[key] ?? 0) }
            .filter { $0.1 != $0.2 || $0.1 != base[key] }
            .sorted { (-width($0.1, $0.2), $0.0.place, $0.0.name) < (-width($1.1, $1.2), $1.0.place, $1.0.name) }
    }

    private func width(_ low: Double, _ high: Double) -> Double { (high - low).magnitude }

    /// The first number that moves a difference by more than itself; nil: none does.
    public func decides(_ key: String) -> AssumedNumber? {
        guard let own = base[key] else { return nil }
        return ranked(key).first { _, low, high in
            max((low - own).magnitude, (high - own).magnitude) > own.magnitude
        }?.number
    }
}

extension ComparisonRun {
    /// How many lives each point is played with.
    private static let fewLives = 60
    /// How many worlds have all numbers other ones.
    private static let points = 100

    /// Plays the first and the last plane with each number by half and half again, and with all of them moved at once.
    /// - Throws: as ``play()``.
    func sensitivity(_ templates: [InstanceTemplate]) throws -> Sensitivity? {
        guard planes.count > 1, let first = planes.first, let last = planes.last else { return nil }
        var few = self
        few.settings.lives = Self.fewLives
        let right = try few.pass(.bus, templates)
        let base = try few.passes([first, last], templates)
        func difference(_ pair: [[LifeRecord]]) -> [String: Double] {
            let lives = few.measured(pair, of: [first, last], right: right, templates).lives
            var found: [String: Double] = [:]
            for key in Set(lives.joined().flatMap(\.values.keys)).sorted() {
                let pairs = zip(lives[0], lives[1]).compactMap { before, after in
                    before.values[key].flatMap { before in after.values[key].map { $0 - before } }
                }
                if !pairs.isEmpty { found[key] = pairs.reduce(0, +) / Double(pairs.count) }
            }
            return found
        }
        func played(_ factors: [AssumedNumber: Double]) throws -> [String: Double] {
            let own = [first, last].map { plane in
                let known = Set(plane.assumedNumbers)
                return factors.filter { known.contains($0.key) }
            }
            let moved = own.indices.filter { !own[$0].isEmpty }
            let records = try few.passes(moved.map { [first, last][$0].scaled(own[$0]) }, templates)
            var pair = base
            for (place, number) in moved.enumerated() { pair[number] = records[place] }
            return difference(pair)
        }
        let numbers = Set(first.assumedNumbers + last.assumedNumbers).sorted {
            ($0.place, $0.name) < ($1.place, $1.name)
        }
        let swings = try numbers.map { number in
            Sensitivity.Swing(number: number, low: try played([number: 0.5]), high: try played([number: 1.5]))
        }
        let worlds = try Self.hypercube(numbers, seed: settings.seed).map { try played($0) }
        return Sensitivity(lives: Self.fewLives, base: difference(base), swings: swings, worlds: worlds)
    }

    /// Worlds in which each number has a factor of its own from 0.5 to 1.5, each tenth of a per cent of the range once.
    static func hypercube(_ numbers: [AssumedNumber], seed: UInt64) -> [[AssumedNumber: Double]] {
        var worlds: [[AssumedNumber: Double]] = Array(repeating: [:], count: points)
        for number in numbers {
            let name = "\(number.place) \(number.name)"
            let nobody = Subject(seed: seed, scenario: "", case: "", name: name)
            var stream = RandomStream(
                seed: seed, agency: .livsbuss, subject: nobody, purpose: "hypercube",
                occasion: Occasion(correlation: nil, subject: nobody, type: name, change: nil, occurredAt: nil))
            var order = Array(0..<points)
            for place in (1..<points).reversed() { order.swapAt(place, stream.uniform(below: place + 1)) }
            for world in 0..<points {
                worlds[world][number] = 0.5 + (Double(order[world]) + stream.unit()) / Double(points)
            }
        }
        return worlds
    }
}
