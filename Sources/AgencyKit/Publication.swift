public import LifeEvents

/// What a branch of an agency publishes: declared beside the rivers, since timers publish too and a handler's effects
/// are known only when it runs.
///
/// `livsbuss topics check` holds it against the access lists. It changes nothing in a run.
public struct Publication: Hashable, Sendable {
    /// The type.
    public let type: EventType
    /// The branch that writes; nil: the owner has none, and writes as a whole.
    package let branch: Branch?

    /// A declaration: `Publication(Birth.self, as: .folkbokforing)`.
    ///
    /// - Parameters:
    ///   - data: the event's data; annulments are of the type of what they annul.
    ///   - branch: the branch that writes; nil: the owner has none.
    public init<Data: LifeEvent>(_ data: Data.Type, as branch: Branch? = nil) {
        type = Data.type
        self.branch = branch
    }
}
