import AgencyKit
import Contracts
import Hosting
import JSON
import LifeEvents

/// Consents as a rule of the gate, so that no agency can forget them: what an agency may be told of a person with consent
/// alone is told to nobody while there is none (10 kap. 1 § and 12 kap. 2 § OSL).
///
/// - The reader's clause in the schema says for what the consent must be (`consent`).
/// - A consent is one of the event's subject that lets the event's source hand facts to the agency named, on the day of the
///   instant. Those of an instant are known before what it says.
/// - What only ends or takes back what was told is told without: who was told must hear that it holds no more.
/// - Who narrows or withdraws it is the person or who gave it. Whether somebody could give it for another, or end it, is for
///   the agencies, who know mandates.
extension Gate {
    private static let dataKey = JSONKey("data")
    private static let typeKey = JSONKey("type")
    private static let sourceKey = JSONKey("source")
    private static let subjectKey = JSONKey("subject")
    private static let changeKey = JSONKey("changetype")

    /// Learns of the instant's consents, before any message has left. One that breaks a contract is never said.
    func learnConsents() {
        guard let consentTopic else { return }
        let lent = bucket
        for entry in lent.entries where entry.topic == consentTopic {
            lent.withValue(of: entry) { value in
                guard breach(value, on: entry.topic) == nil, (try? tape.parse(value)) != nil else { return }
                learnConsent(tape.root, world: entry.world)
            }
        }
    }

    /// Learns of a consent that is given, narrowed, withdrawn or annulled. One that is no event of its type says nothing.
    func learnConsent(_ event: JSONValue, world: Int32) {
        guard let read = try? ReadEvent(event), read.envelope.source?.owner == .citizen,
            read.type.string == Consent.type.name
        else { return }
        switch read.envelope.change {
        case .annulled, .ceased:
            consents.end(
                read.envelope.previousID, by: read.data?["filedBy"]?.stringBytes.flatMap { Subject(utf8: $0) },
                of: read.envelope.subject, world: world)
        case nil, .corrected:
            guard let data = read.data, let consent = try? Consent(json: JSONSource(data)) else { return }
            consents.take(
                consent, as: read.envelope.id, insteadOf: read.envelope.previousID, of: read.envelope.subject,
                world: world)
        }
    }

    /// Why an event may not be told to somebody whom it names, as one sentence; nil if it may.
    func missingConsent(_ event: JSONValue, on topic: Int32) -> String? {
        let types = askedConsents.types(on: topic)
        guard !types.isEmpty, let name = event[Self.typeKey]?.stringBytes,
            let type = types.first(where: { $0.type.elementsEqual(name) })
        else { return nil }
        let change = event[Self.changeKey]?.string
        guard change != ChangeType.annulled.rawValue, change != ChangeType.ceased.rawValue,
            let source = event[Self.sourceKey]?.stringBytes.flatMap({ AgencyID(sourceUTF8: $0) }),
            let subject = event[Self.subjectKey]?.stringBytes.flatMap({ Subject(utf8: $0) })
        else { return nil }
        let day = Stockholm.day(of: waitingAt ?? now)
        let missing = type.asked(of: event[Self.dataKey]).first { agency, clause in
            guard agency != source else { return false }
            if consents.lets(source, tell: agency, clause.scopes, of: subject, on: day) { return false }
            return !(clause.isMutual && consents.lets(agency, tell: source, clause.scopes, of: subject, on: day))
        }
        return missing.map { agency, clause in
            "\(source) may tell \(agency) with a consent to \(clause.words) alone, and there is none"
        }
    }
}
