import AgencyKit
import JSON
import LifeEvents

/// Watches a tile.
final class TileWatch {
    let pattern: TilePattern
    let opening: Instant
    let deadline: Instant
    private(set) var isReached = false
    private(set) var misses = NearMisses()

    init(_ pattern: TilePattern, opening: Instant, deadline: Instant) {
        self.pattern = pattern
        self.opening = opening
        self.deadline = deadline
    }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        guard !isReached, var mismatch = context.mismatch(pattern, message) else { return }
        let time = message.envelope.time
        if time < opening || time > deadline {
            let text = time < opening ? "it came before \(opening.asWritten)" : "it came after \(deadline.asWritten)"
            mismatch.add(Mismatch(distance: 10, text: text))
        }
        guard mismatch.distance > 0 else {
            isReached = true
            return
        }
        guard misses.takes(mismatch.distance) else { return }
        let code = message.data?["code"]?.string ?? "no code"
        let text = "\(context.describe(message.envelope, "\(pattern.tile.value) \(code)")): \(mismatch.text)"
        misses.add(mismatch.distance, time, text)
    }
}

/// Watches for one message of an order or a latency.
final class ReferenceWatch {
    let reference: MessageReference
    private(set) var found: (id: EventID, time: Instant)?
    private let watch: PatternWatch?
    private let step: EventID?

    init(_ reference: MessageReference, opening: Instant, deadline: Instant, _ instance: ScenarioInstance) {
        self.reference = reference
        switch reference {
        case .step(let id):
            step = instance.messages[id.value]
            watch = nil
        case .message(let pattern):
            step = nil
            watch = PatternWatch(pattern, opening: opening, deadline: deadline)
        }
    }

    var misses: [String] { watch?.misses.lines ?? [] }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        guard found == nil else { return }
        if message.envelope.id == step { found = (message.envelope.id, message.envelope.time) }
        watch?.see(message, context)
        if let first = watch?.first { found = first }
    }
}

/// Watches how much time passes between two messages.
final class LatencyWatch {
    let pattern: LatencyPattern
    let from: ReferenceWatch
    let to: PatternWatch

    init(_ pattern: LatencyPattern, opening: Instant, deadline: Instant, _ instance: ScenarioInstance) {
        self.pattern = pattern
        from = ReferenceWatch(pattern.from, opening: opening, deadline: deadline, instance)
        to = PatternWatch(pattern.to, opening: opening, deadline: deadline, keepsWitnesses: true)
    }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        // What comes before the first message, or is it, cannot be the second.
        if from.found != nil { to.see(message, context) } else { from.see(message, context) }
    }

    /// The last instant that is not too late.
    var limit: Instant? {
        from.found.map { found in
            let span = pattern.atMost.value
            let reached = span.added(to: found.time)
            return span.unit == .hours ? reached : Timeline.endOfDay(reached)
        }
    }
}

/// A dead letter that has been read: what was laid aside, where and why.
struct ReadLetter {
    let envelope: EventEnvelope
    /// Whose topic it lies on.
    let owner: Owner?
    let topic: String
    let reason: String

    /// Who could not handle it; nil if it breaks a contract.
    var agency: AgencyID? { envelope.source == .livsbuss ? nil : envelope.source }
}

/// Watches for a message that is laid aside.
final class DeadLetterWatch {
    let pattern: DeadLetterPattern
    let opening: Instant
    let deadline: Instant
    private(set) var isFound = false
    private(set) var misses = NearMisses()

    init(_ pattern: DeadLetterPattern, opening: Instant, deadline: Instant) {
        self.pattern = pattern
        self.opening = opening
        self.deadline = deadline
    }

