import CRdkafka

extension Admin {
    /// Properties of topics as they hold on the cluster, the broker's defaults included: name of topic, then of property.
    ///
    /// A topic whose properties this user may not see, or that does not exist, is left out. The embedded cluster does
    /// not know the question.
    /// - Parameter onlyOwn: whether only those are wanted that were set on the topic itself.
    /// - Throws: `KafkaError` when no broker answers in time, or none knows the question.
    public func topicConfigs(
        of names: [String], onlyOwn: Bool = false, timeout: Duration = .seconds(10)
    ) throws(KafkaError) -> [String: [String: String]] {
        if names.isEmpty { return [:] }
        var resources = names.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
        defer { for resource in resources { rd_kafka_ConfigResource_destroy(resource) } }
        return try run(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, RD_KAFKA_EVENT_DESCRIBECONFIGS_RESULT, timeout) {
            rd_kafka_DescribeConfigs(client.handle, &resources, resources.count, $0, $1)
        } read: { event in
            var count = 0
            let answers = rd_kafka_DescribeConfigs_result_resources(
                rd_kafka_event_DescribeConfigs_result(event), &count)
            var all: [String: [String: String]] = [:]
            for index in 0..<count {
                guard let answer = answers?[index], let name = rd_kafka_ConfigResource_name(answer),
                    rd_kafka_ConfigResource_error(answer) == RD_KAFKA_RESP_ERR_NO_ERROR
                else { continue }
                all[String(cString: name)] = Admin.properties(of: answer, onlyOwn: onlyOwn)
            }
            return all
        }
    }

    private static func properties(of resource: OpaquePointer, onlyOwn: Bool) -> [String: String] {
        var count = 0
        let entries = rd_kafka_ConfigResource_configs(resource, &count)
        var properties: [String: String] = [:]
        for index in 0..<count {
            guard let entry = entries?[index], let name = rd_kafka_ConfigEntry_name(entry),
                let value = rd_kafka_ConfigEntry_value(entry)
            else { continue }
            let source = rd_kafka_ConfigEntry_source(entry)
            if onlyOwn, source != RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG { continue }
            properties[String(cString: name)] = String(cString: value)
        }
        return properties
    }
}
