public import LifeEvents
import Planes

/// One journey, lived by the same people in several planes.
public struct JourneyComparison: Sendable {
    /// The paired difference of a metric, the last plane's less the first's.
    public struct Difference: Sendable {
        /// The mean over lives, with its interval by the bootstrap.
        public let estimate: Estimate
        /// Whether it is real, by the rule, as far as it was asked; a short text.
        public let verdict: String
        /// Whether it stands.
        public let stands: Bool
    }

    /// The first message that a reader learns at different times.
    public struct Parting: Sendable {
        /// When it was said.
        public let said: Instant
        /// The message's type.
        public let type: String
        /// Who learns it.
        public let reader: String
        /// How, by plane: the instant it is known, or nil, and the row.
        public let ways: [(plane: String, known: Instant?, row: String)]
    }

    /// The scenario's name.
    public let journey: String
    /// The planes, in the order in which they were asked for.
    public let planes: [String]
    /// How many lives.
    public let lives: Int
    /// When the journey begins, and the end of all planes alike.
    public let begins: Instant
    /// The end of all planes alike.
    public let horizon: Instant
    /// The metrics, in the order of a table.
    public let metrics: [Metric]
    /// By plane and metric key.
    public let estimates: [[String: Estimate]]
    /// By metric key.
    public let differences: [String: Difference]
    /// By plane and metric key, a value for each life; nil: the metric does not arise in it.
    public let values: [[String: [Double?]]]
    /// Where planes part; nil: nowhere in the first life.
    public let parting: Parting?
    /// How the differences hang on what is assumed; nil: it was not asked.
    public let sensitivity: Sensitivity?
    /// Planes other than the first whose numbers are all those of the first.
    public let equalPlanes: [String]
    /// The municipality of each life; empty texts: it is as the file has it.
    public let homes: [String]
    /// By plane: how unequal municipalities are; nil: there is one, or too few lives in each.
    public let equality: [MunicipalEquality?]
    /// What each plane does not bring about.
    public let findings: [ComparisonFinding]
    /// By plane: each message of each life as a line of JSON; empty: they were not kept.
    public let messages: [[UInt8]]

    init(
        _ journey: String, planes: [String], begins: Instant, horizon: Instant, tiles: [String],
        lives: [[(values: [String: Double], censored: Set<String>)]], homes: [String] = [], parting: Parting?,
        seed: UInt64,
        sensitivity: Sensitivity? = nil, messages: [[UInt8]] = [], findings: [ComparisonFinding] = []
    ) {
        self.sensitivity = sensitivity
        self.findings = findings
        self.messages = messages
        self.homes = homes
        self.journey = journey
        self.planes = planes
        self.lives = lives.first?.count ?? 0
        self.begins = begins
        self.horizon = horizon
        self.parting = parting
        let all = Metric.all(tiles: tiles)
        metrics = all.filter { metric in lives.contains { $0.contains { $0.values[metric.key] != nil } } }
        var (values, estimates): ([[String: [Double?]]], [[String: Estimate]]) = ([], [])
        for plane in lives {
            var own: [String: [Double?]] = [:]
            var estimated: [String: Estimate] = [:]
            for metric in all {
                let column = plane.map { $0.values[metric.key] }
                own[metric.key] = column
                estimated[metric.key] = Estimate.mean(
                    column.compactMap(\.self), censored: plane.count { $0.censored.contains(metric.key) })
            }
            values.append(own)
            estimates.append(estimated)
        }
        self.values = values
        equality = values.map { MunicipalEquality($0[Metric.daysMean.key] ?? [], homes) }
        self.estimates = estimates
        differences = Self.differences(values, metrics, seed, sensitivity)
        equalPlanes = planes.indices.dropFirst().filter { values[$0] == values[0] }.map { planes[$0] }
    }

    // MARK: - Differences

    /// The fewest pairs of which the rule says anything.
    static let fewestPairs = 100

