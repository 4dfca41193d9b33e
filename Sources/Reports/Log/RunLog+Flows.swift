import LifeEvents

/// How often agencies said and heard each type in runs.
public struct RunFlows: Sendable {
    /// Messages of a type that an agency said.
    public struct Publication: Hashable, Sendable {
        /// The type.
        public let type: String
        /// The agency's id, or `outside`.
        public let source: String
    }

    /// Messages of a type that a rule of an agency was offered.
    public struct Delivery: Hashable, Sendable {
        /// The type.
        public let type: String
        /// The agency's id.
        public let agency: String
        /// The rule; empty where only a store tells of the run, which knows agencies and not rules.
        public let rule: String
    }

    /// How often a rule was offered a type, and how often it acted.
    public struct Counts: Equatable, Sendable {
        /// How many messages the rule looked at.
        public internal(set) var delivered = 0
        /// On how many it acted.
        public internal(set) var handled = 0
    }

    private var said: [Publication: Int] = [:]
    private var heard: [Delivery: Counts] = [:]

    /// Of no run yet.
    public init() {}

    /// Who said what and how often, by type and agency.
    public var publications: [(publication: Publication, count: Int)] {
        said.map { (publication: $0.key, count: $0.value) }.sorted {
            ($0.publication.type, $0.publication.source) < ($1.publication.type, $1.publication.source)
        }
    }

    /// Who heard what and how often, by type, agency and rule.
    public var deliveries: [(delivery: Delivery, counts: Counts)] {
        heard.map { (delivery: $0.key, counts: $0.value) }.sorted {
            ($0.delivery.type, $0.delivery.agency, $0.delivery.rule)
                < ($1.delivery.type, $1.delivery.agency, $1.delivery.rule)
        }
    }

    /// Adds a run. A delivery of a message that the log does not have counts for nothing.
    public mutating func add(_ log: RunLog) {
        for world in log.worlds + [log.outside] {
            var types: [EventID: String] = [:]
            for message in world.messages {
                types[message.id] = message.type
                said[Publication(type: message.type, source: message.source), default: 0] += 1
            }
            for delivery in world.deliveries {
                guard let type = types[delivery.message] else { continue }
                let key = Delivery(type: type, agency: delivery.agency, rule: delivery.river)
                heard[key, default: Counts()].delivered += 1
                if delivery.outcome == .handled { heard[key, default: Counts()].handled += 1 }
            }
        }
    }
}
