/// The record header that says that a record is the original of a dead letter, sent again by an operator.
///
/// By itself it means nothing: anybody can write it. A run believes it where its journal has the letter.
public struct RedriveHeader: Equatable, Sendable {
    /// The header's name.
    public static let name = "livsbuss-redriven"

    /// The dead letter's id, as it is written.
    public var letter: String
    /// Which redrive of the letter it is, from 1: an operator who insists sends the same letter another time.
    public var attempt: Int

    /// A header by its parts.
    public init(letter: String, attempt: Int) {
        self.letter = letter
        self.attempt = attempt
    }

    /// Reads a header's value; nil if it is none.
    public init?(_ value: [UInt8]) {
        guard let text = String(validating: value, as: UTF8.self) else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, !words[0].isEmpty, let attempt = Int(words[1]), attempt > 0 else { return nil }
        self.init(letter: String(words[0]), attempt: attempt)
    }

    /// The header's value.
    public var text: String { "\(letter) \(attempt)" }
}
