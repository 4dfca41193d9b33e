import Kafka
import Terminal

extension ContractPlan {
    /// The plan, a line or more for each topic and right: `+` what is made, `~` what is altered.
    var text: String {
        var text = ""
        for topic in created {
            text += "+ \(topic.name)  \(counted(topic.partitions, "partition")), "
            text += topic.replication == 1 ? "1 copy\n" : "\(topic.replication) copies\n"
            text += "    \(topic.config.map { "\($0.name)=\($0.value)" }.joined(separator: " "))\n"
        }
        for topic in altered {
            text += "~ \(topic.topic)\n"
            if let (old, new) = topic.partitions { text += "    partitions \(old) → \(new)\n" }
            for setting in topic.config { text += "    \(setting.name) \(setting.old) → \(setting.new)\n" }
        }
        for right in granted { text += "+ \(right.told)\n" }
        return text + summary + "\n"
    }

    private var summary: String {
        isEmpty
            ? "the cluster keeps to the contracts: there is nothing to do"
            : "\(counted(created.count, "topic")) to make, \(altered.count) to alter, "
                + "\(counted(granted.count, "right")) to give; nothing is deleted"
    }

    /// Carries the plan out; what fails leaves what was done before it. Rights go first, since a cluster without an
    /// authorizer refuses them, and a topic may have rights before it is there.
    func carryOut(_ admin: Admin) throws {
        try admin.grant(granted)
        for result in try admin.createTopics(created, timeout: .seconds(60)) {
            if case .failed(let error) = result.outcome { throw error }
        }
        try admin.createPartitions(
            altered.compactMap { topic in topic.partitions.map { (name: topic.topic, total: $0.new) } })
        try admin.alterTopicConfigs(
            altered.filter { !$0.config.isEmpty }.map { topic in
                (name: topic.topic, config: topic.config.map { (name: $0.name, value: $0.new) })
            })
    }
}
