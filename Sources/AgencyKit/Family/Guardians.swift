public import LifeEvents

/// Who has custody of a child (vårdnadshavare), as the register tells: the mandate to act for the child and to see its
/// tiles (föräldrabalken 6 kap. 2 and 11 §§).
///
/// A case keeps one as a part, and feeds it the child's `skatteverket.family-relation`. Parenthood alone is no mandate.
/// Nobody of whom the register has not told is a guardian, so a filing by anybody else is refused. But for who gave birth:
/// a case that knows the birth feeds it with ``take(mother:)``, for the law makes her a guardian by it (6 kap. 3 §).
///
/// ```swift
/// River(
///     "keep the guardians", hears: FamilyRelation.self,
///     mine: [Condition("is custody that we follow") { $0.guardians.follows($1) }],
///     handle: { state, event, effects in
///         guard case .gained(let holder, _) = try state.guardians.take(event) else { return }
///         …
///     })
/// ```
public struct Guardians: CasePart, Sendable {
    /// One person's custody.
    public struct Custody: Codable, Equatable, Sendable {
        /// Who has it.
        public let holder: Subject
        /// Since when.
        public internal(set) var from: Day
        /// The register's fact.
        public internal(set) var chain: ChainHead
        /// The last day, where it has ended.
        public internal(set) var endedOn: Day?
    }

    /// What an event has changed.
    public enum Change: Equatable, Sendable {
        /// A person has custody since a day, or again.
        case gained(Subject, from: Day)
        /// A person's custody has ended on a day: by death or by a court.
        case lost(Subject, on: Day)
        /// A person never had custody.
        case annulled(Subject)
        /// The fact was told anew, as after a move; who has custody is as before.
        case corrected(Subject)
    }

    /// All custody that is known, in the order in which it was told.
    public private(set) var custodies: [Custody] = []
    /// Who gave birth; nil: it is not known here.
    private var mother: Subject?
    /// Those of whom the register has told that they never had custody.
    private var denied: [Subject] = []

    /// Nobody is known.
    public init() {}

    /// Who has custody now: a mother by law alone, then all of whom the register has told, in the order in which it did.
    public var holders: [Subject] { (motherByLaw.map { [$0] } ?? []) + registered }
    private var registered: [Subject] { custodies.filter { $0.chain.holds }.map(\.holder) }
    /// The mother while the register has told nothing of her custody, in whatever order it tells of others'. A child has
    /// two guardians at most: one whom two others have is adopted.
    private var motherByLaw: Subject? {
        guard let mother, !denied.contains(mother), !custodies.contains(where: { $0.holder == mother }),
            registered.count < 2
        else { return nil }
        return mother
    }
    /// Whether custody is joint (gemensam vårdnad).
    public var isJoint: Bool { holders.count > 1 }
    /// Whether anybody ever had custody.
    public var isKnown: Bool { !custodies.isEmpty || motherByLaw != nil }
    /// Whether the register has told of anybody's custody.
    public var isRegistered: Bool { !custodies.isEmpty }

    /// Whether a person may act for the child and see its tiles.
    public func mayAct(_ person: Subject) -> Bool { holders.contains(person) }

    /// A person's custody that holds.
    public func custody(of person: Subject) -> Custody? {
        custodies.first { $0.holder == person && $0.chain.holds }
    }

    /// Whether an event is custody that begins or moves what is known here.
    public func follows(_ event: Event<FamilyRelation>) -> Bool {
        guard event.data.kind == .custody else { return false }
        guard !event.isNew else { return !custodies.contains { $0.chain.head?.id == event.id } }
        return custodies.contains { event.follows($0.chain) } || isFirstHere(event)
    }

    /// Whether an annulment is of custody that is known here, or of its end.
    public func follows(_ event: Event<Annulled<FamilyRelation>>) -> Bool {
        custodies.contains { event.annuls($0.chain) }
    }

    /// Whether a correction is the first that is told here, as where a child has moved to.
    private func isFirstHere(_ event: Event<FamilyRelation>) -> Bool {
        event.change == .corrected && !custodies.contains { $0.holder == event.data.holder }
    }

    /// Takes who gave birth to the child; nil: the birth is told no more.
    public mutating func take(mother: Subject?) { self.mother = mother }

    /// Takes what the register tells of custody.
    /// - Returns: what it changed; nil: nothing, as for parenthood and for what is not known here.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    public mutating func take(_ event: Event<FamilyRelation>) throws -> Change? {
        guard follows(event) else { return nil }
        let data = event.data
        guard !event.isNew, !isFirstHere(event) else {
            let wasHolder = registered.contains(data.holder)
            // One person's custody is one fact: a second telling of it takes the place of the first.
            custodies.removeAll { $0.holder == data.holder }
            denied.removeAll { $0 == data.holder }
            custodies.append(Custody(holder: data.holder, from: data.from, chain: ChainHead(event)))
            return wasHolder ? .corrected(data.holder) : .gained(data.holder, from: data.from)
        }
        guard let place = custodies.firstIndex(where: { event.follows($0.chain) }) else { return nil }
        try custodies[place].chain.take(event)
        if event.change == .ceased {
            custodies[place].endedOn = event.occurredOn
            return .lost(data.holder, on: event.occurredOn)
        }
        custodies[place].from = data.from
        return .corrected(data.holder)
    }

    /// Takes an annulment: of custody, which then never held, or of its end, which then holds again.
    /// - Returns: what it changed.
    /// - Throws: `FactChainError` past a limit.
    @discardableResult
    public mutating func take(_ event: Event<Annulled<FamilyRelation>>) throws -> Change? {
        guard let place = custodies.firstIndex(where: { event.annuls($0.chain) }) else { return nil }
        try custodies[place].chain.take(event)
        let custody = custodies[place]
        guard !custody.chain.holds else {
            custodies[place].endedOn = nil
            return .gained(custody.holder, from: custody.from)
        }
        custodies.remove(at: place)
        denied.append(custody.holder)
        return .annulled(custody.holder)
    }
}
