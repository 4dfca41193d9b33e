extension String: ArgumentValue {
    /// Takes any text, also none.
    public init(argument: String) {
        self = argument
    }

    /// No text.
    public static var argumentPlaceholder: String { "" }
    /// `text`.
    public static var argumentValueName: String { "text" }
}

extension ArgumentValue where Self: FixedWidthInteger {
    /// Reads a decimal whole number.
    public init(argument: String) throws(ArgumentError) {
        if let value = Self(argument) {
            self = value
            return
        }
        let digits =
            argument.utf8.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } ?? false
            ? argument.dropFirst() : argument[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw ArgumentError("'\(argument)' is not a whole number.")
        }
        throw ArgumentError("\(argument) is not between \(Self.min) and \(Self.max).")
    }

    /// Zero.
    public static var argumentPlaceholder: Self { 0 }
    /// `number`.
    public static var argumentValueName: String { "number" }
}

extension Int: ArgumentValue {}
extension Int32: ArgumentValue {}
extension Int64: ArgumentValue {}
extension UInt16: ArgumentValue {}
extension UInt64: ArgumentValue {}

extension Double: ArgumentValue {
    /// Reads a decimal number; infinity and not-a-number are refused.
    public init(argument: String) throws(ArgumentError) {
        guard let value = Double(argument), value.isFinite else {
            throw ArgumentError("'\(argument)' is not a number.")
        }
        self = value
    }

    /// Zero.
    public static var argumentPlaceholder: Double { 0 }
    /// `number`.
    public static var argumentValueName: String { "number" }
    /// The number, without the decimal point if it is whole.
    public var argumentText: String {
        Int64(exactly: self).map(String.init) ?? String(self)
    }
}

extension Bool: ArgumentValue {
    /// Reads `true`, `yes` or `on`; `false`, `no` or `off`.
    public init(argument: String) throws(ArgumentError) {
        switch argument {
        case "true", "yes", "on": self = true
        case "false", "no", "off": self = false
        default: throw ArgumentError("'\(argument)' is neither true nor false.")
        }
    }

    /// `false`.
    public static var argumentPlaceholder: Bool { false }
    /// `true` and `false`, which help shows; `yes`, `no`, `on` and `off` are understood too.
    public static var argumentChoices: [String] { ["true", "false"] }
}
