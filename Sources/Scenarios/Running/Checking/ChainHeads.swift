import LifeEvents

/// Follows the fact chains of a world: CREATED, CORRECTED*, then ANNULLED or CEASED.
struct ChainHeads {
    /// What follows a message; annulling an end takes the end out again.
    private var successors: [EventID: EventID] = [:]

    /// How a message breaks the rules; nil if it does not.
    mutating func see(_ envelope: EventEnvelope, type: String, _ context: WorldContext) -> String? {
        guard let change = envelope.change else {
            return envelope.previousID == nil ? nil : "names a predecessor and changes nothing"
        }
        let word = "is \(change.rawValue)"
        guard let previous = envelope.previousID else { return "\(word) and names no predecessor" }
        guard let former = context.journal[previous], former.id != envelope.id else {
            return "\(word) and follows a message that has not been on the bus"
        }
        defer { follow(former, envelope) }
        if former.type != type || former.subject != envelope.subject || former.source != envelope.source {
            return "\(word) and follows another fact, \(context.describe(former))"
        }
        if former.change == .annulled { return "\(word) and follows an annulment" }
        if former.change == .ceased, change != .annulled { return "\(word) and follows an ending" }
        if let other = successors[previous].flatMap({ context.journal[$0] }) {
            return "\(word) and follows a message that has a successor, \(context.describe(other))"
        }
        return nil
    }

    private mutating func follow(_ former: WorldJournal.Entry, _ envelope: EventEnvelope) {
        successors[former.id] = envelope.id
        if envelope.change == .annulled, former.change == .ceased, let restored = former.previous {
            successors[restored] = nil
        }
    }
}
