import JSON
public import LifeEvents

/// What a handler may do besides changing its case: publish, set a tile, set or cancel a timer, draw.
///
/// Nothing caused at an instant is handled at it: messages are due at the next instant at the earliest, and so are
/// timers.
public struct Effects<Timer: RawRepresentable<String> & CaseIterable & Sendable> {
    @usableFromInline package let sink: EffectSink

    /// The effects of a handling that has begun at the sink.
    @inlinable package init(sink: EffectSink) { self.sink = sink }

    /// The agency that acts.
    public var agency: AgencyID { sink.agency }
    /// Whom the case is about.
    public var subject: Subject { sink.subject }
    /// The virtual instant.
    public var now: Instant { sink.now }
    /// The day of `now` in Stockholm.
    public var today: Day { Stockholm.day(of: sink.now) }
    /// The earliest instant at which anything can follow from this handling: one resolution of the run after `now`.
    public var next: Instant { sink.now + .milliseconds(sink.settings.resolution) }
    /// 08:00 some working days after today: when offices have handled what came in.
    public func morning(afterWorkingDays count: Int) -> Instant {
        Stockholm.instant(SwedishCalendar.adding(workingDays: count, to: today), hour: 8)
    }
    /// Why the handler runs: the message handled, or the one that set the timer.
    public var cause: Cause { Cause(message: sink.cause, journey: sink.correlation) }

    /// Publishes an event at the next instant, or at `due` if that is later.
    ///
    /// - Parameters:
    ///   - data: what it says.
    ///   - subject: whom it is about and whose key it gets; nil: this case's subject.
    ///   - due: when it becomes known.
    ///   - occurredOn: the day it happened, where that differs.
    ///   - change: what it does to the fact `previous`.
    ///   - cause: why it is published, where one timer serves many causes; nil: ``cause``.
    ///   - purpose: what the data may be used for, where the topic allows more than one purpose.
    /// - Returns: the event's id, for a later correction.
    /// - Throws: `EffectError` if the event is larger than its topic's manifest allows, or has no topic.
    @discardableResult
    public mutating func publish<Data: LifeEvent>(
        _ data: Data, about subject: Subject? = nil, due: Instant? = nil, occurredOn: Day? = nil,
        change: ChangeType? = nil, previous: EventID? = nil, cause: Cause? = nil, purpose: Purpose? = nil
    ) throws -> EventID {
        return try sink.publish(
            data, about: subject ?? sink.subject, due: due, occurredAt: occurredOn.map { Stockholm.instant($0) },
            change: change, previous: previous, cause: cause ?? self.cause, purpose: purpose)
    }

    /// Publishes an event whose data is JSON already: what a scenario has people file.
    /// - Throws: as `publish`.
    package mutating func publish(
        encoded data: [UInt8], of type: EventType, about subject: Subject, occurredAt: Instant?, cause: Cause
    ) throws {
        _ = try sink.publish(
            type, about: subject, due: nil, occurredAt: occurredAt, change: nil, previous: nil, cause: cause,
            purpose: nil
        ) { writer in data.withUnsafeBytes { writer.raw($0) } }
    }

    /// Sets a line of a citizen's status page, which is publishing it: at the next instant, or at `due` if that is later.
    ///
    /// - Parameters:
    ///   - tile: the line.
    ///   - holder: who sees it; nil: this case's subject.
    ///   - due: when it is seen.
    ///   - cause: why it is set, where one timer serves many causes; nil: ``cause``.
    /// - Throws: as `publish`.
    public mutating func set(
        _ tile: Tile, for holder: Subject? = nil, due: Instant? = nil, cause: Cause? = nil
    ) throws {
        let holder = holder ?? sink.subject
        var event = tile.event(for: holder)
        #if MUTATIONS
            event.code = sink.mutated(event.code, of: event.tile)
        #endif
        try publish(event, about: holder, due: due, cause: cause)
    }

    /// Sets a timer of this case. It fires at `due`, and never before ``next``: a timer set for now or the past fires at
    /// the next instant.
    ///
    /// Setting it for another instant replaces it, its cause with it; setting it for the instant for which it is set
    /// already changes nothing. What a timer does for several causes is published with the cause of each.
    public mutating func setTimer(_ timer: Timer, at due: Instant) {
        sink.setTimer(timer.rawValue, at: due)
    }

    /// Whether a timer of this case is set.
    public func hasTimer(_ timer: Timer) -> Bool { sink.timers.contains { $0.name == timer.rawValue } }

    /// Cancels a timer of this case; nothing happens if it is not set.
    public mutating func cancelTimer(_ timer: Timer) {
        sink.timers.removeAll { $0.name == timer.rawValue }
    }

    /// The stream of random numbers named by the purpose, this case and the event or timer handled.
    public func random(_ purpose: String) -> RandomStream {
        RandomStream(
            seed: sink.seed, agency: sink.agency, subject: sink.subject, purpose: purpose, id: sink.handled)
    }

    /// The world's seed, for draws that are the same in every plane.
    package var seed: UInt64 { sink.seed }
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
