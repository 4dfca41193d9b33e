import CRdkafka

extension Admin {
    /// The rights to read and write that the cluster's authorizer has, from any host; other kinds are left out.
    ///
    /// librdkafka 2.0 takes a refusal for no rights: none may be none, no authorizer, or that this user may not ask.
    /// - Returns: nil where the cluster says that it has no authorizer.
    /// - Throws: `KafkaError` when no broker answers in time, or this user may not ask.
    public func accessRights(timeout: Duration = .seconds(10)) throws(KafkaError) -> Set<AccessRight>? {
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        let filter = rd_kafka_AclBindingFilter_new(
            RD_KAFKA_RESOURCE_ANY, nil, RD_KAFKA_RESOURCE_PATTERN_ANY, nil, nil, RD_KAFKA_ACL_OPERATION_ANY,
            RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, words, 512)
        guard let filter else { throw KafkaError(code: .invalidArgument, reason: String(cString: words)) }
        defer { rd_kafka_AclBinding_destroy(filter) }
        do throws(KafkaError) {
            return try run(RD_KAFKA_ADMIN_OP_DESCRIBEACLS, RD_KAFKA_EVENT_DESCRIBEACLS_RESULT, timeout) {
                rd_kafka_DescribeAcls(client.handle, filter, $0, $1)
            } read: { event in
                var count = 0
                let bindings = rd_kafka_DescribeAcls_result_acls(rd_kafka_event_DescribeAcls_result(event), &count)
                var rights: Set<AccessRight> = []
                for index in 0..<count {
                    if let binding = bindings?[index], let right = AccessRight(binding) { rights.insert(right) }
                }
                return rights
            }
        } catch {
            if error.code == .securityDisabled { return nil }
            throw error
        }
    }

    /// Gives rights, from any host, and waits until the cluster tells of them: brokers learn of a change one after the
    /// other. A right that is there already stays.
    /// - Throws: `KafkaError` for the first right that is refused, or when no broker answers in time.
    public func grant(_ rights: [AccessRight], timeout: Duration = .seconds(30)) throws(KafkaError) {
        if rights.isEmpty { return }
        let deadline = TimeLeft(after: timeout)
        var bindings: [OpaquePointer?] = []
        defer { for binding in bindings { rd_kafka_AclBinding_destroy(binding) } }
        for right in rights { bindings.append(try right.binding()) }
        let refused: KafkaError? = try run(RD_KAFKA_ADMIN_OP_CREATEACLS, RD_KAFKA_EVENT_CREATEACLS_RESULT, timeout) {
            rd_kafka_CreateAcls(client.handle, &bindings, bindings.count, $0, $1)
        } read: { event in
            var count = 0
            let results = rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(event), &count)
            for index in 0..<count {
                guard let result = results?[index], let error = rd_kafka_acl_result_error(result) else { continue }
                let reason = rd_kafka_error_string(error).map { String(cString: $0) }
                return KafkaError(code: KafkaErrorCode(rd_kafka_error_code(error)), reason: reason)
            }
            return nil
        }
        if let refused { throw refused }
        while true {
            guard let known = try accessRights(timeout: max(deadline.left, .milliseconds(1))),
                !known.isSuperset(of: rights)
            else { return }
            guard !deadline.hasPassed else {
                throw KafkaError(
                    code: .timedOut, reason: "the rights did not appear within \(timeout.milliseconds) ms")
            }
            client.serveEvents(.milliseconds(20))
        }
    }
}

extension AccessRight {
    /// Nil for a right of another kind.
    fileprivate init?(_ binding: OpaquePointer) {
        guard let principal = rd_kafka_AclBinding_principal(binding), let name = rd_kafka_AclBinding_name(binding),
            let host = rd_kafka_AclBinding_host(binding), String(cString: host) == "*",
            rd_kafka_AclBinding_permission_type(binding) == RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW
        else { return nil }
        let operation: Operation
        switch rd_kafka_AclBinding_operation(binding) {
        case RD_KAFKA_ACL_OPERATION_READ: operation = .read
        case RD_KAFKA_ACL_OPERATION_WRITE: operation = .write
        default: return nil
        }
        let resource: Resource
        switch (rd_kafka_AclBinding_restype(binding), rd_kafka_AclBinding_resource_pattern_type(binding)) {
        case (RD_KAFKA_RESOURCE_TOPIC, RD_KAFKA_RESOURCE_PATTERN_LITERAL): resource = .topic(String(cString: name))
        case (RD_KAFKA_RESOURCE_GROUP, RD_KAFKA_RESOURCE_PATTERN_PREFIXED):
            resource = .groups(prefix: String(cString: name))
        default: return nil
        }
        self.init(principal: String(cString: principal), operation: operation, resource: resource)
    }

    fileprivate func binding() throws(KafkaError) -> OpaquePointer {
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        let (kind, pattern, name) =
            switch resource {
            case .topic(let name): (RD_KAFKA_RESOURCE_TOPIC, RD_KAFKA_RESOURCE_PATTERN_LITERAL, name)
            case .groups(let prefix): (RD_KAFKA_RESOURCE_GROUP, RD_KAFKA_RESOURCE_PATTERN_PREFIXED, prefix)
            }
        let binding = rd_kafka_AclBinding_new(
            kind, name, pattern, principal, "*",
            operation == .read ? RD_KAFKA_ACL_OPERATION_READ : RD_KAFKA_ACL_OPERATION_WRITE,
            RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, words, 512)
        guard let binding else { throw KafkaError(code: .invalidArgument, reason: String(cString: words)) }
        return binding
    }
}
