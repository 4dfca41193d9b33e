import Dispatch
import Foundation
import Kafka
public import Simulation
import Synchronization

/// An embedded broker that gets its topics, and a run's clients of it, on a thread of its own while the rest of the run is
/// being prepared.
public final class BrokerStart: Sendable {
    /// What the thread has made, on its way to the thread that owns it.
    private struct Made: @unchecked Sendable {
        // Proof of `@unchecked Sendable`: the thread that makes the bus keeps no reference to it and ends, and only then it is
        // taken out, once.
        let bus: Bus
    }

    private let outcome = Mutex<Result<Made, any Error>?>(nil)
    private let done = DispatchGroup()

    /// Begins.
    /// - Parameters:
    ///   - topics: the names in the contracts, of all topics of the run.
    ///   - namespace: what stands before every name on the broker, with a dot; nil: nothing.
    ///   - partitions: how many of each topic, 1 to 100.
    ///   - isQuiet: whether lost connections are part of the run and not worth a word.
    ///   - renewsAfter: after how many bytes of records the broker is made anew.
    public init(
        topics: [String], namespace: String?, partitions: Int, isQuiet: Bool,
        renewsAfter: Int = Bus.ordinaryRenewal
    ) {
        done.enter()
        Thread.detachNewThread { [self] in
            let result = Result {
                let broker = try EmbeddedBroker()
                let names = topics.map { name in namespace.map { "\($0).\(name)" } ?? name }
                try broker.createTopics(names.map { ($0, partitions) })
                var settings = broker.settings
                if isQuiet { settings.beQuiet() }
                return Made(
                    bus: try Bus(
                        settings: settings, topics: topics, namespace: namespace, embedded: broker,
                        renewsAfter: renewsAfter))
            }
            outcome.withLock { $0 = result }
            done.leave()
        }
    }

    /// The bus, when it is ready; once.
    /// - Throws: `KafkaError`.
    func finish() throws -> Bus {
        done.wait()
        let result = outcome.withLock { outcome in
            defer { outcome = nil }
            return outcome
        }
        guard let result else { preconditionFailure("a started broker is taken once") }
        return try result.get().bus
    }
}

extension KafkaSettings {
    /// Lets librdkafka tell critical errors alone (syslog's level 2).
    mutating func beQuiet() { properties.append(("log_level", "2")) }
}
