import LifeEvents

/// The three messages that came nearest to a pattern.
struct NearMisses {
    private var kept: [(distance: Int, time: Instant, text: String, difference: String)] = []
    /// What is expected beside what the nearest of them says.
    private(set) var compared: [ComparedValue] = []

    /// From here on a message is another one than was waited for, and not the right one with something wrong.
    private static let anotherMessage = 20

    /// Whether one so far away is worth describing.
    func takes(_ distance: Int) -> Bool { kept.count < 3 || kept.last.map { distance <= $0.distance } ?? true }

    /// Of equally near ones the later stand first: they are closest to the deadline.
    /// - Parameters:
    ///   - text: the message in words, and how it differs.
    ///   - compared: all that was compared; asked of the nearest only.
    mutating func add(
        _ distance: Int, _ time: Instant, _ text: String, difference: String,
        compared: () -> [ComparedValue] = { [] }
    ) {
        let place = kept.firstIndex { distance < $0.distance || distance == $0.distance && time >= $0.time }
        kept.insert((distance, time, text, difference), at: place ?? kept.count)
        if place ?? kept.count - 1 == 0 { self.compared = compared() }
        if kept.count > 3 { kept.removeLast() }
    }

    var lines: [String] { kept.map(\.text) }

    /// How the message that was waited for differs, where it came but for one thing; nil where none did.
    var onlyDifference: String? { kept.first.flatMap { $0.distance < Self.anotherMessage ? $0.difference : nil } }
}

/// How many came, and why not more, in a failure's words.
extension PatternWatch {
    /// `none came`, `one came, but the code is U1, expected U3`, `3 came`; with `isTooFew` what was wrong with another.
    func came(isTooFew: Bool) -> String {
        guard count > 0 else { return misses.onlyDifference.map { "one came, but \($0)" } ?? "none came" }
        let came = count == 1 ? "one came" : "\(count) came"
        guard isTooFew, let difference = misses.onlyDifference else { return came }
        return "\(came); another came, but \(difference)"
    }

    /// Whether what came tells more than what did not match: where too few came and nothing was almost right.
    var tellsWitnesses: Bool { misses.onlyDifference == nil && !witnesses.isEmpty }
}

/// Watches one pattern over one window.
final class PatternWatch {
    let terms: PatternTerms
    /// The first message that matched within the window.
    private(set) var first: (id: EventID, time: Instant)?
    private(set) var count = 0
    /// The messages that matched within the window, the first ``ExpectationLook/mostMessages`` of them; see
    /// ``CheckPlan/keepsLooks``.
    private(set) var looks: [EventID] = []
    private(set) var misses = NearMisses()
    /// The first messages that matched, in words; kept where a match is a failure.
    private(set) var witnesses: [String] = []
    private(set) var firstWitnessed: Instant?

    init(_ terms: PatternTerms) { self.terms = terms }

    /// Takes a message; true if it matched within the window.
    @discardableResult
    func see(_ message: MatchedMessage, _ context: WorldContext) -> Bool {
        let envelope = message.envelope
        let isInside = envelope.time >= terms.opening && envelope.time <= terms.deadline
        let pattern = terms.pattern
        guard message.type == pattern.type.value else {
            // A dead letter is told by what was dead-lettered, not as a message that was almost the right one.
            if !message.type.hasSuffix(".dead-letter.v1") { noteOther(message, context, isInside) }
            return false
        }
        var mismatch = context.mismatch(pattern, message)
        if mismatch.distance == 0, isInside {
            count += 1
            if first == nil { first = (envelope.id, envelope.time) }
            if context.plan.keepsLooks, looks.count < ExpectationLook.mostMessages { looks.append(envelope.id) }
            if terms.keepsWitnesses, witnesses.count < 3 {
                witnesses.append(context.tables.text(context.describe(envelope, message.type)))
                firstWitnessed = firstWitnessed ?? envelope.time
            }
            return true
        }
        if !isInside {
            let text =
                envelope.time < terms.opening
                ? "it came before \(terms.opening.asWritten)" : "it came after \(terms.deadline.asWritten)"
            mismatch.add(Mismatch(distance: 10, text: text))
        }
        note(mismatch, message, context)
        return false
    }

    /// What the same agency said meanwhile about the same person may be what came instead.
    private func noteOther(_ message: MatchedMessage, _ context: WorldContext, _ isInside: Bool) {
        let pattern = terms.pattern
        guard isInside, message.type.hasPrefix(terms.owner), message.envelope.causationID != nil,
            let subject = pattern.subject, context.instance.key(of: subject.value) == message.envelope.subject,
            pattern.source == nil || pattern.source?.value == message.envelope.source, misses.takes(100)
        else { return }
        note(context.mismatch(pattern, message), message, context)
    }

    private func note(_ mismatch: Mismatch, _ message: MatchedMessage, _ context: WorldContext) {
        guard misses.takes(mismatch.distance) else { return }
        let text = context.describe(message.envelope, message.type)
        misses.add(
            mismatch.distance, message.envelope.time, context.tables.text("\(text): \(mismatch.text)"),
            difference: context.tables.text(mismatch.text)
        ) {
            context.compared(terms.pattern, message)
                + context.compared(message.envelope.time, terms.opening, terms.deadline)
        }
    }
}
