public import LifeEvents

/// Why something is done: a message that the agency has handled, and the journey that it belongs to.
///
/// A case that keeps several things waiting for one timer keeps the cause of each beside it, and hands it to
/// ``Effects/publish(_:about:due:occurredOn:change:previous:cause:)`` when the timer fires. Only ``Effects/cause`` gives
/// a cause, so nothing can be said to be caused by a message that the agency has not handled.
public struct Cause: Codable, Hashable, Sendable {
    /// What becomes `causationid`.
    public let message: EventID
    /// What becomes `correlationid`.
    public let journey: EventID?

    package init(message: EventID, journey: EventID?) {
        self.message = message
        self.journey = journey
    }
}
