import AgencyKit
import LifeEvents
import Simulation

/// One `expect` of a scenario while a world is held against it. Once it is met, nothing more is kept of it.
struct Check {
    private enum State {
        case message(PatternWatch)
        case status(TileWatch)
        case order([ReferenceWatch])
        case anyOrder(AnyOrderWatch)
        case latency(LatencyWatch)
        case deadLetter(DeadLetterWatch)
        case refusal(RefusalWatch)
        /// - by: the messages that it was met by, where they are kept.
        case met(by: [EventID])
    }

    private let terms: CheckTerms
    private var state: State

    init(_ terms: CheckTerms) {
        self.terms = terms
        state =
            switch terms.kind {
            case .message(let pattern): .message(PatternWatch(pattern))
            case .status: .status(TileWatch())
            case .order(let references): .order(references.map { ReferenceWatch($0) })
            case .anyOrder(let patterns): .anyOrder(AnyOrderWatch(patterns))
            case .latency(let latency): .latency(LatencyWatch(latency))
            case .deadLetter: .deadLetter(DeadLetterWatch())
            case .refusal: .refusal(RefusalWatch())
            }
    }

    // MARK: - Watching

    mutating func see(_ message: MatchedMessage, _ context: WorldContext) {
        switch (state, terms.kind) {
        case (.message(let watch), _):
            watch.see(message, context)
            if watch.count > 0, !watch.terms.keepsWitnesses { state = .met(by: watch.looks) }
        case (.status(let watch), .status(let pattern)):
            watch.see(message, pattern, terms, context)
            if watch.isReached { state = .met(by: context.plan.keepsLooks ? [message.envelope.id] : []) }
        case (.order(let watches), _): for watch in watches { watch.see(message, context) }
        case (.anyOrder(let watch), _): watch.see(message, context)
        case (.latency(let watch), _): watch.see(message, context)
        case (.refusal(let watch), .refusal(let pattern, let filing)):
            watch.see(message, RefusalWatch.Terms(pattern, filing, terms, context), context)
            if watch.isFound { state = .met(by: []) }
        default: break
        }
    }

    mutating func see(_ letter: ReadLetter, original: MatchedMessage?, _ context: WorldContext) {
        switch (state, terms.kind) {
        case (.deadLetter(let watch), .deadLetter(let pattern)):
            watch.see(letter, original: original, pattern, terms, context)
            if watch.isFound { state = .met(by: []) }
        case (.refusal(let watch), .refusal(let pattern, let filing)):
            guard let original else { return }
            watch.see(
                letter, original: original.envelope.id, RefusalWatch.Terms(pattern, filing, terms, context), context)
            if watch.isFound { state = .met(by: []) }
        default: break
        }
    }

    mutating func see(_ id: EventID, _ report: RiverReport, at time: Instant, _ context: WorldContext) {
        guard case .refusal(let watch) = state, case .refusal(let pattern, let filing) = terms.kind else { return }
        watch.see(id, report, at: time, RefusalWatch.Terms(pattern, filing, terms, context), context)
        if watch.isFound { state = .met(by: []) }
    }

    // MARK: - The end

    /// The messages that the expectation was met by, or counted.
    var looks: [EventID] {
        switch state {
        case .met(let messages): messages
        case .message(let watch): watch.looks
        case .order(let watches): watches.compactMap { $0.found?.id }
        case .anyOrder(let watch): watch.looks
        case .latency(let watch): [watch.from.found?.id, watch.to.first?.id].compactMap(\.self)
        case .status, .deadLetter, .refusal: []
        }
    }

    /// The step's place in the scenario.
    var step: Int { terms.step }

    /// What failed; nil if the expectation was met.
    func failure(_ scenario: Scenario) -> ExpectationFailure? {
        let step = scenario.steps[terms.step]
        guard case .expect(let expectation) = step.action, let shortfall = shortfall(expectation) else { return nil }
        return ExpectationFailure(
            shortfall.code, step: step.id.value, place: expectation.span.description,
            message:
                "expected \(expectation.kind.text) \(expectation.deadline.text(terms.deadline)), \(shortfall.what)",
            time: shortfall.time ?? terms.deadline, nearest: shortfall.nearest, isWitnessed: shortfall.isWitnessed,
            compared: shortfall.compared)
    }

    /// How what came falls short of what is expected.
    private struct Shortfall {
        var code: FailureCode
        var what: String
        var time: Instant?
        var nearest: [String]
        var isWitnessed: Bool
        var compared: [ComparedValue]
    }

    private func shortfall(_ expectation: Expectation) -> Shortfall? {
        switch (expectation.kind, state) {
        case (.message, .message(let watch)):
            fail(.messageMissing, watch.came(isTooFew: true), watch.misses)
        case (.none, .message(let watch)):
            watch.count == 0
                ? nil
                : fail(
                    .messageCame, watch.came(isTooFew: false), at: watch.firstWitnessed, nearest: watch.witnesses,
                    isWitnessed: true)
        case (.count(_, let wanted), .message(let watch)): count(watch, wanted)
        case (.status(let pattern), .status(let watch)) where pattern.code == nil:
            watch.shown.map { fail(.tileShown, "it came", at: $0.time, nearest: [$0.text], isWitnessed: true) }
        case (_, .status(let watch)): fail(.tileMissing, Self.didNot(watch.misses), watch.misses)
        case (_, .order(let watches)): order(watches)
        case (_, .anyOrder(let watch)): anyOrder(watch)
        case (_, .latency(let watch)): latency(watch)
        case (_, .deadLetter(let watch)):
            fail(.deadLetterMissing, Self.noneCame(watch.misses), nearest: watch.misses.lines)
        case (_, .refusal(let watch)): fail(.notRefused, Self.didNot(watch.misses), nearest: watch.misses.lines)
        default: nil
        }
    }

