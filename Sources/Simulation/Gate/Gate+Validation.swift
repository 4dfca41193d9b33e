import Contracts
import Hosting
import JSON
import LifeEvents

/// The run's own messages, held against the schemas of their types before they leave.
extension Gate {
    private static let typeKey = JSONKey("type")
    private static let changeKey = JSONKey("changetype")
    private static let dataKey = JSONKey("data")

    /// Takes the messages that break a schema out of the instant; each goes to the dead letters of its topic's owner.
    ///
    /// Whoever made it, an agency or a scenario, the bus does not carry it: those who hear it may rely on its form.
    func refuseInvalid() {
        var refused: [Bool] = []
        let lent = bucket
        lent.bytes.withUnsafeBytes { bytes in
            for (place, entry) in lent.entries.enumerated() {
                let value = UnsafeRawBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count])
                guard let complaint = complaint(about: value, on: entry.topic) else { continue }
                if refused.isEmpty { refused = [Bool](repeating: false, count: lent.entries.count) }
                refused[place] = true
                refuse(entry, value, complaint)
            }
        }
        if !refused.isEmpty { remove(refused) }
    }

    private func complaint(about value: UnsafeRawBufferPointer, on topic: Int32) -> String? {
        let schemas = schemas[Int(topic)]
        guard !schemas.isEmpty else { return nil }
        // The run writes JSON objects; bytes that a scenario gives are read when they arrive.
        guard (try? tape.parse(value)) != nil, tape.root.kind == .object else { return nil }
        var fields = tape.root.fields()
        guard let type = fields.next(Self.typeKey) else { return nil }
        let isAnnulled = fields.next(Self.changeKey)?.string == ChangeType.annulled.rawValue
        return schemas.complaint(about: fields.next(Self.dataKey), type: type, isAnnulled: isAnnulled)
    }

    private func refuse(_ entry: OutboxEntry, _ value: UnsafeRawBufferPointer, _ complaint: String) {
        var letter = DeadLetter(
            .notValid, complaint, topic: topics[Int(entry.topic)].name, original: Array(value))
        letter.id = "\(entry.id)"
        keep(letter, topic: entry.topic, cause: entry.id, world: entry.world, subject: entry.subject, causation: nil)
    }
}
