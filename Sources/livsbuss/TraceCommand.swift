import CommandLineTool
import Reports
import Scenarios
import Terminal

/// `livsbuss trace MESSAGE|PERSON`
enum TraceCommand {
    static var command: Command {
        Command(
            "trace", "Shows what caused a message and what came of it, with virtual latencies.",
            discussion: """
                Of a person, all that is about them is shown with what led to it. ● marks the critical path: the chain \
                that took longest in virtual time.
                """,
            examples: [
                "livsbuss trace mother": "all about the mother, in the last run",
                "livsbuss trace mother --case income=0": "in one case of a matrix",
                "livsbuss trace skatteverket.birth.v1 --down": "what births led to",
            ]
        ) { args in
            let word: String = args.positional("message", "A message's id or type, or a person's name or key.")
            let isUp = args.flag("up", "Only what led to it.")
            let isDown = args.flag("down", "Only what came of it.")
            args.require(!(isUp && isDown), "--up and --down exclude each other")
            let source = RunSource(&args)
            let output = args.output
            return {
                let direction: Trace.Direction = isUp ? .up : (isDown ? .down : .both)
                output.write(try Trace(source.open(), MessageQuery(word), direction).text(output.paint))
                return 0
            }
        }
    }
}
