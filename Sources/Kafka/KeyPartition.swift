/// Which partition a key's records go to: the one that Java's producer, and librdkafka's `murmur2_random`, choose.
public enum KeyPartition {
    /// The partition, from 0, of a key on a topic with this many partitions, from 1.
    public static func of(_ key: UnsafeRawBufferPointer, partitions: Int) -> Int32 {
        precondition(partitions > 0, "a topic has at least one partition")
        // Java clears the sign and then takes the rest.
        return Int32(clamping: Int(murmur2(key) & 0x7fff_ffff) % partitions)
    }

    /// MurmurHash2 by Austin Appleby for 32 bits, with the seed that Kafka uses.
    static func murmur2(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash = UInt32(0x9747_b28c) ^ UInt32(truncatingIfNeeded: bytes.count)
        var place = 0
        while place + 4 <= bytes.count {
            var word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            word = word &* multiplier
            word ^= word >> 24
            hash = hash &* multiplier ^ word &* multiplier
            place += 4
        }
        if place < bytes.count {
            var rest: UInt32 = 0
            for index in (place..<bytes.count).reversed() { rest = rest << 8 | UInt32(bytes[index]) }
            hash = (hash ^ rest) &* multiplier
        }
        hash = (hash ^ hash >> 13) &* multiplier
        return hash ^ hash >> 15
    }
}

/// A topic that has another number of partitions than a producer was told.
public struct PartitionChange: Hashable, Sendable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// How many partitions the producer writes to.
    public let before: Int
    /// How many there are; 0 if the topic is gone.
    public let now: Int

    /// A change by its parts.
    public init(topic: String, before: Int, now: Int) {
        self.topic = topic
        self.before = before
        self.now = now
    }

    /// One sentence.
    public var description: String {
        let found = now == 0 ? "is gone" : "has now \(now) partition\(now == 1 ? "" : "s")"
        return "topic \(topic) \(found), the run began with \(before)"
    }
}
