public import LifeEvents

/// Who may act for a firm (*firmatecknare*): who signs for it by the company register, from a bankruptcy on the trustee
/// alone, and whom they have given a mandate.
public struct Signatories: CasePart, Sendable {
    /// A mandate that somebody who signs for the firm has given (*fullmakt*).
    public struct Grant: Codable, Equatable, Sendable {
        /// Who has it.
        public var holder: Subject
        /// What it is for.
        public var scope: [MandateScope]
        /// Whether the holder may act; else only see.
        public var acts: Bool
        /// The last day; nil: until it is withdrawn.
        public var until: Day?
        /// The fact.
        public var chain: ChainHead
    }

    /// The board, deputies and CEO.
    public private(set) var officers: [BoardSeat] = []
    /// Who signs; those of an inner list together.
    public private(set) var groups: [[Subject]] = []
    /// Who acts in a bankruptcy; nil: there is none.
    public private(set) var trustee: Subject?
    /// Mandates that were given.
    public private(set) var grants: [Grant] = []

    /// Nobody is known.
    public init() {}

    /// Takes what the register says of the firm.
    public mutating func take(_ company: Company) {
        officers = company.officers ?? []
        groups = company.signatories ?? []
        trustee = company.state == .bankrupt ? company.trustee : nil
    }

    /// Takes a trustee in bankruptcy from the court; nil: the board acts again.
    public mutating func appoint(_ trustee: Subject?) { self.trustee = trustee }

    /// Whether a person signs for the firm alone. Those who sign only together with others do not.
    public func signsAlone(_ person: Subject) -> Bool {
        trustee.map { $0 == person } ?? groups.contains([person])
    }

    /// Whether a person is on the board or CEO: deputies are not, while they do not act.
    public func isOnBoard(_ person: Subject) -> Bool {
        trustee == nil && officers.contains { $0.person == person && $0.role != .deputy }
    }

    /// Whether a person may act for the firm on a day: who signs alone, or has a mandate for it.
    public func mayAct(_ person: Subject, _ scope: MandateScope, on day: Day) -> Bool {
        signsAlone(person)
            || trustee == nil
                && grants.contains {
                    $0.holder == person && $0.acts && $0.chain.holds
                        && ($0.scope.contains(scope) || $0.scope.contains(.all))
                        && ($0.until.map { day <= $0 } ?? true)
                }
    }

    /// Whether an event is of a mandate that is known.
    public func knows(_ event: Event<GrantedMandate>) -> Bool { grants.contains { event.follows($0.chain) } }

    /// Forgets a mandate that never was, or takes back its end.
    /// - Throws: `FactChainError` past a limit.
    public mutating func take(_ event: Event<Annulled<GrantedMandate>>) throws {
        guard let place = grants.firstIndex(where: { event.annuls($0.chain) }) else { return }
        try grants[place].chain.take(event)
        if !grants[place].chain.holds { grants.remove(at: place) }
    }

    /// Takes a mandate that begins, changes or ends.
    /// - Throws: `FactChainError` past a limit.
    public mutating func take(_ event: Event<GrantedMandate>) throws {
        guard let holder = event.data.holder else { return }
        var grant = Grant(
            holder: holder, scope: event.data.scope, acts: event.data.level != .view, until: event.data.until,
            chain: ChainHead(event))
        if let place = grants.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
            if event.change == .ceased {
                // What it was for holds again if the end was an error.
                try grants[place].chain.take(event)
                return
            }
            grant.chain = grants[place].chain
            try grant.chain.take(event)
            grants[place] = grant
        } else if event.change != .ceased, !grants.contains(where: { $0.chain.head?.id == event.id }) {
            // One mandate may be for what two rules keep.
            grants.append(grant)
        }
    }
}
