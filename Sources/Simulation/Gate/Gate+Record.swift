import AgencyKit
import Contracts
import Hosting
import JSON
import LifeEvents

/// What is recorded and shown of protected people: all that there is, but not where they are.
///
/// A municipality that reads what is about a protected person is recorded as *a municipality*: her number is known to it, and
/// to nobody who reads the journal, the ledger or a report.
extension Gate {
    private static let typeKey = JSONKey("type")
    private static let sourceKey = JSONKey("source")

    /// What is recorded and shown of a message; nil: all of it.
    func concealed(_ value: UnsafeRawBufferPointer, on topic: Int32) -> [UInt8]? {
        guard !protected.isEmpty, (try? tape.parse(value)) != nil, tape.root.kind == .object,
            isAboutProtected(tape.root)
        else { return nil }
        return concealed(tape.root, on: topic)
    }

    private func concealed(_ event: JSONValue, on topic: Int32) -> [UInt8]? {
        Concealment.record(event, by: protection(event[Self.typeKey], on: topic), places)
    }

    /// A claim's value as the journal would have it.
    func recorded(_ claim: OutsideBook.Claim) -> [UInt8] {
        claim.record.value.withUnsafeBytes { concealed($0, on: claim.record.topic) } ?? claim.record.value
    }

    /// Takes out of a slice that was handled, and of what became of it, what may not be recorded or shown; reports of rivers
    /// stay as they are, for who judges the run.
    /// - Returns: of which messages something may not be shown.
    func conceal(_ slice: inout Slice, _ record: inout HandlingRecord) -> GateSecrets {
        var secrets = GateSecrets()
        guard !protected.isEmpty else { return secrets }
        var isSecret = [Bool](repeating: false, count: slice.messages.count)
        for place in slice.messages.indices {
            let message = slice.messages[place]
            let value: [UInt8]? = slice.bytes.withUnsafeBytes { bytes in
                let own = UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count])
                guard (try? tape.parse(own)) != nil, tape.root.kind == .object, isAboutProtected(tape.root) else {
                    return nil
                }
                isSecret[place] = true
                secrets.speakers[message.id] = places.source(tape.root[Self.sourceKey])
                return concealed(tape.root, on: message.topic)
            }
            if isSecret[place] { secrets.ids.insert(message.id) }
            if let value { slice.replace(place, with: value) }
        }
        for place in record.readings.indices where isSecret[Int(record.readings[place].message)] {
            hideNumber(&record.readings[place].agency)
        }
        // What was parked for its reader is none of the slice's messages.
        for delivery in record.deliveries where protected.level(of: delivery.subject) != nil {
            secrets.ids.insert(delivery.message)
        }
        return secrets
    }

    /// Takes the numbers of places out of timers about protected people.
    func conceal(_ record: inout HandlingRecord) {
        guard !protected.isEmpty else { return }
        for place in record.timers.indices where protected.level(of: record.timers[place].subject) != nil {
            hideNumber(&record.timers[place].agency)
        }
    }

    /// An agency as it is shown of what concerns somebody.
    func shown(_ agency: AgencyID, about subject: Subject) -> AgencyID {
        protected.level(of: subject) != nil && places.contains(agency) ? agency.withoutNumber : agency
    }

    /// What became of a message about somebody protected, as it is shown.
    func shown(_ report: RiverReport) -> RiverReport {
        guard places.contains(report.agency) else { return report }
        var shown = report
        if case .denied(let reason) = report.outcome {
            shown.outcome = .denied(reason.replacing("\(report.agency)", with: "\(report.agency.withoutNumber)"))
        }
        hideNumber(&shown.agency)
        return shown
    }

    private func hideNumber(_ agency: inout AgencyID) {
        if places.contains(agency) { agency = agency.withoutNumber }
    }
}

/// What of a slice's messages may not be shown: those about people with protected personal data.
struct GateSecrets {
    var ids: Set<EventID> = []
    /// The agencies of places that said them.
    var speakers: [EventID: AgencyID] = [:]
}
