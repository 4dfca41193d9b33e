import AgencyKit
import CitizenStatus
import Hosting
import LifeEvents

/// Records that say they are the originals of dead letters, sent again.
extension Gate {
    /// Settles a record that says it comes from a dead letter.
    ///
    /// What agencies could not handle was on the bus before, and is known by its id: it is admitted for the agency of the
    /// letter only, and told from a copy by the letter. All else is judged as if the header were not there: what the bus
    /// has refused was never admitted, so that it is no copy of itself.
    /// - Parameters:
    ///   - header: what the record says.
    ///   - letter: the journal's letter of that id; nil: there is none.
    func settle(_ claim: OutsideBook.Claim, of header: RedriveHeader, _ letter: DeadLetterRow?) {
        let held = claim.record
        guard let letter, letter.originalTopic == topics[Int(held.topic)].name, letter.originalBytes == held.value,
            let reason = letter.reason.flatMap(DeadLetter.Reason.init(rawValue:)), reason.isOfHandling,
            let id = letter.originalID.flatMap({ text in Array(text.utf8).withUnsafeBytes { EventID(utf8: $0) } }),
            let redrive = EventID.outside(source: "\(RedriveHeader.name) \(header.letter)", id: "\(header.attempt)"),
            let subject = held.value.withUnsafeBytes({ try? ReadEvent.parse($0, &tape).envelope.subject })
        else { return judge(held, mayBeOwn: true, mayBeRedriven: false) }
        guard let world = membership.world(of: subject, at: nextInstant) else {
            return refuse(
                held, .unknownSubject, "nobody of this run is \(subject), or their world has ended", id: id)
        }
        let agency = letter.message.agency.flatMap { $0 == .livsbuss ? nil : $0 }
        let admitted = OutsideRecord(
            instant: nextInstant, id: id, world: world, topic: held.topic, partition: held.partition,
            offset: held.offset, value: held.value, redrive: OutsideRecord.Redrive(letter: redrive, addressee: agency))
        switch outside.admit(admitted) {
        case .new: record.notices.append("\(id) is sent again for \(agency.map { "\($0)" } ?? "all who hear it")")
        case .again, .contradiction: record.redelivered += 1
        case .tooMany: refuse(held, .tooMany, "more came from outside than a run takes at one instant", id: id)
        }
    }
}

extension HeldRecord {
    /// What the record says of the dead letter that it comes from; nil: nothing.
    var redrive: RedriveHeader? {
        headers.last { $0.name == RedriveHeader.name }?.value.flatMap { RedriveHeader($0) }
    }
}
