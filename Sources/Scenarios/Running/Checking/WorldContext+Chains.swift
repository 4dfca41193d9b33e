import LifeEvents

extension WorldContext {
    /// How a message breaks the rules of fact chains, CREATED, CORRECTED*, then ANNULLED or CEASED; nil if it does not.
    /// - Parameter place: of the message in the journal.
    mutating func chainFault(_ envelope: EventEnvelope, type: String, at place: Int) -> String? {
        guard let change = envelope.change else {
            return envelope.previousID == nil ? nil : "names a predecessor and changes nothing"
        }
        let word = "is \(change.rawValue)"
        guard let previous = envelope.previousID else { return "\(word) and names no predecessor" }
        guard let formerPlace = journal.place(of: previous), formerPlace != place else {
            return "\(word) and follows a message that has not been on the bus"
        }
        let other = journal.successor(of: formerPlace)
        defer { journal.follow(formerPlace, by: place) }
        let former = journal[formerPlace]
        // What an outsider has told is judged at the gate, and not by what an agency makes of it.
        guard !former.isOutside else { return nil }
        if former.type != type || former.subject != envelope.subject || former.source != envelope.source {
            return "\(word) and follows another fact, \(describe(former))"
        }
        if former.change == .annulled { return "\(word) and follows an annulment" }
        if former.change == .ceased, change != .annulled { return "\(word) and follows an ending" }
        if let other {
            return "\(word) and follows a message that has a successor, \(describe(other))"
        }
        return nil
    }
}
