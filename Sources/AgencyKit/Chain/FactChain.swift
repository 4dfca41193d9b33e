public import LifeEvents

/// One fact of the bus as a case keeps it: CREATED → CORRECTED* → CEASED or ANNULLED, tied by `previousid`.
///
/// The head decides. The chain takes events in any order: what names a predecessor that is not here yet waits for it, and
/// when all events of a chain are here, its state and head are those of the right order. ``FactState`` says where it
/// moves.
///
/// ```swift
/// switch try state.death.take(event, event.data.deathDate) {
/// case .became(let head): …            // CREATED or CORRECTED: act on head.value
/// case .restored(let head): …          // its end was wrong
/// case .ended, .annulled: …            // undo
/// default: break                       // nothing moved
/// }
/// ```
///
/// A case that rarely has the fact keeps it as a ``Part``: `@Part var death: FactChain<Day>`.
public struct FactChain<Value: Codable & Equatable & Sendable>: CasePart, Sendable {
    /// An event of the chain, with what the case keeps of it.
    public struct Link: Codable, Equatable, Sendable {
        /// The event.
        public let id: EventID
        /// What the case keeps of it.
        public let value: Value

        @inlinable init(_ id: EventID, _ value: Value) {
            self.id = id
            self.value = value
        }
    }

    /// An event that waits for its predecessor; without a value if it is an annulment.
    @usableFromInline struct Waiting: Codable, Equatable, Sendable {
        @usableFromInline var id: EventID
        @usableFromInline var step: FactStep
        @usableFromInline var previous: EventID
        @usableFromInline var value: Value?

        @inlinable init(id: EventID, step: FactStep, previous: EventID, value: Value?) {
            self.id = id
            self.step = step
            self.previous = previous
            self.value = value
        }
    }

    /// What most chains, a created event and nothing else, have no need of.
    @usableFromInline struct Rest: CasePart, Sendable {
        /// What an annulment of the end restores.
        @usableFromInline var before: Link?
        /// Ids of events that are done with: a late correction of one of them changes nothing.
        @usableFromInline var former: [EventID] = []
        @usableFromInline var waiting: [Waiting] = []

        @inlinable init() {}
    }

    // What moves a chain is inlinable, so that it is code of the agency's own value: two stored properties that it may set,
    // and their public faces. The head comes first: the state then stands in what its alignment leaves over, and a chain,
    // of which a family's cases hold dozens, takes 32 bytes instead of 40.
    @usableFromInline var ownHead: Link?
    @usableFromInline var ownState = FactState.unknown
    @Part @usableFromInline var rest: Rest

    /// How the fact stands.
    @inlinable public var state: FactState { ownState }
    /// The event that decides; nil where nothing is known or the fact never held.
    @inlinable public var head: Link? { ownHead }

    /// A chain of which nothing is known.
    @inlinable public init() {}

    /// A chain whose head is an event that the agency has made itself.
    @inlinable public init(_ id: EventID, _ value: Value) {
        ownState = .holds
        ownHead = Link(id, value)
    }

    /// Whether two chains have the same head, and know the same events.
    public static func == (left: Self, right: Self) -> Bool {
        left.state == right.state && left.head == right.head && left.rest == right.rest
    }

    /// Whether the fact holds.
    @inlinable public var holds: Bool { state == .holds }
    /// Whether the fact held once and has ended.
    @inlinable public var isEnded: Bool { state == .ended }
    /// Events that wait for their predecessor.
    public var waitingCount: Int { rest.waiting.count }
}

// MARK: - The one place where a chain moves

extension FactChain {
    /// What an event would do.
    @usableFromInline enum Standing: Equatable {
        case moves(FactState)
        case superseded, awaitsPredecessor, repeated, notOfChain
    }

    @inlinable func standing(_ id: EventID, _ step: FactStep, _ previous: EventID?) -> Standing {
        if head?.id == id || rest.before?.id == id || rest.former.contains(id)
            || rest.waiting.contains(where: { $0.id == id })
        {
            return .repeated
        }
        guard step != .created else { return state.after(step).map { .moves($0) } ?? .notOfChain }
        guard let previous else { return .notOfChain }
        if let head, head.id == previous { return state.after(step).map { .moves($0) } ?? .notOfChain }
        // What follows the fact itself waits while it has ended: the end may be annulled.
        return rest.former.contains(previous) ? .superseded : .awaitsPredecessor
    }

