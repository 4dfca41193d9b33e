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
                TraceCommand.command, ExplainCommand.command, DiffCommand.command, ReportCommand.command,
                CoverageCommand.command, SchemaCommand.command, ExplainErrorCommand.command,
                TopicsCommand.group, BrokerCommand.command,
                RebuildCommand.command, BenchCommand.command,
            ],
            errorHandler: { Failure.explain($0) })
    }

    static func main() {
        // A limit on the size of files is then an error of the write, with a sentence, and no death without one.
        signal(SIGXFSZ, SIG_IGN)
        exit(tool.main())
    }
}
