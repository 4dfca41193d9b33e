import CRdkafka
import Synchronization

/// How many requests the clients of an embedded cluster have sent, by kind: the cluster does not say which of its
/// injected errors it has given away, but a request that is sent after an error was injected meets it.
final class RequestCounts: Sendable {
    private let produce = Atomic<Int>(0)
    private let fetch = Atomic<Int>(0)
    private let listOffsets = Atomic<Int>(0)
    private let metadata = Atomic<Int>(0)
    private let initProducerID = Atomic<Int>(0)
    private let others = Atomic<Int>(0)

    private func note(_ kind: KafkaRequest) {
        switch kind {
        case .produce: produce.add(1, ordering: .relaxed)
        case .fetch: fetch.add(1, ordering: .relaxed)
        case .listOffsets: listOffsets.add(1, ordering: .relaxed)
        case .metadata: metadata.add(1, ordering: .relaxed)
        case .initProducerID: initProducerID.add(1, ordering: .relaxed)
        default: others.add(1, ordering: .relaxed)
        }
    }

    /// The number of a kind; of one that is not named in ``KafkaRequest``, of all such kinds; nil: of all.
    func count(of kind: KafkaRequest?) -> Int {
        switch kind {
        case .produce?: produce.load(ordering: .relaxed)
        case .fetch?: fetch.load(ordering: .relaxed)
        case .listOffsets?: listOffsets.load(ordering: .relaxed)
        case .metadata?: metadata.load(ordering: .relaxed)
        case .initProducerID?: initProducerID.load(ordering: .relaxed)
        case nil:
            produce.load(ordering: .relaxed) + fetch.load(ordering: .relaxed) + listOffsets.load(ordering: .relaxed)
                + metadata.load(ordering: .relaxed) + initProducerID.load(ordering: .relaxed)
                + others.load(ordering: .relaxed)
        default: others.load(ordering: .relaxed)
        }
    }

    /// Has a client that is about to be made counted here; the counts must outlive it.
    func watch(_ configuration: OpaquePointer) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        rd_kafka_conf_interceptor_add_on_new(
            configuration, "livsbuss-requests",
            { handle, _, opaque, _, _ in
                rd_kafka_interceptor_add_on_request_sent(
                    handle, "livsbuss-requests",
                    { _, _, _, _, key, _, _, _, opaque in
                        guard let opaque else { return RD_KAFKA_RESP_ERR_NO_ERROR }
                        Unmanaged<RequestCounts>.fromOpaque(opaque).takeUnretainedValue()
                            .note(KafkaRequest(rawValue: key))
                        return RD_KAFKA_RESP_ERR_NO_ERROR
                    }, opaque)
            }, own)
    }
}
