import Hosting
import LifeEvents

/// A dead letter that has been read: what was dead-lettered, where and why.
struct ReadLetter {
    let envelope: EventEnvelope
    /// Whose topic it lies on.
    let owner: Owner?
    let topic: String
    /// Why, in words.
    let reason: String
    /// The kind of reason.
    let kind: String
    /// Whether the original came from outside, and its place on the log is known.
    let hasPlace: Bool

    /// Who could not handle it; nil if it breaks a contract.
    var agency: AgencyID? { envelope.source == .livsbuss ? nil : envelope.source }
}

/// Watches for a message that is dead-lettered.
final class DeadLetterWatch {
    private(set) var isFound = false
    private(set) var misses = NearMisses()

    /// - Parameter original: nil if what was dead-lettered is no event.
    func see(
        _ letter: ReadLetter, original: MatchedMessage?, _ pattern: DeadLetterPattern, _ terms: CheckTerms,
        _ context: WorldContext
    ) {
        guard !isFound else { return }
        let time = letter.envelope.time
        var mismatch = context.mismatch(pattern, letter, original: original)
        if time < terms.opening || time > terms.deadline {
            mismatch.add(Mismatch(distance: 10, text: "it was dead-lettered at \(time.asWritten)"))
        }
        guard mismatch.distance > 0 else {
            isFound = true
            return
        }
        guard misses.takes(mismatch.distance) else { return }
        let what = context.describe(letter, original: original)
        misses.add(
            mismatch.distance, time, context.tables.text("\(what), because “\(letter.reason)”: \(mismatch.text)"),
            difference: context.tables.text(mismatch.text))
    }
}

extension WorldContext {
    /// What a letter dead-lettered, in words.
    func describe(_ letter: ReadLetter, original: MatchedMessage?) -> String {
        original.map { describe($0.envelope, $0.type) }
            ?? (letter.kind == DeadLetter.Reason.protected.rawValue
                ? "a message on \(letter.topic), which is not quoted"
                : "a damaged message on \(letter.topic)")
    }

    /// How a letter differs from a pattern, times apart.
    /// - Parameter original: nil if what was dead-lettered is no event.
    func mismatch(_ pattern: DeadLetterPattern, _ letter: ReadLetter, original: MatchedMessage?) -> Mismatch {
        var mismatch =
            original.map { self.mismatch(pattern.original, $0) } ?? unreadable(letter, pattern.original)
        if let agency = pattern.agency?.value, letter.owner != agency.owner || letter.agency ?? agency != agency {
            let found = letter.agency.map { "\($0)" } ?? letter.owner.map { "\($0)" } ?? "nobody"
            mismatch.add(Mismatch(distance: 20, text: "\(found) dead-lettered it, expected \(agency)"))
        }
        if let text = difference(pattern.reason, letter.reason, name: "reason") {
            mismatch.add(Mismatch(distance: 5, text: text))
        }
        return mismatch
    }

    /// Of bytes that are no event only the topic is known, and sometimes whom they were about.
    private func unreadable(_ letter: ReadLetter, _ wanted: MessagePattern) -> Mismatch {
        guard EventType(wanted.type.value).topic == letter.topic else {
            return Mismatch(distance: 100, text: "it is on another topic")
        }
        let person = instance.name(of: letter.envelope.subject)
        if let subject = wanted.subject?.value, let person, person != subject {
            return Mismatch(distance: 40, text: "it is for \(person), expected \(subject)")
        }
        guard wanted.data == nil, wanted.change == nil, wanted.causedBy == nil else {
            return Mismatch(distance: 15, text: "nothing in it can be read")
        }
        return .none
    }
}
