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
    let lanes: [Lane]
    let bus: Bus
    let store: StatusStore?
    let projector: Projector
    let sink: EffectSink
    var worlds: [World] = []
    var worldOfCorrelation: [EventID: Int32] = [:]
    var worldOfPerson: [PersonKey: Int32] = [:]
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
    ///   - lanes: the agencies that the run plays, once for each lane. Cases are worlds of their own, so those of one
    ///     lane can be handled while the messages of another are on their way. One lane unless there are very many cases.
    public init(
        settings: RunSettings, topics: [(name: String, limit: Int)], lanes: [[AgencyRunner]], bus: Bus,
        store: StatusStore?
    ) {
        precondition(!lanes.isEmpty && lanes.count <= bus.laneCount, "a lane needs a producer of its own")
        self.settings = settings
        self.topics = topics
        self.lanes = lanes.enumerated().map { Lane($0, $1) }
        self.bus = bus
        self.store = store
        projector = Projector(store: store)
        sink = EffectSink(EffectSettings(seed: settings.seed, resolution: settings.resolution, topics: topics))
        incoming = IncomingEvent(
            EventEnvelope(
                id: .custom(hash: (0, 0)), source: nil, subject: PersonKey(seed: 0, scenario: "", case: "", name: ""),
                time: Instant(milliseconds: 0)))
        var dispatch: [String: TypeDispatch] = [:]
        for (index, runner) in lanes[0].enumerated() {
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
        let lane = lane(of: number)
        for message in world.script {
            guard let topic = sink.settings.topicIndex(message.topic) else { continue }
            _ = message.value.withUnsafeBytes {
                lane.outbox.add(
                    message.due, message.id, topic: topic, world: number, subject: message.subject, value: $0)
            }
        }
        for agency in world.agencies where !allAgencies.contains(agency) {
            allAgencies.append(agency)
            if !playedOwners.contains(agency.owner) { playedOwners.append(agency.owner) }
        }
        allAgencies.sort()
        var kept = world
        kept.script = []
        worlds.append(kept)
        result.messages.append(0)
    }

    /// The lane in which a case is played; what belongs to no case goes with the first.
    func lane(of world: Int32) -> Lane { world < 0 ? lanes[0] : lanes[Int(world) % lanes.count] }

    /// Plays the run to its end.
    /// - Throws: `KafkaError`, `StoreError`.
    public func run() throws -> RunResult {
        for number in worlds.indices { noteEnding(Int32(number)) }
        for lane in lanes { try depart(lane) }
        while lanes.contains(where: { $0.flight != nil }) {
            for lane in lanes where lane.flight != nil {
                try land(lane)
                // An outsider's record must be kept before its instant, or a resumed run would admit it at another.
                let hasForeign = !newForeign.isEmpty
                if wantsCheckpoint() || hasForeign {
                    for other in lanes where other.flight != nil { try land(other) }
                    try measure(\.checkpoint) { try checkpoint() }
                    if hasForeign { try projector.drain() }
                    for other in lanes where other !== lane { try depart(other) }
                }
                try depart(lane)
            }
        }
        try measure(\.finish) { try finish() }
        return result
    }

    /// Lets the worlds join that start by the lane's next instant.
    func addWorlds(_ next: inout Instant?, _ lane: Lane) {
        guard let source else { return }
        while let start = source.nextStart, next.map({ start <= $0 }) ?? true {
            add(source.next())
            noteEnding(Int32(worlds.count - 1))
            next = nextInstant(lane)
        }
    }

    /// Adds the time that the work takes to a stage.
    func measure<Result>(_ stage: WritableKeyPath<StageTimes, Int64>, _ work: () throws -> Result) rethrows -> Result {
        guard let stopwatch else { return try work() }
        let start = stopwatch()
        defer { result.stages[keyPath: stage] += stopwatch() - start }
        return try work()
    }

    func nextInstant(_ lane: Lane) -> Instant? {
        var next = lane.outbox.next
        for runner in lane.runners {
            if let due = runner.nextTimer()?.roundedUp(to: settings.resolution) { next = min(next ?? due, due) }
        }
        for record in lane.admitted { next = min(next ?? record.instant, record.instant) }
        return next
    }

    /// Forgets the state of a lane's worlds that have ended: what is due in them later fires nowhere.
    func endWorlds(_ lane: Lane, before instant: Instant) {
        while let until = lane.endInstants.first, until < instant {
            lane.endInstants.remove(until)
            for world in lane.endings.removeValue(forKey: until) ?? [] {
                for runner in lane.runners { runner.endWorld(world) }
                let number = Int(world)
                for correlation in worlds[number].correlations { worldOfCorrelation[correlation] = nil }
                for person in worlds[number].persons { worldOfPerson[person] = nil }
                worlds[number].persons = []
                worlds[number].agencies = []
            }
        }
    }

    private func noteEnding(_ world: Int32) {
        let until = worlds[Int(world)].until
        let lane = lane(of: world)
        if lane.endings[until] == nil { lane.endInstants.insert(until) }
        lane.endings[until, default: []].append(world)
        lane.end = max(lane.end ?? until, until)
    }

    private func finish() throws {
        if store != nil { try checkpoint() }
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
