/// What a run log's first line says of a run.
public struct RunDescription: Sendable {
    /// `livsbuss` and its version.
    public var program: String
    /// The seed.
    public var seed: UInt64
    /// `embedded` or `cluster`.
    public var broker: String
    /// Partitions of each topic, where the run decides them.
    public var partitions: Int?
    /// Minutes between two possible instants.
    public var resolution: Int
    /// Other settings that are not as they are by default, by the names of their flags.
    public var settings: [String: String]
    /// Whether the run goes on from a store, so that what was before is known from the journal only.
    public var isResumed: Bool
    /// Whether another run of the same inputs gives the same digests, outsiders apart.
    public var isDeterministic: Bool
    /// Scenarios that are not played because they say so, with their reasons.
    public var skipped: [(scenario: String, reason: String)] = []

    /// A description by its parts.
    public init(
        program: String, seed: UInt64, broker: String, partitions: Int?, resolution: Int, settings: [String: String],
        isResumed: Bool, isDeterministic: Bool
    ) {
        self.program = program
        self.seed = seed
        self.broker = broker
        self.partitions = partitions
        self.resolution = resolution
        self.settings = settings
        self.isResumed = isResumed
        self.isDeterministic = isDeterministic
    }
}
