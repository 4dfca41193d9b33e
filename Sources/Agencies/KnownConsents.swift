import AgencyKit
import LifeEvents

/// The consents of one person that an agency has been told of: as holder of facts, or as who gets them.
struct KnownConsents: CasePart {
    /// One consent.
    struct Known: Codable, Equatable, Sendable {
        var chain: ChainHead
        var scope: ConsentScope
        var holder: AgencyID
        var recipients: [AgencyID]
        /// The last day; nil: until it is withdrawn.
        var until: Day?
    }

    var known: [Known] = []

    init() {}

    /// Whether an event begins a consent, or changes one that is known.
    func concerns(_ event: Event<Consent>) -> Bool {
        event.isNew || known.contains { event.follows($0.chain) }
    }

    /// Whether an annulment takes back a consent that is known.
    func concerns(_ event: Event<Annulled<Consent>>) -> Bool { known.contains { event.annuls($0.chain) } }

    /// Takes what begins, narrows or ends a consent.
    mutating func take(_ event: Event<Consent>) throws {
        guard let place = known.firstIndex(where: { event.follows($0.chain) && !event.isNew }) else {
            known.append(
                Known(
                    chain: ChainHead(event), scope: event.data.scope, holder: event.data.holder,
                    recipients: event.data.recipients, until: event.data.until))
            return
        }
        try known[place].chain.take(event)
        known[place].recipients = event.data.recipients
        known[place].until = event.data.until
    }

    /// Forgets a consent that never was.
    mutating func take(_ event: Event<Annulled<Consent>>) { known.removeAll { event.annuls($0.chain) } }

    /// Whether facts may go from a holder to somebody on a day.
    func lets(_ holder: AgencyID, to recipient: AgencyID, _ scope: ConsentScope, on day: Day) -> Bool {
        known.contains {
            $0.chain.holds && $0.scope == scope && $0.holder == holder && $0.recipients.contains(recipient)
                && $0.until.map { day <= $0 } ?? true
        }
    }

    /// To whom a holder may hand facts on a day.
    func recipients(of holder: AgencyID, _ scope: ConsentScope, on day: Day) -> [AgencyID] {
        var all: [AgencyID] = []
        for consent in known where consent.scope == scope && consent.holder == holder {
            for recipient in consent.recipients
            where !all.contains(recipient) && lets(holder, to: recipient, scope, on: day) {
                all.append(recipient)
            }
        }
        return all
    }

    /// From whom facts may come on a day.
    func holders(to recipient: AgencyID, _ scope: ConsentScope, on day: Day) -> [AgencyID] {
        var all: [AgencyID] = []
        for consent in known where !all.contains(consent.holder) {
            if lets(consent.holder, to: recipient, scope, on: day) { all.append(consent.holder) }
        }
        return all
    }
}
