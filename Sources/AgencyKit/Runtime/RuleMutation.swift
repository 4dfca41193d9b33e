package import LifeEvents

/// One change to the agencies' rules, to see whether any scenario notices: the measure of what scenarios test.
///
/// Only a build with the flag `MUTATIONS`, which debug builds have, plays it; elsewhere rules pay nothing for it.
package enum RuleMutation: Sendable, Hashable {
    /// A condition of the river at a place: asked the other way round, or not at all.
    /// - number: its place among the river's preconditions and then validations.
    case condition(file: String, line: Int, number: Int, isNegated: Bool)
    /// A timer of an owner falls due so many days later.
    case timer(owner: Owner, name: String, days: Int)
    /// A tile of an owner shows another code where it should show this one.
    case code(owner: Owner, tile: String, code: TileCode)

    /// Reads what ``text`` has written; nil for anything else.
    package init?(text: String) {
        let words = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        switch (words.first, words.count) {
        case ("condition", 5):
            guard let line = Int(words[2]), let number = Int(words[3]), ["negate", "drop"].contains(words[4]) else {
                return nil
            }
            self = .condition(file: words[1], line: line, number: number, isNegated: words[4] == "negate")
        case ("timer", 4):
            guard let owner = Owner(text: words[1]), let days = Int(words[3]) else { return nil }
            self = .timer(owner: owner, name: words[2], days: days)
        case ("code", 4):
            guard let owner = Owner(text: words[1]), let code = TileCode(rawValue: words[3]) else { return nil }
            self = .code(owner: owner, tile: words[2], code: code)
        default: return nil
        }
    }

    /// The mutation in one word of a command line.
    package var text: String {
        switch self {
        case .condition(let file, let line, let number, let isNegated):
            "condition|\(file)|\(line)|\(number)|\(isNegated ? "negate" : "drop")"
        case .timer(let owner, let name, let days): "timer|\(owner)|\(name)|\(days)"
        case .code(let owner, let tile, let code): "code|\(owner)|\(tile)|\(code.rawValue)"
        }
    }
}

/// A river's condition as a mutation has it.
@usableFromInline struct MutatedCondition: Sendable {
    @usableFromInline let number: Int
    @usableFromInline let isNegated: Bool
}

extension EffectSink {
    /// What the run's mutation makes of the river at a place; nil: nothing.
    @usableFromInline func mutation(at file: StaticString, _ line: Int) -> MutatedCondition? {
        guard case .condition(let path, line, let number, let isNegated) = settings.mutation, path == "\(file)" else {
            return nil
        }
        return MutatedCondition(number: number, isNegated: isNegated)
    }

    /// When a timer falls due.
    func mutated(_ due: Instant, ofTimer name: String) -> Instant {
        guard case .timer(agency.owner, name, let days) = settings.mutation else { return due }
        return due + .hours(24 * Int64(days))
    }

    /// The code that a tile shows.
    func mutated(_ code: TileCode, of tile: TileName) -> TileCode {
        guard case .code(agency.owner, tile.rawValue, code) = settings.mutation else { return code }
        return code == .received ? .awaitingCitizen : .received
    }
}

extension Conditions {
    /// As `failed`, with one condition as the mutation has it.
    /// - Parameter first: the number of the first of these conditions among the river's.
    @usableFromInline func failed(
        _ state: State, _ event: Event<Data>, mutated: MutatedCondition, from first: Int
    ) -> [String]? {
        var failed: [String] = []
        for place in 0..<all.count {
            var holds = all[place].holds(state, event)
            if first + place == mutated.number { holds = mutated.isNegated ? !holds : true }
            if !holds { failed += alone[place] }
        }
        return failed.isEmpty ? nil : failed
    }
}
