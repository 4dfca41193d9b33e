import Agencies
import AgencyKit
import CommandLineTool
import Hosting
import LifeEvents
import Reports
import Scenarios
import Terminal

/// `livsbuss explain MESSAGE --agency A`
enum ExplainCommand {
    static var command: Command {
        Command(
            "explain", "Says why an agency acted on a message, or why not.",
            examples: [
                "livsbuss explain skatteverket.birth.v1 --agency forsakringskassan": "of the last run",
                "livsbuss explain 019cb9df-4be0-7000-8d25-f35a8ae4f1c2": "at every agency that hears such",
            ]
        ) { args in
            let word: String = args.positional("message", "A message's id or type, or a person's name.")
            let agency: String? = args.option("agency", value: "id", "Only this agency, such as kommun-1780.")
            let source = RunSource(&args)
            let id = agency.flatMap { AgencyID($0) }
            args.require(
                agency == nil || id != nil, "--agency \((agency ?? "").escapedLine): write \(AgencyID.textForm)")
            let output = args.output
            return {
                let explanation = Explanation(try source.open(), rules: BuiltInAgencies.rules)
                if let id { try explanation.check(id, owners: BuiltInAgencies.owners.map(\.description)) }
                output.write(try explanation.text(MessageQuery(word), agency: id, output.paint))
                return 0
            }
        }
    }
}

extension BuiltInAgencies {
    /// All agencies' code, playing none.
    static var idleRunners: [AgencyRunner] {
        owners.flatMap { idleRunners(of: $0) }
    }

    private static func idleRunners(of owner: Owner) -> [AgencyRunner] {
        code(for: owner).map { AgencyRunner.runner(for: $0, playing: []) }
    }

    /// All rules of all agencies.
    static var rules: [RiverDescription] { idleRunners.flatMap(\.riverDescriptions) }

    /// The rules of an owner's agencies.
    static func rules(of owner: Owner) -> [RiverDescription] { idleRunners(of: owner).flatMap(\.riverDescriptions) }
}
