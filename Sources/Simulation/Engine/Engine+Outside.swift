import JSON
import LifeEvents

/// Who an outsider's message is by: source and id as written.
struct ForeignKey: Hashable {
    var source: String
    var id: EventID
}

/// A record from outside, waiting for the instant at which it is admitted.
struct ForeignRecord {
    var instant: Instant
    var topic: Int32
    var value: [UInt8]
}

/// Maps virtual to wall time for a paced run; the clock is handed in and reaches no message.
public struct Pacer {
    /// Virtual seconds a wall second.
    public var speed: Double
    /// Milliseconds of a monotonic clock.
    public var now: () -> Int64

    /// A pacer.
    public init(speed: Double, now: @escaping () -> Int64) {
        self.speed = speed
        self.now = now
    }
}

extension Engine {
    /// The journey of an outsider's event that names none: a hash of source and id.
    static func correlation(of event: ReadEvent) -> EventID {
        var hash = SipHash24(key: .init(0x6F75_7473, 0x6964_6572))
        hash.append(field: event.sourceText.string ?? "")
        hash.append(event.envelope.id.high)
        hash.append(event.envelope.id.low)
        let first = hash.finalize()
        hash.append(1 as UInt64)
        return .custom(hash: (first, hash.finalize()))
    }

    /// Admits an outsider's record at the next instant; one that was admitted before is dropped.
    func admit(_ envelope: EventEnvelope, _ value: [UInt8], _ topic: Int32, source: String) {
        let instant = paceNow ?? schedule.now ?? Instant(milliseconds: 0)
        let key = ForeignKey(source: source, id: envelope.id)
        if let known = foreignSeen[key] {
            if known == value {
                result.redelivered += 1
            } else {
                bury(
                    value, reason: "the id stands on two different messages of \(source)", topic: topic, owner: nil,
                    agency: nil, world: -1, subject: nil, instant)
            }
            return
        }
        foreignSeen[key] = value
        let next = (instant + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        let record = ForeignRecord(instant: next, topic: topic, value: value)
        schedule.admitted.append(record)
        newForeign.append(record)
    }

    /// Waits until the next instant may be played, taking in what outsiders write meanwhile.
    func pace(_ pacer: Pacer, _ next: inout Instant?) throws {
        if paceStart == nil, let first = next { paceStart = (pacer.now(), first) }
        guard let (wall, virtual) = paceStart, let end = schedule.end else { return }
        defer { paceNow = nil }
        while true {
            let elapsed = Double(pacer.now() - wall) * pacer.speed
            let now = Instant(milliseconds: virtual.milliseconds + Int64(elapsed))
            let target = next ?? end
            if now >= min(target, end) { return }
            let left = Double(min(target, end).milliseconds - now.milliseconds) / pacer.speed
            paceNow = now
            try bus.poll(timeout: .milliseconds(Int64(max(1, min(left, 100))))) { topic, value, record in
                take(value, topic, record)
            }
            for record in schedule.admitted { next = min(next ?? record.instant, record.instant) }
        }
    }
}
