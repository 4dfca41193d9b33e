import CommandLineTool

/// `livsbuss bench`
enum BenchCommand {
    static var command: Command {
        Command(
            "bench", "Measures the engine against the bare transport.",
            examples: ["livsbuss bench --validation": "how many events a core holds against their schemas in a second"]
        ) { args in
            let journeys: Int = args.option("journeys", value: "number", default: 20_000, "How many journeys.")
            let days: Int = args.option(
                "days", value: "number", default: 365, "Over how many virtual days the journeys' starts are spread.")
            let validates = !args.flag("no-validation", "Hold no message against the schema of its type.")
            let measuresValidation = args.flag(
                "validation", "Measure only how fast events of 400 bytes are parsed and validated.")
            let json = args.flag("json", "Print one JSON object.")
            args.require(3...10_000_000 ~= journeys, "--journeys must be from 3 to 10000000")
            args.require(1...3_650 ~= days, "--days must be from 1 to 3650")
            args.require(validates || !measuresValidation, "--validation measures what --no-validation leaves out")
            let output = args.output
            return {
                if measuresValidation { return try ValidationBench(json: json, output: output).perform() }
                return try Bench(journeys: journeys, days: days, validates: validates, json: json, output: output)
                    .perform()
            }
        }
    }
}
