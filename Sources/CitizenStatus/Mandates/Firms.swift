import JSON
import LifeEvents

/// Who may act for which firm, and see its page: its founders until it is registered, then its board and who signs for it,
/// from a bankruptcy on the trustee, and whom they have given a mandate; of a sole trader's business the owner.
struct Firms: Sendable {
    /// What the register has said at a time of who stands in it.
    struct Entry: Sendable {
        let event: EventID
        let holders: [Standing]
        /// Whether the register has taken in the notice, so that nobody else can found it.
        var isTaken = false
        /// Whether the formation came to nothing: the founders still see why, and others may begin anew.
        var isOver = false
    }

    struct Standing: Equatable, Sendable {
        let person: Subject
        let ground: Mandate.Ground
    }

    /// A mandate that somebody who acts for the firm has given.
    struct Grant: Sendable {
        let head: EventID
        var mandate: Mandate
    }

    struct Firm: Sendable {
        let key: Subject
        /// What stands, the last on top; an entry that is annulled uncovers the one below.
        var entries: [Entry] = []
        var mandates: [Mandate] = []
        var grants: [Grant] = []
        /// Of a club, of which there is no register: what its people say of who acts for it.
        var claims: [Claim] = []
        /// Whether it is a club: then no register tells of it.
        var isClub = false

        /// Ends the mandates that no longer stand, and begins those that do.
        mutating func apply(at instant: Instant) {
            let standing = entries.last?.holders ?? []
            for place in mandates.indices where mandates[place].until == nil {
                let own = Standing(person: mandates[place].holder, ground: mandates[place].ground)
                if !standing.contains(own) { mandates[place] = mandates[place].ending(instant) }
            }
            for one in standing
            where !mandates.contains(where: { $0.until == nil && $0.holder == one.person && $0.ground == one.ground }) {
                mandates.append(Mandate(holder: one.person, ground: one.ground, since: instant))
            }
        }

        /// Whether a person may give others a mandate now.
        func mayAct(_ person: Subject) -> Bool {
            mandates.contains { $0.holder == person && $0.until == nil && [.signatory, .trustee].contains($0.ground) }
        }
    }

    var firms: [Firm] = []

    var count: Int { firms.reduce(0) { $0 + $1.mandates.count + $1.grants.count + $1.claims.count } }

    /// Whether a subject is a firm.
    func has(_ subject: Subject) -> Bool { firms.contains { $0.key == subject } }

    func mandates(for subject: Subject) -> [Mandate] {
        firms.first { $0.key == subject }.map { $0.mandates + $0.grants.map(\.mandate) + $0.clubMandates } ?? []
    }

    /// Takes what is said of a firm, and passes over all else.
    /// - Parameter hasRoom: whether more may be known; what ends a mandate is taken whatever it says.
    /// - Returns: false if there was more and no room for it.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    mutating func take(
        _ envelope: EventEnvelope, type: String, _ data: JSONValue, hasRoom: Bool
    ) throws -> Bool {
        let isAnnulment = envelope.change == .annulled
        switch type {
        case Company.type.name where isAnnulment: annul(envelope)
        case Company.type.name:
            guard hasRoom else { return false }
            takeCompany(envelope, try Company(json: JSONSource(data)))
        case CompanyFiling.type.name where envelope.change == nil:
            let filing = try CompanyFiling(json: JSONSource(data))
            // A firm that is registered, or notified already, is founded by nobody else.
            let known = place(of: envelope.subject).flatMap { firms[$0].entries.last }
            guard known.map({ $0.isOver || !$0.isTaken }) ?? true else { return true }
            guard hasRoom else { return false }
            let isOfficer = filing.officers.contains { $0.person == filing.filedBy }
            let founders = filing.founders + (isOfficer ? [filing.filedBy] : [])
            let others = filing.officers.map(\.person).filter { !founders.contains($0) }
            begin(
                envelope,
                founders.map { Standing(person: $0, ground: .founder) }
                    + others.map { Standing(person: $0, ground: .nominated) })
        default: return try takeOther(envelope, type: type, data, hasRoom: hasRoom)
        }
        return true
    }

    func place(of subject: Subject) -> Int? { firms.firstIndex { $0.key == subject } }

    /// - Parameter isTaken: whether it is the register that says so.
    mutating func begin(_ envelope: EventEnvelope, _ holders: [Standing], isTaken: Bool = false) {
        let place = place(of: envelope.subject) ?? firms.count
        if place == firms.count { firms.append(Firm(key: envelope.subject)) }
        firms[place].entries.append(Entry(event: envelope.id, holders: holders, isTaken: isTaken))
        firms[place].apply(at: envelope.time)
    }

    private mutating func takeCompany(_ envelope: EventEnvelope, _ company: Company) {
        // What is filed says no more than that somebody founds it: the founders stand as they did.
        guard company.state != .filed else {
            if let place = place(of: envelope.subject), let last = firms[place].entries.popLast() {
                firms[place].entries.append(Entry(event: envelope.id, holders: last.holders, isTaken: true))
            }
            return
        }
        if envelope.change == .corrected, let place = place(of: envelope.subject) {
            firms[place].entries.removeAll { $0.event == envelope.previousID }
        }
        begin(envelope, Self.holders(company), isTaken: true)
    }

    private static func holders(_ company: Company) -> [Standing] {
        let board = (company.officers ?? []).map(\.person)
        var holders: [Standing] = []
        func add(_ person: Subject, _ ground: Mandate.Ground) {
            if !holders.contains(where: { $0.person == person }) {
                holders.append(Standing(person: person, ground: ground))
            }
        }
        switch company.state {
        case .filed, .dissolved: break
        case .registered, .changed:
            for person in (company.signatories ?? []).flatMap(\.self) { add(person, .signatory) }
            for person in board { add(person, .officer) }
        case .bankrupt:
            if let trustee = company.trustee { add(trustee, .trustee) }
            for person in board + (company.signatories ?? []).flatMap(\.self) { add(person, .boardInBankruptcy) }
        }
        return holders
    }

    private mutating func annul(_ envelope: EventEnvelope) {
        guard let place = place(of: envelope.subject), let wrong = envelope.previousID else { return }
        if let last = firms[place].entries.last, last.event == wrong,
            last.holders.contains(where: { $0.ground == .founder })
        {
            firms[place].entries[firms[place].entries.count - 1].isOver = true
            return
        }
        firms[place].entries.removeAll { $0.event == wrong }
        firms[place].apply(at: envelope.time)
    }
}
