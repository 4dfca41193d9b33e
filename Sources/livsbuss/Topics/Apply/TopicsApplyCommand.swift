import CommandLineTool
import Contracts
import Kafka
import Terminal

extension TopicsCommand {
    /// `livsbuss topics apply --brokers HOST:PORT`
    static var apply: Command {
        Command(
            "apply", "Makes and alters the topics of a Kafka cluster as the contracts say.",
            discussion: """
                Without --yes nothing is changed: the plan is printed. Topics that are missing are made, partitions are \
                only ever added, properties are set as the manifests say; nothing is deleted. Copies are as many as the \
                manifest says, or as there are brokers.

                With --acls each row of an access list becomes a right of the cluster's authorizer. The principal is \
                the prefix with the owner's and the branch's name: User:kommun-forskola, and User:region for an owner \
                without branches. Who may read gets the consumer groups whose names begin with its own and a full stop.

                Exit codes: 0 nothing to do, planned or done, 2 a file is invalid, 3 the cluster refused.
                """,
            examples: [
                "livsbuss topics apply --brokers kafka:9092": "what would be done",
                "livsbuss topics apply --brokers kafka:9093 --acls --yes -X security.protocol=ssl": "do it",
            ]
        ) { args in
            let brokers: String = args.requiredOption("brokers", value: "host:port", "The cluster.")
            let isMeant = args.flag("yes", "Carry the plan out.")
            let withRights = args.flag("acls", "Give the rights of the access lists, too.")
            let prefix: String? = args.option(
                "principal-prefix", value: "text", "What stands before the name of a principal; default User:.")
            let namespace: String? = args.option("namespace", value: "name", "Prefix of all topics.")
            let properties = ClusterProperties(&args, lack: nil)
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            args.require(RunLimits.names(brokers), RunLimits.brokersSentence)
            args.require(prefix == nil || withRights, "--principal-prefix needs --acls")
            let (output, errorOutput) = (args.output, args.errorOutput)
            return {
                let catalogue = try Places.topicsAndOwners(folder)
                let admin = try Admin(try Cluster.settings(brokers, properties: properties))
                let plan = try plan(
                    catalogue, admin, namespace, rights: withRights ? prefix ?? "User:" : nil, at: brokers)
                for note in plan.notes { errorOutput.writeLine("note: \(note)") }
                output.write(plan.text)
                guard !plan.isEmpty else { return 0 }
                guard isMeant else {
                    output.writeLine("nothing was changed; --yes carries it out")
                    return 0
                }
                try plan.carryOut(admin)
                output.writeLine("done")
                return 0
            }
        }
    }

    private static func plan(
        _ catalogue: Catalogue, _ admin: Admin, _ namespace: String?, rights prefix: String?, at brokers: String
    ) throws -> ContractPlan {
        let metadata = try admin.metadata(timeout: .seconds(10))
        guard !admin.isEmbeddedCluster(timeout: .seconds(5)) else {
            throw Failure(
                .environment,
                "the broker at \(brokers) is an embedded one, which makes its topics when it starts and has no "
                    + "properties to set")
        }
        let topics = catalogue.topics.map { topic in
            ContractSettings(
                manifest: topic, name: namespace.map { "\($0).\(topic.name)" } ?? topic.name,
                brokers: max(metadata.brokers.count, 1))
        }
        let known = topics.map(\.name).filter { metadata.topic($0) != nil }
        var plan = ContractPlan(topics, metadata, configs: try admin.topicConfigs(of: known))
        guard let prefix else { return plan }
        guard let rights = try admin.accessRights() else {
            throw Failure(
                .environment,
                "the cluster at \(brokers) has no authorizer, so it has no rights to give\n"
                    + "  help: leave out --acls, or set authorizer.class.name on its brokers")
        }
        if rights.isEmpty {
            plan.note("the cluster tells of no rights: it has none, or no authorizer, or this user may not see them")
        }
        plan.addRights(topics, prefix: prefix, known: rights)
        return plan
    }
}
