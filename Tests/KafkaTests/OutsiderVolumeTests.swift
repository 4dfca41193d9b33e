import Foundation
import Kafka
import Synchronization
import Testing

/// What others write in mass or in bulk, on the embedded broker.
@Suite struct OutsiderVolumeTests {
    @Test(arguments: [(40, 900_000), (12, 4_000_000), (60, 300_000)])
    func `a position that the log no longer holds is told, and reading goes on at what is there`(
        count: Int, size: Int
    ) throws {
        let harness = try Harness(topics: 2, properties: [("compression.codec", "none")])
        for index in 0..<count { harness.produce(Array(repeating: UInt8(truncatingIfNeeded: index), count: size)) }
        harness.produce([7], to: 1)
        harness.produce([9])
        _ = try harness.producer.awaitDeliveries()
        try harness.assignAll()
        var (told, sizes, ends, gaps): ([Interruption], [Int], [[UInt8]], [OffsetGap]) = ([], [], [], [])
        while ends.count < 2 {
            let batch = try harness.consumer.poll(upTo: 1_000, timeout: .seconds(30))
            #expect(!batch.isEmpty || !batch.interruptions.isEmpty)
            batch.forEach { record in
                let length = record.value?.count ?? 0
                if length == 1 { ends.append(Array(record.value!)) } else { sizes.append(length) }
            }
            gaps += batch.gaps
            for interruption in batch.interruptions {
                #expect(harness.consumer.takeErrors().contains { $0.code == .offsetReset })
                try harness.consumer.goOn(after: interruption)
                #expect(!harness.consumer.takeErrors().contains { $0.code == .offsetReset })
            }
            told += batch.interruptions
        }
        let marks = try Admin(harness.broker.settings).watermarks(of: TopicPartition("topic-0.v1", 0))
        #expect(told.map(\.position) == [0])
        #expect(told.map(\.next) == [marks.low])
        #expect(told.first?.cause == .outOfRange(first: marks.low, end: Int64(count) + 1))
        #expect(told.first?.name == "topic-0.v1")
        #expect(sizes == Array(repeating: size, count: count - Int(marks.low)))
        #expect(Set(ends) == [[7], [9]])
        #expect(gaps.isEmpty, "what was passed over is told once")
    }

    @Test func `a request larger than a partition is refused at the door, and the log stays`() throws {
        let said = Mutex<[String]>([])
        let harness = try Harness()
        harness.produce([1])
        _ = try harness.producer.awaitDeliveries()
        // An outsider, whose own limit is higher.
        let settings = KafkaSettings(
            bootstrapServers: harness.broker.bootstrapServers,
            properties: [("compression.codec", "none"), ("message.timeout.ms", "500")])
        KafkaLog.setHandler { line in said.withLock { $0.append(line.text) } }
        defer { KafkaLog.setHandler(KafkaLog.print) }
        let outsider = try Producer(settings)
        let topic = try outsider.topicHandle("topic-0.v1")
        Array(repeating: UInt8(1), count: 6_000_000).withUnsafeBytes {
            outsider.produce(topic: topic, key: nil, value: $0)
        }
        #expect(try outsider.awaitDeliveries().failures.count == 1)
        try harness.assignAll()
        #expect(try harness.consume(1).map(\.value) == [[1]])
        let lines = said.withLock { $0 }
        #expect(lines.contains { $0.contains("is refused: the embedded broker takes at most 5242880") }, "\(lines)")
        #expect(!lines.contains { $0.contains("Protocol parse failure for Produce") })
    }

    @Test(arguments: ["lz4", "gzip", "snappy"])
    func `large records come one at a time, whatever they were packed into`(codec: String) throws {
        let harness = try Harness()
        let settings = KafkaSettings(
            bootstrapServers: harness.broker.bootstrapServers, properties: [("compression.codec", codec)])
        let outsider = try Producer(settings)
        let topic = try outsider.topicHandle("topic-0.v1")
        let value = Array(repeating: UInt8(0), count: 15_000_000)
        for index in 0..<20 {
            Array("key \(index)".utf8).withUnsafeBytes { key in
                value.withUnsafeBytes { outsider.produce(topic: topic, key: key, value: $0, header: Harness.header) }
            }
        }
        #expect(try outsider.awaitDeliveries().failures.isEmpty)
        try harness.assignAll()
        // The first may come with others, as nothing is known of sizes; then what is asked for follows what came.
        var counts: [Int] = []
        var (seen, next): (Int, Int64) = (0, 0)
        while seen < 20 {
            let batch = try harness.consumer.poll(upTo: 10_000, timeout: .seconds(30))
            for interruption in batch.interruptions {
                // Snappy packs so little that the log holds few of them.
                next = interruption.next
                seen += Int(next)
                try harness.consumer.goOn(after: interruption)
            }
            guard !batch.isEmpty else { continue }
            counts.append(batch.count)
            batch.forEach { record in
                #expect(record.offset == next)
                #expect(record.value?.count == value.count)
                #expect(record.key?.elementsEqual("key \(record.offset)".utf8) == true)
                #expect(record.header(named: "content-type") != nil)
                next += 1
            }
            seen += batch.count
        }
        #expect(counts.allSatisfy { $0 <= 6 }, "\(counts)")
        #expect(counts.dropFirst().allSatisfy { $0 <= 2 }, "\(counts)")
    }

