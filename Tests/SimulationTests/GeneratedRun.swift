import Contracts
import AgencyKit
import CitizenStatus
import Hosting
import JSON
import Kafka
import LifeEvents

@testable import Simulation

/// Agencies, people and opening messages that a seed has drawn, to be played on a scripted log.
struct GeneratedRun {
    static let topics: [(name: String, limit: Int)] = [
        ("forsakringskassan.dead-letter.v1", 1 << 20), ("forsakringskassan.generated.v1", 1 << 20),
        ("kommun.dead-letter.v1", 1 << 20), ("kommun.generated.v1", 1 << 20),
        ("livsbuss.dead-letter.v1", 1 << 20), ("skatteverket.dead-letter.v1", 1 << 20),
        ("skatteverket.generated.v1", 1 << 20),
    ]
    static let start = Instant(milliseconds: 1_767_225_600_000)
    static let towns: [AgencyID] = [.kommun(180), .kommun(1_480)]
    static let agencies: [AgencyID] = towns + [.skatteverket, .forsakringskassan]

    let seed: UInt64
    private(set) var worlds: [World] = []
    private var tables: [[[GeneratedStep]]] = []
    private var heard: [Set<Int>] = []

    init(seed: UInt64, worlds count: Int = 2, isFaulty: Bool = false) {
        self.seed = seed
        var stream = RandomStream(state: seed)
        let people = (0..<count).map { world in
            (0..<3).map { Subject(seed: seed, scenario: "generated", case: "\(world)", name: "\($0)") }
        }
        // People are named by their place, so that an agency speaks of nobody of another world: of its own case only.
        for _ in 0..<3 {
            tables.append((0..<6).map { _ in Self.steps(&stream) })
            var types: Set<Int> = [stream.uniform(below: 3)]
            for type in 0..<3 where stream.uniform(below: 2) == 0 { types.insert(type) }
            heard.append(types)
        }
        for world in 0..<count {
            var own = RandomStream(state: seed &+ UInt64(world) &* 1_000_003)
            worlds.append(
                World(
                    name: "w\(world)", correlations: [], persons: people[world], agencies: Self.agencies,
                    until: Self.start + .minutes(Int64(120 + 30 * world)),
                    script: (0..<6).map { Self.opening($0, people[world], &own) }))
            if isFaulty { worlds[world].faults = Self.faults(&own) }
        }
    }

    /// Somebody is away, somebody is slow, one message is damaged and another comes twice.
    private static func faults(_ stream: inout RandomStream) -> FaultPlan {
        func window(_ stream: inout RandomStream) -> FaultPlan.Window {
            let from = start + .minutes(Int64(stream.uniform(below: 60)))
            return .init(from: from, end: from + .minutes(Int64(1 + stream.uniform(below: 60))))
        }
        let away = window(&stream)
        let slow = Int64(1 + stream.uniform(below: 9))
        let all = FaultPlan.Messages(matches: { _ in true }, subject: nil)
        return FaultPlan(
            outages: [.init(agency: agencies[stream.uniform(below: 4)], from: away.from, end: away.end)],
            delays: [
                .init(
                    agency: agencies[stream.uniform(below: 4)], messages: nil, window: window(&stream),
                    later: { $0 + .minutes(slow) })
            ],
            wireFaults: [
                .init(
                    kind: .corruptOnly(1 + stream.uniform(below: 20)), messages: all,
                    window: .init(from: start, end: nil)),
                .init(kind: .duplicate(times: 1), messages: all, window: window(&stream)),
                .init(kind: .reorder, messages: all, window: window(&stream)),
            ], brokerFaults: [])
    }

    private static func steps(_ stream: inout RandomStream) -> [GeneratedStep] {
        (0..<1 + stream.uniform(below: 3)).map { _ in
            let timer = GeneratedTimer.allCases[stream.uniform(below: 3)]
            let minutes = Int64([-3, 0, 1, 1, 2, 5, 30][stream.uniform(below: 7)])
            return switch stream.uniform(below: 10) {
            case 0..<4: .publish(type: stream.uniform(below: 3), about: nil, minutes: minutes)
            case 4..<8: .set(timer, minutes: minutes)
            case 8: .cancel(timer)
            default: .fail(one: UInt64(2 + stream.uniform(below: 6)))
            }
        }
    }

