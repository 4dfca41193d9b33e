import CitizenStatus
import CommandLineTool
import Kafka
import Terminal

/// `livsbuss rebuild [PATH…] --into FOLDER`
enum RebuildCommand {
    static var command: Command {
        Command(
            "rebuild", "Makes a store anew from the journal of another, or from the log of a cluster.",
            discussion: """
                Every tile, fact and dead letter follows from the messages in the journal. They are read again in their \
                order, and the rows that follow from them are written into a new store; they are the same rows as \
                those of a store that is whole. The new store answers questions, but a run cannot go on from it: the \
                agencies' own state is in no message.

                With --brokers the messages are read from the topics of a cluster on which a run was played, each once. \
                The scenario files, the seed, the copies and the resolution must be the run's: from them it is known \
                whose keys and which of the records are the run's own. Who read what is in no message either. Exit \
                code 3 says that the log is not whole; the store then has what is there.
                """,
            examples: [
                "livsbuss rebuild --into rebuilt": "from the last run's store",
                "livsbuss rebuild --store kept --into rebuilt": "from another",
                "livsbuss rebuild move.yaml --brokers localhost:9092 --into rebuilt": "from a cluster",
            ]
        ) { args in
            var options = RunOptions()
            options.paths = args.rest("path", "With --brokers: what the run played.", atLeast: 0, complete: .files)
            let given: String? = args.option(
                "store", value: "folder", "The store to read; default the newest run's.", complete: .directories)
            let into: String = args.requiredOption(
                "into", value: "folder", "The folder of the new store, in which there is none yet.",
                complete: .directories)
            options.brokers = args.option("brokers", value: "host:port", "Read this Kafka cluster's log.")
            options.properties = ClusterProperties(
                &args, lack: options.brokers == nil ? "needs --brokers" : nil)
            options.namespace = args.option("namespace", value: "name", "The prefix of the run's topics.")
            options.seed = args.option("seed", short: "s", value: "number", default: 1, "The run's seed.")
            options.copies = args.option("copies", value: "number", default: 1, "The run's copies.")
            options.onlyCase = args.option(
                "case", value: "name=value,…", "The cases of a matrix that the run was of.")
            options.resolution = args.option(
                "resolution", value: "minutes", default: 1, "Minutes between two possible instants of the run.")
            options.topics = args.option("topics", value: "folder", "The folder of contracts.", complete: .directories)
            options.takeCopy()
            RunLimits.check(options, &args)
            let isCluster = options.brokers != nil
            args.require(isCluster == !options.paths.isEmpty, "--brokers and the scenario files go together")
            args.require(!isCluster || given == nil, "--store is not read with --brokers: name the scenario files")
            let output = args.output
            let settled = options
            return {
                if let brokers = settled.brokers {
                    return try ClusterRebuild(options: settled, brokers: brokers, into: into, output: output).perform()
                }
                let read = given.map { StoreFolder($0) } ?? StoreFolder.newest(Places.lastStore)
                _ = try StoredRun(read)
                if let first = read.jobs.first {
                    throw Failure(
                        .environment,
                        "\(read.path): the run was played in \(counted(read.jobs.count, "pass", several: "passes")), each with a store of "
                            + "its own; rebuild one, as --store \(first.path)")
                }
                let source = try read.open()
                let lock = try StoreLock(StoreFolder(into))
                guard try lock.folder.progress() == .empty else {
                    throw Failure(.environment, "\(into): there is a store in this folder; name another")
                }
                try lock.clear()
                try source.rebuild(into: lock.folder.database)
                let notes = try source.deadLetterNotes()
                // What operators noted about dead letters is in no message.
                if !notes.isEmpty { try StatusStore(path: lock.folder.database).note(notes) }
                output.writeLine("\(into): \(counted(Int(clamping: source.messageCount), "message"))")
                return 0
            }
        }
    }
}
