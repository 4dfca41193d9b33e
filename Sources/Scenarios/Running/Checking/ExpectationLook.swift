public import LifeEvents

/// Which messages an expectation looked at: those that it was met by, or that it counted.
///
/// What no expectation looks at may be wrong, and the run is green all the same: a report tells it.
public struct ExpectationLook: Sendable, Equatable {
    /// The step's id, or `then`.
    public let step: String
    /// Where the expectation is written, `file:line:column`.
    public let place: String
    /// In the order in which they came.
    public let messages: [EventID]

    /// So many messages of one expectation are kept: one that counts thousands tells nothing more of each.
    public static let mostMessages = 256
}
