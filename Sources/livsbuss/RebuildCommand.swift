import CitizenStatus
import CommandLineTool
import Terminal

/// `livsbuss rebuild --into FOLDER`
enum RebuildCommand {
    static var command: Command {
        Command(
            "rebuild", "Makes a store anew from the journal of another.",
            discussion: """
                Every tile, fact and dead letter follows from the messages in the journal. They are read again in their \
                order, and the rows that follow from them are written into a new store; they are the same rows as \
                those of a store that is whole. The new store answers questions, but a run cannot go on from it: the \
                agencies' own state is in no message.
                """,
            examples: [
                "livsbuss rebuild --into rebuilt": "from the last run's store",
                "livsbuss rebuild --store kept --into rebuilt": "from another",
            ]
        ) { args in
            let given: String? = args.option(
                "store", value: "folder", "The store to read; default the newest run's.", complete: .directories)
            let into: String = args.requiredOption(
                "into", value: "folder", "The folder of the new store, in which there is none yet.",
                complete: .directories)
            let output = args.output
            return {
                let source = try (given.map { StoreFolder($0) } ?? StoreFolder.newest(Places.lastStore)).open()
                let lock = try StoreLock(StoreFolder(into))
                guard try lock.folder.progress() == .empty else {
                    throw Failure(.environment, "\(into): there is a store in this folder; name another")
                }
                try lock.clear()
                try source.rebuild(into: lock.folder.database)
                let notes = try source.deadLetterNotes()
                // What operators noted about dead letters is in no message.
                if !notes.isEmpty { try StatusStore(path: lock.folder.database).note(notes) }
                output.writeLine("\(into): \(source.messageCount) messages")
                return 0
            }
        }
    }
}
