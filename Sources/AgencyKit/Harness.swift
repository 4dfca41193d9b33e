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
    private let runner: AgencyRunner
    private let sink: EffectSink
    private let agency: AgencyID
    private var count: UInt64 = 0

    /// A harness around an agency.
    /// - Parameters:
    ///   - agency: the code under test.
    ///   - id: which agency of the owner; needed for municipalities and regions.
    ///   - now: where virtual time begins.
    public init(_ agency: A, playing id: AgencyID? = nil, now: Instant) {
        self.now = now
        self.agency = id ?? AgencyID(owner: A.owner) ?? .livsbuss
        let topics = agency.rivers.map { ($0.type.topic, 1 << 20) } + Self.extraTopics.map { ($0, 1 << 20) }
        var seen: [String] = []
        var unique: [(name: String, limit: Int)] = []
        for topic in topics where !seen.contains(topic.0) {
            seen.append(topic.0)
            unique.append((topic.0, topic.1))
        }
        sink = EffectSink(EffectSettings(seed: 1, resolution: 60_000, topics: unique))
        runner = TypedRunner(agency, playing: [self.agency])
    }

    /// Every topic an agency of ours writes; the harness has no manifests.
    static var extraTopics: [String] {
        [
            StatusTile.type.topic, Birth.type.topic, Identity.type.topic, ParenthoodMissing.type.topic,
            FamilyRelation.type.topic, Death.type.topic, CivilStatusChange.type.topic, EstateInventory.type.topic,
            Move.type.topic, InsuranceCaseStatus.type.topic, MunicipalCaseStatus.type.topic,
            BenefitDecision.type.topic, PensionDecision.type.topic, ElderCare.type.topic,
            JobSeekerRegistration.type.topic, ParenthoodReport.type.topic, RegisterEntry.type.topic,
        ]
    }

    /// Offers an event to the agency's rivers, one minute after the last.
    /// - Returns: what became of it at each river that hears its type.
    /// - Throws: what a handler throws.
    @discardableResult
    public mutating func feed<Data: LifeEvent>(
        _ data: Data, about subject: Subject, from source: AgencyID? = nil, id: EventID? = nil,
        occurredOn: Day? = nil, change: ChangeType? = nil, previous: EventID? = nil
    ) throws -> [RiverReport] {
        try advance(to: now + .minutes(1))
        count += 1
        let id = id ?? EventID.v7(milliseconds: now.milliseconds, ordinal: 0, hash62: count)
        let envelope = EventEnvelope(
            id: id, source: source ?? self.agency, subject: subject, time: now,
            occurredAt: occurredOn.map { Stockholm.instant($0) }, change: change, previousID: previous)
        let event = IncomingEvent(envelope, decoded: data)
        var reports: [RiverReport] = []
        let isAnnulment = data is any AnnulmentMarker
        guard let heard = runner.hears.firstIndex(where: { $0.type == Data.type && $0.isAnnulment == isAnnulment })
        else { return [] }
        try runner.handle(
            event, heard: heard, world: 0, agencies: [self.agency], now: now, sink: sink,
            report: { reports.append($0) }, done: { _, _ in })
        try take()
        return reports
    }

    /// Lets virtual time pass; timers that fall due fire in order.
    /// - Throws: what a timer's handler throws.
    public mutating func advance(to later: Instant) throws {
        while let due = runner.nextTimer(), due <= later {
            now = max(now, due)
            var failure: HandlingFailure?
            runner.fireTimers(through: now, now: now, sink: sink, hold: nil) {
                failure = failure ?? HandlingFailure(agency: $0.agency, reason: $0.failure ?? "")
            } done: { _, _ in
            }
            if let failure { throw failure }
            try take()
        }
        now = max(now, later)
    }

    /// The messages of one event type, decoded.
    public func published<Data: LifeEvent>(_ type: Data.Type) throws -> [Event<Data>] {
        try messages.filter {
            $0.type == Data.type.name && ($0.envelope.change == .annulled) == (type is any AnnulmentMarker.Type)
        }
        .map { message in
            try JSONReading.event(message.json, as: Data.self)
        }
    }

    /// The current tiles as `tile code "text"` lines by holder, newest last.
    public func tiles() throws -> [Event<StatusTile>] { try published(StatusTile.self) }

    private mutating func take() throws {
        for made in runner.takeMade() {
            let json = String(decoding: made.bytes, as: UTF8.self)
            let event = try JSONReading.envelope(json)
            messages.append(Published(envelope: event.0, type: event.1, json: json))
        }
    }
}
