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
        /// A god man or an administrator (*förvaltare*) within the scope, by the chief guardian's decision (FB 11 kap.).
        case godMan
        /// Who founds a company (*stiftare*), until it is registered.
        case founder
        /// Named for the board in a notice that is not registered: may take the seat, and sees nothing.
        case nominated
        /// On a company's board, or its CEO (*styrelseledamot, vd*), by the company register.
        case officer
        /// Who signs for a company (*firmatecknare*), by the company register.
        case signatory
        /// Who acts for a bankrupt company (*konkursförvaltare*).
        case trustee
        /// The board of a bankrupt company: it sees, and does not act.
        case boardInBankruptcy
        /// Whose business it is (*enskild näringsidkare*).
        case soleTrader
        /// A mandate that somebody who signs for a firm has given (*fullmakt*), within its scope.
        case granted
    }

    /// Who has it.
    public let holder: Subject
    /// What it rests on.
    public let ground: Ground
    /// What a god man may do; empty for other grounds.
    public let scope: [GuardianshipScope]
    /// What a mandate is for that was given; empty for other grounds.
    public let mandateScope: [MandateScope]
    /// Whether it lets the holder act; else see the page alone.
    public let mayAct: Bool
    /// When it became known.
    public let since: Instant
    /// When its end became known; nil: it holds.
    public let until: Instant?

    init(
        holder: Subject, ground: Ground, scope: [GuardianshipScope] = [], mandateScope: [MandateScope] = [],
        mayAct: Bool = true, since: Instant, until: Instant? = nil
    ) {
        self.holder = holder
        self.ground = ground
        self.scope = scope
        self.mandateScope = mandateScope
        self.mayAct = mayAct && ground != .boardInBankruptcy
        self.since = since
        self.until = until
    }

    /// The same mandate with another end; nil: it holds.
    func ending(_ instant: Instant?) -> Mandate {
        Mandate(
            holder: holder, ground: ground, scope: scope, mandateScope: mandateScope, mayAct: mayAct, since: since,
            until: instant)
    }

    /// The same mandate from another beginning.
    func beginning(_ instant: Instant) -> Mandate {
        Mandate(
            holder: holder, ground: ground, scope: scope, mandateScope: mandateScope, mayAct: mayAct, since: instant,
            until: until)
    }

    /// Whether it is known to hold at an instant.
    public func holds(at instant: Instant) -> Bool { since <= instant && until.map { instant < $0 } ?? true }
}

/// Follows who may act for whom, from the messages of registers, in the order of the bus.
///
/// It takes what it knows and passes over all else, so that a whole journal can be poured in. It grows with messages about
/// custody, estates, god men and firms alone, up to ``mostMandates``; a fact that never held is forgotten.
public struct MandateBook: Sendable {
    /// So many mandates a book knows at most, those that have ended among them: a household, its relatives and their
    /// estates have some dozens.
    public static let mostMandates = 1_000

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
                    mandates[place] = mandates[place].ending(nil)
                } else {
                    mandates.append(Mandate(holder: holder, ground: .guardian, since: instant))
                }
            case .lost(let holder, _):
                guard let place = mandates.lastIndex(where: { $0.holder == holder }) else { return }
                mandates[place] = mandates[place].ending(instant)
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
    private var appointments = Appointments()
    private var firms = Firms()
    /// How many mandates both hold.
    private var count: Int {
        families.reduce(shares.reduce(appointments.count + firms.count) { $0 + $1.holders.count }) {
            $0 + max(1, $1.mandates.count)
        }
    }

    /// Nobody may act for anybody.
    public init() {}

    /// Takes a message of the bus.
    /// - Throws: `JSONDecodingError` for data that is not of its type; ``MandateBookIsFull`` past ``mostMandates``: then
    ///   nobody has a mandate by the message, but what it ends has ended.
    public mutating func take(_ event: ReadEvent) throws {
        guard let data = event.data, let type = event.type.string else { return }
        try take(event.envelope, type: type, data)
    }

    /// The same, by its parts.
    /// - Parameter most: how many mandates the book may then know; what ends one is taken whatever it says.
    /// - Throws: as the other.
    public mutating func take(
        _ envelope: EventEnvelope, type: String, _ data: JSONValue, atMost most: Int = mostMandates
    ) throws {
        switch type {
        case FamilyRelation.type.name: try takeCustody(envelope, JSONSource(data), most)
        case EstateInventory.type.name: try takeShares(envelope, JSONSource(data), most)
        default:
            let hasRoom = count < most
            guard try appointments.take(envelope, type: type, data, hasRoom: hasRoom),
                try firms.take(envelope, type: type, data, hasRoom: hasRoom)
            else { throw MandateBookIsFull() }
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
        return guardians + partners + appointments.mandates(for: person) + firms.mandates(for: person)
    }

    /// Whether a subject is a firm: then nobody acts for it but by a mandate.
    public func isFirm(_ subject: Subject) -> Bool { firms.has(subject) }

    private mutating func takeCustody(_ envelope: EventEnvelope, _ data: JSONSource, _ most: Int) throws {
        let known = families.firstIndex { $0.child == envelope.subject }
        guard envelope.change != .annulled else {
            guard let known else { return }
            let annulled = try Annulled<FamilyRelation>(json: data)
            let change = try families[known].guardians.take(Event(envelope: envelope, data: annulled))
            return families[known].take(change, isAnnulment: true, at: envelope.time)
        }
        let relation = try FamilyRelation(json: data)
        let isKnown = known.map { families[$0].guardians.custodies.contains { $0.holder == relation.holder } } ?? false
        if !isKnown, envelope.change != .ceased {
            guard relation.kind == .custody else { return }
            guard count < most else { throw MandateBookIsFull() }
            if known == nil { families.append(Family(child: envelope.subject)) }
        }
        guard !families.isEmpty, known != nil || envelope.change != .ceased else { return }
        let place = known ?? families.count - 1
        let change = try families[place].guardians.take(Event(envelope: envelope, data: relation))
        families[place].take(change, isAnnulment: false, at: envelope.time)
    }

    private mutating func takeShares(_ envelope: EventEnvelope, _ data: JSONSource, _ most: Int) throws {
        let last = shares.lastIndex { $0.dead == envelope.subject && $0.until == nil }
        if envelope.change == .annulled {
            guard let last, shares[last].event == envelope.previousID else { return }
            shares[last].until = envelope.time
            return
        }
        if let last { shares[last].until = envelope.time }
        let holders = try EstateInventory(json: data).holders
        guard count + holders.count <= most else { throw MandateBookIsFull() }
        shares.append(Shares(dead: envelope.subject, event: envelope.id, holders: holders, since: envelope.time))
    }
}

/// A book of mandates that takes no more.
public struct MandateBookIsFull: Error, CustomStringConvertible {
    /// One sentence.
    public var description: String {
        "more than \(MandateBook.mostMandates) mandates of guardians, partners in estates, god men and firms are known; "
            + "further ones do not count"
    }
}
