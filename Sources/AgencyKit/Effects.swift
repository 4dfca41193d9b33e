public import LifeEvents

/// What a handler may do besides changing its case: publish, set a tile, set or cancel a timer, draw.
///
/// Effects are due at the next instant at the earliest, so nothing caused at an instant is handled at it.
public struct Effects<Timer: RawRepresentable<String> & CaseIterable & Sendable> {
    package let sink: EffectSink
    /// Timers as they will stand after this handling.
    package var timers: [TimerRecord]

    package init(sink: EffectSink, timers: [TimerRecord]) {
        self.sink = sink
        self.timers = timers
    }

    /// The agency that acts.
    public var agency: AgencyID { sink.agency }
    /// Whom the case is about.
    public var subject: Subject { sink.subject }
    /// The virtual instant.
    public var now: Instant { sink.now }
    /// The day of `now` in Stockholm.
    public var today: Day { Stockholm.day(of: sink.now) }

    /// Publishes an event at the next instant, or at `due` if that is later.
    ///
    /// - Parameters:
    ///   - data: what it says.
    ///   - subject: whom it is about and whose key it gets; nil: this case's subject.
    ///   - due: when it becomes known.
    ///   - occurredOn: the day it happened, where that differs.
    ///   - change: what it does to the fact `previous`.
    /// - Returns: the event's id, for a later correction.
    /// - Throws: `EffectError` if the event is larger than its topic's manifest allows, or has no topic.
    @discardableResult
    public mutating func publish<Data: LifeEvent>(
        _ data: Data, about subject: Subject? = nil, due: Instant? = nil, occurredOn: Day? = nil,
        change: ChangeType? = nil, previous: EventID? = nil
    ) throws -> EventID {
        return try sink.publish(
            data, about: subject ?? sink.subject, due: due, occurredAt: occurredOn.map { Stockholm.instant($0) },
            change: change, previous: previous)
    }

    /// Sets a tile of a citizen's status page.
    /// - Throws: as `publish`.
    public mutating func tile(
        _ tile: TileName, _ code: TileCode, _ text: String, to holder: Subject? = nil, about: Subject? = nil,
        deadline: Day? = nil, expected: Day? = nil, next: Day? = nil, reviewBy: Day? = nil, other: AgencyID? = nil,
        due: Instant? = nil
    ) throws {
        let holder = holder ?? sink.subject
        _ = try sink.publish(
            StatusTile(
                tile: tile, code: code, text: text, about: about == holder ? nil : about, deadline: deadline,
                expectedDate: expected, nextDate: next, reviewDeadline: reviewBy, otherAgency: other),
            about: holder, due: due, occurredAt: nil, change: nil, previous: nil)
    }

    /// Sets a timer of this case; setting it again replaces it. It fires at `due`, or at the next instant.
    public mutating func setTimer(_ timer: Timer, at due: Instant) {
        cancelTimer(timer)
        timers.append(
            TimerRecord(name: timer.rawValue, due: due, setter: sink.cause, correlation: sink.correlation))
    }

    /// Whether a timer of this case is set.
    public func hasTimer(_ timer: Timer) -> Bool { timers.contains { $0.name == timer.rawValue } }

    /// Cancels a timer of this case; nothing happens if it is not set.
    public mutating func cancelTimer(_ timer: Timer) {
        timers.removeAll { $0.name == timer.rawValue }
    }

    /// The stream of random numbers named by the purpose, this case and the event or timer handled.
    public func random(_ purpose: String) -> RandomStream {
        RandomStream(
            seed: sink.settings.seed, agency: sink.agency, subject: sink.subject, purpose: purpose, id: sink.handled)
    }
}

/// Why an effect was refused when it was made.
public enum EffectError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The event is larger than its topic allows, in bytes.
    case tooLarge(type: String, bytes: Int, limit: Int)
    /// No manifest has the event's topic.
    case noTopic(String)
    /// One agency makes at most 4,095 effects about one subject at one instant.
    case tooMany

    /// One sentence.
    public var description: String {
        switch self {
        case .tooLarge(let type, let bytes, let limit):
            "\(type) has \(bytes) bytes, more than the \(limit) that its topic's manifest allows"
        case .noTopic(let topic): "no manifest has the topic \(topic)"
        case .tooMany: "an agency may make at most 4,095 effects about one subject at one instant"
        }
    }
}
