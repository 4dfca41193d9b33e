/// A pattern made ready to be looked for in many texts: one table look-up for each scalar, no allocation.
///
/// The states a match can be in are counted out beforehand (the subset construction). A pattern with more than
/// ``maximumStates`` of them, or with more than ``maximumOpenSets`` different sets that tell scalars outside ASCII
/// apart, is matched step by step instead, which allocates; the answer is the same.
///
/// A class, for it is handed about with every text that is looked through: a structure would count the references to each of
/// its tables.
public final class TextSearch: Sendable {
    /// The most states that are counted out: a table of a few hundred kilobytes.
    public static let maximumStates = 1_000
    /// The most sets that are asked about a scalar outside ASCII: each doubles the classes of scalars.
    public static let maximumOpenSets = 4

    /// The pattern.
    public let regex: LinearRegex
    private let table: AutomatonStates?

    /// Prepares a search.
    public init(_ regex: LinearRegex) {
        self.regex = regex
        var builder = StateTableBuilder(regex.program)
        table = builder.build()
    }

    /// Whether a match needs no allocation.
    public var isCountedOut: Bool { table != nil }

    /// Whether the pattern matches some part of the text, which must be well-formed UTF-8.
    public func isFound(in text: UnsafeRawBufferPointer) -> Bool {
        if let table { return table.accepts(text) }
        return regex.matchesSomewhere(String(decoding: text, as: UTF8.self))
    }
}

/// States by classes of scalars.
struct AutomatonStates: Sendable {
    /// The class of each ASCII scalar.
    var asciiClasses: [UInt8]
    /// What is asked about other scalars; the answers are the bits of the class, above `asciiCount`.
    var openSets: [ScalarSet]
    var asciiCount: Int
    var classCount: Int
    /// The next state, by state and class.
    var next: [UInt16]
    var verdicts: [Verdict]

    /// What a state says of the text.
    enum Verdict: UInt8, Sendable {
        /// Nothing is decided.
        case open
        /// The text matches if it ends here.
        case acceptsAtEnd
        /// The text matches whatever follows.
        case accepts
        /// The text does not match whatever follows.
        case refuses
    }

    func accepts(_ text: UnsafeRawBufferPointer) -> Bool {
        // Each text of each message is looked through; what the table says of it lies within the table.
        next.withUnsafeBufferPointer { next in
            verdicts.withUnsafeBufferPointer { verdicts in
                asciiClasses.withUnsafeBufferPointer { accepts(text, next, verdicts, $0) }
            }
        }
    }

    private func accepts(
        _ text: UnsafeRawBufferPointer, _ next: UnsafeBufferPointer<UInt16>, _ verdicts: UnsafeBufferPointer<Verdict>,
        _ asciiClasses: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var state = 0
        var at = 0
        while at < text.count {
            switch verdicts[state] {
            case .accepts: return true
            case .refuses: return false
            case .open, .acceptsAtEnd: break
            }
            let byte = text[at]
            if byte < 0x80 {
                state = Int(next[state &* classCount &+ Int(asciiClasses[Int(byte)])])
                at &+= 1
                continue
            }
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            guard at &+ length <= text.count else { return false }
            var code = UInt32(byte) & (0x7F &>> UInt32(length))
            for place in 1..<length { code = code << 6 | UInt32(text[at &+ place] & 0x3F) }
            guard let scalar = Unicode.Scalar(code) else { return false }
            var kind = 0
            for bit in openSets.indices where openSets[bit].contains(scalar) { kind |= 1 << bit }
            state = Int(next[state &* classCount &+ asciiCount &+ kind])
            at &+= length
        }
        return verdicts[state] == .accepts || verdicts[state] == .acceptsAtEnd
    }
}
