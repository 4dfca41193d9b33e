/// A span of virtual time in milliseconds. Arithmetic traps beyond ±292 million years.
public struct VirtualDuration: Hashable, Comparable, Sendable {
    /// The span; may be negative.
    public var milliseconds: Int64

    /// A span of `milliseconds`.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// No time at all.
    public static let zero = VirtualDuration(milliseconds: 0)

    /// `count` milliseconds.
    @inlinable
    public static func milliseconds(_ count: Int64) -> VirtualDuration { VirtualDuration(milliseconds: count) }

    /// `count` seconds.
    @inlinable
    public static func seconds(_ count: Int64) -> VirtualDuration { VirtualDuration(milliseconds: count * 1_000) }

    /// `count` minutes.
    @inlinable
    public static func minutes(_ count: Int64) -> VirtualDuration { VirtualDuration(milliseconds: count * 60_000) }

    /// `count` hours.
    @inlinable
    public static func hours(_ count: Int64) -> VirtualDuration { VirtualDuration(milliseconds: count * 3_600_000) }

    /// `count` times 24 hours; a calendar day in Stockholm may have 23 or 25, see ``Day/adding(days:)``.
    @inlinable
    public static func days(_ count: Int64) -> VirtualDuration { VirtualDuration(milliseconds: count * 86_400_000) }

    /// The shorter span first.
    @inlinable
    public static func < (left: VirtualDuration, right: VirtualDuration) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The sum of two spans.
    @inlinable
    public static func + (left: VirtualDuration, right: VirtualDuration) -> VirtualDuration {
        VirtualDuration(milliseconds: left.milliseconds + right.milliseconds)
    }

    /// The difference of two spans.
    @inlinable
    public static func - (left: VirtualDuration, right: VirtualDuration) -> VirtualDuration {
        VirtualDuration(milliseconds: left.milliseconds - right.milliseconds)
    }

    /// The span `count` times over.
    @inlinable
    public static func * (span: VirtualDuration, count: Int64) -> VirtualDuration {
        VirtualDuration(milliseconds: span.milliseconds * count)
    }

    /// The span backwards.
    @inlinable
    public static prefix func - (span: VirtualDuration) -> VirtualDuration {
        VirtualDuration(milliseconds: -span.milliseconds)
    }
}

extension VirtualDuration: Codable {
    /// Reads one number of milliseconds.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes one number of milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension VirtualDuration: CustomStringConvertible {
    /// For a person to read: `2d 3h 1m 0.250s`, `-15m`, `0s`.
    public var description: String {
        var rest = milliseconds.magnitude
        var parts: [String] = []
        for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)] as [(String, UInt64)] {
            if rest >= size { parts.append("\(rest / size)\(unit)") }
            rest %= size
        }
        if rest % 1_000 != 0 {
            parts.append("\(rest / 1_000).\(String(1_000 + rest % 1_000).dropFirst())s")
        } else if rest > 0 || parts.isEmpty {
            parts.append("\(rest / 1_000)s")
        }
        return (milliseconds < 0 ? "-" : "") + parts.joined(separator: " ")
    }
}