    /// - Parameter original: nil if what was laid aside is no event.
    func see(_ letter: ReadLetter, original: MatchedMessage?, _ context: WorldContext) {
        let time = letter.envelope.time
        guard !isFound else { return }
        var mismatch = Mismatch.none
        if let original {
            mismatch = context.mismatch(pattern.original, original)
        } else {
            mismatch = unreadable(letter, context)
        }
        if let agency = pattern.agency?.value, letter.owner != agency.owner || letter.agency ?? agency != agency {
            let found = letter.agency.map { "\($0)" } ?? letter.owner.map { "\($0)" } ?? "nobody"
            mismatch.add(Mismatch(distance: 20, text: "\(found) laid it aside, expected \(agency)"))
        }
        if let text = context.difference(pattern.reason, letter.reason, name: "reason") {
            mismatch.add(Mismatch(distance: 5, text: text))
        }
        if time < opening || time > deadline {
            mismatch.add(Mismatch(distance: 10, text: "it was laid aside at \(time.asWritten)"))
        }
        guard mismatch.distance > 0 else {
            isFound = true
            return
        }
        guard misses.takes(mismatch.distance) else { return }
        let what = original.map { context.describe($0.envelope, $0.type) } ?? "a damaged message on \(letter.topic)"
        misses.add(mismatch.distance, time, "\(what), because “\(letter.reason)”: \(mismatch.text)")
    }

    /// Of bytes that are no event only the topic is known, and sometimes whom they were about.
    private func unreadable(_ letter: ReadLetter, _ context: WorldContext) -> Mismatch {
        let wanted = pattern.original
        guard EventType(wanted.type.value).topic == letter.topic else {
            return Mismatch(distance: 100, text: "it is on another topic")
        }
        let person = context.instance.name(of: letter.envelope.subject)
        if let subject = wanted.subject?.value, let person, person != subject {
            return Mismatch(distance: 40, text: "it is for \(person), expected \(subject)")
        }
        guard wanted.data == nil, wanted.change == nil, wanted.causedBy == nil else {
            return Mismatch(distance: 15, text: "nothing in it can be read")
        }
        return .none
    }
}

/// Watches what an agency does with a filing.
final class RefusalWatch {
    let pattern: RefusalPattern
    let opening: Instant
    let deadline: Instant
    let filing: EventID?
    private(set) var isFound = false
    private(set) var misses = NearMisses()

    init(_ pattern: RefusalPattern, opening: Instant, deadline: Instant, filing: EventID?) {
        self.pattern = pattern
        self.opening = opening
        self.deadline = deadline
        self.filing = filing
    }

    /// A rule's validation did not hold.
    func see(_ id: EventID, _ report: RiverReport, at time: Instant, _ context: WorldContext) {
        guard id == filing, report.agency == pattern.agency, case .notWhole(let sentences) = report.outcome else {
            return
        }
        // A rule may have more to object than the scenario names.
        let named = sentences.first { context.difference(pattern.reason, $0, name: "reason") == nil }
        let reason = named ?? sentences.joined(separator: RiverOutcome.separator)
        answer(reason, "‘\(report.river)’ at \(time.asWritten)", time, context)
    }

    /// The filing was laid aside.
    func see(_ letter: ReadLetter, original: EventID, _ context: WorldContext) {
        guard original == filing, letter.agency == pattern.agency else { return }
        answer(letter.reason, "a dead letter at \(letter.envelope.time.asWritten)", letter.envelope.time, context)
    }

    /// A decision that says no (avslag).
    func see(_ message: MatchedMessage, _ context: WorldContext) {
        guard let filing, message.envelope.source == pattern.agency,
            message.data?["outcome"]?.string == Outcome.rejected.rawValue,
            context.journal.isCaused(message.envelope.causationID, by: filing)
        else { return }
        let reason = message.data?["reason"]?.string ?? Outcome.rejected.rawValue
        answer(reason, context.describe(message.envelope, message.type), message.envelope.time, context)
    }

    private func answer(_ reason: String, _ what: String, _ time: Instant, _ context: WorldContext) {
        guard !isFound else { return }
        var mismatch = Mismatch.none
        if let text = context.difference(pattern.reason, reason, name: "reason") {
            mismatch.add(Mismatch(distance: 5, text: text))
        }
        if time < opening || time > deadline {
            mismatch.add(Mismatch(distance: 10, text: "it came outside the window"))
        }
        guard mismatch.distance > 0 else {
            isFound = true
            return
        }
        misses.add(mismatch.distance, time, "\(what): \(mismatch.text)")
    }
}
