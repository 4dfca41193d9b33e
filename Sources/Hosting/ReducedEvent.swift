import AgencyKit
import JSON
import LifeEvents

/// The event that is offered, without the fields that a reader has no right to (data minimisation, GDPR article 5.1 c).
///
/// Made for a reader the first time it is offered the event, and used again for readers with the same rights.
final class ReducedEvent {
    private var event: IncomingEvent?
    private var tape = JSONTape()
    private var writer = JSONWriter()
    /// What ``event`` lacks, of the event that is offered; nil: nothing was made of it yet.
    private var lacks: [[UInt8]]?

    /// Another event is offered.
    func forget() { lacks = nil }

    /// The event without some fields of its data.
    /// - Throws: `EnvelopeError` if the data is damaged, which it is not where it was read before.
    func without(_ fields: [[UInt8]], of whole: IncomingEvent) throws -> IncomingEvent {
        if let event, lacks == fields { return event }
        guard let data = whole.data, data.kind == .object else { return whole }
        writer.removeAll()
        writer.beginObject()
        for member in data.members where !fields.contains(where: { $0.elementsEqual(member.key) }) {
            writer.key(member.keyString)
            writer.raw(member.value)
        }
        writer.endObject()
        try writer.bytes.withUnsafeBytes { try tape.parse($0) }
        let reduced = event ?? IncomingEvent(whole.envelope)
        reduced.load(whole.envelope, data: tape.root)
        event = reduced
        lacks = fields
        return reduced
    }
}