    private static func differences(
        _ values: [[String: [Double?]]], _ metrics: [Metric], _ seed: UInt64, _ sensitivity: Sensitivity?
    ) -> [String: Difference] {
        guard values.count > 1, let first = values.first, let last = values.last else { return [:] }
        var found: [(metric: Metric, pairs: [Double], bootstrap: Bootstrap?)] = []
        for metric in metrics {
            let pairs = zip(first[metric.key] ?? [], last[metric.key] ?? []).compactMap { before, after in
                before.flatMap { before in after.map { $0 - before } }
            }
            let isEqual = pairs.allSatisfy { $0 == 0 }
            let nobody = Subject(seed: seed, scenario: "", case: "", name: metric.key)
            let stream = RandomStream(
                seed: seed, agency: .livsbuss, subject: nobody, purpose: "bootstrap",
                occasion: Occasion(
                    correlation: nil, subject: nobody, type: metric.key, change: nil, occurredAt: nil))
            found.append((metric, pairs, isEqual ? nil : Bootstrap(pairs, stream)))
        }
        // Holm 1979: the least chance is held against 5 % of all, the next of all but one, and so on.
        let asked = found.filter { $0.bootstrap != nil }.sorted {
            ($0.bootstrap?.chance ?? 1, $0.metric.key) < ($1.bootstrap?.chance ?? 1, $1.metric.key)
        }
        var byChance: Set<String> = []
        for (place, one) in asked.enumerated() {
            guard (one.bootstrap?.chance ?? 1) <= 0.05 / Double(asked.count - place) else {
                byChance.formUnion(asked[place...].map(\.metric.key))
                break
            }
        }
        var differences: [String: Difference] = [:]
        for (metric, pairs, bootstrap) in found {
            guard let mean = Estimate.mean(pairs) else { continue }
            let estimate = Estimate(
                mean: mean.mean, low: bootstrap?.low ?? mean.mean, high: bootstrap?.high ?? mean.mean,
                count: pairs.count, censored: 0)
            let (verdict, stands) = verdict(
                metric, estimate, bootstrap, sensitivity, isChance: byChance.contains(metric.key))
            differences[metric.key] = Difference(estimate: estimate, verdict: verdict, stands: stands)
        }
        return differences
    }

    private static func verdict(
        _ metric: Metric, _ estimate: Estimate, _ bootstrap: Bootstrap?, _ sensitivity: Sensitivity?,
        isChance: Bool
    ) -> (String, Bool) {
        guard bootstrap != nil else { return ("no difference", false) }
        guard estimate.count >= fewestPairs else { return ("not asked: under \(fewestPairs) lives", false) }
        guard !isChance, estimate.low > 0 || estimate.high < 0 else { return ("no: may be chance", false) }
        guard estimate.mean.magnitude >= metric.worth else {
            return ("no: under \(NumberText.short(metric.worth)) \(metric.unit)", false)
        }
        guard let sensitivity else { return (metric.caution ?? "stands (1, 3)", true) }
        if let number = sensitivity.decides(metric.key) {
            return ("depends on \(number.title) (\(number.place))", false)
        }
        let holds = sensitivity.signHolds(metric.key)
        guard holds >= 0.95 else {
            return ("no: the sign holds in \(NumberText.fixed(100 * holds, 0)) % of worlds", false)
        }
        return (metric.caution.map { "yes; \($0)" } ?? "yes", true)
    }
}

/// Numbers as tables and files write them, the same on every machine.
public enum NumberText {
    /// With so many decimals, rounded to the nearest, ties away from zero.
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = Int64((value.magnitude * scale).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// Two figures that count, more for large numbers.
    public static func short(_ value: Double) -> String {
        switch value.magnitude {
        case 10...: fixed(value, 0)
        case 0.95...: fixed(value, 1)
        default: value == 0 ? "0" : fixed(value, 2)
        }
    }
}
