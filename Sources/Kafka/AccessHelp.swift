/// Says of a broker's refusal which right is missing, and the line that gives it.
struct AccessHelp: Sendable {
    private let servers: String
    private let group: String
    private let principal: String

    init(_ settings: KafkaSettings) {
        servers = settings.bootstrapServers
        group = settings.property("group.id") ?? KafkaSettings.defaultGroup
        principal = "User:" + (settings.property("sasl.username") ?? "NAME")
    }

    /// The error with the sentence at its end; other errors, and one that has it already, as they are.
    /// - Parameter operations: What was tried on a topic, by Kafka's names of operations.
    func explained(_ error: KafkaError, operations: [String] = AccessHelp.ofARun) -> KafkaError {
        guard let missing = missing(error, operations), !error.reason.contains(Self.tool) else { return error }
        var error = error
        error.reason +=
            "; \(missing.right) is missing, which an administrator gives with `\(Self.tool) --bootstrap-server "
            + "\(servers) --add --allow-principal \(principal) \(missing.arguments)`"
        return error
    }

    /// What a run does with its topics; one right alone would only lead to the next refusal.
    static let ofARun = ["Create", "Describe", "Read", "Write"]
    private static let tool = "kafka-acls"

    private func missing(_ error: KafkaError, _ operations: [String]) -> (right: String, arguments: String)? {
        switch error.code {
        case .groupAuthorization:
            ("the right to read with the group \(group)", "--operation Read --group \(group)")
        case .topicAuthorization:
            (
                "a right to \(error.topic.map { "the topic \($0)" } ?? "a topic")",
                operations.map { "--operation \($0) " }.joined() + "--topic \(error.topic ?? "NAME")"
            )
        case .clusterAuthorization:
            ("the right to write idempotently", "--operation IdempotentWrite --cluster")
        default: nil
        }
    }
}
