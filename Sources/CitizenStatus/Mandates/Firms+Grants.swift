import JSON
import LifeEvents

/// Mandates that are given, and a business that nobody but its owner tells of.
extension Firms {
    /// Takes what is no word of the company register.
    /// - Returns: as ``take(_:type:_:hasRoom:)``.
    mutating func takeOther(
        _ envelope: EventEnvelope, type: String, _ data: JSONValue, hasRoom: Bool
    ) throws -> Bool {
        switch type {
        case TaxRegistrationFiling.type.name where envelope.change == nil:
            let filing = try TaxRegistrationFiling(json: JSONSource(data))
            // It is of who registered it first.
            guard filing.form == .soleTrader, place(of: envelope.subject) == nil else { return true }
            guard hasRoom else { return false }
            begin(envelope, [Standing(person: filing.filedBy, ground: .soleTrader)], isTaken: true)
        case Self.founding where envelope.change == nil:
            return try takeFounder(envelope, data, hasRoom: hasRoom)
        case GrantedMandate.type.name where try isOfClub(envelope, data):
            return takeClaim(envelope, try? GrantedMandate(json: JSONSource(data)), hasRoom: hasRoom)
        case GrantedMandate.type.name:
            guard let place = place(of: envelope.subject) else { return true }
            if envelope.change == .annulled || envelope.change == .ceased {
                endGrant(envelope, place)
            } else if envelope.change == nil {
                guard hasRoom else { return false }
                takeGrant(envelope, try GrantedMandate(json: JSONSource(data)), place)
            } else {
                correctGrant(envelope, try GrantedMandate(json: JSONSource(data)), place)
            }
        default: break
        }
        return true
    }

    private mutating func takeGrant(_ envelope: EventEnvelope, _ data: GrantedMandate, _ place: Int) {
        guard let holder = data.holder, firms[place].mayAct(data.filedBy) else { return }
        let mandate = Mandate(
            holder: holder, ground: .granted, mandateScope: data.scope, mayAct: data.level != .view,
            since: envelope.time, until: data.until.map { Stockholm.instant($0.adding(days: 1)) })
        firms[place].grants.append(Grant(head: envelope.id, mandate: mandate))
    }

    /// Who has it, what it is for and whether to act follow the correction, from when the mandate began.
    private mutating func correctGrant(_ envelope: EventEnvelope, _ data: GrantedMandate, _ place: Int) {
        guard let holder = data.holder,
            let grant = firms[place].grants.firstIndex(where: { $0.head == envelope.previousID })
        else { return }
        let mandate = Mandate(
            holder: holder, ground: .granted, mandateScope: data.scope, mayAct: data.level != .view,
            since: firms[place].grants[grant].mandate.since,
            until: data.until.map { Stockholm.instant($0.adding(days: 1)) })
        firms[place].grants[grant] = Grant(head: envelope.id, mandate: mandate)
    }

    private mutating func endGrant(_ envelope: EventEnvelope, _ place: Int) {
        guard let grant = firms[place].grants.firstIndex(where: { $0.head == envelope.previousID }) else { return }
        if envelope.change == .annulled {
            firms[place].grants.remove(at: grant)
        } else {
            firms[place].grants[grant].mandate = firms[place].grants[grant].mandate.ending(envelope.time)
        }
    }
}
