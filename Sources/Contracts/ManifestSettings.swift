internal import YAML

/// The part of a manifest that Kafka carries out. What it leaves out has nais's default, except the retention: how
/// long personal data is kept has to be somebody's decision.
struct ManifestSettings {
    let partitions: Int
    let replication: Int
    let minimumInSyncReplicas: Int
    let retentionHours: Int?
    let maximumMessageBytes: Int
    let cleanupPolicy: CleanupPolicy

    /// Settings of nais that the bus has no use for, with the range nais allows.
    private static let others: KeyValuePairs<String, ClosedRange<Int>> = [
        "deleteRetentionHours": .min ... .max, "localRetentionBytes": .min ... .max,
        "localRetentionHours": .min...2_147_483_648, "maxCompactionLagMs": 0 ... .max,
        "minCompactionLagMs": 0 ... .max, "retentionBytes": .min ... .max, "segmentHours": 1...8_760,
    ]

    init(_ node: YAMLNode, _ findings: inout Findings) {
        let fields = findings.fields(
            of: node, "spec.config", required: ["retentionHours"],
            optional: [
                "partitions", "replication", "minimumInSyncReplicas", "maxMessageBytes", "cleanupPolicy",
                "minCleanableDirtyRatioPercent",
            ] + Self.others.map(\.key))
        partitions = findings.number(fields["partitions"], "partitions", in: 1...1_000_000) ?? 1
        replication = findings.number(fields["replication"], "replication", in: 2...32_767) ?? 3
        retentionHours = Self.readRetention(fields["retentionHours"], &findings)
        maximumMessageBytes =
            findings.number(fields["maxMessageBytes"], "maxMessageBytes", in: 1...5_242_880)
            ?? TopicManifest.defaultMaximumMessageBytes
        cleanupPolicy =
            findings.choice(fields["cleanupPolicy"], "cleanupPolicy", as: CleanupPolicy.self) ?? .delete
        minimumInSyncReplicas =
            findings.number(fields["minimumInSyncReplicas"], "minimumInSyncReplicas", in: 1...7) ?? 2
        if minimumInSyncReplicas > replication, let node = fields["minimumInSyncReplicas"] {
            findings.add(
                node,
                "minimumInSyncReplicas \(minimumInSyncReplicas) is more than the \(replication) replicas there are")
        }
        for (key, range) in Self.others { _ = findings.number(fields[key], key, in: range) }
        _ = findings.text(fields["minCleanableDirtyRatioPercent"], "minCleanableDirtyRatioPercent")
    }

    private static func readRetention(_ node: YAMLNode?, _ findings: inout Findings) -> Int? {
        let hours = findings.number(node, "retentionHours", in: -1...2_147_483_648)
        guard let node, hours == 0 else { return hours }
        findings.add(node, "retentionHours 0 would keep nothing; write -1 to keep records for ever")
        return nil
    }
}
