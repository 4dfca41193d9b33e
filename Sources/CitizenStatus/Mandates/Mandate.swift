import AgencyKit
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

    init(holder: Subject, ground: Ground, since: Instant, until: Instant? = nil) {
        self.holder = holder
        self.ground = ground
        self.since = since
        self.until = until
    }

    /// Whether it is known to hold at an instant.
    public func holds(at instant: Instant) -> Bool { since <= instant && until.map { instant < $0 } ?? true }
}

/// Follows who may act for whom, from the messages of registers, in the order of the bus.
///
/// It takes what it knows and passes over all else, so that a whole journal can be poured in. It grows with the register's
/// messages about custody and estates alone.
public struct MandateBook: Sendable {
    /// Who has custody of one child, by the same rules as in every agency's case, and since and until when it was known.
    private struct Family: Sendable {
        var child: Subject
        var guardians = Guardians()
        var mandates: [Mandate] = []

        /// - Parameter isAnnulment: whether what was told before is taken back.
        mutating func take(_ change: Guardians.Change?, isAnnulment: Bool, at instant: Instant) {
            switch change {
            case .gained(let holder, _):
                if isAnnulment, let place = mandates.lastIndex(where: { $0.holder == holder }) {
                    // The end was wrong: the mandate has held all the time.
                    mandates[place] = Mandate(holder: holder, ground: .guardian, since: mandates[place].since)
                } else {
                    mandates.append(Mandate(holder: holder, ground: .guardian, since: instant))
                }
            case .lost(let holder, _):
                guard let place = mandates.lastIndex(where: { $0.holder == holder }) else { return }
                mandates[place] = Mandate(
                    holder: holder, ground: .guardian, since: mandates[place].since, until: instant)
            case .annulled(let holder): mandates.removeAll { $0.holder == holder }
            case .corrected, nil: return
            }
        }
    }

    /// What an inventory has said at a time of who has shares.
    private struct Shares: Sendable {
        var dead: Subject
        var event: EventID
        var holders: [Subject]
        var since: Instant
        var until: Instant?
    }

    private var families: [Family] = []
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
        let guardians = families.first { $0.child == person }?.mandates ?? []
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
        let place = families.firstIndex { $0.child == envelope.subject } ?? families.count
        if place == families.count { families.append(Family(child: envelope.subject)) }
        let change: Guardians.Change?
        if envelope.change == .annulled {
            let annulled = try Annulled<FamilyRelation>(json: data)
            change = try families[place].guardians.take(Event(envelope: envelope, data: annulled))
        } else {
            change = try families[place].guardians.take(
                Event(envelope: envelope, data: try FamilyRelation(json: data)))
        }
        families[place].take(change, isAnnulment: envelope.change == .annulled, at: envelope.time)
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
