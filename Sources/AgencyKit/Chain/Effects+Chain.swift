public import LifeEvents

/// Publishing a fact of the agency's own: the chain says what the event does to it, and which event it follows.
extension Effects {
    /// Publishes a fact: corrects it where it holds, and creates it where it does not.
    /// - Parameter chain: the fact; its head is the event afterwards.
    /// - Throws: as `publish`; `FactChainError` past a limit.
    public mutating func publish<Data: LifeEvent>(
        _ data: Data, in chain: inout ChainHead, about subject: Subject? = nil, occurredOn: Day? = nil
    ) throws {
        guard let head = chain.head, chain.holds else {
            // What has ended is not corrected: another fact begins.
            chain = ChainHead(try publish(data, about: subject, occurredOn: occurredOn))
            return
        }
        let id = try publish(
            data, about: subject, occurredOn: occurredOn, change: .corrected, previous: head.id)
        _ = try chain.move(id, .corrected, head.id, NoValue())
    }

    /// Ends a fact that holds, on the day it occurred; nothing happens to one that does not hold.
    /// - Throws: as `publish`; `FactChainError` past a limit.
    public mutating func cease<Data: LifeEvent, Value>(
        _ data: Data, in chain: inout FactChain<Value>, about subject: Subject? = nil, occurredOn: Day
    ) throws {
        guard let head = chain.head, chain.holds else { return }
        let id = try publish(data, about: subject, occurredOn: occurredOn, change: .ceased, previous: head.id)
        _ = try chain.move(id, .ceased, head.id, head.value)
    }

    /// Annuls the end of a fact, which then holds as before it; nothing happens to one that has not ended.
    /// - Parameter type: what is published on the chain.
    /// - Returns: whether it had ended.
    /// - Throws: as `publish`; `FactChainError` past a limit.
    @discardableResult
    public mutating func restore<Data: LifeEvent, Value>(
        _ type: Data.Type, in chain: inout FactChain<Value>, about subject: Subject? = nil, reason: String
    ) throws -> Bool {
        guard let head = chain.head, chain.isEnded else { return false }
        let id = try publish(
            Annulled<Data>(reasonCode: reason), about: subject, change: .annulled, previous: head.id)
        _ = try chain.move(id, .annulled, head.id, nil)
        return true
    }

    /// Annuls a fact, its end first if it has one; nothing happens to one that does not hold and has not ended.
    /// - Parameter type: what is published on the chain.
    /// - Throws: as `publish`; `FactChainError` past a limit.
    public mutating func annul<Data: LifeEvent, Value>(
        _ type: Data.Type, in chain: inout FactChain<Value>, about subject: Subject? = nil, reason: String
    ) throws {
        try restore(type, in: &chain, about: subject, reason: reason)
        guard let head = chain.head, chain.holds else { return }
        let id = try publish(
            Annulled<Data>(reasonCode: reason), about: subject, change: .annulled, previous: head.id)
        _ = try chain.move(id, .annulled, head.id, nil)
    }
}
