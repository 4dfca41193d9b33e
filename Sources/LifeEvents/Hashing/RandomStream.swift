/// A stream of random numbers with a name: the same name always gives the same numbers (SplitMix64, 2 ns a draw).
///
/// A handler gets its stream from the message it handles; nothing is carried from one handling to the next, so neither
/// order nor threads can change a draw.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream that starts in a given state.
    public init(state: UInt64) {
        self.state = state
    }

    /// The stream of a purpose within the handling of one message or timer.
    ///
    /// - Parameters:
    ///   - seed: the run's seed.
    ///   - agency: who handles.
    ///   - subject: whose case it is.
    ///   - purpose: what is drawn, so that a new draw in a handler leaves the others as they were.
    ///   - id: the message, or for a timer the id it hashes to.
    public init(seed: UInt64, agency: AgencyID, subject: Subject, purpose: some StringProtocol, id: EventID) {
        var hash = SipHash24(key: SipHash24.Key(seed, 0x6D61_6572_7473_2D72))
        agency.feed(&hash)
        hash.append(subject.rawValue)
        hash.append(field: purpose)
        hash.append(id.high)
        hash.append(id.low)
        state = hash.finalize()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// A number of 0 ..< `bound`, each equally likely. `bound` must be positive.
    public mutating func uniform(below bound: Int) -> Int {
        precondition(bound > 0, "a draw needs at least one possible result")
        let bound = UInt64(bound)
        // The high half of the product is the result; low halves under 2^64 mod bound would favour some results.
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let surplus = (0 &- bound) % bound
            while product.low < surplus {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return Int(product.high)
    }

    /// A number of 0 ..< 1 in steps of 2^-53.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A whole number of days from `min` to `max`, most likely about `mode`: the triangular distribution, rounded.
    ///
    /// One draw. Requires `min` ≤ `mode` ≤ `max`, all within ±2^50. Only exactly rounded operations are used, so the
    /// result is the same on every machine.
    public mutating func triangular(min: Int, mode: Int, max: Int) -> Int {
        precondition(min <= mode && mode <= max, "a triangular distribution needs min ≤ mode ≤ max")
        let draw = unit()
        guard min < max else { return min }
        let width = Double(max - min)
        let rise = Double(mode - min)
        let offset =
            draw * width < rise
            ? (draw * width * rise).squareRoot()
            : width - ((1 - draw) * width * (width - rise)).squareRoot()
        return min + Int(offset.rounded())
    }
}