    /// That none came, led by what was wrong with the one that did.
    private static func noneCame(_ misses: NearMisses) -> String {
        misses.onlyDifference.map { "one came, but \($0)" } ?? "none came"
    }

    private static func didNot(_ misses: NearMisses) -> String {
        misses.onlyDifference.map { "it did not: \($0)" } ?? "it did not"
    }

    /// That a message did not come, led by what was wrong with the one that did.
    private static func didNotCome(_ text: String, _ misses: NearMisses) -> String {
        misses.onlyDifference.map { "\(text) did not come: one did, but \($0)" } ?? "\(text) did not come"
    }

    private func anyOrder(_ watch: AnyOrderWatch) -> Shortfall? {
        guard let missing = watch.missing else { return nil }
        let text = missing.terms.pattern.text
        guard missing.count > 0 else {
            return fail(.messageMissing, Self.didNotCome(text, missing.misses), missing.misses)
        }
        return tooFew(
            .messageMissing, "of \(text) \(missing.came(isTooFew: false)), which others of the list are met by", missing
        )
    }

    /// Too few came: what did, or where another was almost the right one, that.
    private func tooFew(_ code: FailureCode, _ what: String, _ watch: PatternWatch) -> Shortfall {
        guard watch.tellsWitnesses else { return fail(code, what, watch.misses) }
        return fail(code, what, nearest: watch.witnesses, isWitnessed: true)
    }

    private func count(_ watch: PatternWatch, _ wanted: MessageCount) -> Shortfall? {
        if wanted.admits(watch.count) { return nil }
        let isTooMany = watch.count > wanted.least
        guard isTooMany else {
            return tooFew(.wrongCount, watch.came(isTooFew: true), watch)
        }
        return fail(.wrongCount, watch.came(isTooFew: false), nearest: watch.witnesses, isWitnessed: true)
    }

    private func order(_ watches: [ReferenceWatch]) -> Shortfall? {
        if let missing = watches.first(where: { $0.found == nil }) {
            return fail(.wrongOrder, Self.didNotCome(missing.terms.reference.text, missing.misses), missing.misses)
        }
        for (left, right) in zip(watches, watches.dropFirst()) {
            guard let first = left.found, let second = right.found else { continue }
            if first.time < second.time { continue }
            guard first.time != second.time || first.source == second.source else {
                // The ids of two publishers are drawn from the seed: which is smaller is luck.
                return fail(
                    .wrongOrder,
                    "\(left.terms.reference.text) and \(right.terms.reference.text) came at one instant from two "
                        + "publishers, whose order nothing decides", at: second.time)
            }
            guard first.time != second.time || first.id == second.id || first.id.ordinal != second.id.ordinal else {
                // Neither the handling of one person nor the file numbers them: luck too.
                return fail(
                    .wrongOrder,
                    "\(left.terms.reference.text) and \(right.terms.reference.text) came at one instant from one "
                        + "publisher about two people or by two branches: nothing decides their order", at: second.time)
            }
            if first.time == second.time, first.id < second.id { continue }
            return fail(
                .wrongOrder,
                "\(right.terms.reference.text) came at \(second.time.asWritten), \(left.terms.reference.text) at "
                    + first.time.asWritten, at: second.time)
        }
        return nil
    }

    private func latency(_ watch: LatencyWatch) -> Shortfall? {
        guard let from = watch.from.found, let limit = watch.limit else {
            return fail(
                .tooLate, Self.didNotCome(watch.terms.pattern.from.text, watch.from.misses), watch.from.misses)
        }
        guard let to = watch.to.first else {
            let end = min(limit, terms.deadline)
            guard let early = watch.early, watch.to.misses.onlyDifference == nil else {
                return fail(.tooLate, watch.to.came(isTooFew: true), watch.to.misses, at: end)
            }
            return fail(
                .tooLate, "none came after it: one came before it, at \(early.time.asWritten)", at: end,
                nearest: [early.text], isWitnessed: true)
        }
        guard to.time > limit else { return nil }
        return fail(
            .tooLate, "it came after \(SpanText.text(to.time - from.time))", at: limit,
            nearest: watch.to.witnesses.prefix(1).map { $0 }, isWitnessed: true)
    }

    private func fail(
        _ code: FailureCode, _ what: String, _ misses: NearMisses, at time: Instant? = nil
    ) -> Shortfall {
        Shortfall(
            code: code, what: what, time: time, nearest: misses.lines, isWitnessed: false, compared: misses.compared)
    }

    private func fail(
        _ code: FailureCode, _ what: String, at time: Instant? = nil, nearest: [String] = [],
        isWitnessed: Bool = false
    ) -> Shortfall {
        Shortfall(code: code, what: what, time: time, nearest: nearest, isWitnessed: isWitnessed, compared: [])
    }
}
