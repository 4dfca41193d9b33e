import JSON
import LifeEvents

/// What a dead letter says: the reason in our words, and the original.
struct DeadLetter: Codable, Equatable, Sendable {
    /// One sentence.
    var reason: String
    /// The topic on which the original stood.
    var topic: String
    /// The original value as text.
    var original: String

    static func type(of owner: Owner) -> EventType { EventType("\(owner).dead-letter.v1") }
}
