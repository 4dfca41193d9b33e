import JSON
import LifeEvents

/// Who acts for a club: of clubs and their boards there is no register, so that who signs is said by the minutes, and leaders
/// are named by who signs.
extension Firms {
    /// What somebody says of who signs for a club, or leads a group in it.
    struct Claim: Sendable {
        let head: EventID
        let filer: Subject
        let kind: MandateKind
        var mandate: Mandate
    }

    /// The form with which a club begins.
    static let founding = OrganisationNumberFiling.type.name

    /// Takes who has applied for a club's number: that one sees what comes of it, until somebody signs for the club.
    mutating func takeFounder(_ envelope: EventEnvelope, _ data: JSONValue, hasRoom: Bool) throws -> Bool {
        let filing = try OrganisationNumberFiling(json: JSONSource(data))
        guard place(of: envelope.subject) == nil else { return true }
        guard hasRoom else { return false }
        begin(envelope, [Standing(person: filing.filedBy, ground: .founder)])
        if let place = place(of: envelope.subject) { firms[place].isClub = true }
        return true
    }

    /// Whether a mandate is of a club: it is of one who signs or leads, or ends one that is.
    func isOfClub(_ envelope: EventEnvelope, _ data: JSONValue) throws -> Bool {
        if let place = place(of: envelope.subject) {
            guard firms[place].isClub else { return false }
            if firms[place].claims.contains(where: { $0.head == envelope.previousID }) { return true }
        }
        guard envelope.change == nil else { return false }
        return [.signatory, .leader].contains(try GrantedMandate(json: JSONSource(data)).kind)
    }

    /// Takes what is said of who acts for a club.
    /// - Parameter told: nil: it is taken back.
    /// - Returns: as ``take(_:type:_:hasRoom:)``.
    mutating func takeClaim(_ envelope: EventEnvelope, _ told: GrantedMandate?, hasRoom: Bool) -> Bool {
        if let place = place(of: envelope.subject),
            let known = firms[place].claims.firstIndex(where: { $0.head == envelope.previousID })
        {
            if envelope.change == .annulled {
                firms[place].claims.remove(at: known)
            } else {
                firms[place].claims[known].mandate = firms[place].claims[known].mandate.ending(envelope.time)
            }
            return true
        }
        guard let told, let holder = told.holder else { return true }
        guard hasRoom else { return false }
        let mandate = Mandate(
            holder: holder, ground: told.kind == .signatory ? .signatory : .granted,
            mandateScope: told.kind == .signatory ? [] : told.scope, since: envelope.time,
            until: told.until.map { Stockholm.instant($0.adding(days: 1)) })
        let place = place(of: envelope.subject) ?? firms.count
        if place == firms.count { firms.append(Firm(key: envelope.subject, isClub: true)) }
        firms[place].claims.append(
            Claim(head: envelope.id, filer: told.filedBy, kind: told.kind, mandate: mandate))
        return true
    }
}

extension Firms.Firm {
    /// The mandates of a club: who came first signs for it, and whom one who signs has named. Of two boards that know nothing
    /// of each other the second signs once the first no longer does.
    var clubMandates: [Mandate] {
        var signing: [Mandate] = []
        for claim in claims where claim.kind == .signatory {
            if signing.isEmpty || signing.contains(where: { $0.holder == claim.filer }) {
                signing.append(claim.mandate)
            } else if let end = signing.map({ $0.until ?? .latest }).max(), end < claim.mandate.until ?? .latest {
                signing.append(claim.mandate.beginning(max(end, claim.mandate.since)))
            }
        }
        let leaders = claims.filter { claim in
            claim.kind == .leader && signing.contains { $0.holder == claim.filer }
        }
        return signing + leaders.map(\.mandate)
    }
}
