import LifeEvents
import Scenarios
import Simulation
import YAML

extension ScenarioInstance {
    /// What became of each expectation of the scenario, in the file's order: what is not among the failures was met.
    func expectationResults(
        _ failures: [ExpectationFailure], world number: Int, looks: [ExpectationLook] = []
    ) -> (met: [ExpectationResult], failed: [ExpectationResult]) {
        var looked: [String: [EventID]] = [:]
        for look in looks { looked[Self.name(look.place, look.step)] = look.messages }
        let all = written(world: number).map { result in
            var result = result
            result.looked = looked[Self.name(result.place, result.step)]
            return result
        }
        var met: [ExpectationResult] = []
        var known: [String: ExpectationResult] = [:]
        let failedNames = Set(failures.map { Self.name($0.place, $0.step) })
        for result in all {
            let name = Self.name(result.place, result.step)
            known[name] = result
            if !failedNames.contains(name) { met.append(result) }
        }
        let failed = failures.map { failure in
            var result = known[Self.name(failure.place, failure.step)] ?? Self.result(at: failure.place, world: number)
            result.step = failure.step
            result.message = failure.message
            result.code = failure.code.rawValue
            result.nearest = failure.nearest.isEmpty ? nil : failure.nearest
            result.compared = failure.compared.isEmpty ? nil : failure.compared
            result.witnessed = failure.isWitnessed ? true : nil
            if failure.time != result.deadline { result.decided = failure.time }
            return result
        }
        return (met, failed)
    }

    /// A group that is used twice has its places twice.
    private static func name(_ place: String, _ step: String) -> String { "\(place) \(step)" }

    /// The expectations as they are written, with what a diagram and a question of why need of them.
    private func written(world number: Int) -> [ExpectationResult] {
        var results: [ExpectationResult] = []
        for step in scenario.steps {
            guard case .expect(let expectation) = step.action else { continue }
            var result = Self.result(expectation.span, step: step.id.value, world: number)
            result.opening = scenario.timeline.opening(of: expectation)
            let deadline = scenario.timeline.deadline(of: expectation) ?? until
            result.deadline = deadline
            result.cause = expectation.after.flatMap { message(ofStep: $0.value) }
            result.message = "\(expectation.kind.text) \(expectation.deadline.text(deadline))"
            describe(expectation.kind, in: &result)
            results.append(result)
        }
        return results + writtenAtTheEnd(world: number)
    }

    private func writtenAtTheEnd(world number: Int) -> [ExpectationResult] {
        var results: [ExpectationResult] = []
        func add(_ tile: FinalTile, _ when: String, _ instant: Instant) {
            var result = Self.result(tile.span, step: "then", world: number)
            result.message = "\(tile.inWords) \(when)"
            result.type = StatusTile.type.name
            result.source = tile.agency?.value.description
            result.subject = tile.holder.value
            result.tile = tile.tile.value
            result.about = tile.about?.value
            result.fields = ["code"] + tile.fields
            result.deadline = instant
            results.append(result)
        }
        for tile in scenario.finalTiles { add(tile, "at the end", until) }
        for page in scenario.finalPages {
            var result = Self.result(page.holder.span, step: "then", world: number)
            result.message = "\(page.inWords) at the end"
            result.subject = page.holder.value
            result.isExact = true
            result.deadline = until
            results.append(result)
        }
        for entry in scenario.tilesAsOf {
            let instant = entry.at.resolveAsDeadline(on: scenario.timeline) ?? until
            for tile in entry.tiles { add(tile, "as of \(instant.asWritten)", instant) }
        }
        for count in scenario.finalCounts {
            var result = Self.result(count.count.span, step: "then", world: number)
            describe(.count(count.pattern, count.count), in: &result)
            result.message = "\(count.count.text) × \(count.pattern.text) in the whole run"
            result.deadline = until
            results.append(result)
        }
        for invariant in scenario.invariants {
            var result = Self.result(invariant.span, step: "then", world: number)
            result.message = "\(invariant.value.rawValue) throughout"
            results.append(result)
        }
        return results
    }

    private func describe(_ kind: Expectation.Kind, in result: inout ExpectationResult) {
        func take(_ pattern: MessagePattern) {
            result.type = pattern.type.value
            result.source = pattern.source?.value.description
            result.subject = pattern.subject?.value
            if let step = pattern.causedBy { result.cause = message(ofStep: step.value) }
            result.fields = pattern.data.map(Self.fields)
            if pattern.isExact { result.isExact = true }
        }
        switch kind {
        case .message(let pattern), .none(let pattern), .count(let pattern, _): take(pattern)
        case .status(let pattern):
            result.type = StatusTile.type.name
            result.source = pattern.agency?.value.description
            result.subject = pattern.holder.value
            result.tile = pattern.tile.value
            result.about = pattern.about?.value
            result.fields = ["code"] + (pattern.data.map(Self.fields) ?? [])
        case .order(let references):
            for case .message(let pattern) in references { take(pattern) }
        case .anyOrder(let patterns): for pattern in patterns { take(pattern) }
        case .latency(let pattern):
            take(pattern.to)
            if case .step(let id) = pattern.from { result.cause = message(ofStep: id.value) }
        case .deadLetter(let pattern):
            result.subject = pattern.original.subject?.value
            result.source = pattern.agency?.value.description
        case .refusal(let pattern):
            result.cause = message(ofStep: pattern.filing.value)
            result.source = pattern.agency.description
        }
    }

    /// The fields of a payload that a pattern names.
    private static func fields(_ data: DataNode) -> [String] {
        if case .map(let entries) = data.content { entries.map(\.key.value) } else { [] }
    }

    private static func result(_ span: SourceSpan, step: String, world number: Int) -> ExpectationResult {
        ExpectationResult(
            case: number, step: step, message: "", file: span.file, line: span.range.start.line,
            column: span.range.start.column)
    }

    /// An expectation that is known by its place only, `file:line:column`.
    private static func result(at place: String, world number: Int) -> ExpectationResult {
        let parts = place.split(separator: ":")
        let numbers = parts.suffix(2).compactMap { Int($0) }
        guard numbers.count == 2 else {
            return ExpectationResult(case: number, step: "", message: "", file: place, line: 1, column: 1)
        }
        return ExpectationResult(
            case: number, step: "", message: "", file: parts.dropLast(2).joined(separator: ":"), line: numbers[0],
            column: numbers[1])
    }
}
