public import LifeEvents

/// Feeds an agency events and virtual time without any broker, for its unit tests: microseconds a case.
///
/// ```swift
/// var desk = Harness(Pensionsmyndigheten(), now: Stockholm.instant(day))
/// try desk.feed(PensionDecision(…), about: pensioner)
/// try desk.feed(Death(…), about: pensioner)
/// #expect(desk.published(PensionDecision.self).last?.envelope.change == .ceased)
/// ```
public struct Harness<A: Agency> {
    /// One message that the agency made.
    public struct Published: Sendable {
        /// Its attributes.
        public let envelope: EventEnvelope
        /// Its type.
        public let type: String
        /// The whole event as JSON.
        public let json: String
    }

    /// All messages so far, in the order in which they were made.
    public private(set) var messages: [Published] = []
    /// Virtual now.
    public private(set) var now: Instant

    /// What is remembered of one subject.
    private struct Entry {
        var subject: Subject
        var state = A.Case()
        var timers: [TimerRecord] = []
        /// How many effects were made at an instant, the last at which any were.
        var made = (instant: Instant.earliest, count: 0)
    }

    private let code: A
    private let agency: AgencyID
    private let sink: EffectSink
    /// The case that is handled; what is kept of it stands in the entries.
    private let cases = TypedCaseStorage<A.Case>()
    /// In the order in which the subjects were first handled, as a run has them.
    private var entries: [Entry] = []
    private var count: UInt64 = 0

    /// Milliseconds between two instants, as in a run.
    private static var resolution: Int64 { 60_000 }
    /// The largest message that a topic of the harness takes, bytes: Kafka's default.
    private static var largestMessage: Int { 1 << 20 }

    /// A harness around an agency. It has a topic for every type, also for types of your own.
    /// - Parameters:
    ///   - agency: the code under test.
    ///   - id: which agency of the owner; needed for municipalities and regions.
    ///   - now: where virtual time begins.
    ///   - rules: values of rules by their names, where the test sets other than those of the day.
    public init(_ agency: A, playing id: AgencyID? = nil, now: Instant, rules: [String: Int] = [:]) {
        self.now = now
        code = agency
        self.agency = id ?? AgencyID(owner: A.owner) ?? .livsbuss
        sink = EffectSink(
            EffectSettings(
                seed: 1, resolution: Self.resolution, anyTopicUpTo: Self.largestMessage, rules: RuleValues(rules)))
    }

    /// Offers an event to the agency's rivers, one minute after the last; then the timers of that minute fire, as in a run.
    /// - Returns: what became of it at each river that hears its type.
    /// - Throws: what a handler throws; the case is then as before.
    @discardableResult
    public mutating func feed<Data: LifeEvent>(
        _ data: Data, about subject: Subject, from source: AgencyID? = nil, id: EventID? = nil,
        occurredOn: Day? = nil, change: ChangeType? = nil, previous: EventID? = nil, purpose: Purpose? = nil
    ) throws -> [RiverReport] {
        let instant = (now + .minutes(1)).roundedUp(to: Self.resolution)
        try fire(before: instant)
        now = instant
        count += 1
        let id = id ?? EventID.v7(milliseconds: now.milliseconds, ordinal: 0, hash62: count)
        let envelope = EventEnvelope(
            id: id, source: source ?? self.agency, subject: subject, time: now,
            occurredAt: occurredOn.map { Stockholm.instant($0) }, change: change, previousID: previous,
            purpose: purpose)
        let reports = try handle(
            IncomingEvent(envelope, decoded: data, rules: sink.settings.rules),
            isAnnulment: Data.isAnnulment, Data.type)
        try fire(before: now + .milliseconds(1))
        return reports
    }

    /// Lets virtual time pass; timers that fall due fire in order.
    /// - Throws: what a timer's handler throws.
    public mutating func advance(to later: Instant) throws {
        try fire(before: later + .milliseconds(1))
        now = max(now, later)
    }

    private mutating func handle(
        _ event: IncomingEvent, isAnnulment: Bool, _ type: EventType
    ) throws -> [RiverReport] {
        let subject = event.envelope.subject
        let known = entries.firstIndex { $0.subject == subject }
        var entry = known.map { entries[$0] } ?? Entry(subject: subject)
        begin(entry, handled: event.envelope.id, cause: event.envelope.id, event.envelope.correlationID)
        cases.begin(nil)
        cases.load()
        cases.current.pointee = entry.state
        var reports: [RiverReport] = []
        for river in code.rivers where river.type == type && river.hearsAnnulment == isAnnulment {
            if let concerns = river.concerns, try !concerns(event).contains(agency) { continue }
            let outcome = try river.run(cases, event, sink)
            reports.append(
                RiverReport(agency: agency, river: river.name, file: river.file, line: river.line, outcome: outcome))
        }
        guard reports.contains(where: { $0.outcome == .handled }) else { return reports }
        entry.state = cases.current.pointee
        try keep(&entry)
        if let known { entries[known] = entry } else { entries.append(entry) }
        return reports
    }

    /// Fires the timers of all instants before one.
    private mutating func fire(before limit: Instant) throws {
        while let due = entries.flatMap(\.timers).map({ $0.fires.roundedUp(to: Self.resolution) }).min(), due < limit {
            now = max(now, due)
            for place in entries.indices {
                let ready = entries[place].timers.filter { $0.fires <= now }
                // A timer that an earlier one of the case cancels or sets anew does not fire with it.
                for timer in ready.sorted(by: { ($0.due, $0.name) < ($1.due, $1.name) })
                where entries[place].timers.contains(timer) { try fire(timer, place) }
            }
        }
    }

    private mutating func fire(_ timer: TimerRecord, _ place: Int) throws {
        entries[place].timers.removeAll { $0 == timer }
        guard let name = A.Timer(rawValue: timer.name) else { return }
        var entry = entries[place]
        begin(entry, handled: sink.settings.timerID(timer, world: 0), cause: timer.setter, timer.correlation)
        var effects = Effects<A.Timer>(sink: sink)
        try code.due(name, &entry.state, &effects)
        try keep(&entry)
        entries[place] = entry
    }

    private func begin(_ entry: Entry, handled: EventID, cause: EventID, _ correlation: EventID?) {
        sink.begin(
            agency: agency, branch: A.branch, section: A.section, world: 0, subject: entry.subject, now: now,
            handled: handled, cause: cause, correlation: correlation,
            ordinal: entry.made.instant == now ? entry.made.count : 0,
            timers: entry.timers)
    }

    private mutating func keep(_ entry: inout Entry) throws {
        entry.timers = sink.timers
        entry.made = (now, sink.ordinal)
        for made in sink.messages {
            let json = String(decoding: sink.bytes[made.start..<made.start + made.count], as: UTF8.self)
            let event = try JSONReading.envelope(json)
            messages.append(Published(envelope: event.0, type: event.1, json: json))
        }
    }

    /// The messages of one event type, decoded.
    public func published<Data: LifeEvent>(_ type: Data.Type) throws -> [Event<Data>] {
        try messages.filter {
            $0.type == Data.type.name && ($0.envelope.change == .annulled) == Data.isAnnulment
        }
        .map { message in
            try JSONReading.event(message.json, as: Data.self)
        }
    }

    /// The current tiles as `tile code "text"` lines by holder, newest last.
    public func tiles() throws -> [Event<StatusTile>] { try published(StatusTile.self) }
}
