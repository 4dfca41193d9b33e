import Terminal

/// Why a text is not a value of an option or argument.
public struct ArgumentError: Error, Equatable, Sendable {
    /// One sentence for a human, without the name of the option, which the tool puts before it.
    public let message: String

    /// Makes an error of a sentence.
    public init(_ message: String) {
        self.message = message
    }
}

/// A type that a command line can hold values of.
///
/// ```swift
/// extension PersonNumber: ArgumentValue {
///     init(argument: String) throws(ArgumentError) {
///         guard let number = PersonNumber(argument) else {
///             throw ArgumentError("'\(argument)' is not a personnummer: write YYYYMMDD-NNNN.")
///         }
///         self = number
///     }
///     static var argumentPlaceholder: Self { PersonNumber.example }
/// }
/// ```
public protocol ArgumentValue {
    /// Reads the value from one word of the command line.
    init(argument: String) throws(ArgumentError)

    /// Any value at all. It stands in while the declarations are collected and after an error; no command runs with it.
    static var argumentPlaceholder: Self { get }

    /// What help calls a value of this type, unless the option says it better.
    static var argumentValueName: String { get }

    /// All texts that may be given; empty if they cannot be listed. Help and completion offer them.
    static var argumentChoices: [String] { get }

    /// The text that stands for this value, for help to show as the default.
    var argumentText: String { get }
}

extension ArgumentValue {
    /// `value`.
    public static var argumentValueName: String { "value" }
    /// None.
    public static var argumentChoices: [String] { [] }
    /// The value's description.
    public var argumentText: String { String(describing: self) }
}

/// A raw-value enum lists its cases and needs no code to conform.
extension ArgumentValue where Self: CaseIterable & RawRepresentable, RawValue: LosslessStringConvertible {
    /// Finds the case with this raw value.
    public init(argument: String) throws(ArgumentError) {
        guard let match = Self.allCases.first(where: { $0.argumentText == argument }) else {
            let choices = Self.argumentChoices
            throw ArgumentError(
                "'\(argument)' is not \(choices.alternatives)."
                    + question(SpellingGuess.nearest(to: argument, among: choices)))
        }
        self = match
    }

    /// The first case.
    public static var argumentPlaceholder: Self { allCases[allCases.startIndex] }
    /// The raw values of all cases.
    public static var argumentChoices: [String] { allCases.map(\.argumentText) }
    /// The raw value.
    public var argumentText: String { String(rawValue) }
}

extension Sequence<String> {
    /// The texts as a list in a sentence: `a, b or c`.
    var alternatives: String {
        var texts = Array(self)
        guard let last = texts.popLast(), !texts.isEmpty else { return joined() }
        return "\(texts.joined(separator: ", ")) or \(last)"
    }
}
