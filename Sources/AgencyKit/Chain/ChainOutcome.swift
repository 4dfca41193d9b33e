/// What became of a chain with an event.
public enum ChainOutcome<Value: Codable & Equatable & Sendable>: Equatable, Sendable {
    /// The fact holds, and this is its head now: CREATED or CORRECTED, or a later correction that has waited for it.
    case became(FactChain<Value>.Link)
    /// The fact has ended; the head is what ended it.
    case ended(FactChain<Value>.Link)
    /// The end was annulled: the fact holds again, with this head.
    case restored(FactChain<Value>.Link)
    /// The fact never held; this was its head.
    case annulled(FactChain<Value>.Link)
    /// The event created a fact whose annulment was here before it: there is nothing to do or to undo.
    case collapsed
    /// The event follows one that is not the head any more: nothing moved.
    case superseded
    /// The event follows one that is not here yet: it waits, and nothing moved.
    case awaitsPredecessor
    /// The event is here already: nothing moved.
    case repeated
    /// The event is of another fact, or names no predecessor where it needs one: nothing moved.
    case notOfChain

    /// Whether the state or the head is another than before.
    public var hasMoved: Bool {
        switch self {
        case .became, .ended, .restored, .annulled: true
        case .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: false
        }
    }
}

/// Why a chain takes no more events.
public enum FactChainError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More events wait for predecessors than ``mostWaiting``.
    case tooManyWaiting
    /// The chain has more events than ``mostLinks``.
    case tooLong

    /// Events that may wait in one chain: each is overtaken by one fault of the wire, and no chain of the journeys has as
    /// many events.
    public static let mostWaiting = 16
    /// Events that a chain remembers, 16 bytes each: a fact that is corrected each day for two years.
    public static let mostLinks = 1_000

    /// One sentence.
    public var description: String {
        switch self {
        case .tooManyWaiting: "more than \(Self.mostWaiting) events of one fact wait for their predecessors"
        case .tooLong: "one fact has more than \(Self.mostLinks) events"
        }
    }
}
