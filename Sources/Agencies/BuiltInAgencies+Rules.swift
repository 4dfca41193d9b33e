public import AgencyKit
public import LifeEvents

/// A rule of law with who goes by it.
public struct HeldRule: Sendable {
    /// Whose agencies go by it.
    public let owner: Owner
    /// Their branch; nil: the owner as a whole.
    public let branch: Branch?
    /// The rule.
    public let rule: LegalRule
    /// The names of the rivers that play it.
    public let rivers: [String]
}

extension BuiltInAgencies {
    /// The rules of all agencies, by owner and branch in the order of playing, then as declared.
    public static var legalRules: [HeldRule] {
        func held<Code: Agency>(_ code: Code) -> [HeldRule] {
            let rivers = code.rivers
            return Code.rules.map { rule in
                HeldRule(
                    owner: Code.owner, branch: Code.branch, rule: rule,
                    rivers: rivers.filter { $0.rules.contains(rule.number) }.map(\.name))
            }
        }
        var rules: [HeldRule] = []
        for code in owners.flatMap({ code(for: $0) }) { rules += held(code) }
        return rules
    }

    /// The names of the rules with values that a run may set, sorted.
    public static let ruleNames: [String] = {
        // What plays a rule does not matter here, and is much more to make than its name.
        func names<Code: Agency>(_ code: Code) -> [String] { Code.rules.compactMap(\.value?.name) }
        var all: Set<String> = []
        for code in owners.flatMap({ code(for: $0) }) { all.formUnion(names(code)) }
        return all.sorted()
    }()
}
