import CommandLineTool
import Scenarios
import Terminal

/// `livsbuss mutate PATH…`
enum MutateCommand {
    static var command: Command {
        Command(
            "mutate", "Tells which wrong expectations, or wrong rules, scenarios would not notice.",
            discussion: """
                Without --rules each expectation is made false in turn (a value, the person, the code, the count, the \
                window): one that is met all the same looks at less than it says. With --rules each condition of each \
                rule is negated and left out, each timer falls due a day later and each tile shows another code: what no \
                scenario notices is told, and each owner's share. Cases that exercise a rule are played until one \
                notices, the shortest first. Only a debug build plays wrong rules. Exit code 1: less is noticed than \
                --min says.
                """,
            examples: [
                "livsbuss mutate Scenarios/death.yaml": "do these expectations bite?",
                "livsbuss mutate Scenarios --rules --owner csn --min 85": "would the scenarios notice a wrong rule?",
            ]
        ) { args in
            var options = MutateOptions()
            options.paths = args.rest("path", "Scenario files or folders.", atLeast: 1, complete: .files)
            options.mutatesRules = args.flag("rules", "Make the agencies' rules wrong, and not the expectations.")
            options.owners = args.options(
                "owner", value: "owner", "With --rules: only those of this owner; may be repeated.")
            options.sample = args.option(
                "sample", value: "number", default: 1, "With --rules: only each so manieth change.")
            options.minimum = args.option(
                "min", value: "percent", default: 0, "Fail below this share that is noticed.")
            options.jobs = args.option(
                "jobs", short: "j", value: "number", default: 2, "With --rules: so many processes at once.")
            options.topics = args.option("topics", value: "folder", "The folder of contracts.", complete: .directories)
            options.json = args.flag("json", "Print JSON.")
            let answers = args.flag(
                "answer", "Play the changes that standard input names, for another process.", hidden: true)
            args.require(0...100 ~= options.minimum, "--min must be from 0 to 100")
            args.require(1...10_000 ~= options.sample, "--sample must be from 1 to 10000")
            args.require(RunLimits.jobs ~= options.jobs, "--jobs must be from 1 to \(RunLimits.jobs.upperBound)")
            args.require(options.mutatesRules || options.owners.isEmpty, "--owner needs --rules")
            let output = args.output
            let settled = options
            return {
                if answers {
                    try ChangePlayer(settled).answer()
                    return 0
                }
                let result =
                    settled.mutatesRules
                    ? try RuleMutants(settled).perform() : try ExpectationMutants(settled).perform()
                output.write(settled.json ? result.json : result.text(output.paint))
                return result.percent < settled.minimum ? Failure.Code.expectation.rawValue : 0
            }
        }
    }
}

/// What the command line of `livsbuss mutate` asks for.
struct MutateOptions: Sendable {
    var paths: [String] = []
    var mutatesRules = false
    var owners: [String] = []
    var sample = 1
    var minimum = 0
    var jobs = 2
    var topics: String?
    var json = false
}
