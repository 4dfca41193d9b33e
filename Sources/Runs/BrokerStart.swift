import Dispatch
import Foundation
import Kafka
import Synchronization

/// An embedded broker that gets its topics on a thread of its own, while the rest of a run is being prepared.
public final class BrokerStart: Sendable {
    private let outcome = Mutex<Result<EmbeddedBroker, any Error>?>(nil)
    private let done = DispatchGroup()

    /// Begins.
    /// - Parameters:
    ///   - topics: full names.
    ///   - partitions: how many of each topic, 1 to 100.
    public init(topics: [String], partitions: Int) {
        done.enter()
        Thread.detachNewThread { [self] in
            let result = Result {
                let broker = try EmbeddedBroker()
                try broker.createTopics(topics.map { ($0, partitions) })
                return broker
            }
            outcome.withLock { $0 = result }
            done.leave()
        }
    }

    /// The broker, when it has its topics.
    /// - Throws: `KafkaError`.
    func finish() throws -> EmbeddedBroker {
        done.wait()
        guard let result = outcome.withLock({ $0 }) else { preconditionFailure("the thread leaves an outcome") }
        return try result.get()
    }
}
