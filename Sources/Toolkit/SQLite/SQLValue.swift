/// A value in one of SQLite's five kinds, for the calls where convenience matters more than speed.
public enum SQLValue: Hashable, Sendable {
    /// No value.
    case null
    /// A whole number.
    case integer(Int64)
    /// A floating-point number; NaN is stored as NULL.
    case real(Double)
    /// Text.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByNilLiteral
{
    /// A whole number written in place.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// A floating-point number written in place.
    public init(floatLiteral value: Double) {
        self = .real(value)
    }

    /// Text written in place.
    public init(stringLiteral value: String) {
        self = .text(value)
    }

    /// NULL.
    public init(nilLiteral: ()) {
        self = .null
    }
}
