public import LifeEvents

extension FactChain {
    /// Takes a created, corrected or ceased event, and then what has waited for it.
    /// - Parameter value: what the case keeps of the event.
    /// - Returns: what became of the chain.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    @inlinable public mutating func take<Data: LifeEvent>(_ event: Event<Data>, _ value: Value) throws -> ChainOutcome<
        Value
    > {
        try noted(move(event.id, event.step, event.previous, value), of: event)
    }

    /// Takes an annulment, and then what has waited for it.
    /// - Returns: what became of the chain.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    @inlinable public mutating func take<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws -> ChainOutcome<Value>
    {
        try noted(move(event.id, .annulled, event.previous, nil), of: event)
    }

    /// What became of the chain, noted at the event where the chain keeps it.
    @inlinable func noted<Data: LifeEvent>(_ outcome: ChainOutcome<Value>, of event: Event<Data>) -> ChainOutcome<Value>
    {
        if case .awaitsPredecessor = outcome { event.chainNote?.noteWaiting() }
        return outcome
    }

    /// Begins anew with an event as the head, whatever its predecessor is: for those whom a fact concerns from here on,
    /// as a municipality to which a corrected move leads. What follows the event moves the chain; what follows an
    /// earlier one does not.
    @inlinable public mutating func adopt<Data: LifeEvent>(_ event: Event<Data>, _ value: Value) {
        begin(event.id, event.step, event.previous, value)
    }

    /// A chain that begins with an event; see ``adopt(_:_:)``.
    @inlinable public init<Data: LifeEvent>(_ event: Event<Data>, _ value: Value) {
        self.init()
        adopt(event, value)
    }
}

/// What an event is to a chain that a case holds; nil for a chain is one of which nothing is known.
extension Event {
    @inlinable var step: FactStep { FactStep(change) }

    /// Whether the event creates a fact.
    public var isNew: Bool { change == nil }

    /// Whether the event moves the chain: it creates the fact where none is known, or names the head as predecessor.
    @inlinable public func follows<Value>(_ chain: FactChain<Value>?) -> Bool {
        if case .moves = (chain ?? FactChain()).standing(id, step, previous) { true } else { false }
    }

    /// Whether the event corrects the head.
    @inlinable public func corrects<Value>(_ chain: FactChain<Value>?) -> Bool {
        change == .corrected && follows(chain)
    }

    /// Whether the event ends what the head says.
    @inlinable public func ceases<Value>(_ chain: FactChain<Value>?) -> Bool { change == .ceased && follows(chain) }

    /// Whether the event annuls the head.
    @inlinable public func annuls<Value>(_ chain: FactChain<Value>?) -> Bool { change == .annulled && follows(chain) }

    /// Whether the event is of the chain's fact: the chain moves with it, or keeps it until its predecessor is here.
    ///
    /// For who looks at a chain and does not take the event: a river that acts on what ``FactChain/take(_:_:)`` returns
    /// needs no such condition.
    @inlinable public func belongs<Value>(to chain: FactChain<Value>?) -> Bool {
        switch (chain ?? FactChain()).standing(id, step, previous) {
        case .moves, .awaitsPredecessor: true
        case .superseded, .repeated, .notOfChain: false
        }
    }
}
