public import LifeEvents

/// What became of one event at one river of one agency.
public struct RiverReport: Sendable {
    /// The agency that heard.
    public var agency: AgencyID
    /// The rule's name.
    public let river: String
    /// Where the rule stands.
    public let file: StaticString
    /// Where the rule stands.
    public let line: Int
    /// What became of it.
    public var outcome: RiverOutcome
    /// In which case of the run; -1 for none.
    public let world: Int32
    /// The predecessor for which the case keeps the event; nil: it waits for nothing.
    public let awaits: EventID?

    /// A report by its parts.
    public init(
        agency: AgencyID, river: String, file: StaticString, line: Int, outcome: RiverOutcome, world: Int32 = -1,
        awaits: EventID? = nil
    ) {
        self.world = world
        self.awaits = awaits
        self.agency = agency
        self.river = river
        self.file = file
        self.line = line
        self.outcome = outcome
    }
}
