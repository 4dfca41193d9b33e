import CommandLineTool
import Scenarios
import Terminal

/// `livsbuss schema`
enum SchemaCommand {
    static var command: Command {
        Command(
            "schema", "Prints the language's JSON Schema, for editors.",
            discussion: """
                Editors that check YAML by a schema offer keys and words from it: agencies, types, their fields and \
                values, with what each means. What depends on the rest of the file (steps, persons, times, a dead \
                letter that is wanted) is checked by `livsbuss check`.
                """,
            examples: ["livsbuss schema > scenario.schema.json": "for the settings of an editor"]
        ) { args in
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let output = args.output
            return {
                let contracts = try ScenarioContracts(folder: Places.topicsFolder(topics))
                output.writeLine(ScenarioSchema.json(contracts: contracts))
                return 0
            }
        }
    }
}
