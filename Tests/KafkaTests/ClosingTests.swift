import Glibc
import Kafka
import Testing

@Suite struct ClosingTests {
    @Test(arguments: [1, 3]) func `clients leave no thread behind`(brokers: Int) async {
        await #expect(processExitsWith: .success) { [brokers] in
            let broker = try EmbeddedBroker(brokers: brokers)
            try broker.createTopics([(name: "t", partitions: 2)])
            let before = threads()
            for _ in 0..<3 {
                let (producer, consumer) = (try Producer(broker.settings), try Consumer(broker.settings))
                let (topic, same) = (try producer.topicHandle("t"), try consumer.topicHandle("t"))
                try consumer.assign([PartitionOffset(topic: same, partition: 1, offset: 0)])
                // One is read, one is left unread, and one is on its way when all is let go of.
                for _ in 0..<3 {
                    [UInt8(1)].withUnsafeBytes { producer.produce(topic: topic, key: nil, value: $0, partition: 1) }
                }
                _ = try producer.awaitDeliveries()
                #expect(try consumer.consume(exactly: 1) { _ in } == 1)
                [UInt8(1)].withUnsafeBytes { producer.produce(topic: topic, key: nil, value: $0, partition: 0) }
            }
            #expect(threads() == before)
            withExtendedLifetime(broker) {}
        }
    }
}

/// How many threads this process has, by the kernel's count.
private func threads() -> Int {
    guard let folder = opendir("/proc/self/task") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
}
