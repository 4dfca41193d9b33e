import Agencies
import AgencyKit
import Hosting
import LifeEvents
import Reports

/// A changed rule, in which words it is told, and which cases can notice it.
struct RuleChange: Sendable {
    let mutation: RuleMutation
    let owner: Owner
    let place: String
    let what: String
    /// The numbers of the cases that exercise it, the shortest first: no other can notice it.
    let cases: [Int]

    /// All changes to the rules of the built-in agencies, each once.
    /// - Parameters:
    ///   - exercises: of each case that passes.
    ///   - owners: whose rules; empty: everybody's.
    static func all(_ exercises: [Exercise], owners: [Owner]) -> [RuleChange] {
        let runners = BuiltInAgencies.idleRunners
        let shortest = exercises.sorted { ($0.messages, $0.number) < ($1.messages, $1.number) }
        var all: [RuleChange] = []
        var known: Set<RuleMutation> = []
        func add(
            _ mutation: RuleMutation, _ owner: Owner, _ place: String, _ what: String, _ uses: (Exercise) -> Bool
        ) {
            // Agencies that are branches of one owner share names of timers and tiles.
            guard known.insert(mutation).inserted else { return }
            let cases = shortest.filter(uses).map(\.number)
            all.append(RuleChange(mutation: mutation, owner: owner, place: place, what: what, cases: cases))
        }
        func isWanted(_ owner: Owner) -> Bool { owners.isEmpty || owners.contains(owner) }
        for rule in runners.flatMap(\.riverDescriptions) where isWanted(rule.owner) {
            let file = "\(rule.file)"
            for (number, sentence) in (rule.mine + rule.whole).enumerated() {
                for isNegated in [true, false] {
                    add(
                        .condition(file: file, line: rule.line, number: number, isNegated: isNegated), rule.owner,
                        "\(file):\(rule.line)",
                        "\(rule.owner) · \(rule.name): “\(sentence)” \(isNegated ? "negated" : "left out")"
                    ) { $0.asks(riverAt: file, rule.line) }
                }
            }
        }
        for runner in runners where isWanted(runner.owner) {
            for name in runner.timerNames where name != NoTimer.never.rawValue {
                add(
                    .timer(owner: runner.owner, name: name, days: 1), runner.owner, "\(runner.owner)",
                    "timer \(name) a day later"
                ) { $0.fires(runner.owner, name) }
            }
        }
        for (owner, tile, text) in exercises.flatMap(\.codes) where isWanted(owner) {
            guard let code = TileCode(rawValue: text) else { continue }
            add(
                .code(owner: owner, tile: tile, code: code), owner, "\(owner)",
                "tile \(tile) with another code than \(text)"
            ) { $0.shows(owner, tile, text) }
        }
        return all
    }
}
