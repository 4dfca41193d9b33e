import JSON
import LifeEvents

/// What a dead letter says: the reason in our words, and the original.
struct DeadLetter: Codable, Equatable, Sendable {
    /// One sentence.
    var reason: String
    /// The topic on which the original stood; nil: it was no message but a timer.
    var topic: String?
    /// The original value as text; of a timer what is known of it, as JSON.
    var original: String

    /// The type of an owner's dead letters.
    static func type(of owner: Owner) -> EventType { EventType("\(owner).dead-letter.v1") }
}

/// What is known of a timer whose handler threw: the `original` of its dead letter.
struct LostTimer: Codable, Equatable, Sendable {
    var timer: String
    var agency: String
    var subject: Subject
    var due: Instant
    /// The message that set it.
    var setter: EventID
}
