import CRdkafka

extension Admin {
    /// Makes topics, and waits until the cluster's metadata shows them with leaders.
    ///
    /// - Returns: One result a topic, in the order given. A topic that exists is reported as such, not an error.
    /// - Throws: `KafkaError` when no broker answers in time, or when a description is not one.
    public func createTopics(_ topics: [NewTopic], timeout: Duration = .seconds(30)) throws(KafkaError) -> [TopicResult]
    {
        if topics.isEmpty { return [] }
        let deadline = TimeLeft(after: timeout)
        var requests: [OpaquePointer?] = []
        defer { for request in requests { rd_kafka_NewTopic_destroy(request) } }
        for topic in topics { requests.append(try Admin.request(for: topic)) }

        let outcomes = try run(RD_KAFKA_ADMIN_OP_CREATETOPICS, RD_KAFKA_EVENT_CREATETOPICS_RESULT, timeout) {
            rd_kafka_CreateTopics(client.handle, &requests, requests.count, $0, $1)
        } read: { event in
            var count = 0
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
            return self.outcomes(of: results, count, success: .created, noChange: (.topicExists, .existed))
        }
        let results = topics.map { TopicResult(name: $0.name, outcome: outcomes[$0.name] ?? .missing) }
        let sizes = zip(topics, results).filter { $0.1.outcome == .created }.map { ($0.0.name, $0.0.partitions) }
        try wait(deadline, timeout, "did not appear") { metadata in
            sizes.first { metadata.topic($0.0)?.isReady(partitions: $0.1) != true }?.0
        }
        return results
    }

    /// Deletes topics, and waits until the cluster's metadata no longer shows them.
    ///
    /// - Returns: One result a topic, in the order given. A topic that does not exist is reported as such.
    /// - Throws: `KafkaError` when no broker answers in time.
    public func deleteTopics(_ names: [String], timeout: Duration = .seconds(30)) throws(KafkaError) -> [TopicResult] {
        if names.isEmpty { return [] }
        let deadline = TimeLeft(after: timeout)
        var requests = names.map { rd_kafka_DeleteTopic_new($0) }
        defer { for request in requests { rd_kafka_DeleteTopic_destroy(request) } }

        let outcomes = try run(RD_KAFKA_ADMIN_OP_DELETETOPICS, RD_KAFKA_EVENT_DELETETOPICS_RESULT, timeout) {
            rd_kafka_DeleteTopics(client.handle, &requests, requests.count, $0, $1)
        } read: { event in
            var count = 0
            let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
            return self.outcomes(of: results, count, success: .deleted, noChange: (.unknownTopic, .missing))
        }
        let results = names.map { TopicResult(name: $0, outcome: outcomes[$0] ?? .missing) }
        let gone = results.filter { $0.outcome == .deleted }.map(\.name)
        try wait(deadline, timeout, "did not go away") { metadata in
            gone.first { metadata.topic($0) != nil }
        }
        return results
    }

    private static func request(for topic: NewTopic) throws(KafkaError) -> OpaquePointer {
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        words[0] = 0
        let request = rd_kafka_NewTopic_new(
            topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication), words, 512)
        guard let request else {
            throw KafkaError(code: .invalidArgument, topic: topic.name, reason: String(cString: words))
        }
        for (name, value) in topic.config {
            let code = rd_kafka_NewTopic_set_config(request, name, value)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                rd_kafka_NewTopic_destroy(request)
                throw KafkaError(
                    code: KafkaErrorCode(code), topic: topic.name, reason: "property \(name)=\(value) is refused")
            }
        }
        return request
    }

    /// Sends one admin request and reads the event that answers it.
    func run<Answer>(
        _ operation: rd_kafka_admin_op_t, _ kind: Int32, _ timeout: Duration,
        send: (OpaquePointer?, OpaquePointer?) -> Void,
        read: (OpaquePointer) -> Answer
    ) throws(KafkaError) -> Answer {
        let options = rd_kafka_AdminOptions_new(client.handle, operation)
        defer { rd_kafka_AdminOptions_destroy(options) }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        // Both: how long librdkafka keeps looking for the controller, and how long the controller may take.
        let limit = max(1, timeout.milliseconds)
        rd_kafka_AdminOptions_set_request_timeout(options, limit, words, 512)
        rd_kafka_AdminOptions_set_operation_timeout(options, limit, words, 512)
        let queue = rd_kafka_queue_new(client.handle)
        defer { rd_kafka_queue_destroy(queue) }
        send(options, queue)
        // librdkafka answers by itself once the time-out has passed; a second more is for a busy machine.
        guard let event = rd_kafka_queue_poll(queue, limit &+ 1000) else {
            throw client.failure(.timedOut, waited: timeout)
        }
        defer { rd_kafka_event_destroy(event) }
        let code = rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_event_type(event) == kind else {
            var error = client.failure(KafkaErrorCode(code), waited: timeout)
            // librdkafka's words say more than the code's, where no lost broker explains it.
            if error.code.rawValue == code.rawValue, error.broker == nil, let text = rd_kafka_event_error_string(event)
            {
                error.reason = String(cString: text)
            }
            throw error
        }
        return read(event)
    }

    private func outcomes(
        of results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, success: TopicResult.Outcome,
        noChange: (code: KafkaErrorCode, outcome: TopicResult.Outcome)
    ) -> [String: TopicResult.Outcome] {
        var outcomes: [String: TopicResult.Outcome] = [:]
        for index in 0..<count {
            guard let result = results?[index], let name = rd_kafka_topic_result_name(result) else { continue }
            let topic = String(cString: name)
            let code = KafkaErrorCode(rd_kafka_topic_result_error(result))
            if code == .none {
                outcomes[topic] = success
            } else if code == noChange.code {
                outcomes[topic] = noChange.outcome
            } else {
                let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
                let error = KafkaError(code: code, topic: topic, reason: reason)
                let operations = success == .deleted ? ["Describe", "Delete"] : AccessHelp.ofARun
                outcomes[topic] = .failed(client.events.explained(error, operations: operations))
            }
        }
        return outcomes
    }

    /// Asks for metadata until no topic stands out any more; brokers learn of a change one after the other.
    func wait(
        _ deadline: TimeLeft, _ timeout: Duration, _ complaint: String,
        until laggard: (ClusterMetadata) -> String?
    ) throws(KafkaError) {
        while let topic = laggard(try client.metadata(timeout: max(deadline.left, .milliseconds(1)))) {
            if deadline.hasPassed {
                throw KafkaError(
                    code: .timedOut, topic: topic, reason: "it \(complaint) within \(timeout.milliseconds) ms")
            }
            client.serveEvents(.milliseconds(5))
        }
    }
}
