import Contracts
import Hosting
import JSON
import LifeEvents

/// The run's own messages, held against the contracts before they leave: who may say them, and what they must be.
extension Gate {
    private static let sourceKey = JSONKey("source")
    private static let typeKey = JSONKey("type")
    private static let changeKey = JSONKey("changetype")
    private static let dataKey = JSONKey("data")

    /// Takes the messages that break a contract out of the instant; each goes to the dead letters of its topic's owner.
    ///
    /// Whoever made it, an agency or a scenario, the bus does not carry it: those who hear it may rely on who says it and
    /// on its form.
    func refuseBreaches() {
        var refused: [Bool] = []
        let lent = bucket
        for (place, entry) in lent.entries.enumerated() {
            lent.withValue(of: entry) { value in
                guard let breach = breach(value, on: entry.topic) else { return }
                if refused.isEmpty { refused = [Bool](repeating: false, count: lent.entries.count) }
                refused[place] = true
                refuse(entry, value, breach)
            }
        }
        if !refused.isEmpty { remove(refused) }
    }

    typealias Breach = (reason: DeadLetter.Reason, sentence: String)

    /// What keeps a message of the run from being said; nil: it may be.
    func breach(_ value: UnsafeRawBufferPointer, on topic: Int32) -> Breach? {
        let schemas = schemas[Int(topic)]
        guard !schemas.isEmpty || !sayings.isOpen(topic) || askedConsents.areAsked(on: topic) else { return nil }
        // The run writes JSON objects; bytes that a scenario gives are read when they arrive.
        guard (try? tape.parse(value)) != nil, tape.root.kind == .object else { return nil }
        var fields = tape.root.fields()
        let source = fields.next(Self.sourceKey)
        guard let type = fields.next(Self.typeKey) else { return nil }
        let agency = source?.stringBytes.flatMap { AgencyID(sourceUTF8: $0) }
        if let agency, let refusal = sayings.refusal(of: agency, type, on: topic) { return (.notAllowed, refusal) }
        let isAnnulled = fields.next(Self.changeKey)?.string == ChangeType.annulled.rawValue
        let data = fields.next(Self.dataKey)
        if let complaint = schemas.complaint(about: data, type: type, isAnnulled: isAnnulled) {
            return (.notValid, complaint)
        }
        if let lack = lack(of: tape.root, data, type: type, isAnnulled: isAnnulled, on: topic) {
            return (.notValid, lack)
        }
        return missingConsent(tape.root, on: topic).map { (.noConsent, $0) }
    }

    private func refuse(_ entry: OutboxEntry, _ value: UnsafeRawBufferPointer, _ breach: Breach) {
        var letter = DeadLetter(
            breach.reason, breach.sentence, topic: topics[Int(entry.topic)].name, original: Array(value))
        letter.id = "\(entry.id)"
        keep(letter, topic: entry.topic, cause: entry.id, world: entry.world, subject: entry.subject, causation: nil)
    }
}
