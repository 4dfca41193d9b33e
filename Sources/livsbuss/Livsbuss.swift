import CMalloc
import CommandLineTool
import Glibc

/// The command line: `livsbuss run`, `status`, `topics`, `broker`, `bench`.
@main
enum Livsbuss {
    static let version = "0.1.0"

    static var tool: Tool {
        Tool(
            name: "livsbuss",
            summary: "Replays citizens' life events between agencies over Kafka, in virtual time.",
            version: version,
            commands: [
                RunCommand.command, CheckCommand.command, FormatCommand.command, StatusCommand.command,
                LedgerCommand.command,
                TraceCommand.command, ExplainCommand.command, DiffCommand.command, ReportCommand.command,
                CoverageCommand.command, SchemaCommand.command, ExplainErrorCommand.command,
                TopicsCommand.group, BrokerCommand.command,
                RebuildCommand.command, RulesCommand.command, MutateCommand.command, PlaneCommand.group,
                CompareCommand.command, MapCommand.command, DeadLetterCommand.group,
                BenchCommand.command,
                ConformanceCommand.command, VerifyCommand.command, NewCommand.group,
            ],
            errorHandler: { Failure.explain($0) })
    }

    /// Memory that one thread takes and another gives back is split over glibc's arenas, one or more a thread, and large
    /// buffers that are given back stay in them. With two arenas, and a mapping of its own for each buffer of a megabyte
    /// or more, a run of 200,000 journeys peaks at 544 MiB instead of 607.
    private static func returnMemory() {
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
    }

    static func main() {
        // A limit on the size of files is then an error of the write, with a sentence, and no death without one.
        signal(SIGXFSZ, SIG_IGN)
        returnMemory()
        exit(tool.main())
    }
}
