public import JSON
public import LifeEvents

/// That somebody may act for another and see that one's page, as registers tell.
public struct Mandate: Hashable, Sendable {
    /// What it rests on.
    public enum Ground: String, CaseIterable, Sendable {
        /// Custody of a child (*vårdnadshavare*), by the population register.
        case guardian
        /// A share in an estate (*dödsbodelägare*), by the estate inventory; who is only summoned has none.
        case estatePartner
    }

    /// Who has it.
    public let holder: Subject
    /// What it rests on.
    public let ground: Ground
    /// When it became known.
    public let since: Instant
    /// When its end became known; nil: it holds.
    public let until: Instant?

    /// Whether it is known to hold at an instant.
    public func holds(at instant: Instant) -> Bool { since <= instant && until.map { instant < $0 } ?? true }
}

/// Follows who may act for whom, from the messages of registers, in the order of the bus.
///
/// It takes what it knows and passes over all else, so that a whole journal can be poured in. It grows with the register's
/// messages about custody and estates alone.
public struct MandateBook: Sendable {
    /// A fact with all events of its chain.
    private struct Custody: Sendable {
        var child: Subject
        var holder: Subject
        var chain: [EventID]
        var since: Instant
        var end: (event: EventID, at: Instant)?
        var isAnnulled = false
    }

    /// What an inventory has said at a time of who has shares.
    private struct Shares: Sendable {
        var dead: Subject
        var event: EventID
        var holders: [Subject]
        var since: Instant
        var until: Instant?
    }

    private var custodies: [Custody] = []
    private var shares: [Shares] = []

    /// Nobody may act for anybody.
    public init() {}

    /// Takes a message of the bus.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    public mutating func take(_ event: ReadEvent) throws {
        guard let data = event.data, let type = event.type.string else { return }
        try take(event.envelope, type: type, data)
    }

    /// The same, by its parts.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    public mutating func take(_ envelope: EventEnvelope, type: String, _ data: JSONValue) throws {
        switch type {
        case FamilyRelation.type.name: try takeCustody(envelope, JSONSource(data))
        case EstateInventory.type.name: try takeShares(envelope, JSONSource(data))
        default: return
        }
    }

    /// Who may act for a person, in the order in which it became known; those whose mandate has ended are among them, but
    /// not those who never had one.
    public func mandates(for person: Subject) -> [Mandate] {
        let guardians = custodies.filter { $0.child == person && !$0.isAnnulled }.map {
            Mandate(holder: $0.holder, ground: .guardian, since: $0.since, until: $0.end?.at)
        }
        var partners: [Mandate] = []
        for share in shares where share.dead == person {
            for holder in share.holders {
                if let place = partners.firstIndex(where: { $0.holder == holder && $0.until == share.since }) {
                    partners[place] = Mandate(
                        holder: holder, ground: .estatePartner, since: partners[place].since, until: share.until)
                } else {
                    partners.append(
                        Mandate(holder: holder, ground: .estatePartner, since: share.since, until: share.until))
                }
            }
        }
        return guardians + partners
    }

    private mutating func takeCustody(_ envelope: EventEnvelope, _ data: JSONSource) throws {
        let place = envelope.previousID.flatMap { id in custodies.firstIndex { $0.chain.contains(id) } }
        guard envelope.change != .annulled else {
            guard let place else { return }
            if custodies[place].end?.event == envelope.previousID {
                custodies[place].end = nil
            } else {
                custodies[place].isAnnulled = true
            }
            return
        }
        let relation = try FamilyRelation(json: data)
        guard relation.kind == .custody else { return }
        guard let place, envelope.change != nil else {
            if envelope.change == .ceased { return }
            custodies.append(
                Custody(
                    child: envelope.subject, holder: relation.holder, chain: [envelope.id], since: envelope.time))
            return
        }
        custodies[place].chain.append(envelope.id)
        custodies[place].holder = relation.holder
        if envelope.change == .ceased { custodies[place].end = (envelope.id, envelope.time) }
    }

    private mutating func takeShares(_ envelope: EventEnvelope, _ data: JSONSource) throws {
        let last = shares.lastIndex { $0.dead == envelope.subject && $0.until == nil }
        if envelope.change == .annulled {
            guard let last, shares[last].event == envelope.previousID else { return }
            shares[last].until = envelope.time
            return
        }
        if let last { shares[last].until = envelope.time }
        shares.append(
            Shares(
                dead: envelope.subject, event: envelope.id, holders: try EstateInventory(json: data).holders,
                since: envelope.time))
    }
}
