import LifeEvents
public import Scenarios

extension RunLog {
    /// What many failed worlds have in common, the most frequent first.
    ///
    /// Failures are alike that are of one kind and wait for the same type, or the same tile, of the same owner.
    var commonFailures: [(what: String, worlds: [Int])] {
        var found: [(what: String, worlds: [Int])] = []
        var places: [String: Int] = [:]
        for (number, world) in worlds.enumerated() where !world.passed {
            for failure in world.failures {
                let what = failure.kindOfFailure
                if let place = places[what] {
                    if found[place].worlds.last != number { found[place].worlds.append(number) }
                } else {
                    places[what] = found.count
                    found.append((what, [number]))
                }
            }
        }
        return found.enumerated().sorted {
            ($1.element.worlds.count, $0.offset) < ($0.element.worlds.count, $1.offset)
        }.map(\.element)
    }

    /// The same as text: a row for each kind that several worlds share; nil where fewer than four worlds failed.
    public var commonFailuresText: String? {
        let failed = worlds.count { !$0.passed }
        let shared = commonFailures.filter { $0.worlds.count > 1 }
        guard failed > 3, !shared.isEmpty else { return nil }
        let width = String(shared[0].worlds.count).count
        let rows = shared.prefix(8).map { what, worlds in
            let count = String(worlds.count)
            return "  \(String(repeating: " ", count: width - count.count))\(count) of \(failed)  \(what)\n"
        }
        return "failed cases have in common\n" + rows.joined()
    }
}

extension ScenarioInstance {
    /// What a failure of the world is about, whoever and wherever it is: `A001 skatteverket.birth.v1 from skatteverket`.
    /// Failures with the same words have it in common.
    public func kindOfFailure(_ failure: ExpectationFailure) -> String {
        expectationResults([failure], world: 0).failed.first?.kindOfFailure ?? failure.code.rawValue
    }
}

extension ExpectationResult {
    /// `A001 skatteverket.birth.v1 from skatteverket`: what a failure is about, whoever and wherever it is.
    fileprivate var kindOfFailure: String {
        let about = tile.map { "tile \($0)" } ?? type ?? (source == nil ? message : step)
        let owner = source.flatMap { AgencyID($0)?.owner.description ?? $0 }
        return ["\(code ?? "failed")", about, owner.map { "from \($0)" }].compactMap(\.self).joined(separator: " ")
    }
}