    private static func opening(_ number: Int, _ people: [Subject], _ stream: inout RandomStream) -> ScriptedMessage {
        // Many meet at one instant.
        let due = start + .minutes(Int64(stream.uniform(below: 6) * stream.uniform(below: 20)))
        let subject = people[stream.uniform(below: people.count)]
        let type = [FirstGenerated.type, SecondGenerated.type, ThirdGenerated.type][stream.uniform(below: 3)]
        let id = EventID.v7(milliseconds: due.milliseconds, ordinal: UInt16(number), hash62: stream.next())
        let envelope = EventEnvelope(id: id, source: .citizen, subject: subject, time: due)
        var writer = JSONWriter()
        let content = GeneratedContent(hops: 2 + stream.uniform(below: 2), by: "citizen")
        try? envelope.write(type: type, into: &writer) { try $0.encode(FirstGenerated(content)) }
        return ScriptedMessage(due: due, id: id, topic: type.topic, subject: subject, value: writer.bytes)
    }

    /// Lets a world end so long after the start.
    mutating func end(world: Int, at span: VirtualDuration) { worlds[world].until = Self.start + span }

    func runners(_ trace: GeneratedTrace) -> [AgencyRunner] {
        [
            .runner(
                for: GeneratedAgency<GeneratedTax>(table: tables[0], hears: heard[0], trace: trace),
                playing: [.skatteverket]),
            .runner(
                for: GeneratedAgency<GeneratedInsurer>(table: tables[1], hears: heard[1], trace: trace),
                playing: [.forsakringskassan]),
            .runner(
                for: GeneratedAgency<GeneratedTown>(
                    table: tables[2], hears: heard[2], towns: Self.towns, trace: trace), playing: Self.towns),
        ]
    }

    /// A message as the observer was shown it.
    struct Shown {
        var id: EventID
        var instant: Instant
        var envelope: EventEnvelope
        var type: String
        var content: GeneratedContent?
    }

    /// What a play has given.
    struct Played {
        var result: RunResult
        var shown: [Shown]
        var handlings: [GeneratedHandling]
        var instants: [Instant]
    }

    /// How a play differs from the plain one.
    struct Way {
        var perturbation: UInt64 = 0
        var sliceMessages = Slice.mostMessages
        var partitions = 1
        /// Whether worlds join as the run goes on, each when its first message is due.
        var joins = false
        /// Which worlds; nil: all.
        var worlds: [Int]?
        var store: StatusStore?
        /// The log; nil: a new one.
        var log: ScriptedLog?
        /// Whether to go on from the store, and whether the log is the one of the former life.
        var goesOn: (isSet: Bool, sameLog: Bool) = (false, false)
        /// Is interrupted before the instant of this number, from 0.
        var stop: Int?
        /// Whether a checkpoint is wanted after the instant of this number.
        var wantsCheckpoint: (Int) -> Bool = { _ in false }
        var pacer: Pacer?
    }

    func play(_ way: Way = Way()) throws -> Played {
        var settings = RunSettings(seed: seed, perturbation: way.perturbation)
        settings.sliceMessages = way.sliceMessages
        let trace = GeneratedTrace()
        let conductor = Conductor(
            settings: settings, topics: Self.topics, schemas: MessageSchemas(), access: AccessRights(),
            runners: runners(trace),
            log: way.log ?? ScriptedLog(topics: Self.topics.count, partitions: way.partitions), store: way.store)
        let playing = (way.worlds ?? Array(worlds.indices)).map { worlds[$0] }
        if way.joins {
            conductor.source = JoiningWorlds(playing)
        } else {
            for world in playing { try conductor.add(world) }
        }
        let notes = PlayNotes()
        conductor.observer.message = { notes.add($0) }
        conductor.observer.instant = { notes.instants.append($0) }
        conductor.wantsCheckpoint = { way.wantsCheckpoint(notes.instants.count) }
        conductor.pacer = way.pacer
        if let stop = way.stop { conductor.isInterrupted = { notes.instants.count >= stop } }
        if way.goesOn.isSet { _ = try conductor.resume(sameLog: way.goesOn.sameLog) }
        let result = try conductor.run()
        return Played(result: result, shown: notes.shown, handlings: trace.all, instants: notes.instants)
    }
}

/// Worlds that join when their first messages are due.
private final class JoiningWorlds: WorldSource {
    private var left: ArraySlice<(start: Instant, world: World)>

    init(_ worlds: [World]) {
        left = worlds.map { ($0.script.map(\.due).min() ?? GeneratedRun.start, $0) }.sorted { $0.0 < $1.0 }[...]
    }

    var nextStart: Instant? { left.first?.start }

    func next() throws -> World { left.removeFirst().world }
}

/// What an observer was told.
final class PlayNotes {
    var shown: [GeneratedRun.Shown] = []
    var instants: [Instant] = []

    func add(_ message: ObservedMessage) {
        shown.append(
            GeneratedRun.Shown(
                id: message.envelope.id, instant: message.envelope.time, envelope: message.envelope,
                type: message.type,
                content: message.data?["content"].flatMap { try? $0.decode(GeneratedContent.self) }))
    }
}
