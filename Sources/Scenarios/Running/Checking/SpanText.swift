public import LifeEvents

/// A span of virtual time as a person says it: the largest unit that fits, with the next one where that says more.
public enum SpanText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000),
        ("s", 1_000), ("ms", 1),
    ]

    /// `6 w 2 d`, `3 h`, `1 min`, `0 min`.
    public static func text(_ span: VirtualDuration) -> String {
        let length = abs(span.milliseconds)
        let sign = span.milliseconds < 0 ? "−" : ""
        guard let at = units.firstIndex(where: { $0.milliseconds <= length }) else { return "0 min" }
        let whole = length / units[at].milliseconds
        var text = "\(sign)\(whole) \(units[at].name)"
        let rest = length - whole * units[at].milliseconds
        if units.indices.contains(at + 1), rest >= units[at + 1].milliseconds, whole < 10 {
            text += " \(rest / units[at + 1].milliseconds) \(units[at + 1].name)"
        }
        return text
    }

    /// `6 w`: the largest unit alone, rounded down.
    public static func short(_ span: VirtualDuration) -> String {
        text(span).split(separator: " ").prefix(2).joined(separator: " ")
    }
}

extension Instant {
    /// Local time in Stockholm without seconds: `2026-03-12 23:59`.
    public var toTheMinute: String { String(Stockholm.local(self).description.prefix(16)) }
}
