import LifeEvents
import Simulation
import YAML

extension Casting {
    /// What became of each expectation of the scenario, in the file's order: what is not among the failures was met.
    func expectationResults(
        _ failures: [ExpectationFailure], case number: Int
    ) -> (met: [ExpectationResult], failed: [ExpectationResult]) {
        let all = written(case: number)
        var met: [ExpectationResult] = []
        var known: [String: ExpectationResult] = [:]
        for result in all {
            let place = Self.place(result)
            known[place] = result
            if !failures.contains(where: { $0.place == place }) { met.append(result) }
        }
        let failed = failures.map { failure in
            var result = known[failure.place] ?? Self.result(at: failure.place, case: number)
            result.step = failure.step
            result.message = failure.message
            result.nearest = failure.nearest.isEmpty ? nil : failure.nearest
            return result
        }
        return (met, failed)
    }

    /// The expectations as they are written, with what a diagram needs of them.
    private func written(case number: Int) -> [ExpectationResult] {
        var results: [ExpectationResult] = []
        for step in scenario.steps {
            guard case .expect(let expectation) = step.action else { continue }
            var result = Self.result(expectation.span, step: step.id.value, case: number)
            result.deadline = scenario.timeline.deadline(of: expectation) ?? world.until
            Self.describe(expectation.kind, in: &result)
            results.append(result)
        }
        for tile in scenario.finalTiles {
            var result = Self.result(tile.code.span, step: "then", case: number)
            result.message = "at the end the tile \(tile.tile.value) of \(tile.holder.value) is \(tile.code.value)"
            result.type = StatusTile.type.name
            result.source = tile.agency?.value.description
            result.subject = tile.holder.value
            result.deadline = world.until
            results.append(result)
        }
        return results
    }

    private static func describe(_ kind: Expectation.Kind, in result: inout ExpectationResult) {
        func take(_ pattern: MessagePattern, _ what: String) {
            result.message = what + pattern.type.value + (pattern.subject.map { " for \($0.value)" } ?? "")
            result.type = pattern.type.value
            result.source = pattern.source?.value.description
            result.subject = pattern.subject?.value
        }
        if case .message(let pattern) = kind { take(pattern, "") }
        if case .none(let pattern) = kind { take(pattern, "no ") }
        if case .count(let pattern, let equals) = kind { take(pattern, "\(equals.value) × ") }
        if case .status(let pattern) = kind {
            result.message = "the tile \(pattern.tile.value) of \(pattern.holder.value) reaches \(pattern.code.value)"
            result.type = StatusTile.type.name
            result.source = pattern.agency?.value.description
            result.subject = pattern.holder.value
        }
    }

    private static func result(_ span: SourceSpan, step: String, case number: Int) -> ExpectationResult {
        ExpectationResult(
            case: number, step: step, message: "", file: span.file, line: span.range.start.line,
            column: span.range.start.column)
    }

    /// An expectation that is known by its place only, `file:line:column`.
    private static func result(at place: String, case number: Int) -> ExpectationResult {
        let parts = place.split(separator: ":")
        let numbers = parts.suffix(2).compactMap { Int($0) }
        guard numbers.count == 2 else {
            return ExpectationResult(case: number, step: "", message: "", file: place, line: 1, column: 1)
        }
        return ExpectationResult(
            case: number, step: "", message: "", file: parts.dropLast(2).joined(separator: ":"), line: numbers[0],
            column: numbers[1])
    }

    private static func place(_ result: ExpectationResult) -> String {
        "\(result.file):\(result.line):\(result.column)"
    }
}
