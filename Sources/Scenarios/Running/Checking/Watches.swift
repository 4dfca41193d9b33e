import AgencyKit
import JSON
import LifeEvents

/// Watches a tile.
final class TileWatch {
    private(set) var isReached = false
    private(set) var misses = NearMisses()
    /// The first such tile by the end of the window, where none must be there: what came before stands on the page.
    private(set) var shown: (time: Instant, text: String)?

    func see(_ message: MatchedMessage, _ pattern: TilePattern, _ terms: CheckTerms, _ context: WorldContext) {
        let (opening, deadline) = (terms.opening, terms.deadline)
        guard !isReached, var mismatch = context.mismatch(pattern, message) else { return }
        let time = message.envelope.time
        guard pattern.code != nil else {
            guard shown == nil, mismatch.distance == 0, time <= deadline else { return }
            let code = message.data?["code"]?.string ?? "no code"
            shown = (time, context.tables.text(context.describe(message.envelope, "\(pattern.tile.value) \(code)")))
            return
        }
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
        misses.add(
            mismatch.distance, time, context.tables.text(text), difference: context.tables.text(mismatch.text)
        ) { context.compared(pattern, message) + context.compared(time, opening, deadline) }
    }
}

/// Watches for one message of an order or a latency.
final class ReferenceWatch {
    let terms: ReferenceTerms
    private(set) var found: (id: EventID, time: Instant, source: AgencyID?)?
    private var watch: PatternWatch?

    init(_ terms: ReferenceTerms) {
        self.terms = terms
        watch = terms.pattern.map { PatternWatch($0) }
    }

    var misses: NearMisses { watch?.misses ?? NearMisses() }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        guard found == nil else { return }
        if let step = terms.step, message.envelope.id == context.instance.ids[step] {
            found = (message.envelope.id, message.envelope.time, message.envelope.source)
        }
        watch?.see(message, context)
        if let first = watch?.first {
            found = (first.id, first.time, message.envelope.source)
            watch = nil
        }
    }
}

/// Watches for several messages in whatever order; each entry wants one of its own.
final class AnyOrderWatch {
    /// The entries, with the messages that would do for each: so many as there are entries, for more are of no use.
    private var entries: [(watch: PatternWatch, found: [EventID])]

    init(_ terms: [PatternTerms]) { entries = terms.map { (PatternWatch($0), []) } }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        for number in entries.indices where entries[number].watch.see(message, context) {
            if entries[number].found.count < entries.count { entries[number].found.append(message.envelope.id) }
        }
    }

    /// The messages that entries are met by.
    var looks: [EventID] { matching.compactMap(\.self) }

    /// The first entry that no message is left for.
    var missing: PatternWatch? {
        zip(entries, matching).first { $1 == nil }?.0.watch
    }

    /// A message for each entry, no two the same, for as many as can be: by augmenting paths (Kuhn).
    private var matching: [EventID?] {
        var taker: [EventID: Int] = [:]
        func give(_ entry: Int, _ tried: inout Set<EventID>) -> Bool {
            for id in entries[entry].found where tried.insert(id).inserted {
                if let other = taker[id], !give(other, &tried) { continue }
                taker[id] = entry
                return true
            }
            return false
        }
        for entry in entries.indices {
            var tried: Set<EventID> = []
            _ = give(entry, &tried)
        }
        var matched: [EventID?] = entries.map { _ in nil }
        // order-free: each entry has one message at most
        for (id, entry) in taker { matched[entry] = id }
        return matched
    }
}

/// Watches how much time passes between two messages.
final class LatencyWatch {
    let terms: LatencyTerms
    let from: ReferenceWatch
    let to: PatternWatch
    /// The last message that would have done, had it come after the first of the two.
    private(set) var early: (time: Instant, text: String)?

    init(_ terms: LatencyTerms) {
        self.terms = terms
        from = ReferenceWatch(terms.from)
        to = PatternWatch(terms.to)
    }

    func see(_ message: MatchedMessage, _ context: WorldContext) {
        // What comes before the first message, or is it, cannot be the second.
        guard from.found == nil else {
            to.see(message, context)
            return
        }
        from.see(message, context)
        guard from.found == nil, context.mismatch(terms.to.pattern, message).distance == 0 else { return }
        early = (message.envelope.time, context.tables.text(context.describe(message.envelope, message.type)))
    }

    /// The last instant that is not too late.
    var limit: Instant? {
        from.found.map { found in
            let span = terms.pattern.atMost.value
            // A day between two messages is 24 hours, whatever the clock on the wall does meanwhile.
            switch span.unit {
            case .days: return found.time + .hours(24 * Int64(span.count))
            case .weeks: return found.time + .hours(7 * 24 * Int64(span.count))
            case .hours, .months, .workingDays: return span.added(to: found.time)
            }
        }
    }
}

/// Watches what an agency does with a filing.
final class RefusalWatch {
    private(set) var isFound = false
    private(set) var misses = NearMisses()

    /// What is wanted, in one world.
    struct Terms {
        let pattern: RefusalPattern
        let opening: Instant
        let deadline: Instant
        let filing: EventID?

        init(_ pattern: RefusalPattern, _ filing: Int?, _ terms: CheckTerms, _ context: WorldContext) {
            self.pattern = pattern
            opening = terms.opening
            deadline = terms.deadline
            self.filing = filing.map { context.instance.ids[$0] }
        }
    }

    /// A rule's validation did not hold.
    func see(_ id: EventID, _ report: RiverReport, at time: Instant, _ terms: Terms, _ context: WorldContext) {
        guard id == terms.filing, report.agency == terms.pattern.agency, case .notWhole(let sentences) = report.outcome
        else {
            return
        }
        // A rule may have more to object than the scenario names.
        let named = sentences.first { context.difference(terms.pattern.reason, $0, name: "reason") == nil }
        let reason = named ?? sentences.joined(separator: RiverOutcome.separator)
        answer(reason, "‘\(report.river)’ at \(time.asWritten)", time, terms, context)
    }

    /// The filing was dead-lettered.
    func see(_ letter: ReadLetter, original: EventID, _ terms: Terms, _ context: WorldContext) {
        guard original == terms.filing, letter.agency == terms.pattern.agency else { return }
        answer(
            letter.reason, "a dead letter at \(letter.envelope.time.asWritten)", letter.envelope.time, terms, context)
    }

    /// A decision that says no (avslag).
    func see(_ message: MatchedMessage, _ terms: Terms, _ context: WorldContext) {
        guard let filing = terms.filing, message.envelope.source == terms.pattern.agency,
            message.data?["outcome"]?.string == Outcome.rejected.rawValue,
            context.journal.isCaused(message.envelope.causationID, by: filing)
        else { return }
        let reason = message.data?["reason"]?.string ?? Outcome.rejected.rawValue
        answer(reason, context.describe(message.envelope, message.type), message.envelope.time, terms, context)
    }

    private func answer(
        _ reason: String, _ what: String, _ time: Instant, _ terms: Terms, _ context: WorldContext
    ) {
        guard !isFound else { return }
        var mismatch = Mismatch.none
        if let text = context.difference(terms.pattern.reason, reason, name: "reason") {
            mismatch.add(Mismatch(distance: 5, text: text))
        }
        if time < terms.opening || time > terms.deadline {
            mismatch.add(Mismatch(distance: 10, text: "it came outside the window"))
        }
        guard mismatch.distance > 0 else {
            isFound = true
            return
        }
        misses.add(
            mismatch.distance, time, context.tables.text("\(what): \(mismatch.text)"),
            difference: context.tables.text(mismatch.text))
    }
}