    @Test func `a batch that unpacks to too much is told and passed, and what follows is read`() throws {
        let harness = try Harness()
        // A large zstd batch of a few hundred bytes.
        var settings = KafkaSettings(
            bootstrapServers: harness.broker.bootstrapServers, properties: [("compression.codec", "zstd")])
        settings.maximumMessageBytes = 40_000_000
        let outsider = try Producer(settings)
        let topic = try outsider.topicHandle("topic-0.v1")
        for size in [10, 30_000_000, 30_000_000, 11] {
            Array(repeating: UInt8(0), count: size).withUnsafeBytes {
                outsider.produce(topic: topic, key: nil, value: $0)
            }
            _ = try outsider.awaitDeliveries()
        }
        try harness.assignAll()
        var (sizes, told): ([Int], [Interruption]) = ([], [])
        while sizes.count < 2 {
            let batch = try harness.consumer.poll(upTo: 100, timeout: .seconds(30))
            batch.forEach { sizes.append($0.value?.count ?? -1) }
            for interruption in batch.interruptions { try harness.consumer.goOn(after: interruption) }
            told += batch.interruptions
        }
        #expect(sizes == [10, 11])
        #expect(told.map(\.position) == [1, 2])
        #expect(told.allSatisfy { $0.error.code == .badCompression && $0.missing.count == 1 })
    }

    @Test func `an unreadable batch of many records is passed in few steps`() throws {
        let harness = try Harness()
        var settings = KafkaSettings(
            bootstrapServers: harness.broker.bootstrapServers,
            properties: [("compression.codec", "zstd"), ("batch.size", "60000000"), ("linger.ms", "2000")])
        settings.maximumMessageBytes = 60_000_000
        let outsider = try Producer(settings)
        let topic = try outsider.topicHandle("topic-0.v1")
        let value = Array(repeating: UInt8(0), count: 50_000)
        for _ in 0..<1_000 { value.withUnsafeBytes { outsider.produce(topic: topic, key: nil, value: $0) } }
        #expect(try outsider.awaitDeliveries().acknowledged == 1_000)
        try harness.assignAll()
        var passed: [Range<Int64>] = []
        while passed.last?.upperBound != 1_000 {
            let batch = try harness.consumer.poll(upTo: 100, timeout: .seconds(30))
            for interruption in batch.interruptions {
                passed.append(interruption.missing)
                try harness.consumer.goOn(after: interruption)
            }
            if !batch.isEmpty { passed.append(batch[0].offset..<batch[batch.count - 1].offset + 1) }
        }
        #expect(passed.count < 100, "\(passed)")
        // Nothing is passed over in silence.
        #expect(passed.first?.lowerBound == 0)
        #expect(zip(passed, passed.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        // What comes later is read as ever.
        harness.produce([5])
        _ = try harness.producer.awaitDeliveries()
        #expect(try harness.consume(1).map(\.value) == [[5]])
    }

    @Test func `a log of small batches that unpack to gigabytes takes a bounded memory`() async {
        await #expect(processExitsWith: .success) {
            let harness = try Harness()
            let outsider = try Producer(KafkaSettings(bootstrapServers: harness.broker.bootstrapServers))
            let topic = try outsider.topicHandle("topic-0.v1")
            let value = Array(repeating: UInt8(0), count: 15_000_000)
            for _ in 0..<80 {
                value.withUnsafeBytes { outsider.produce(topic: topic, key: nil, value: $0) }
                _ = try outsider.awaitDeliveries()
            }
            try harness.assignAll()
            var seen = 0
            while seen < 80 { seen += try harness.consumer.poll(upTo: 10_000, timeout: .seconds(30)).count }
            // All 80 at once are 1,200 MB; in the queue and in one batch's hands there may be 64 MiB and some records.
            #expect(try peakMegabytes() < 500)
        }
    }
}

/// The most memory that this process has had, from the kernel's own account.
private func peakMegabytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) }) / 1024
}
