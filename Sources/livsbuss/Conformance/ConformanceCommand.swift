import CommandLineTool
import Contracts
import Hosting
import LifeEvents
import Processes
import Runs
import Scenarios
import Simulation
import Terminal

/// `livsbuss conformance --agency A --exec PROGRAM`
enum ConformanceCommand {
    static var command: Command {
        Command(
            "conformance", "Tries a program that plays an agency with the cases of its contracts, clause by clause.",
            discussion: """
                The program is offered the example of each type that its agency may read, corrected and annulled, needs \
                for another purpose, and a type that nobody knows; it is asked again, and begun anew between two \
                questions. Then it plays the shipped journeys in which the agency takes part, as they are and permuted. \
                A clause that the contracts give no case for is told as not tried.

                Exit codes: 0 every clause held, 1 one is broken, 2 the contracts or scenarios are not what they should \
                be, 4 the program hangs or ends again and again.
                """,
            examples: [
                "livsbuss conformance --agency csn --exec ./csn.py": "a report of all clauses",
                "livsbuss conformance --agency csn --exec ./csn.py --junit c.xml": "for a build server",
                "livsbuss conformance --agency csn --exec ./csn.py --evidence bundle": "what `livsbuss verify` checks",
            ]
        ) { args in
            var options = ConformanceOptions()
            options.agency = args.option("agency", value: "agency", default: "", "The agency, as csn or kommun-1780.")
            options.branch = args.option("branch", value: "branch", "The branch that the program plays.")
            options.program = args.option("exec", value: "program", default: "", "The program with its arguments.")
            options.topics = args.option("topics", value: "folder", "The folder of contracts.", complete: .directories)
            options.scenarios = args.options(
                "scenarios", value: "path", "Scenario files or folders; default Scenarios beside the contracts.")
            options.seed = args.option("seed", short: "s", value: "number", default: 1, "Seed of the journeys.")
            options.junit = args.option(
                "junit", value: "file", "Write the clauses as JUnit XML here.", complete: .files)
            options.evidence = args.option(
                "evidence", value: "folder", "Write report, questions, answers and hashes of all here.",
                complete: .directories)
            args.require(!options.program.isEmpty, "--exec names the program to try")
            args.require(AgencyID(options.agency) != nil, "--agency is \(AgencyID.textForm)")
            args.require(
                options.program.isEmpty || CommandWords.split(options.program) != nil,
                "--exec is a program with its arguments, and each quote ends")
            args.require(
                options.branch.map { Branch(text: $0) != nil } ?? true,
                "--branch is small letters with single hyphens between")
            let (settled, output) = (options, args.output)
            return { try ConformanceRun(settled).perform(output) }
        }
    }
}

/// What the user asked of `livsbuss conformance`.
struct ConformanceOptions: Sendable {
    var agency = ""
    var branch: String?
    var program = ""
    var topics: String?
    var scenarios: [String] = []
    var seed: UInt64 = 1
    var junit: String?
    var evidence: String?
}
