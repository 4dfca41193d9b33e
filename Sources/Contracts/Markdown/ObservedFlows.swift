public import LifeEvents

/// How often runs showed that an owner's agencies said or heard a type.
public struct ObservedFlows: Sendable {
    /// Messages of a type that agencies of an owner said.
    public struct Publication: Sendable {
        /// The type.
        public let type: EventType
        /// Whose agencies.
        public let owner: Owner
        /// How many messages.
        public let count: Int

        /// A publication by its parts.
        public init(type: EventType, owner: Owner, count: Int) {
            self.type = type
            self.owner = owner
            self.count = count
        }
    }

    /// Messages of a type that a rule of an owner's agencies was offered.
    public struct Delivery: Sendable {
        /// The type.
        public let type: EventType
        /// Whose agencies.
        public let owner: Owner
        /// The rule; nil where only the owner is known.
        public let rule: String?
        /// How many messages it looked at.
        public let delivered: Int
        /// On how many it acted.
        public let handled: Int

        /// A delivery by its parts.
        public init(type: EventType, owner: Owner, rule: String?, delivered: Int, handled: Int) {
            self.type = type
            self.owner = owner
            self.rule = rule
            self.delivered = delivered
            self.handled = handled
        }
    }

    /// What was said, in the order in which it is told.
    public let publications: [Publication]
    /// What was heard, in the order in which it is told.
    public let deliveries: [Delivery]
    /// Where it was seen, to be told: paths of logs and stores.
    public let runs: [String]

    /// What runs showed.
    public init(publications: [Publication], deliveries: [Delivery], runs: [String]) {
        self.publications = publications
        self.deliveries = deliveries
        self.runs = runs
    }

    /// How many messages of a type agencies of an owner said.
    func said(_ type: EventType, by owner: Owner) -> Int {
        publications.filter { $0.type == type && $0.owner == owner }.reduce(0) { $0 + $1.count }
    }

    /// How often a rule was offered a type and acted; where no rule is known, how often its owner did.
    func heard(_ reading: DeclaredReading) -> (delivered: Int, handled: Int) {
        deliveries.filter {
            $0.type == reading.type && $0.owner == reading.party.owner && ($0.rule ?? reading.rule) == reading.rule
        }.reduce((delivered: 0, handled: 0)) { ($0.delivered + $1.delivered, $0.handled + $1.handled) }
    }
}
