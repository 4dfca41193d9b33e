public import LifeEvents

/// A chain of which a case keeps no values: who follows needs only the head, and so does who publishes.
public typealias ChainHead = FactChain<NoValue>

/// Nothing.
public struct NoValue: Codable, Hashable, Sendable {
    /// Nothing.
    public init() {}
}

extension ChainHead {
    /// A chain whose head is an event that the agency has made itself.
    public init(_ id: EventID) { self.init(id, NoValue()) }

    /// Takes a created, corrected or ceased event; see ``take(_:_:)``.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    public mutating func take<Data: LifeEvent>(_ event: Event<Data>) throws -> ChainOutcome<NoValue> {
        try take(event, NoValue())
    }

    /// Takes an annulment, and then what has waited for it.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    public mutating func take<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws -> ChainOutcome<NoValue> {
        try noted(move(event.id, .annulled, event.previous, nil), of: event)
    }

    /// A chain that begins with an event; see ``adopt(_:_:)``.
    public init<Data: LifeEvent>(_ event: Event<Data>) { self.init(event, NoValue()) }

    /// Begins anew with an event as the head; see ``adopt(_:_:)``.
    public mutating func adopt<Data: LifeEvent>(_ event: Event<Data>) { adopt(event, NoValue()) }
}
