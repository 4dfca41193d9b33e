import CommandLineTool
import Reports
import Scenarios
import Terminal

/// `livsbuss diff RUN1 RUN2`
enum DiffCommand {
    static var command: Command {
        Command(
            "diff", "Compares two runs: messages by what caused them, and how the citizens' status ends.",
            discussion: """
                A run is a run log or a store's folder. Ids and keys are not compared, so runs with other seeds are \
                alike if the agencies did the same. Exit code 1 says that something differs.
                """,
            examples: ["livsbuss diff before.jsonl after.jsonl": "what a change of the rules changed"]
        ) { args in
            let old: String = args.positional("first", "A run log, or the folder of a store.", complete: .files)
            let new: String = args.positional("second", "The run to compare with it.", complete: .files)
            let output = args.output
            return {
                let difference = RunDifference(try RunSource.open(old), try RunSource.open(new))
                output.write(difference.isEmpty ? "the runs are alike\n" : difference.text(output.paint))
                return difference.isEmpty ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }
}
