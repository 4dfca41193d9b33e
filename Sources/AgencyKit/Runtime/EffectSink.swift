package import JSON
package import LifeEvents

/// A message that a handler has made: its bytes stand in the sink until the handling is done.
package struct OutgoingMessage: Sendable {
    /// When it is published.
    package var due: Instant
    /// Its id, fixed when it was made.
    package var id: EventID
    /// Its topic's index in ``EffectSettings/topics``.
    package var topic: Int32
    /// The record's key.
    package var subject: Subject
    /// Where its value begins in the sink's bytes.
    package var start: Int
    /// The length of its value.
    package var count: Int
    /// When it would have been published, had nothing delayed it on purpose; nil: nothing did.
    package var delayedFrom: Instant?
}

/// Gives messages another due time than their author's: how faults delay them.
package protocol DueRule {
    /// When the message is due; no earlier than the draft says.
    func due(_ draft: EffectDraft) -> Instant
}

/// A message about to be made, for those who delay messages on purpose.
package struct EffectDraft {
    /// Who makes it.
    package let agency: AgencyID
    /// In which case of the run.
    package let world: Int32
    /// Its type.
    package let type: EventType
    /// Whom it is about.
    package let subject: Subject
    /// When it is made.
    package let now: Instant
    /// When it is due.
    package let due: Instant
}

/// What effects need to know of the run.
package struct EffectSettings: Sendable {
    /// The run's seed.
    package var seed: UInt64
    /// The seeds of the worlds by their numbers, where they have seeds of their own; empty: each has the run's.
    package var worldSeeds: [UInt64] = []
    /// The grid of instants, milliseconds.
    package var resolution: Int64
    /// Topic names with the largest message each allows, bytes.
    package var topics: [(name: String, limit: Int)]
    /// The values that rules have in the run.
    package let rules: RuleValues
    /// What is changed of the agencies' rules; nil: nothing.
    package var mutation: RuleMutation?
    let indices: [String: Int32]
    /// Whether every topic is there, under one entry of ``topics``: for the harness.
    let hasAnyTopic: Bool

    /// Settings of a run.
    package init(
        seed: UInt64, resolution: Int64, topics: [(name: String, limit: Int)], rules: RuleValues = RuleValues()
    ) {
        self.seed = seed
        self.rules = rules
        self.resolution = resolution
        self.topics = topics
        var indices: [String: Int32] = [:]
        for (index, topic) in topics.enumerated() { indices[topic.name] = Int32(index) }
        self.indices = indices
        hasAnyTopic = false
    }

    /// Settings of a harness, which has every topic.
    init(seed: UInt64, resolution: Int64, anyTopicUpTo limit: Int, rules: RuleValues) {
        self.seed = seed
        self.rules = rules
        self.resolution = resolution
        topics = [("any", limit)]
        indices = [:]
        hasAnyTopic = true
    }

    /// The seed that a world's ids and draws come from; below 0 it is none, and the seed the run's.
    package func seed(of world: Int32) -> UInt64 {
        worldSeeds.isEmpty || world < 0 ? seed : worldSeeds[Int(world)]
    }

    /// The topic's index; nil if no manifest has it.
    package func topicIndex(_ name: String) -> Int32? { hasAnyTopic ? 0 : indices[name] }

    /// The most effects of all handlings of one (agency, subject) at one instant; an id has 12 bits for the ordinal, and
    /// the last number is kept for dead letters.
    package static let mostEffects = 4_095

    /// The id of an effect: virtual milliseconds, ordinal, and a keyed hash of (cause, agency, branch, section, ordinal).
    /// - Parameters:
    ///   - world: the world in which it is made.
    ///   - branch: the branch that acts, where it has cases of its own and so counts ordinals of its own.
    ///   - section: the part of the branch, likewise.
    package func effectID(
        due: Instant, handled: EventID, agency: AgencyID, branch: Branch? = nil, section: String? = nil,
        ordinal: Int, world: Int32
    ) -> EventID {
        var hash = SipHash24(key: .init(seed(of: world), 0x6C69_7673_6275_7373))
        hash.append(handled.high)
        hash.append(handled.low)
        agency.feed(&hash)
        if let branch { hash.append(field: branch.name) }
        if let section { hash.append(field: section) }
        hash.append(UInt64(ordinal))
        return .v7(milliseconds: due.milliseconds, ordinal: UInt16(ordinal), hash62: hash.finalize() >> 2)
    }

    /// The id that an errand's is made of: the message and whom it is carried to. Agencies that were away learn at one
    /// instant what they missed, each by itself.
    package func errandID(_ message: EventID, to agency: AgencyID, world: Int32) -> EventID {
        var hash = SipHash24(key: .init(seed(of: world), 0x6572_7261_6E64_0000))
        hash.append(message.high)
        hash.append(message.low)
        agency.feed(&hash)
        let second = hash
        hash.append(1 as UInt64)
        return .custom(hash: (second.finalize(), hash.finalize()))
    }

    /// The id that a timer's handling hashes with: setter, name, due.
    package func timerID(_ timer: TimerRecord, world: Int32) -> EventID {
        var hash = SipHash24(key: .init(seed(of: world), 0x7469_6D65_7200_0000))
        hash.append(timer.setter.high)
        hash.append(timer.setter.low)
        hash.append(field: timer.name)
        hash.append(UInt64(bitPattern: timer.due.milliseconds))
        let second = hash
        hash.append(1 as UInt64)
        return .custom(hash: (second.finalize(), hash.finalize()))
    }
}

