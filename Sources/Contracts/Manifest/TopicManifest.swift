public import LifeEvents

/// The contract of one topic: how Kafka stores it, who may read and write it, and by which law.
public struct TopicManifest: Hashable, Sendable {
    /// Who owns the contract.
    public let owner: Owner
    /// The name in Kafka: `skatteverket.birth.v1`.
    public let name: String
    /// What Kafka carries out.
    public let config: TopicConfig
    /// The access list in the file's order, no team and application twice.
    public let access: [AccessRule]
    /// How much harm a leak could do.
    public let informationClass: InformationClass
    /// What the data may be used for, in the file's order; never empty. With more than one a message has to say which.
    public let purposes: [String]
    /// The law that lets the data flow (*lagrum*), in Swedish; nil where nobody has found it yet.
    public let legalBasis: String?
    /// The readers that a topic of class C4 or C5 names once more, `team/application`, beside its owner and the bus.
    public let namedReaders: [String]
    /// What the topic is about, in Swedish.
    public let titleSwedish: String
    /// What the topic is about, in English.
    public let titleEnglish: String
    /// The manifest's path, as the catalogue's folder was given.
    public let file: String

    /// A manifest with every part given; nothing is checked.
    public init(
        owner: Owner, name: String, config: TopicConfig, access: [AccessRule], informationClass: InformationClass,
        purposes: [String], legalBasis: String? = nil, namedReaders: [String] = [], titleSwedish: String,
        titleEnglish: String, file: String
    ) {
        self.owner = owner
        self.name = name
        self.config = config
        self.access = access
        self.informationClass = informationClass
        self.purposes = purposes
        self.legalBasis = legalBasis
        self.namedReaders = namedReaders
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

extension TopicManifest {
    /// The number of partitions, 1 to 1,000,000.
    public var partitions: Int { config.partitions }
    /// How many brokers keep a copy, at least 2.
    public var replication: Int { config.replication }
    /// How many copies a write waits for, 1 to ``replication``.
    public var minimumInSyncReplicas: Int { config.minimumInSyncReplicas }
    /// How long a record is kept, in hours; -1 for ever.
    public var retentionHours: Int { config.retentionHours }
    /// The largest batch of records, which is also the bound of one record, in bytes; at most 5,242,880.
    public var maximumMessageBytes: Int { config.maximumMessageBytes }
    /// What happens to old records.
    public var cleanupPolicy: CleanupPolicy { config.cleanupPolicy }
}
