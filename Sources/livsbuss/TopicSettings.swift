import Contracts
import Kafka

/// What a topic of a run is made with on a cluster, and what is wrong with one that was there before.
struct TopicSettings {
    /// A batch of one record is larger than its value: 61 bytes of the batch's header, some 20 of the record's, our one
    /// header of 60 and a key of at most 200. A contract bounds the value, Kafka the batch.
    static let recordOverheadBytes = 1_024

    let manifest: TopicManifest
    /// With the run's namespace.
    let name: String

    /// Kafka's `max.message.bytes`.
    var maximumBatchBytes: Int { manifest.maximumMessageBytes + Self.recordOverheadBytes }

    /// The topic, as far as the cluster's size allows. Whatever the manifest says of keeping, a run's topics keep all: a
    /// run is never finished with a record before it ends.
    func newTopic(partitions: Int?, brokers: Int) -> NewTopic {
        let replication = min(manifest.replication, max(brokers, 1))
        return NewTopic(
            name: name, partitions: partitions ?? manifest.partitions, replication: replication,
            config: [
                ("cleanup.policy", "delete"), ("retention.ms", "-1"), ("retention.bytes", "-1"),
                ("max.message.bytes", "\(maximumBatchBytes)"),
                ("min.insync.replicas", "\(min(manifest.minimumInSyncReplicas, replication))"),
                // What others pack with zstd can unpack to 31,000 times its size; the broker packs it anew.
                ("compression.type", "lz4"),
            ])
    }

    /// What is wrong with the topic as it is on the cluster, each a sentence's end after the topic's name.
    func complaints(about properties: [String: String]) -> [String] {
        var found: [String] = []
        if let limit = properties["max.message.bytes"].flatMap({ Int($0) }), limit < maximumBatchBytes {
            found.append(
                "takes batches of at most \(limit) bytes, and its contract allows messages that need \(maximumBatchBytes): "
                    + "a larger one will be refused (max.message.bytes)")
        }
        if let policy = properties["cleanup.policy"], policy != "delete" {
            found.append(
                "is compacted, so records may vanish before a killed run is resumed (cleanup.policy=\(policy))")
        }
        if let packing = properties["compression.type"], Self.unboundedPacking.contains(packing) {
            found.append(
                "lets others pack with zstd what unpacks to 31,000 times its size, so that a small record can take much "
                    + "memory (compression.type=\(packing); lz4 does not)")
        }
        return found
    }

    /// Kafka's values for "as it came" and for the one codec whose ratio has no useful bound.
    private static let unboundedPacking: Set = ["producer", "zstd"]
}
