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
                let runs = (try RunSource.open(old), try RunSource.open(new))
                let difference = RunDifference(runs.0, runs.1)
                // What a log lacks may differ.
                let isWhole = runs.0.defect == nil && runs.1.defect == nil
                let alike = isWhole ? "the runs are alike\n" : "the runs are alike as far as both are known\n"
                output.write(difference.isEmpty ? alike : difference.text(output.paint))
                return difference.isEmpty && isWhole ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }
}
