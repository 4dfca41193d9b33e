import LifeEvents

extension ScriptEntry {
    /// How many messages of one instant a scenario may publish, and how many opening facts a subject may have: an id has
    /// 12 bits for the ordinal.
    static let ordinalLimit = 4_096

    /// Numbers what is due at one instant, so that it is handled in an order that the file says: the opening facts of
    /// each subject by the time at which they occurred, then the steps. What is equal so far keeps the file's order.
    /// - Parameter start: the instant of the opening facts.
    /// - Throws: ``ScriptError`` where there are more than ``ordinalLimit``.
    static func number(_ entries: inout [ScriptEntry], start: Instant) throws(ScriptError) {
        let facts = entries.indices.filter { entries[$0].step == nil }.sorted {
            (entries[$0].occurred ?? start, $0) < (entries[$1].occurred ?? start, $1)
        }
        var factsOfSubject: [String: Int] = [:]
        var messagesOfInstant: [Instant: Int] = [:]
        for place in facts {
            let ordinal = factsOfSubject[entries[place].subject, default: 0]
            entries[place].ordinal = ordinal
            factsOfSubject[entries[place].subject] = ordinal + 1
            messagesOfInstant[start] = max(messagesOfInstant[start] ?? 0, ordinal + 1)
        }
        for place in entries.indices where entries[place].step != nil {
            let ordinal = messagesOfInstant[entries[place].due, default: 0]
            entries[place].ordinal = ordinal
            messagesOfInstant[entries[place].due] = ordinal + 1
        }
        guard let first = entries.first(where: { $0.ordinal >= ordinalLimit }) else { return }
        throw ScriptError(
            span: first.span,
            reason: first.step == nil
                ? "`\(first.subject)` has more than \(ordinalLimit) opening facts, which have no order then"
                : "more than \(ordinalLimit) messages of the scenario are due at \(Stockholm.local(first.due)), and have "
                    + "no order then")
    }
}
