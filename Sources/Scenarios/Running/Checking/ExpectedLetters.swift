import Hosting
import LifeEvents

/// Which messages a scenario lets be dead-lettered: those that a step expects to be, and those under `allow_dead_letters`.
struct ExpectedLetters {
    private struct Expected {
        let pattern: DeadLetterPattern
        let window: ClosedRange<Instant>
    }

    private let allowsAll: Bool
    private let patterns: [Expected]
    /// Filings that must be refused, by their places in the script; a letter is one way to refuse.
    private let refusals: [(filing: Int, agency: AgencyID)]

    init(_ scenario: Scenario, _ checks: [CheckTerms], until: Instant) {
        let whole = scenario.start.value...max(until, scenario.start.value)
        var patterns: [Expected] = []
        var refusals: [(filing: Int, agency: AgencyID)] = []
        for check in checks {
            switch check.kind {
            case .deadLetter(let pattern) where check.opening <= check.deadline:
                patterns.append(Expected(pattern: pattern, window: check.opening...check.deadline))
            case .refusal(let pattern, let filing):
                if let filing { refusals.append((filing, pattern.agency)) }
            default: break
            }
        }
        switch scenario.allowedDeadLetters {
        case .all: allowsAll = true
        case .some(let allowed):
            allowsAll = false
            patterns += allowed.map { Expected(pattern: $0, window: whole) }
        }
        (self.patterns, self.refusals) = (patterns, refusals)
    }

    /// Whether a letter is one of the run's own messages, and nobody expects it.
    ///
    /// What outsiders send can never make a run fail, and what was skipped was so on request.
    /// - Parameters:
    ///   - id: of the original, as far as it is known.
    ///   - original: nil if what was dead-lettered is no event.
    func isUnexpected(
        _ letter: ReadLetter, id: EventID?, original: MatchedMessage?, _ context: WorldContext
    ) -> Bool {
        guard !allowsAll, !letter.hasPlace, letter.kind != DeadLetter.Reason.skipped.rawValue else { return false }
        if let id, let entry = context.journal[id], entry.isOutside { return false }
        if let id, refusals.contains(where: { context.instance.ids[$0.filing] == id && $0.agency == letter.agency }) {
            return false
        }
        return !patterns.contains { expected in
            expected.window.contains(letter.envelope.time)
                && context.mismatch(expected.pattern, letter, original: original).distance == 0
        }
    }
}

/// The letters of a world that nobody expects.
struct UnexpectedLetters {
    /// So many are told; what goes wrong once goes wrong again.
    private static let most = 3

    private struct Letter {
        let time: Instant
        let text: String
        /// Where the original is written, if a step publishes it.
        let place: String?
    }

    private var first: [Letter] = []
    private var count = 0

    mutating func add(_ letter: ReadLetter, id: EventID?, original: MatchedMessage?, _ context: WorldContext) {
        count += 1
        guard first.count < Self.most else { return }
        let instance = context.instance
        let place = id.flatMap { wanted in instance.ids.firstIndex(of: wanted) }.map { instance.entries[$0].span }
        let who = letter.agency.map { "\($0)" } ?? "the bus"
        first.append(
            Letter(
                time: letter.envelope.time,
                text:
                    "\(who) laid \(context.describe(letter, original: original)) aside, because “\(letter.reason)”",
                place: place?.description))
    }

    /// One failure for all of them; nil if there is none.
    func failure(_ scenario: Scenario) -> ExpectationFailure? {
        guard let letter = first.first else { return nil }
        let more = count > 1 ? ", and \(count - 1) more" : ""
        return ExpectationFailure(
            .unexpectedDeadLetter, step: "dead-letter", place: letter.place ?? scenario.name.span.description,
            message: "expected no dead letter, \(letter.text)\(more)", time: letter.time,
            nearest: first.dropFirst().map(\.text), isWitnessed: true)
    }
}
