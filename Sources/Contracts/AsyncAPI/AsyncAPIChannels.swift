internal import LifeEvents

/// Channels and operations.
extension AsyncAPIBuilder {
    private static let millisecondsAnHour = 3_600_000
    static let bindingVersion = "0.5.0"

    func channel(_ topic: TopicManifest) -> DocumentValue {
        let names = names(on: topic).flatMap { [$0, CloudEventParts.binary($0)] }
        return .members([
            ("address", .string(topic.name)),
            (
                "messages",
                .members(names.map { ($0, .reference("#/components/messages/\($0)")) })
            ),
            ("title", .string("\(topic.titleEnglish) / \(topic.titleSwedish)")),
            ("servers", .array([.reference("#/servers/\(Self.server)")])),
            ("tags", tags(topic)),
            ("bindings", .members([("kafka", binding(topic))])),
            ("x-title-sv", .string(topic.titleSwedish)),
            ("x-title-en", .string(topic.titleEnglish)),
            (
                "x-livsbuss",
                .members([
                    ("owner", .string(topic.owner.description)),
                    ("class", .string(topic.informationClass.rawValue)),
                    ("purposes", .strings(topic.purposes)),
                    ("legal-basis", topic.legalBasis.map { .string($0) }),
                    ("readers", topic.namedReaders.isEmpty ? nil : .strings(topic.namedReaders)),
                ])
            ),
        ])
    }

    private func tags(_ topic: TopicManifest) -> DocumentValue {
        let names =
            [topic.owner.description, "class:\(topic.informationClass.rawValue)"]
            + topic.purposes.map { "purpose:\($0)" }
        return .array(names.map { .members([("name", .string($0))]) })
    }

    private func binding(_ topic: TopicManifest) -> DocumentValue {
        let config = topic.config
        let policies = config.cleanupPolicy.rawValue.split(separator: ",").map(String.init)
        func milliseconds(_ hours: Int) -> DocumentValue {
            .int(hours < 0 ? -1 : hours.multipliedReportingOverflow(by: Self.millisecondsAnHour).partialValue)
        }
        return .members([
            ("topic", .string(topic.name)), ("partitions", .int(config.partitions)),
            ("replicas", .int(config.replication)),
            (
                "topicConfiguration",
                .members([
                    ("cleanup.policy", .strings(policies)),
                    ("retention.ms", milliseconds(config.retentionHours)),
                    ("retention.bytes", .int(config.retentionBytes)),
                    ("delete.retention.ms", milliseconds(config.deleteRetentionHours)),
                    ("max.message.bytes", .int(config.maximumMessageBytes)),
                ])
            ),
            ("bindingVersion", .string(Self.bindingVersion)),
        ])
    }

    // MARK: - Operations

    /// What each row of each access list lets a branch do, by the topic's name and in the list's order.
    var operations: [DocumentValue.Member] {
        catalogue.topics.flatMap { topic in
            topic.access.flatMap { rule -> [DocumentValue.Member] in
                var found: [DocumentValue.Member] = []
                if rule.access.allowsWriting {
                    found += operation("send", rule, topic, names(on: topic))
                }
                if rule.access.allowsReading {
                    found += operation("receive", rule, topic, names(on: topic).filter { isRead($0, rule) })
                }
                return found
            }
        }
    }

    /// Whether a type's own list of readers, where it has one, leaves the branch its right to read the topic.
    private func isRead(_ name: String, _ rule: AccessRule) -> Bool {
        guard let readers = types.first(where: { $0.type.name == name })?.readers else { return true }
        return readers.contains { $0.party.matches(rule) }
    }

    private func operation(
        _ action: String, _ rule: AccessRule, _ topic: TopicManifest, _ names: [String]
    ) -> [DocumentValue.Member] {
        // A topic without a type of this version has no message to name, and then all of its messages are meant.
        if names.isEmpty, !self.names(on: topic).isEmpty { return [] }
        let titles = catalogue.titles(team: rule.team, application: rule.application)
        let isSent = action == "send"
        // Whoever may write may use either mode; what agencies of this bus write is structured.
        let messages = names.flatMap { [$0, CloudEventParts.binary($0)] }
        let value = DocumentValue.members([
            ("action", .string(action)),
            ("channel", .reference("#/channels/\(topic.name)")),
            ("title", .string("\(titles.english) \(isSent ? "says" : "hears"): \(topic.titleEnglish)")),
            ("summary", .string("\(titles.swedish) \(isSent ? "lämnar" : "får"): \(topic.titleSwedish)")),
            ("tags", .array([.members([("name", .string(rule.team))])])),
            (
                "messages",
                messages.isEmpty
                    ? nil : .array(messages.map { .reference("#/channels/\(topic.name)/messages/\($0)") })
            ),
            (
                "x-livsbuss",
                .members([("team", .string(rule.team)), ("application", .string(rule.application))])
            ),
        ])
        return [.init("\(rule.team).\(rule.application).\(action).\(topic.name)", value)]
    }
}
