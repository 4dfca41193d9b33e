import CommandLineTool
import Scenarios
import Terminal

/// `livsbuss schema`
enum SchemaCommand {
    static var command: Command {
        Command(
            "schema", "Prints the language's JSON Schema, for editors.",
            discussion: """
                Editors that check YAML by a schema offer keys and words from it. What depends on the rest of the file \
                (steps, persons, times) is checked by `livsbuss check`.
                """,
            examples: ["livsbuss schema > scenario.schema.json": "for the settings of an editor"]
        ) { args in
            let output = args.output
            return {
                output.writeLine(ScenarioSchema.json())
                return 0
            }
        }
    }
}
