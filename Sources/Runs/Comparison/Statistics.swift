import LifeEvents

/// A mean with its uncertainty.
public struct Estimate: Sendable {
    /// The mean.
    public let mean: Double
    /// The ends of the interval that holds the mean with 95 %.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// Of how many.
    public let count: Int
    /// How many of them the horizon has cut off.
    public let censored: Int

    /// Half the interval.
    public var half: Double { (high - low) / 2 }

    /// The mean of some numbers, the interval by the normal approximation.
    static func mean(_ values: [Double], censored: Int = 0) -> Estimate? {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        var half = 0.0
        if values.count > 1 {
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            half = 1.959964 * (squares / (count - 1) / count).squareRoot()
        }
        return Estimate(mean: mean, low: mean - half, high: mean + half, count: values.count, censored: censored)
    }
}

/// The bias-corrected and accelerated bootstrap (Efron 1987) of a mean.
struct Bootstrap {
    /// How often the sample is drawn.
    static let draws = 2_000
    let low: Double
    let high: Double
    /// The chance of a mean as far from nothing, were there no difference; no less than one of the draws.
    let chance: Double

    /// - Parameter stream: where the draws come from; the same gives the same.
    init?(_ values: [Double], _ stream: RandomStream) {
        guard values.count > 1 else { return nil }
        var stream = stream
        let count = values.count
        let sum = values.reduce(0, +)
        let mean = sum / Double(count)
        var means: [Double] = []
        means.reserveCapacity(Self.draws)
        for _ in 0..<Self.draws {
            var drawn = 0.0
            for _ in 0..<count { drawn += values[stream.uniform(below: count)] }
            means.append(drawn / Double(count))
        }
        means.sort()
        // How many draws lie below the mean, those that equal it by half.
        let below = means.reduce(0.0) { $0 + ($1 < mean ? 1 : $1 == mean ? 0.5 : 0) }
        let share = min(max(below / Double(Self.draws), 1 / Double(Self.draws)), 1 - 1 / Double(Self.draws))
        let bias = Self.normalQuantile(share)
        // The acceleration comes of the mean without each value in turn.
        var (cubes, squares) = (0.0, 0.0)
        for value in values {
            let shift = mean - (sum - value) / Double(count - 1)
            cubes += shift * shift * shift
            squares += shift * shift
        }
        let scale = 6 * squares * squares.squareRoot()
        let acceleration = scale > 0 ? cubes / scale : 0
        func end(_ share: Double) -> Double {
            let z = bias + Self.normalQuantile(share)
            let moved = Self.normalShare(bias + z / (1 - acceleration * z))
            let place = Int((moved * Double(Self.draws)).rounded(.down))
            return means[min(max(place, 0), Self.draws - 1)]
        }
        (low, high) = (end(0.025), end(0.975))
        let beyond = Double(min(means.count { $0 <= 0 }, means.count { $0 >= 0 }))
        chance = min(1, 2 * max(beyond, 1) / Double(Self.draws))
    }

    /// The share of the normal distribution below a value (Abramowitz and Stegun 26.2.17, error under 7.5e-8).
    static func normalShare(_ z: Double) -> Double {
        let x = z.magnitude
        let t = 1 / (1 + 0.2316419 * x)
        let series =
            t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
        let tail = Self.density(x) * series
        return z >= 0 ? 1 - tail : tail
    }

    /// The value below which a share of the normal distribution lies, by bisection: no more is asked than what
    /// ``normalShare(_:)`` is exact to.
    static func normalQuantile(_ share: Double) -> Double {
        var (low, high) = (-9.0, 9.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if normalShare(middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The density.
    private static func density(_ x: Double) -> Double {
        0.3989422804014327 * Numeric.exponential(-x * x / 2)
    }
}
