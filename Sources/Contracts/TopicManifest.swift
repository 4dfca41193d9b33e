public import LifeEvents

/// The contract of one topic: how Kafka stores it, who may read and write it, and by which law.
public struct TopicManifest: Hashable, Sendable {
    /// What Kafka and nais take for a record's largest size when a manifest says nothing, in bytes.
    public static let defaultMaximumMessageBytes = 1_048_588

    /// Who owns the contract.
    public let owner: Owner
    /// The name in Kafka: `skatteverket.birth.v1`.
    public let name: String
    /// The number of partitions, 1 to 1,000,000.
    public let partitions: Int
    /// How many brokers keep a copy, at least 2.
    public let replication: Int
    /// How many copies a write waits for, 1 to ``replication``.
    public let minimumInSyncReplicas: Int
    /// How long a record is kept, in hours; -1 for ever.
    public let retentionHours: Int
    /// The largest batch of records, which is also the bound of one record, in bytes; at most 5,242,880.
    public let maximumMessageBytes: Int
    /// What happens to old records.
    public let cleanupPolicy: CleanupPolicy
    /// The access list in the file's order, no team and application twice.
    public let access: [AccessRule]
    /// How much harm a leak could do.
    public let informationClass: InformationClass
    /// What the data may be used for, in the file's order; never empty. With more than one a message has to say which.
    public let purposes: [String]
    /// The law that lets the data flow (*lagrum*), in Swedish; nil where nobody has found it yet.
    public let legalBasis: String?
    /// What the topic is about, in Swedish.
    public let titleSwedish: String
    /// What the topic is about, in English.
    public let titleEnglish: String
    /// The manifest's path, as the catalogue's folder was given.
    public let file: String

    /// A manifest with every part given; nothing is checked.
    public init(
        owner: Owner, name: String, partitions: Int, replication: Int, minimumInSyncReplicas: Int = 2,
        retentionHours: Int, maximumMessageBytes: Int = defaultMaximumMessageBytes,
        cleanupPolicy: CleanupPolicy = .delete, access: [AccessRule], informationClass: InformationClass,
        purposes: [String], legalBasis: String? = nil, titleSwedish: String, titleEnglish: String, file: String
    ) {
        self.owner = owner
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.minimumInSyncReplicas = minimumInSyncReplicas
        self.retentionHours = retentionHours
        self.maximumMessageBytes = maximumMessageBytes
        self.cleanupPolicy = cleanupPolicy
        self.access = access
        self.informationClass = informationClass
        self.purposes = purposes
        self.legalBasis = legalBasis
        self.titleSwedish = titleSwedish
        self.titleEnglish = titleEnglish
        self.file = file
    }

    /// Whether a branch may read the topic. Looks at each row.
    public func mayRead(team: String, application: String) -> Bool {
        access.contains { $0.team == team && $0.application == application && $0.access.allowsReading }
    }

    /// Whether a branch may write the topic. Looks at each row.
    public func mayWrite(team: String, application: String) -> Bool {
        access.contains { $0.team == team && $0.application == application && $0.access.allowsWriting }
    }
}
