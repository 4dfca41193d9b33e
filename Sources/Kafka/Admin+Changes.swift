import CRdkafka

extension Admin {
    /// Gives topics more partitions, and waits until the cluster's metadata shows them with leaders. Kafka cannot take
    /// partitions away.
    ///
    /// - Parameter topics: each topic with the number that it is to have, more than it has.
    /// - Throws: `KafkaError` for the first topic that is refused, or when no broker answers in time.
    public func createPartitions(
        _ topics: [(name: String, total: Int)], timeout: Duration = .seconds(30)
    ) throws(KafkaError) {
        if topics.isEmpty { return }
        let deadline = TimeLeft(after: timeout)
        var requests: [OpaquePointer?] = []
        defer { for request in requests { rd_kafka_NewPartitions_destroy(request) } }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        for topic in topics {
            guard let request = rd_kafka_NewPartitions_new(topic.name, topic.total, words, 512) else {
                throw KafkaError(code: .invalidArgument, topic: topic.name, reason: String(cString: words))
            }
            requests.append(request)
        }
        let refused: KafkaError? = try run(
            RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, RD_KAFKA_EVENT_CREATEPARTITIONS_RESULT, timeout
        ) {
            rd_kafka_CreatePartitions(client.handle, &requests, requests.count, $0, $1)
        } read: { event in
            var count = 0
            let results = rd_kafka_CreatePartitions_result_topics(
                rd_kafka_event_CreatePartitions_result(event), &count)
            for index in 0..<count {
                guard let result = results?[index], let name = rd_kafka_topic_result_name(result) else { continue }
                let code = KafkaErrorCode(rd_kafka_topic_result_error(result))
                guard code != .none else { continue }
                let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
                let error = KafkaError(code: code, topic: String(cString: name), reason: reason)
                return client.events.explained(error, operations: ["Alter"])
            }
            return nil
        }
        if let refused { throw refused }
        try wait(deadline, timeout, "did not get its partitions") { metadata in
            topics.first { metadata.topic($0.name)?.isReady(partitions: $0.total) != true }?.name
        }
    }

    /// Sets properties of topics, and waits until the cluster tells of them, or the time is over: a broker may write a
    /// value otherwise than it was given. Those of a topic that are not named stay as they are.
    ///
    /// Kafka replaces all properties of a topic at once, so those that were set on it before are read and sent again.
    /// - Throws: `KafkaError` for the first topic that is refused, or when no broker answers in time.
    public func alterTopicConfigs(
        _ topics: [(name: String, config: [(name: String, value: String)])], timeout: Duration = .seconds(30)
    ) throws(KafkaError) {
        if topics.isEmpty { return }
        let deadline = TimeLeft(after: min(timeout, Self.longestWaitForConfigs))
        let own = try topicConfigs(of: topics.map(\.name), onlyOwn: true, timeout: timeout)
        var resources: [OpaquePointer?] = []
        defer { for resource in resources { rd_kafka_ConfigResource_destroy(resource) } }
        for topic in topics {
            let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name)
            resources.append(resource)
            let kept = (own[topic.name] ?? [:]).sorted { $0.key < $1.key }.filter { known in
                !topic.config.contains { $0.name == known.key }
            }
            for (name, value) in kept.map({ (name: $0.key, value: $0.value) }) + topic.config {
                guard rd_kafka_ConfigResource_set_config(resource, name, value) == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    throw KafkaError(
                        code: .invalidArgument, topic: topic.name, reason: "property \(name)=\(value) is refused")
                }
            }
        }
        let refused: KafkaError? = try run(
            RD_KAFKA_ADMIN_OP_ALTERCONFIGS, RD_KAFKA_EVENT_ALTERCONFIGS_RESULT, timeout
        ) {
            rd_kafka_AlterConfigs(client.handle, &resources, resources.count, $0, $1)
        } read: { event in
            var count = 0
            let results = rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(event), &count)
            for index in 0..<count {
                guard let result = results?[index] else { continue }
                let code = KafkaErrorCode(rd_kafka_ConfigResource_error(result))
                guard code != .none else { continue }
                let reason = rd_kafka_ConfigResource_error_string(result).map { String(cString: $0) }
                let name = rd_kafka_ConfigResource_name(result).map { String(cString: $0) }
                return client.events.explained(
                    KafkaError(code: code, topic: name, reason: reason), operations: ["AlterConfigs"])
            }
            return nil
        }
        if let refused { throw refused }
        while !deadline.hasPassed {
            let known = try topicConfigs(of: topics.map(\.name), onlyOwn: true, timeout: timeout)
            if topics.allSatisfy({ topic in topic.config.allSatisfy { known[topic.name]?[$0.name] == $0.value } }) {
                return
            }
            client.serveEvents(.milliseconds(20))
        }
    }

    /// Brokers learn of new properties within milliseconds.
    private static let longestWaitForConfigs = Duration.seconds(3)
}