    /// Takes an event, and then what has waited for it.
    @inlinable mutating func move(
        _ id: EventID, _ step: FactStep, _ previous: EventID?, _ value: Value?
    ) throws(FactChainError) -> ChainOutcome<Value> {
        let (formerState, formerHead) = (state, head)
        let standing = standing(id, step, previous)
        switch standing {
        case .moves(let next): apply(id, step, next, value)
        case .superseded: rest.former.append(id)
        case .awaitsPredecessor:
            guard let previous else { return .notOfChain }
            rest.waiting.append(Waiting(id: id, step: step, previous: previous, value: value))
            rest.waiting.sort { $0.id < $1.id }
        case .repeated: return .repeated
        case .notOfChain: return .notOfChain
        }
        settle()
        guard rest.waiting.count <= FactChainError.mostWaiting else { throw .tooManyWaiting }
        guard rest.former.count <= FactChainError.mostLinks else { throw .tooLong }
        if state != formerState || head != formerHead { return outcome(from: formerState, formerHead) }
        switch standing {
        case .awaitsPredecessor: return rest.waiting.contains { $0.id == id } ? .awaitsPredecessor : .collapsed
        case .moves: return .collapsed
        case .superseded, .repeated, .notOfChain: return .superseded
        }
    }

    @inlinable mutating func apply(_ id: EventID, _ step: FactStep, _ next: FactState, _ value: Value?) {
        let link = value.map { Link(id, $0) }
        switch (step, next) {
        case (.annulled, .holds):
            if let head { rest.former.append(head.id) }
            rest.former.append(id)
            (ownHead, rest.before) = (rest.before, nil)
            // An end that was adopted without what it ended: nothing is known again.
            ownState = head == nil ? .unknown : .holds
            return
        case (.annulled, _):
            if let head { rest.former.append(head.id) }
            rest.former.append(id)
            ownHead = nil
        case (.ceased, _) where state == .holds:
            (rest.before, ownHead) = (head, link)
        default:
            if let head { rest.former.append(head.id) }
            ownHead = link
        }
        ownState = next
    }

    /// Takes what waits and can be taken, by id, until nothing can.
    @inlinable mutating func settle() {
        while let place = rest.waiting.firstIndex(where: { canSettle($0) }) {
            let event = rest.waiting.remove(at: place)
            switch standing(event.id, event.step, event.previous) {
            case .moves(let next): apply(event.id, event.step, next, event.value)
            case .superseded, .awaitsPredecessor, .repeated, .notOfChain: rest.former.append(event.id)
            }
        }
    }

    /// Whether an event waits no longer: its predecessor is here, or it is an end that was annulled before its turn.
    @inlinable func canSettle(_ event: Waiting) -> Bool {
        if head?.id == event.previous || rest.former.contains(event.previous) { return true }
        return event.step == .ceased && rest.before?.id == event.previous && isAnnulledLater(event.id)
    }

    /// Whether an end that waits has its annulment here, maybe after corrections of the end.
    @inlinable func isAnnulledLater(_ end: EventID) -> Bool {
        var last = end
        while let next = rest.waiting.first(where: { $0.previous == last }) {
            if next.step == .annulled { return true }
            last = next.id
        }
        return false
    }

    @inlinable func outcome(from formerState: FactState, _ formerHead: Link?) -> ChainOutcome<Value> {
        switch state {
        case .holds:
            guard let head else { return .superseded }
            return formerState == .ended ? .restored(head) : .became(head)
        case .ended: return head.map { .ended($0) } ?? .superseded
        case .annulled, .unknown:
            return formerHead.map { .annulled($0) } ?? .collapsed
        }
    }

    /// Begins anew with an event as the head, whatever it is: for those whom a fact concerns from here on.
    @inlinable mutating func begin(_ id: EventID, _ step: FactStep, _ previous: EventID?, _ value: Value) {
        self = Self(id, value)
        guard let previous else { return }
        if step == .ceased {
            ownState = .ended
            rest.before = Link(previous, value)
        } else {
            rest.former = [previous]
        }
    }
}

// MARK: - As a checkpoint keeps it

extension FactChain {
    private enum Key: String, CodingKey {
        case state, id, value, rest
    }

    /// Reads a chain; what is absent is at its beginning.
    public init(from decoder: any Decoder) throws {
        // In the order in which they are written.
        let fields = try decoder.container(keyedBy: Key.self)
        let state = try fields.decodeIfPresent(FactState.self, forKey: .state)
        if let id = try fields.decodeIfPresent(EventID.self, forKey: .id) {
            ownHead = Link(id, try Self.nothing ?? fields.decode(Value.self, forKey: .value))
        }
        ownState = state ?? (head == nil ? .unknown : .holds)
        _rest = try fields.decode(Part<Rest>.self, forKey: .rest)
    }

    /// What a chain keeps that keeps no values; nil for others. Comparing two types costs less than a cast.
    private static var nothing: Value? { Value.self == NoValue.self ? NoValue() as? Value : nil }

    /// Writes what is not at its beginning: most chains are the id of an event and nothing else.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        if state == .ended || state == .annulled { try fields.encode(state, forKey: .state) }
        if let head {
            try fields.encode(head.id, forKey: .id)
            if Value.self != NoValue.self { try fields.encode(head.value, forKey: .value) }
        }
        try fields.encode(_rest, forKey: .rest)
    }
}
