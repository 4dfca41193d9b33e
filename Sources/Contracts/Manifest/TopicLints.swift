internal import YAML

/// What is allowed and yet unwise: told by `topics check`, of the folder of contracts and of manifests from outside.
enum TopicLints {
    /// Kafka's own advice: one copy can be lost, and a write still waits for two.
    static let leastReplicas = 3

    /// A sentence for each, with the setting it is about.
    static func complaints(about config: TopicConfig, class informationClass: InformationClass?) -> [(Setting, String)]
    {
        var found: [(Setting, String)] = []
        if config.replication < leastReplicas {
            found.append(
                (
                    .replication,
                    "\(config.replication) replicas: one broker that is down for maintenance leaves a single copy; "
                        + "use \(leastReplicas) or more"
                ))
        }
        if config.minimumInSyncReplicas == config.replication {
            found.append(
                (
                    .replication,
                    "minimumInSyncReplicas is all \(config.replication) replicas: one broker that is down stops all "
                        + "writes"
                ))
        }
        if config.minimumInSyncReplicas < 2 {
            found.append(
                (
                    .replication,
                    "minimumInSyncReplicas \(config.minimumInSyncReplicas): what one broker alone has taken is lost "
                        + "with it"
                ))
        }
        if informationClass.map({ $0 > .c1 }) ?? true, isKeptForEver(config) {
            found.append(
                (
                    .retention,
                    "personal data (class \(informationClass?.rawValue ?? "not said")) is kept for ever; write down "
                        + "when it goes (GDPR article 5.1 e)"
                ))
        }
        return found
    }

    /// Which setting a complaint is about.
    enum Setting {
        case replication, retention
    }

    static func add(to findings: inout Findings, _ reading: NaisReading) {
        guard let config = reading.configNode else { return }
        let informationClass = reading.annotations[ManifestNotes.prefix + "class"]?.scalar
            .flatMap { InformationClass(rawValue: $0) }
        for (setting, sentence) in complaints(about: reading.config, class: informationClass) {
            let key = setting == .replication ? "replication" : "retentionHours"
            findings.add(reading.configFields[key] ?? config, sentence)
        }
    }

    /// A compacted topic keeps the newest of each key whatever the retention says; without limits nothing goes.
    private static func isKeptForEver(_ config: TopicConfig) -> Bool {
        config.cleanupPolicy == .compact || config.retentionHours < 0
    }
}
