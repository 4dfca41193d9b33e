import Contracts
import Kafka

/// What a topic has on a cluster that keeps to its contract, as far as the cluster's size allows.
struct ContractSettings {
    let manifest: TopicManifest
    /// With the namespace.
    let name: String
    /// How many brokers the cluster has, from 1.
    let brokers: Int

    private static let millisecondsAnHour = 3_600_000

    /// How many brokers keep a copy.
    var replication: Int { min(manifest.replication, brokers) }

    /// Kafka's properties by name.
    var config: [(name: String, value: String)] {
        let config = manifest.config
        var settings: [(name: String, value: String)] = [
            ("cleanup.policy", config.cleanupPolicy.rawValue),
            // What others pack with zstd can unpack to 31,000 times its size; the broker packs it anew.
            ("compression.type", "lz4"),
            ("delete.retention.ms", Self.milliseconds(config.deleteRetentionHours)),
            ("max.compaction.lag.ms", "\(config.maximumCompactionLag)"),
            ("max.message.bytes", "\(TopicSettings(manifest: manifest, name: name).maximumBatchBytes)"),
            ("min.cleanable.dirty.ratio", Self.ratio(config.minimumCleanableDirtyRatioPercent)),
            ("min.compaction.lag.ms", "\(config.minimumCompactionLag)"),
            ("min.insync.replicas", "\(min(config.minimumInSyncReplicas, replication))"),
            ("retention.bytes", "\(config.retentionBytes)"),
            ("retention.ms", Self.milliseconds(config.retentionHours)),
            ("segment.ms", Self.milliseconds(config.segmentHours)),
        ]
        // -2 is Kafka's own: all that is kept lies on the brokers' disks. Another value needs tiered storage.
        if config.localRetentionHours != -2 {
            settings.append(("local.retention.ms", Self.milliseconds(config.localRetentionHours)))
        }
        if config.localRetentionBytes != -2 {
            settings.append(("local.retention.bytes", "\(config.localRetentionBytes)"))
        }
        return settings.sorted { $0.name < $1.name }
    }

    private static func milliseconds(_ hours: Int) -> String {
        guard hours >= 0 else { return "-1" }
        let (product, isTooMuch) = hours.multipliedReportingOverflow(by: millisecondsAnHour)
        return "\(isTooMuch ? .max : product)"
    }

    /// `0.5` for 50.
    private static func ratio(_ percent: Int) -> String { "\(Double(percent) / 100)" }
}
