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
    let runners: [AgencyRunner]
    let bus: Bus
    let store: StatusStore?
    let sink: EffectSink
    var worlds: [World] = []
    var worldOfCorrelation: [EventID: Int32] = [:]
    var worldOfPerson: [PersonKey: Int32] = [:]
    var outbox = Outbox()
    var digests: [RunDigest] = []
    var result = RunResult(digests: [], messages: [])
    let dispatch: [String: TypeDispatch]
    var playedOwners: [Owner] = [.citizen, .livsbuss]
    /// Dead letters that the bus itself has made in this run.
    var ownLetters: Set<EventID> = []
    /// Every agency that some world plays, sorted: who hears an outsider's event about nobody we know.
    var allAgencies: [AgencyID] = []
    var admitted: [ForeignRecord] = []
    var foreignSeen: [ForeignKey: [UInt8]] = [:]
    /// Messages of the run met before their instant: a resumed run finds its former life's on the log.
    var parked: [Instant: [ForeignRecord]] = [:]
    var consumed = Consumed()
    var batch = InstantBatch(instant: Instant(milliseconds: 0), entries: [], bytes: [], readings: [])
    let incoming: IncomingEvent
    /// Worlds by their end, the earliest last.
    var endings: [(until: Instant, world: Int32)] = []
    var newEffects: [PendingEffect] = []
    var storedEffects: [PendingEffect] = []
    var effectRow: Int64 = 0
    var newForeign: [ForeignRecord] = []
    var foreignRow: Int64 = 0
    var changedWorlds: [Int32] = []
    var isWorldChanged: [Bool] = []
    var paceStart: (wall: Int64, virtual: Instant)?

    /// Which runners hear a type.
    struct TypeDispatch {
        var type: EventType
        var facts: [Int] = []
        var annulments: [Int] = []
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
        self.runners = runners
        self.bus = bus
        self.store = store
        sink = EffectSink(EffectSettings(seed: settings.seed, resolution: settings.resolution, topics: topics))
        incoming = IncomingEvent(
            EventEnvelope(
                id: .custom(hash: (0, 0)), source: nil, subject: PersonKey(seed: 0, scenario: "", case: "", name: ""),
                time: Instant(milliseconds: 0)))
        var dispatch: [String: TypeDispatch] = [:]
        for (index, runner) in runners.enumerated() {
            for heard in runner.hears {
                var entry = dispatch[heard.type.name] ?? TypeDispatch(type: heard.type)
                if heard.isAnnulment { entry.annulments.append(index) } else { entry.facts.append(index) }
                dispatch[heard.type.name] = entry
            }
        }
        self.dispatch = dispatch
    }

    /// Adds a case to the run, before it begins.
    public func add(_ world: World) {
        let number = Int32(worlds.count)
        for correlation in world.correlations { worldOfCorrelation[correlation] = number }
        for person in world.persons { worldOfPerson[person] = number }
        for message in world.script {
            guard let topic = sink.settings.topicIndex(message.topic) else { continue }
            _ = message.value.withUnsafeBytes {
                outbox.add(
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
        digests.append(RunDigest())
        isWorldChanged.append(false)
        result.messages.append(0)
    }

    /// Plays the run to its end.
    /// - Throws: `KafkaError`, `StoreError`.
    public func run() throws -> RunResult {
        endings = worlds.indices.map { (worlds[$0].until, Int32($0)) }.sorted { $0 > $1 }
        var end = worlds.map(\.until).max() ?? Instant(milliseconds: 0)
        while true {
            var next = nextInstant()
            measure(\.casting) { addWorlds(&next, &end) }
            if let pacer {
                try pace(pacer, &next, end)
            }
            guard let instant = next, instant <= end else { break }
            measure(\.casting) { endWorlds(before: instant) }
            try play(instant)
            // An outsider's record must be kept before its instant, or a resumed run would admit it at another.
            if wantsCheckpoint() || !newForeign.isEmpty { try measure(\.checkpoint) { try checkpoint(instant) } }
        }
        try measure(\.finish) { try finish() }
        return result
    }

    /// Lets the worlds join that start by the next instant.
    private func addWorlds(_ next: inout Instant?, _ end: inout Instant) {
        guard let source else { return }
        while let start = source.nextStart, next.map({ start <= $0 }) ?? true {
            let world = source.next()
            end = max(end, world.until)
            let number = Int32(worlds.count)
            add(world)
            let place = endings.partitioningIndex { $0.until <= world.until }
            endings.insert((world.until, number), at: place)
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

    private func nextInstant() -> Instant? {
        var next = outbox.next
        for runner in runners {
            if let due = runner.nextTimer()?.roundedUp(to: settings.resolution) { next = min(next ?? due, due) }
        }
        for record in admitted { next = min(next ?? record.instant, record.instant) }
        return next
    }

    /// Forgets the state of worlds that have ended: what is due in them later is listed nowhere and fires nowhere.
    private func endWorlds(before instant: Instant) {
        while let last = endings.last, last.until < instant {
            endings.removeLast()
            for runner in runners { runner.endWorld(last.world) }
            let number = Int(last.world)
            for correlation in worlds[number].correlations { worldOfCorrelation[correlation] = nil }
            for person in worlds[number].persons { worldOfPerson[person] = nil }
            worlds[number].persons = []
            worlds[number].agencies = []
        }
    }

    private func play(_ instant: Instant) throws {
        consumed.removeAll()
        if var due = outbox.take(instant) {
            due.entries.removeAll { $0.world >= 0 && worlds[Int($0.world)].until < instant }
            if settings.perturbation != 0 { perturb(&due, instant) }
            var start = 0
            while start < due.entries.count {
                let end = min(start + settings.window, due.entries.count)
                try measure(\.transport) {
                    try bus.exchange(due, start..<end, into: &consumed, times: settings.perturbation % 3 == 2 ? 2 : 1)
                }
                start = end
            }
        }
        try handle(instant)
        result.instants += 1
        result.end = instant
        observer.instant?(instant)
    }

    /// Publishes in another order: between different subjects that is legal, for each has its own handling.
    private func perturb(_ bucket: inout Outbox.Bucket, _ instant: Instant) {
        var stream = RandomStream(state: settings.perturbation &+ UInt64(bitPattern: instant.milliseconds))
        for index in bucket.entries.indices.reversed() where index > 0 {
            bucket.entries.swapAt(index, stream.uniform(below: index + 1))
        }
    }

    private func finish() throws {
        if let store {
            try checkpoint(result.end ?? Instant(milliseconds: 0))
            // The indices that this makes are what the tiles of many worlds are found by.
            try store.finish()
            for number in worlds.indices {
                var lines: [UInt8] = []
                for row in try store.allTiles(world: Int32(number)) {
                    lines += store.tileLine(row)
                    lines.append(UInt8(ascii: "\n"))
                }
                digests[number].absorb(lines)
            }
        }
        result.digests = digests
    }
}
