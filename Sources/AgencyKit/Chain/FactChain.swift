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
/// A case that rarely has the fact keeps it as a ``Part``: `@Part var death = FactChain<Day>()`.
public struct FactChain<Value: Codable & Equatable & Sendable>: CasePart, Sendable {
    /// An event of the chain, with what the case keeps of it.
    public struct Link: Codable, Equatable, Sendable {
        /// The event.
        public let id: EventID
        /// What the case keeps of it.
        public let value: Value

        init(_ id: EventID, _ value: Value) {
            self.id = id
            self.value = value
        }
    }

    /// An event that waits for its predecessor; without a value if it is an annulment.
    struct Waiting: Codable, Equatable, Sendable {
        var id: EventID
        var step: FactStep
        var previous: EventID
        var value: Value?
    }

    /// How the fact stands.
    public private(set) var state = FactState.unknown
    /// The event that decides; nil where nothing is known or the fact never held.
    public private(set) var head: Link?
    /// What an annulment of the end restores.
    private(set) var before: Link?
    /// Ids of events that are done with: a late correction of one of them changes nothing.
    private var former: [EventID] = []
    private var waiting: [Waiting] = []

    /// A chain of which nothing is known.
    public init() {}

    /// A chain whose head is an event that the agency has made itself.
    public init(_ id: EventID, _ value: Value) {
        state = .holds
        head = Link(id, value)
    }

    /// Whether the fact holds.
    public var holds: Bool { state == .holds }
    /// Whether the fact held once and has ended.
    public var isEnded: Bool { state == .ended }
    /// Events that wait for their predecessor.
    public var waitingCount: Int { waiting.count }
}

// MARK: - The one place where a chain moves

extension FactChain {
    /// What an event would do.
    enum Standing: Equatable {
        case moves(FactState)
        case superseded, awaitsPredecessor, repeated, notOfChain
    }

    func standing(_ id: EventID, _ step: FactStep, _ previous: EventID?) -> Standing {
        if head?.id == id || before?.id == id || former.contains(id) || waiting.contains(where: { $0.id == id }) {
            return .repeated
        }
        guard step != .created else { return state.after(step).map { .moves($0) } ?? .notOfChain }
        guard let previous else { return .notOfChain }
        if let head, head.id == previous { return state.after(step).map { .moves($0) } ?? .notOfChain }
        // What follows the fact itself waits while it has ended: the end may be annulled.
        return former.contains(previous) ? .superseded : .awaitsPredecessor
    }

    /// Takes an event, and then what has waited for it.
    mutating func move(
        _ id: EventID, _ step: FactStep, _ previous: EventID?, _ value: Value?
    ) throws(FactChainError) -> ChainOutcome<Value> {
        let (formerState, formerHead) = (state, head)
        let standing = standing(id, step, previous)
        switch standing {
        case .moves(let next): apply(id, step, next, value)
        case .superseded: former.append(id)
        case .awaitsPredecessor:
            guard let previous else { return .notOfChain }
            waiting.append(Waiting(id: id, step: step, previous: previous, value: value))
            waiting.sort { $0.id < $1.id }
        case .repeated: return .repeated
        case .notOfChain: return .notOfChain
        }
        settle()
        guard waiting.count <= FactChainError.mostWaiting else { throw .tooManyWaiting }
        guard former.count <= FactChainError.mostLinks else { throw .tooLong }
        if state != formerState || head != formerHead { return outcome(from: formerState, formerHead) }
        switch standing {
        case .awaitsPredecessor: return waiting.contains { $0.id == id } ? .awaitsPredecessor : .collapsed
        case .moves: return .collapsed
        case .superseded, .repeated, .notOfChain: return .superseded
        }
    }

    private mutating func apply(_ id: EventID, _ step: FactStep, _ next: FactState, _ value: Value?) {
        let link = value.map { Link(id, $0) }
        switch (step, next) {
        case (.annulled, .holds):
            if let head { former.append(head.id) }
            former.append(id)
            (head, before) = (before, nil)
            // An end that was adopted without what it ended: nothing is known again.
            state = head == nil ? .unknown : .holds
            return
        case (.annulled, _):
            if let head { former.append(head.id) }
            former.append(id)
            head = nil
        case (.ceased, _) where state == .holds:
            (before, head) = (head, link)
        default:
            if let head { former.append(head.id) }
            head = link
        }
        state = next
    }

    /// Takes what waits and can be taken, by id, until nothing can.
    private mutating func settle() {
        while let place = waiting.firstIndex(where: { canSettle($0) }) {
            let event = waiting.remove(at: place)
            switch standing(event.id, event.step, event.previous) {
            case .moves(let next): apply(event.id, event.step, next, event.value)
            case .superseded, .awaitsPredecessor, .repeated, .notOfChain: former.append(event.id)
            }
        }
    }

    /// Whether an event waits no longer: its predecessor is here, or it is an end that was annulled before its turn.
    private func canSettle(_ event: Waiting) -> Bool {
        if head?.id == event.previous || former.contains(event.previous) { return true }
        return event.step == .ceased && before?.id == event.previous && isAnnulledLater(event.id)
    }

    /// Whether an end that waits has its annulment here, maybe after corrections of the end.
    private func isAnnulledLater(_ end: EventID) -> Bool {
        var last = end
        while let next = waiting.first(where: { $0.previous == last }) {
            if next.step == .annulled { return true }
            last = next.id
        }
        return false
    }

    private func outcome(from formerState: FactState, _ formerHead: Link?) -> ChainOutcome<Value> {
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
    mutating func begin(_ id: EventID, _ step: FactStep, _ previous: EventID?, _ value: Value) {
        self = Self(id, value)
        guard let previous else { return }
        if step == .ceased {
            state = .ended
            before = Link(previous, value)
        } else {
            former = [previous]
        }
    }
}

// MARK: - As a checkpoint keeps it

extension FactChain {
    private enum Key: String, CodingKey {
        case state, head, before, former, waiting
    }

    /// Reads a chain; what is absent is at its beginning.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        state = try fields.decode(FactState.self, forKey: .state)
        head = try fields.decodeIfPresent(Link.self, forKey: .head)
        before = try fields.decodeIfPresent(Link.self, forKey: .before)
        former = try fields.decodeIfPresent([EventID].self, forKey: .former) ?? []
        waiting = try fields.decodeIfPresent([Waiting].self, forKey: .waiting) ?? []
    }

    /// Writes what is not at its beginning: most chains are a head and nothing else.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(state, forKey: .state)
        try fields.encodeIfPresent(head, forKey: .head)
        try fields.encodeIfPresent(before, forKey: .before)
        if !former.isEmpty { try fields.encode(former, forKey: .former) }
        if !waiting.isEmpty { try fields.encode(waiting, forKey: .waiting) }
    }
}
