public import AgencyKit
public import CitizenStatus
import JSON
import Kafka
import LifeEvents

/// Plays a run: from one instant to the next it publishes what is due, consumes it, lets the agencies handle it, and
/// keeps the effects for later instants.
///
/// Effects are due at least one resolution later, so nothing caused at an instant is consumed at it. Hence no order
/// between different (agency, subject) pairs matters: this is conservative parallel discrete-event simulation with a
/// fixed lookahead (Chandy–Misra–Bryant), with Kafka as the channel. One thread owns an engine.
public final class Engine {
    /// Told of everything while the run goes on.
    public var observer = RunObserver()
    /// Whether a checkpoint is wanted now; asked between instants.
    public var wantsCheckpoint: () -> Bool = { false }
    /// Worlds that join while the run goes on.
    public var source: (any WorldSource)?
    /// A monotonic clock in nanoseconds for ``RunResult/stages``; nil: stages are not measured.
    public var stopwatch: (() -> Int64)?
    /// Paces the run: waits until the instant may be played, polling for outsiders; nil: as fast as it goes.
    public var pacer: Pacer?

    let settings: RunSettings
    let topics: [(name: String, limit: Int)]
    let schedule: Schedule
    let bus: Bus
    let store: StatusStore?
    let projector: Projector
    let sink: EffectSink
    var worlds: [World] = []
    var worldOfCorrelation: [EventID: Int32] = [:]
    var worldOfPerson: [Subject: Int32] = [:]
    var result = RunResult(digests: [], messages: [])
    let dispatch: [String: TypeDispatch]
    /// The types of each topic that somebody hears.
    let dispatchOfTopic: [[TypeDispatch]]
    /// Which topics hold dead letters.
    let isDeadLetterTopic: [Bool]
    var playedOwners: [Owner] = [.citizen, .livsbuss]
    /// Dead letters that the bus itself has made in this run.
    var ownLetters: Set<EventID> = []
    /// Every agency that some world plays, sorted: who hears an outsider's event about nobody we know.
    var allAgencies: [AgencyID] = []
    var foreignSeen: [ForeignKey: [UInt8]] = [:]
    var batch = InstantBatch(instant: Instant(milliseconds: 0))
    var tape = JSONTape()
    let incoming: IncomingEvent
    /// Whether any case has faults: what asks for them is behind this one branch.
    private(set) var hasFaults = false
    let faultBook = FaultBook()
    /// What was delayed at this instant.
    var delayNotes: [ObservedFault] = []
    /// Cases with faults that have ended, and that a checkpoint still has.
    var endedFaults: [Int32] = []
    /// For reading a message while the one in `tape` is being handled.
    var effectTape = JSONTape()
    var newForeign: [ForeignRecord] = []
    var foreignRow: Int64 = 0
    var paceStart: (wall: Int64, virtual: Instant)?
    /// Virtual now while a paced run waits.
    var paceNow: Instant?

    /// Which runners hear a type, each with the place of the type in what it hears.
    struct TypeDispatch {
        var type: EventType
        var name: [UInt8]
        var facts: [(runner: Int, heard: Int)] = []
        var annulments: [(runner: Int, heard: Int)] = []
    }

    /// An engine for one run.
    /// - Parameters:
    ///   - topics: the catalogue's topics with the largest message each allows, in the bus's order.
    ///   - runners: the agencies that the run plays.
    public init(
        settings: RunSettings, topics: [(name: String, limit: Int)], runners: [AgencyRunner], bus: Bus,
        store: StatusStore?
    ) {
        self.settings = settings
        self.topics = topics
        schedule = Schedule(runners)
        self.bus = bus
        self.store = store
        projector = Projector(store: store)
        sink = EffectSink(EffectSettings(seed: settings.seed, resolution: settings.resolution, topics: topics))
        incoming = IncomingEvent(
            EventEnvelope(
                id: .custom(hash: (0, 0)), source: nil, subject: Subject(seed: 0, scenario: "", case: "", name: ""),
                time: Instant(milliseconds: 0)))
        var dispatch: [String: TypeDispatch] = [:]
        for (index, runner) in runners.enumerated() {
            for (place, heard) in runner.hears.enumerated() {
                var entry =
                    dispatch[heard.type.name] ?? TypeDispatch(type: heard.type, name: Array(heard.type.name.utf8))
                if heard.isAnnulment {
                    entry.annulments.append((index, place))
                } else {
                    entry.facts.append((index, place))
                }
                dispatch[heard.type.name] = entry
            }
        }
        self.dispatch = dispatch
        // order-free: sorted by name.
        let heard = dispatch.values.sorted { $0.type < $1.type }
        dispatchOfTopic = topics.map { topic in heard.filter { $0.type.topic == topic.name } }
        isDeadLetterTopic = topics.map { $0.name.hasSuffix(".dead-letter.v1") }
    }

    deinit { projector.stop() }

