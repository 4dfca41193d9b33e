internal import YAML

/// Reads `spec.config`, whose every key may be left out.
struct TopicConfigReader {
    private(set) var config = TopicConfig()
    /// What the file says, by key.
    let fields: KeyedNodes<YAMLNode>

    private static let keys = [
        "partitions", "replication", "minimumInSyncReplicas", "cleanupPolicy", "retentionHours", "retentionBytes",
        "localRetentionHours", "localRetentionBytes", "deleteRetentionHours", "segmentHours", "maxMessageBytes",
        "minCompactionLagMs", "maxCompactionLagMs", "minCleanableDirtyRatioPercent",
    ]
    /// nais's bound of hours.
    private static let mostHours = 2_147_483_648
    /// The values of the local retention that mean "as the whole".
    private static let asWhole = -2

    init(_ node: YAMLNode, _ findings: inout Findings) {
        fields = findings.fields(of: node, "spec.config", required: [], optional: Self.keys)
        number("partitions", in: 1...1_000_000, \.partitions, &findings)
        // Kafka counts replicas in sixteen bits.
        number("replication", in: 2...32_767, \.replication, &findings)
        number("minimumInSyncReplicas", in: 1...7, \.minimumInSyncReplicas, &findings)
        number("retentionHours", in: .min...Self.mostHours, \.retentionHours, &findings)
        number("retentionBytes", in: .min ... .max, \.retentionBytes, &findings)
        number("localRetentionHours", in: .min...Self.mostHours, \.localRetentionHours, &findings)
        number("localRetentionBytes", in: .min ... .max, \.localRetentionBytes, &findings)
        number("deleteRetentionHours", in: .min ... .max, \.deleteRetentionHours, &findings)
        number("segmentHours", in: 1...8_760, \.segmentHours, &findings)
        number("maxMessageBytes", in: 1...5_242_880, \.maximumMessageBytes, &findings)
        number("minCompactionLagMs", in: 0 ... .max, \.minimumCompactionLag, &findings)
        number("maxCompactionLagMs", in: 0 ... .max, \.maximumCompactionLag, &findings)
        if let policy = findings.choice(fields["cleanupPolicy"], "cleanupPolicy", as: CleanupPolicy.self) {
            config.cleanupPolicy = policy
        }
        readDirtyRatio(&findings)
        // Any negative number means without limit; Kafka's own is -1.
        config.retentionHours = max(config.retentionHours, -1)
        config.retentionBytes = max(config.retentionBytes, -1)
        checkBounds(&findings)
    }

    private mutating func number(
        _ key: String, in range: ClosedRange<Int>, _ path: WritableKeyPath<TopicConfig, Int>,
        _ findings: inout Findings
    ) {
        if let number = findings.number(fields[key], key, in: range) { config[keyPath: path] = number }
    }

    /// `50` or `"50%"`.
    private mutating func readDirtyRatio(_ findings: inout Findings) {
        let key = "minCleanableDirtyRatioPercent"
        guard let node = fields[key], let text = findings.text(node, key) else { return }
        let digits = text.last == "%" ? text.dropLast() : text[...]
        guard let percent = Int(digits), 1...100 ~= percent, String(percent) == digits else {
            return findings.add(node, "\(key) must be 1 to 100, as 50 or \"50%\", not '\(text)'")
        }
        config.minimumCleanableDirtyRatioPercent = percent
    }

    /// What holds between the settings.
    private func checkBounds(_ findings: inout Findings) {
        if config.minimumInSyncReplicas > config.replication,
            let node = fields["minimumInSyncReplicas"] ?? fields["replication"]
        {
            findings.add(
                node,
                "minimumInSyncReplicas \(config.minimumInSyncReplicas) is more than the \(config.replication) replicas "
                    + "there are")
        }
        if config.minimumCompactionLag > config.maximumCompactionLag,
            let node = fields["minCompactionLagMs"] ?? fields["maxCompactionLagMs"]
        {
            findings.add(node, "minCompactionLagMs is more than maxCompactionLagMs")
        }
        checkLocal("Hours", config.localRetentionHours, config.retentionHours, &findings)
        checkLocal("Bytes", config.localRetentionBytes, config.retentionBytes, &findings)
    }

    private func checkLocal(_ unit: String, _ local: Int, _ whole: Int, _ findings: inout Findings) {
        guard let node = fields["localRetention\(unit)"], local != Self.asWhole else { return }
        if config.cleanupPolicy != .delete {
            findings.add(node, "localRetention\(unit) cannot be set for a topic that is compacted")
        } else if whole >= 0, local >= whole {
            findings.add(node, "localRetention\(unit) must be less than retention\(unit), which is \(whole)")
        }
    }
}
