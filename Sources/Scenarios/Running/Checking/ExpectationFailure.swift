public import LifeEvents
import Terminal

/// An expectation that was not met, with what a tester needs to see why.
public struct ExpectationFailure: Sendable, Equatable {
    /// What kind of expectation it is.
    public let code: FailureCode
    /// The step's id, or `then`, `invariant` or `golden`.
    public let step: String
    /// Where it is written, `file:line:column`.
    public let place: String
    /// What was wanted and what came, one sentence.
    public let message: String
    /// The instant at which it was clear that it failed; nil if no instant decides.
    public let time: Instant?
    /// The closest messages with their first difference, the nearest first; or the messages that should not have come.
    public let nearest: [String]
    /// Whether ``nearest`` are messages that came, and not near misses.
    public let isWitnessed: Bool
    /// What is expected, value by value, beside what the nearest says; empty where nothing came near.
    public let compared: [ComparedValue]

    /// A failure by its parts; what they quote of messages is escaped, so that it is harmless wherever it is shown.
    public init(
        _ code: FailureCode, step: String, place: String, message: String, time: Instant?, nearest: [String] = [],
        isWitnessed: Bool = false, compared: [ComparedValue] = []
    ) {
        self.code = code
        self.step = step
        self.place = place.escapedLine
        self.message = message.escapedLine
        self.time = time
        self.nearest = nearest.map(\.escapedLine)
        self.isWitnessed = isWitnessed
        self.compared = compared
    }
}