    /// Adds a case to the run, before it begins.
    public func add(_ world: World) {
        let number = Int32(worlds.count)
        for correlation in world.correlations { worldOfCorrelation[correlation] = number }
        for person in world.persons { worldOfPerson[person] = number }
        for message in world.script {
            guard let topic = sink.settings.topicIndex(message.topic) else { continue }
            switch message.value {
            case .bytes(let value):
                _ = value.withUnsafeBytes {
                    schedule.outbox.add(
                        message.due, message.id, topic: topic, world: number, subject: message.subject, value: $0)
                }
            case .template(let template, let values):
                schedule.outbox.add(
                    message.due, message.id, topic: topic, world: number, subject: message.subject,
                    template: template, own: values)
            }
        }
        for agency in world.agencies where !allAgencies.contains(agency) {
            allAgencies.append(agency)
            if !playedOwners.contains(agency.owner) { playedOwners.append(agency.owner) }
        }
        allAgencies.sort()
        if let faults = world.faults { begin(faults, world: number) }
        var kept = world
        kept.script = []
        worlds.append(kept)
        result.messages.append(0)
    }

    /// Plays the run to its end.
    /// - Throws: `KafkaError`, `StoreError`.
    public func run() throws -> RunResult {
        for number in worlds.indices { noteEnding(Int32(number)) }
        var pending: CheckpointDraft?
        try depart()
        while let flight = schedule.flight {
            // While the messages travel there is time for what no handler waits for.
            measure(\.worlds) { addWorlds(startingBy: flight.instant + .days(1)) }
            if let draft = pending { try measure(\.checkpoint) { try keep(draft) } }
            pending = nil
            try land(flight)
            // An outsider's record must be kept before its instant, or a resumed run would admit it at another.
            let hasForeign = !newForeign.isEmpty
            if wantsCheckpoint() || hasForeign { pending = measure(\.checkpoint) { draftCheckpoint() } }
            if hasForeign, let draft = pending {
                try measure(\.checkpoint) { try keep(draft) }
                pending = nil
                try projector.drain()
            }
            try depart()
        }
        if let draft = pending { try keep(draft) }
        try measure(\.finish) { try finish() }
        return result
    }

    private func addWorlds(startingBy limit: Instant) {
        guard let source else { return }
        while let start = source.nextStart, start <= limit { join(source) }
    }

    private func join(_ source: any WorldSource) {
        add(source.next())
        noteEnding(Int32(worlds.count - 1))
    }

    /// Lets the worlds join that start by the next instant.
    func addWorlds(_ next: inout Instant?) {
        guard let source else { return }
        while let start = source.nextStart, next.map({ start <= $0 }) ?? true {
            join(source)
            next = nextInstant()
        }
    }

    /// Adds the time that the work takes to a stage.
    func measure<Result>(_ stage: WritableKeyPath<StageTimes, Int64>, _ work: () throws -> Result) rethrows -> Result {
        guard let stopwatch else { return try work() }
        let start = stopwatch()
        defer { result.stages[keyPath: stage] += stopwatch() - start }
        return try work()
    }

    func nextInstant() -> Instant? {
        var next = schedule.outbox.next
        for runner in schedule.runners {
            if let due = runner.nextTimer()?.roundedUp(to: settings.resolution) { next = min(next ?? due, due) }
        }
        for record in schedule.admitted { next = min(next ?? record.instant, record.instant) }
        if hasFaults, let due = schedule.nextCatchUp { next = min(next ?? due, due) }
        return next
    }

    private func begin(_ plan: FaultPlan, world: Int32) {
        hasFaults = true
        faultBook.add(WorldFaults(plan, number: world))
        guard sink.delay == nil, !(plan.delays.isEmpty && plan.outages.isEmpty) else { return }
        let resolution = settings.resolution
        sink.delay = { [faultBook] draft in
            guard let faults = faultBook[draft.world] else { return draft.due }
            return faults.plan.due(
                draft.due, type: draft.type.name, from: draft.agency, about: draft.subject, made: draft.now,
                resolution: resolution)
        }
    }

    /// Forgets the state of worlds that have ended: what is due in them later fires nowhere.
    func endWorlds(before instant: Instant) {
        while let until = schedule.endInstants.first, until < instant {
            schedule.endInstants.remove(until)
            for world in schedule.endings.removeValue(forKey: until) ?? [] {
                if source == nil { notePending(world) }
                for runner in schedule.runners { runner.endWorld(world) }
                if hasFaults, let faults = faultBook[world] {
                    tellUnheard(faults)
                    faultBook.remove(world)
                    endedFaults.append(world)
                }
                let number = Int(world)
                for correlation in worlds[number].correlations { worldOfCorrelation[correlation] = nil }
                for person in worlds[number].persons { worldOfPerson[person] = nil }
                worlds[number].persons = []
                worlds[number].agencies = []
                worlds[number].correlations = []
                worlds[number].name = ""
            }
        }
    }

    private func noteEnding(_ world: Int32) {
        let until = worlds[Int(world)].until
        if schedule.endings[until] == nil { schedule.endInstants.insert(until) }
        schedule.endings[until, default: []].append(world)
        schedule.end = max(schedule.end ?? until, until)
    }

    private func finish() throws {
        if source == nil { notePending() }
        if hasFaults { faultBook.all.forEach(tellUnheard) }
        try keep(draftCheckpoint())
        try projector.drain()
        if let store {
            // The indices that this makes are what the tiles of many worlds are found by.
            try store.finish()
            try store.eachWorldsTiles(worlds.indices.map { Int32($0) }) { world, lines in
                projector.digests.absorb(lines, world: Int(world))
            }
        }
        result.digests = worlds.indices.map { projector.digests[$0] }
    }
}