/// Collects the effects of one handling. One sink serves all agencies of a thread, so nothing is allocated a message.
///
/// Proof of `@exclusivity(unchecked)`: one thread owns the sink, that of the host which made it, and it is not `Sendable`;
/// nothing that runs within an access to one of its fields calls out to a rule or comes back to the sink (data that is
/// published writes itself into the writer, and knows nothing else), so that no two accesses can overlap.
@usableFromInline package final class EffectSink {
    /// The run.
    package let settings: EffectSettings
    /// The messages made by the handling.
    @exclusivity(unchecked) package private(set) var messages: [OutgoingMessage] = []
    /// The values of the messages.
    @exclusivity(unchecked) package private(set) var bytes: [UInt8] = []
    /// Timers as they will stand after the handling.
    @exclusivity(unchecked) package var timers: [TimerRecord] = []

    /// Gives the due times of messages; nil: nothing is delayed, which costs nothing.
    package var dueRule: (any DueRule)?

    /// Whether somebody reads what became of events at rivers.
    @exclusivity(unchecked) @usableFromInline package var wantsReports = true

    @exclusivity(unchecked) package private(set) var agency = AgencyID.livsbuss
    /// The branch that acts, where it has cases of its own.
    @exclusivity(unchecked) package private(set) var branch: Branch?
    /// The part of the branch that acts, where it has cases of its own.
    @exclusivity(unchecked) private var section: String?
    @exclusivity(unchecked) package private(set) var world: Int32 = -1
    /// The values that rules have in worlds that set some of their own; empty while none does, which costs nothing.
    @exclusivity(unchecked) package var rulesOfWorlds: [Int32: RuleValues] = [:]
    /// The values that rules have in the world that is handled.
    package var rules: RuleValues { rules(in: world) }
    /// The seed of the world that is handled.
    package var seed: UInt64 { settings.seed(of: world) }
    @exclusivity(unchecked) package private(set) var subject = Subject(seed: 0, scenario: "", case: "", name: "")
    @exclusivity(unchecked) package private(set) var now = Instant(milliseconds: 0)
    /// What ids hash with: the message handled, or the timer's id.
    @exclusivity(unchecked) package private(set) var handled = EventID.custom(hash: (0, 0))
    /// The message that becomes `causationid`.
    @exclusivity(unchecked) package private(set) var cause = EventID.custom(hash: (0, 0))
    @exclusivity(unchecked) package private(set) var correlation: EventID?
    /// The number of the next effect: it counts on over all handlings of one (agency, subject) at one instant, so that
    /// what is made later also stands later.
    @exclusivity(unchecked) package private(set) var ordinal = 0
    @exclusivity(unchecked) private var writer = JSONWriter(capacity: 2_048)
    /// Types that were published before, with their topics.
    @exclusivity(unchecked) private var routes: [ObjectIdentifier: (type: EventType, topic: Int32)] = [:]

    /// The values that rules have in a world.
    package func rules(in world: Int32) -> RuleValues {
        rulesOfWorlds.isEmpty ? settings.rules : rulesOfWorlds[world] ?? settings.rules
    }

    /// A sink for a run.
    package init(_ settings: EffectSettings) {
        self.settings = settings
    }

    /// Begins a handling; what an earlier one left is forgotten.
    /// - Parameters:
    ///   - branch: the branch that acts, where it has cases of its own.
    ///   - section: the part of the branch, likewise.
    ///   - ordinal: how many effects earlier handlings of the same agency, branch and subject have made at `now`.
    ///   - timers: the case's timers.
    package func begin(
        agency: AgencyID, branch: Branch? = nil, section: String? = nil, world: Int32, subject: Subject, now: Instant,
        handled: EventID, cause: EventID, correlation: EventID?, ordinal: Int = 0, timers: [TimerRecord]
    ) {
        self.timers = timers
        self.agency = agency
        self.branch = branch
        self.section = section
        self.world = world
        self.subject = subject
        self.now = now
        self.handled = handled
        self.cause = cause
        self.correlation = correlation
        self.ordinal = ordinal
        discard()
    }

    /// Forgets the messages made so far.
    package func discard() {
        messages.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    private func route<Data: LifeEvent>(_ data: Data.Type) throws -> (type: EventType, topic: Int32) {
        if let known = routes[ObjectIdentifier(data)] { return known }
        let type = Data.type
        guard let topic = settings.topicIndex(type.topic) else { throw EffectError.noTopic(type.topic) }
        routes[ObjectIdentifier(data)] = (type, topic)
        return (type, topic)
    }

    @discardableResult
    package func publish<Data: LifeEvent>(
        _ data: Data, about subject: Subject, due: Instant?, occurredAt: Instant?, change: ChangeType?,
        previous: EventID?, cause: Cause, purpose: Purpose?
    ) throws -> EventID {
        let (type, topic) = try route(Data.self)
        return try publish(
            type, topic, about: subject, due: due, occurredAt: occurredAt, change: change, previous: previous,
            cause: cause, purpose: purpose
        ) { try data.write(json: &$0) }
    }

    /// Publishes an event of a type that no code of this program knows.
    /// - Parameter data: writes what it says, exactly one value.
    package func publish(
        _ type: EventType, about subject: Subject, due: Instant?, occurredAt: Instant?, change: ChangeType?,
        previous: EventID?, cause: Cause, purpose: Purpose?, data: (inout JSONWriter) throws -> Void
    ) throws -> EventID {
        guard let topic = settings.topicIndex(type.topic) else { throw EffectError.noTopic(type.topic) }
        return try publish(
            type, topic, about: subject, due: due, occurredAt: occurredAt, change: change, previous: previous,
            cause: cause, purpose: purpose, data: data)
    }

    /// Inlined, so that what writes the data of a type costs no call through a closure.
    @inline(__always)
    private func publish(
        _ type: EventType, _ topic: Int32, about subject: Subject, due: Instant?, occurredAt: Instant?,
        change: ChangeType?, previous: EventID?, cause: Cause, purpose: Purpose?,
        data: (inout JSONWriter) throws -> Void
    ) throws -> EventID {
        guard ordinal < EffectSettings.mostEffects else { throw EffectError.tooMany }
        let earliest = now + .milliseconds(settings.resolution)
        var due = max(due ?? earliest, earliest).roundedUp(to: settings.resolution)
        var delayedFrom: Instant?
        if let dueRule {
            let draft = EffectDraft(agency: agency, world: world, type: type, subject: subject, now: now, due: due)
            let later = max(due, dueRule.due(draft)).roundedUp(to: settings.resolution)
            if later > due { (delayedFrom, due) = (due, later) }
        }
        let id = settings.effectID(
            due: due, handled: handled, agency: agency, branch: branch, section: section, ordinal: ordinal,
            world: world)
        let envelope = EventEnvelope(
            id: id, source: agency, subject: subject, time: due, correlationID: cause.journey,
            causationID: cause.message,
            occurredAt: occurredAt, change: change, previousID: previous, purpose: purpose)
        writer.removeAll()
        try envelope.write(type: type, into: &writer, data: data)
        let limit = settings.topics[Int(topic)].limit
        guard writer.bytes.count <= limit else {
            throw EffectError.tooLarge(type: type.name, bytes: writer.bytes.count, limit: limit)
        }
        ordinal += 1
        messages.append(
            OutgoingMessage(
                due: due, id: id, topic: topic, subject: subject, start: bytes.count, count: writer.bytes.count,
                delayedFrom: delayedFrom))
        bytes.append(contentsOf: writer.bytes)
        return id
    }

    /// Sets a timer of the case: never before the next instant; for the instant for which it is set already nothing
    /// changes.
    package func setTimer(_ name: String, at due: Instant) {
        var due = due > now ? due : now + .milliseconds(settings.resolution)
        #if MUTATIONS
            due = mutated(due, ofTimer: name)
        #endif
        guard !timers.contains(where: { $0.name == name && $0.due == due }) else { return }
        timers.removeAll { $0.name == name }
        timers.append(TimerRecord(name: name, due: due, setter: cause, correlation: correlation))
    }
}
