import CommandLineTool

/// `livsbuss bench`
enum BenchCommand {
    static var command: Command {
        Command("bench", "Measures the engine against the bare transport.") { args in
            let journeys: Int = args.option("journeys", value: "number", default: 20_000, "How many journeys.")
            let days: Int = args.option(
                "days", value: "number", default: 365, "Over how many virtual days the journeys' starts are spread.")
            let validates = !args.flag("no-validation", "Hold no message against the schema of its type.")
            let json = args.flag("json", "Print one JSON object.")
            args.require(3...10_000_000 ~= journeys, "--journeys must be from 3 to 10000000")
            args.require(1...3_650 ~= days, "--days must be from 1 to 3650")
            let output = args.output
            return {
                try Bench(journeys: journeys, days: days, validates: validates, json: json, output: output).perform()
            }
        }
    }
}
