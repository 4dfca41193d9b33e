public import LifeEvents

/// What somebody means to file when she sees a tile: a step of a scenario that answers one.
public struct Intention: Sendable {
    /// The message that the scenario would publish at the step's time.
    public let message: EventID
    /// The step.
    public let step: String
    /// Who must see the tile.
    public let holder: Subject
    /// The tile's name.
    public let tile: String
    /// The code.
    public let code: String
    /// Whose row is meant; nil: any agency's.
    public let agency: AgencyID?
    /// The step's time: it is not done before.
    public let at: Instant
    /// The type of what is filed.
    public let type: String
    /// Whom it is about.
    public let subject: Subject
    /// What it says, as JSON.
    public let data: [UInt8]
    /// When it happened; nil: when it is filed.
    public let occurredAt: Instant?
    /// The journey.
    public let journey: EventID?

    /// An intention by its parts.
    public init(
        message: EventID, step: String, holder: Subject, tile: String, code: String, agency: AgencyID?, at: Instant,
        type: String, subject: Subject, data: [UInt8], occurredAt: Instant?, journey: EventID?
    ) {
        self.message = message
        self.step = step
        self.holder = holder
        self.tile = tile
        self.code = code
        self.agency = agency
        self.at = at
        self.type = type
        self.subject = subject
        self.data = data
        self.occurredAt = occurredAt
        self.journey = journey
    }
}
