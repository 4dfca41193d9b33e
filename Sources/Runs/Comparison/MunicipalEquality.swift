import LifeEvents

/// How unequal municipalities are: how long the slow ones take beside the fast ones.
public struct MunicipalEquality: Sendable {
    /// The mean days of a line in the municipality below which nine tenths are, over that below which one tenth is.
    public let plain: Double
    /// The same, each municipality counted by its inhabitants.
    public let byPeople: Double
    /// How many municipalities.
    public let count: Int

    /// Below so many lives a municipality's mean says nothing.
    static let fewestLives = 30

    /// Nil for one municipality, or too few lives in one.
    init?(_ days: [Double?], _ homes: [String]) {
        var sums: [String: (sum: Double, count: Int)] = [:]
        for (home, value) in zip(homes, days) {
            guard let value else { continue }
            sums[home, default: (0, 0)].sum += value
            sums[home, default: (0, 0)].count += 1
        }
        guard sums.count > 1, sums.allSatisfy({ $0.value.count >= Self.fewestLives }) else { return nil }
        let means = sums.map { (mean: $0.value.sum / Double($0.value.count), home: $0.key) }
            .sorted { ($0.mean, $0.home) < ($1.mean, $1.home) }
        func ratio(_ weight: (String) -> Double) -> Double? {
            let total = means.reduce(0) { $0 + weight($1.home) }
            func at(_ share: Double) -> Double {
                var seen = 0.0
                for one in means {
                    seen += weight(one.home)
                    if seen >= share * total { return one.mean }
                }
                return means[means.count - 1].mean
            }
            return at(0.1) > 0 ? at(0.9) / at(0.1) : nil
        }
        let byPeople = ratio { home in
            Double(Int(home).flatMap { Municipalities.municipality($0)?.population } ?? 1)
        }
        guard let plain = ratio({ _ in 1 }), let byPeople else { return nil }
        (self.plain, self.byPeople, count) = (plain, byPeople, means.count)
    }
}
