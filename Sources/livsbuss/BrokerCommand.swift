import CommandLineTool
import Contracts
import Glibc
import Kafka
import Terminal

/// `livsbuss broker`
enum BrokerCommand {
    static var command: Command {
        Command(
            "broker", "Starts the embedded Kafka broker with all topics and stays until it is interrupted.",
            discussion: """
                kcat and any client of librdkafka can watch and take part. The log is in memory: each partition keeps \
                its newest 5 MiB, and nothing survives the process.
                """
        ) { args in
            let port: UInt16 = args.option(
                "port", short: "p", value: "number", default: 9_092, "Port on loopback; 0 takes a free one.")
            let partitions: Int = args.option("partitions", value: "number", default: 1, "Partitions of each topic.")
            let namespace: String? = args.option("namespace", value: "name", "Prefix of all topics.")
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            args.require(RunLimits.partitions ~= partitions, "--partitions must be from 1 to 100")
            args.require(RunLimits.isNamespace(namespace), RunLimits.namespaceSentence)
            let output = args.output
            return {
                let catalogue = try Places.topicsAndOwners(topics)
                let cluster = try Cluster.embedded(catalogue, partitions: partitions, namespace: namespace, port: port)
                let servers = cluster.embedded?.bootstrapServers ?? cluster.settings.bootstrapServers
                output.writeLine("\(counted(catalogue.topics.count, "topic")) on \(servers)")
                output.flush()
                // An optimised build ends what nothing names any more, and the broker would end with the cluster.
                while true { withExtendedLifetime(cluster) { _ = pause() } }
            }
        }
    }
}
