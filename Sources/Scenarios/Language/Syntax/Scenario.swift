public import LifeEvents

/// A scenario file that was read without errors: what holds at the start, what happens, and what must come of it.
///
/// Everything in it has been checked against the rest of the file: persons are declared, steps exist, times resolve.
public struct Scenario: Sendable {
    /// Its name; persons' keys are made from it.
    public let name: Located<String>
    /// The version of the language, 1.
    public let version: Int
    /// The instant at which virtual time begins.
    public let start: Located<Instant>
    /// The persons, in the file's order.
    public let citizens: [Citizen]
    /// The agencies that take part, in the file's order.
    public let agencies: [PlayedAgency]
    /// What held before the start, in the file's order.
    public let facts: [OpeningFact]
    /// The steps, in the file's order.
    public let steps: [Step]
    /// What citizens must see at the end, in the file's order.
    public let finalTiles: [FinalTile]
    /// When the run ends; nil means after the last step or deadline.
    public let until: TimeExpression?
    /// The instants of the steps and of the end.
    public let timeline: Timeline
}

/// A person of a scenario.
public struct Citizen: Sendable {
    /// The name that other parts of the file use.
    public let name: Located<String>
    /// Whether the person has a key but is not born at the start.
    public let isUnborn: Bool
    /// The date of birth, from `born` or from the personal number, which is itself not kept.
    public let born: Day?
}

/// An agency that takes part in a scenario.
public struct PlayedAgency: Sendable {
    /// Who plays the agency.
    public enum Part: String, Sendable, CaseIterable {
        /// This run plays it.
        case simulated
        /// It hears everything and never acts.
        case silent
        /// Another program plays it, over the bus.
        case external
    }

    /// The agency.
    public let id: Located<AgencyID>
    /// Who plays it.
    public let part: Part
}

/// Something that held before the start, and is published at the start by the agency that knows it.
public struct OpeningFact: Sendable {
    /// The message type.
    public let type: Located<String>
    /// Whom it is about.
    public let subject: Located<String>
    /// The agency that publishes it.
    public let source: AgencyID
    /// When it began to hold; nil if the file does not say.
    public let occurred: TimeExpression?
    /// The payload, a map.
    public let data: DataNode
    /// The whole entry.
    public let span: SourceSpan
}

/// A tile that a citizen must see when the run ends.
public struct FinalTile: Sendable {
    /// Whose tile it is.
    public let holder: Located<String>
    /// Its name, as `child-benefit`.
    public let tile: Located<String>
    /// Whose row is meant; nil: there is a row, and every agency's row of that name has the code.
    public let agency: Located<AgencyID>?
    /// `U1` to `U11`.
    public let code: Located<String>
}
