import Contracts
import Kafka
import Terminal

/// What would have to be done to a cluster so that it keeps to the contracts. Nothing is ever deleted.
struct ContractPlan {
    /// What is different about a topic that is there.
    struct Alteration {
        let topic: String
        /// How many partitions it has and is to have; nil: it has enough.
        var partitions: (old: Int, new: Int)?
        /// The properties that differ.
        var config: [(name: String, old: String, new: String)] = []
    }

    private(set) var created: [NewTopic] = []
    private(set) var altered: [Alteration] = []
    private(set) var granted: [AccessRight] = []
    /// What is told and cannot or will not be changed, each a sentence.
    private(set) var notes: [String] = []

    var isEmpty: Bool { created.isEmpty && altered.isEmpty && granted.isEmpty }

    /// Compares a cluster with contracts.
    /// - Parameters:
    ///   - configs: the properties of the topics that are there, by topic and name.
    init(_ topics: [ContractSettings], _ metadata: ClusterMetadata, configs: [String: [String: String]]) {
        for topic in topics {
            guard let found = metadata.topic(topic.name) else {
                created.append(
                    NewTopic(
                        name: topic.name, partitions: topic.manifest.partitions, replication: topic.replication,
                        config: topic.config))
                continue
            }
            compare(topic, found, configs[topic.name])
        }
        let small = topics.filter { $0.replication < $0.manifest.replication }
        if let first = small.first {
            notes.append(
                "the cluster has \(counted(first.brokers, "broker")), so \(counted(small.count, "topic")), as "
                    + "\(first.name), can have fewer copies than the \(first.manifest.replication) of the contract")
        }
    }

    private mutating func compare(
        _ topic: ContractSettings, _ found: ClusterMetadata.Topic, _ properties: [String: String]?
    ) {
        var alteration = Alteration(topic: topic.name)
        let (has, wants) = (found.partitions.count, topic.manifest.partitions)
        if has < wants { alteration.partitions = (has, wants) }
        if has > wants {
            notes.append(
                "\(topic.name) has \(has) partitions and its contract \(wants): Kafka cannot take any away, and the "
                    + "topic stays as it is")
        }
        let copies = found.partitions.map(\.replicas.count).min() ?? 0
        if copies < topic.replication {
            notes.append(
                "\(topic.name) is kept by \(counted(copies, "broker")) and is to be kept by \(topic.replication): moving "
                    + "partitions between brokers is left to kafka-reassign-partitions")
        }
        if let properties {
            for (name, value) in topic.config where !Self.isSame(properties[name], value) {
                alteration.config.append((name, properties[name] ?? "unset", value))
            }
        } else {
            notes.append("the properties of \(topic.name) may not be seen by this user, and stay as they are")
        }
        if alteration.partitions != nil || !alteration.config.isEmpty { altered.append(alteration) }
    }

    /// Adds what is to be told.
    mutating func note(_ sentence: String) { notes.append(sentence) }

    private static func isSame(_ old: String?, _ new: String) -> Bool {
        guard let old, old != new else { return old == new }
        guard let one = Double(old), let other = Double(new) else { return false }
        return one == other && Int(old) == nil
    }

    // MARK: - Rights

    /// Adds the rights that the access lists give and the cluster does not.
    /// - Parameters:
    ///   - prefix: what stands before each name of a principal, `User:`.
    ///   - known: the rights that are there.
    mutating func addRights(_ topics: [ContractSettings], prefix: String, known: Set<AccessRight>) {
        var wanted: [AccessRight] = []
        var groups: [AccessRight] = []
        for topic in topics {
            for rule in topic.manifest.access {
                let name = Self.name(of: rule)
                let principal = prefix + name
                if rule.access.allowsReading {
                    wanted.append(.init(principal: principal, operation: .read, resource: .topic(topic.name)))
                    // With the full stop, since one name may begin another.
                    let group = AccessRight(
                        principal: principal, operation: .read, resource: .groups(prefix: "\(name)."))
                    if !groups.contains(group) { groups.append(group) }
                }
                if rule.access.allowsWriting {
                    wanted.append(.init(principal: principal, operation: .write, resource: .topic(topic.name)))
                }
            }
        }
        granted = (wanted + groups).filter { !known.contains($0) }
        let names = Set(topics.map(\.name))
        let surplus = known.filter { right in
            guard case .topic(let name) = right.resource else { return false }
            return names.contains(name) && !wanted.contains(right)
        }
        notes += surplus.map { "\($0.told): no row of a contract gives this right, and it stays" }.sorted()
    }

    /// `kommun-forskola`; the owner alone where it reads as a whole. Owners have no hyphen, so no two are alike.
    static func name(of rule: AccessRule) -> String {
        rule.application == rule.team ? rule.team : "\(rule.team)-\(rule.application)"
    }
}

extension AccessRight {
    /// `User:region may read skatteverket.birth.v1`
    var told: String {
        switch resource {
        case .topic(let name): "\(principal) may \(operation.rawValue) \(name)"
        case .groups(let prefix): "\(principal) may \(operation.rawValue) with the groups \(prefix)*"
        }
    }
}
