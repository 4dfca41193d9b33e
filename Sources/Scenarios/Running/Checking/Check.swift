import AgencyKit
import LifeEvents
import Simulation

/// One `expect` of a scenario while it is watched.
struct Check {
    enum State {
        case message(PatternWatch)
        case status(TileWatch)
        case order([ReferenceWatch])
        case latency(LatencyWatch)
        case deadLetter(DeadLetterWatch)
        case refusal(RefusalWatch)
    }

    /// The step's place in the scenario, which all worlds share.
    private let step: Int
    private let deadline: Instant
    private let state: State

    init(_ expectation: Expectation, step: Int, _ instance: ScenarioInstance) {
        self.step = step
        let timeline = instance.scenario.timeline
        let opening = timeline.opening(of: expectation)
        let deadline = timeline.deadline(of: expectation) ?? instance.world.until
        self.deadline = deadline
        state =
            switch expectation.kind {
            case .message(let pattern):
                .message(PatternWatch(pattern, opening: opening, deadline: deadline))
            case .none(let pattern), .count(let pattern, _):
                .message(PatternWatch(pattern, opening: opening, deadline: deadline, keepsWitnesses: true))
            case .status(let pattern): .status(TileWatch(pattern, opening: opening, deadline: deadline))
            case .order(let references):
                .order(
                    references.map { ReferenceWatch($0, opening: opening, deadline: deadline, instance) })
            case .latency(let pattern):
                .latency(LatencyWatch(pattern, opening: opening, deadline: deadline, instance))
            case .deadLetter(let pattern):
                .deadLetter(DeadLetterWatch(pattern, opening: opening, deadline: deadline))
            case .refusal(let pattern):
                .refusal(
                    RefusalWatch(
                        pattern, opening: opening, deadline: deadline,
                        filing: instance.messages[pattern.filing.value]))
            }
    }

    // MARK: - Watching

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        switch state {
        case .message(let watch): watch.see(message, context)
        case .status(let watch): watch.see(message, context)
        case .order(let watches): for watch in watches { watch.see(message, context) }
        case .latency(let watch): watch.see(message, context)
        case .refusal(let watch): watch.see(message, context)
        case .deadLetter: break
        }
    }

    func see(_ letter: ReadLetter, original: MatchedMessage?, _ context: WorldContext) {
        if case .deadLetter(let watch) = state { watch.see(letter, original: original, context) }
        if case .refusal(let watch) = state, let original {
            watch.see(letter, original: original.envelope.id, context)
        }
    }

    func see(_ id: EventID, _ report: RiverReport, at time: Instant, _ context: WorldContext) {
        if case .refusal(let watch) = state { watch.see(id, report, at: time, context) }
    }

    // MARK: - The end

    /// What failed; nil if the expectation was met.
    func failure(_ scenario: Scenario) -> ExpectationFailure? {
        let step = scenario.steps[step]
        guard case .expect(let expectation) = step.action, let shortfall = shortfall(expectation) else { return nil }
        return ExpectationFailure(
            shortfall.code, step: step.id.value, place: expectation.span.description,
            message: "expected \(expectation.kind.text) \(expectation.deadline.text(deadline)), \(shortfall.what)",
            time: shortfall.time ?? deadline, nearest: shortfall.nearest, isWitnessed: shortfall.isWitnessed)
    }

    /// How what came falls short of what is expected.
    private struct Shortfall {
        var code: FailureCode
        var what: String
        var time: Instant?
        var nearest: [String]
        var isWitnessed: Bool
    }

    private func shortfall(_ expectation: Expectation) -> Shortfall? {
        switch (expectation.kind, state) {
        case (.message, .message(let watch)):
            watch.count > 0 ? nil : fail(.messageMissing, "none came", nearest: watch.misses.lines)
        case (.none, .message(let watch)):
            watch.count == 0
                ? nil
                : fail(
                    .messageCame, Self.came(watch.count), at: watch.firstWitnessed, nearest: watch.witnesses,
                    isWitnessed: true)
        case (.count(_, let equals), .message(let watch)): count(watch, equals.value)
        case (_, .status(let watch)):
            watch.isReached ? nil : fail(.tileMissing, "it did not", nearest: watch.misses.lines)
        case (_, .order(let watches)): order(watches)
        case (_, .latency(let watch)): latency(watch)
        case (_, .deadLetter(let watch)):
            watch.isFound ? nil : fail(.deadLetterMissing, "none came", nearest: watch.misses.lines)
        case (_, .refusal(let watch)):
            watch.isFound ? nil : fail(.notRefused, "it did not", nearest: watch.misses.lines)
        default: nil
        }
    }

    private static func came(_ count: Int) -> String { count == 1 ? "one came" : "\(count) came" }

    private func count(_ watch: PatternWatch, _ wanted: Int) -> Shortfall? {
        if watch.count == wanted { return nil }
        let isTooMany = watch.count > wanted
        return fail(
            .wrongCount, watch.count == 0 ? "none came" : Self.came(watch.count),
            nearest: isTooMany ? watch.witnesses : watch.misses.lines, isWitnessed: isTooMany)
    }

    private func order(_ watches: [ReferenceWatch]) -> Shortfall? {
        if let missing = watches.first(where: { $0.found == nil }) {
            return fail(.wrongOrder, "\(missing.reference.text) did not come", nearest: missing.misses)
        }
        for (left, right) in zip(watches, watches.dropFirst()) {
            guard let first = left.found, let second = right.found else { continue }
            if first.time < second.time || first.time == second.time && first.id < second.id { continue }
            return fail(
                .wrongOrder,
                "\(right.reference.text) came at \(second.time.asWritten), \(left.reference.text) at "
                    + first.time.asWritten, at: second.time)
        }
        return nil
    }

    private func latency(_ watch: LatencyWatch) -> Shortfall? {
        guard let from = watch.from.found, let limit = watch.limit else {
            return fail(.tooLate, "\(watch.pattern.from.text) did not come", nearest: watch.from.misses)
        }
        guard let to = watch.to.first else {
            return fail(.tooLate, "none came", at: min(limit, deadline), nearest: watch.to.misses.lines)
        }
        guard to.time > limit else { return nil }
        return fail(
            .tooLate, "it came after \(SpanText.text(to.time - from.time))", at: limit,
            nearest: watch.to.witnesses.prefix(1).map { $0 }, isWitnessed: true)
    }

    private func fail(
        _ code: FailureCode, _ what: String, at time: Instant? = nil, nearest: [String] = [],
        isWitnessed: Bool = false
    ) -> Shortfall {
        Shortfall(code: code, what: what, time: time, nearest: nearest, isWitnessed: isWitnessed)
    }
}
