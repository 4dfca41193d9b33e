/// Functions by their series: exactly rounded operations only, so the same on every machine, which libm's are not.
public enum Numeric {
    /// e to a power; powers beyond ±700 are taken as those.
    public static func exponential(_ power: Double) -> Double {
        // e^y = (e^(y/2^k))^(2^k); the series converges fast for what is small.
        var (small, doublings) = (min(max(power, -700), 700), 0)
        while small.magnitude > 0.5 {
            small /= 2
            doublings += 1
        }
        var (term, sum) = (1.0, 1.0)
        for n in 1...20 {
            term *= small / Double(n)
            sum += term
        }
        for _ in 0..<doublings { sum *= sum }
        return sum
    }

    /// The natural logarithm of a number of at least 1.
    public static func logarithm(_ value: Double) -> Double {
        precondition(value >= 1, "logarithms are asked of numbers from 1")
        // ln(m·2^k) = ln m + k ln 2, and ln m = 2 artanh((m − 1)/(m + 1)).
        var (part, power) = (value, 0.0)
        while part > 1.5 {
            part /= 2
            power += 1
        }
        let ratio = (part - 1) / (part + 1)
        var (term, sum) = (ratio, 0.0)
        for n in 0..<30 {
            sum += term / Double(2 * n + 1)
            term *= ratio * ratio
        }
        return 2 * sum + power * 0.6931471805599453
    }
}
