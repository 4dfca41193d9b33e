import Simulation
import Terminal

/// An original that is sent again.
struct RedrivenRecord {
    /// The letter it comes from.
    var letter: OperatorLetter
    /// The topic it stood on, without the namespace.
    var topic: String
    var key: [UInt8]?
    var headers: [OperatorLetter.Header]
    var value: [UInt8]
    /// Which redrive of the letter it is, from 1.
    var attempt: Int
    /// Whether the value is another than the original.
    var isEdited: Bool

    /// What the run's own records have for headers; a letter about one of them keeps none.
    private static let ownHeaders: [OperatorLetter.Header] = [
        ("content-type", Array("application/cloudevents+json; charset=UTF-8".utf8))
    ]

    /// The original of a letter as it stood on its topic, with one header more.
    /// - Parameter edited: what to send instead of the original value; nil: the value as it was.
    /// - Throws: ``Refusal`` for a letter whose original cannot be sent.
    init(_ letter: OperatorLetter, edited: [UInt8]?) throws(Refusal) {
        guard let topic = letter.topic else {
            throw Refusal(letter, "it is about a timer, and no message can be sent again")
        }
        guard let value = edited ?? letter.original else {
            throw Refusal(letter, "it does not hold the original, which was too large; give the value with --edit")
        }
        self.letter = letter
        self.topic = topic
        self.value = value
        isEdited = edited != nil && edited != letter.original
        attempt = letter.attempts + 1
        if letter.originalPlace == nil {
            // Whom a message of the run is about is its key.
            key = Array(letter.subject.utf8)
            headers = Self.ownHeaders
        } else {
            key = letter.key
            headers = letter.headers.filter { $0.name != RedriveHeader.name }
        }
        headers.append((RedriveHeader.name, Array(RedriveHeader(letter: letter.id, attempt: attempt).text.utf8)))
    }

    /// Why the original of a letter is not sent.
    struct Refusal: Error, CustomStringConvertible {
        let description: String

        init(_ letter: OperatorLetter, _ reason: String) {
            description = "\(letter.id): \(reason)".escapedLine
        }
    }
}
