import Agencies
import AgencyKit
import CommandLineTool
import LifeEvents
import Scenarios
import Terminal

/// `child-benefit=1300`: a value that a run gives a rule on all days.
struct RuleSetting: ArgumentValue, CustomStringConvertible {
    var name: String
    var value: Int

    /// The greatest value: more than any amount of kronor that one person is paid.
    private static let greatest = 1_000_000_000

    init(argument: String) throws(ArgumentError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let value = Int(parts[1]), 0...Self.greatest ~= value else {
            throw ArgumentError(
                "'\(argument)' sets no rule: write its name and a number from 0 to \(Self.greatest), as child-benefit=1300."
            )
        }
        let names = BuiltInAgencies.ruleNames
        guard names.contains(parts[0]) else {
            let guess = SpellingGuess.nearest(to: parts[0], among: names).map { "; did you mean '\($0)'?" } ?? ""
            throw ArgumentError("no rule with a value is called '\(parts[0])'\(guess)")
        }
        (name, self.value) = (parts[0], value)
    }

    private init() { (name, value) = ("", 0) }

    static var argumentPlaceholder: RuleSetting { RuleSetting() }

    /// `child-benefit=1300`
    var description: String { "\(name)=\(value)" }

    /// That nobody of a run goes by the rule, so that its value changes nothing; nil where somebody does, and where nothing
    /// is played.
    func note(for instances: [ScenarioInstance]) -> String? {
        let owners = Set(
            BuiltInAgencies.legalRules.filter { $0.rule.value?.name == name }.map(\.owner.description))
        let played = Set(instances.flatMap(\.agencies).map(\.owner.description))
        guard !instances.isEmpty, owners.isDisjoint(with: played) else { return nil }
        return "--set \(self) changes nothing: it is a rule of \(owners.sorted().joined(separator: " and ")), and no "
            + "agency of this run is"
    }
}
