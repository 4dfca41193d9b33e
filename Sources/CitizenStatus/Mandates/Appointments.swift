import JSON
import LifeEvents

/// Who is god man or administrator for whom, within which scope, as the chief guardians tell.
struct Appointments: Sendable {
    /// What a chief guardian has said at a time of one god man.
    private struct Appointment: Sendable {
        let principal: Subject
        var mandate: Mandate
        /// The last message that says so.
        let head: EventID
        /// The message that has ended it; nil while it holds.
        var end: EventID?
    }

    private var all: [Appointment] = []

    var count: Int { all.count }

    /// Takes what a chief guardian says, and passes over all else.
    /// - Parameter hasRoom: whether one more may be known.
    /// - Returns: false if there was one more and no room for it.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    mutating func take(
        _ envelope: EventEnvelope, type: String, _ data: JSONValue, hasRoom: Bool
    ) throws -> Bool {
        guard type == Guardianship.type.name else { return true }
        let told = envelope.change == .annulled ? nil : try Guardianship(json: JSONSource(data))
        return take(envelope, told, hasRoom: hasRoom)
    }

    /// - Parameter told: nil: a message is taken back.
    private mutating func take(_ envelope: EventEnvelope, _ told: Guardianship?, hasRoom: Bool) -> Bool {
        guard let told else {
            annul(envelope.previousID)
            return true
        }
        switch envelope.change {
        case .ceased:
            if let place = place(of: envelope.previousID) { end(place, by: envelope) }
            return true
        case .corrected:
            // A swap of the god man, or another scope: what was holds no longer.
            if let place = place(of: envelope.previousID) { end(place, by: envelope) }
        case nil, .annulled: break
        }
        guard hasRoom else { return false }
        all.append(
            Appointment(
                principal: envelope.subject,
                mandate: Mandate(holder: told.holder, ground: .godMan, scope: told.scope, since: envelope.time),
                head: envelope.id))
        return true
    }

    func mandates(for person: Subject) -> [Mandate] { all.filter { $0.principal == person }.map(\.mandate) }

    private func place(of event: EventID?) -> Int? {
        event.flatMap { head in all.lastIndex { $0.head == head && $0.end == nil } }
    }

    private mutating func end(_ place: Int, by envelope: EventEnvelope) {
        all[place].mandate = all[place].mandate.ending(envelope.time)
        all[place].end = envelope.id
    }

    /// An end that is taken back restores; an appointment that is taken back never was, and one that it took the place of
    /// holds again.
    private mutating func annul(_ event: EventID?) {
        guard let event else { return }
        if let wrong = all.lastIndex(where: { $0.head == event }) { all.remove(at: wrong) }
        guard let place = all.lastIndex(where: { $0.end == event }) else { return }
        all[place].mandate = all[place].mandate.ending(nil)
        all[place].end = nil
    }
}
