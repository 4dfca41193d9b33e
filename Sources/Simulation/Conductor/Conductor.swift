import AgencyKit
public import CitizenStatus
public import Contracts
public import Hosting
import Kafka
import LifeEvents

/// The clock of a run: goes from one instant to the next, and has its parts do what is due.
///
/// Effects are due at least one resolution later, so nothing caused at an instant is consumed at it. Hence no order
/// between different (agency, subject) pairs matters: this is conservative parallel discrete-event simulation with a
/// fixed lookahead (Chandy–Misra–Bryant), with Kafka as the channel. One thread owns a conductor.
public final class Conductor {
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
    /// Asked between two instants whether the run is to end early, kept as far as it has come; see ``RunResult/isCut``.
    public var isInterrupted: () -> Bool = { false }

    let settings: RunSettings
    let topics: [(name: String, limit: Int)]
    let effects: EffectSettings
    let host: Host
    let gate: Gate
    let recorder: Recorder
    var script = Script()
    var worlds = WorldBook()
    var checkNotes = CheckNotes()
    var result = RunResult(digests: [], messages: [])
    /// The last instant that was played.
    var played: Instant?
    var paceStart: (wall: Int64, virtual: Instant)?
    private var pending: CheckpointDraft?
    var pendingRows: Int64 = 0

    /// A conductor of one run.
    /// - Parameters:
    ///   - topics: the catalogue's topics with the largest message each allows, in the bus's order.
    ///   - schemas: what the data of each type must be.
    ///   - access: who may say and who is told what.
    ///   - runners: the agencies that the run plays.
    public convenience init(
        settings: RunSettings, topics: [(name: String, limit: Int)], schemas: MessageSchemas, access: AccessRights,
        runners: [AgencyRunner], bus: Bus, store: StatusStore?
    ) {
        self.init(
            settings: settings, topics: topics, schemas: schemas, access: access, runners: runners, log: bus,
            store: store)
    }

    convenience init(
        settings: RunSettings, topics: [(name: String, limit: Int)], schemas: MessageSchemas, access: AccessRights,
        runners: [AgencyRunner], log: any MessageLog, store: StatusStore?
    ) {
        let effects = settings.effects(on: topics)
        let host = Host(
            runners, settings: effects, access: access, plane: settings.plane,
            folder: store.flatMap { Self.folder(of: $0) }, casesAtHand: settings.casesAtHand)
        host.skipped = settings.skipped
        let gate = Gate(
            log: log, topics: topics, schemas: schemas,
            sayings: SayingRights(access, topics: topics.map(\.name), runners),
            protections: TopicProtections(access, topics: topics.map(\.name)), places: access.placeNumbers,
            askedConsents: TopicConsents(access, topics: topics.map(\.name)),
            settings: settings, effects: effects)
        self.init(settings: settings, topics: topics, host: host, gate: gate, recorder: Recorder(store: store))
    }

    /// A conductor of parts that were made before, of the same settings and topics.
    init(
        settings: RunSettings, topics: [(name: String, limit: Int)], host: Host, gate: Gate, recorder: Recorder
    ) {
        precondition(gate.topics.count == topics.count, "the parts have one catalogue")
        self.settings = settings
        self.topics = topics
        effects = settings.effects(on: topics)
        (self.host, self.gate, self.recorder) = (host, gate, recorder)
    }

    /// The folder of a store that is a file.
    private static func folder(of store: StatusStore) -> String? {
        guard store.path != ":memory:" else { return nil }
        let folder = store.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return folder.isEmpty ? "." : folder == [""] ? "/" : folder.joined(separator: "/")
    }

    // MARK: - Worlds

    /// Adds a world to the run, before it begins.
    /// - Throws: `UnknownTopic` for a scripted message of a topic that no manifest has.
    public func add(_ world: World) throws {
        let number = worlds.add(until: world.until)
        precondition(
            settings.worldSeeds.isEmpty || settings.worldSeeds.indices.contains(Int(number)), "a world has no seed")
        try script.add(world.script, world: number) { effects.topicIndex($0) }
        var hosted = HostedWorld(
            number: number, name: world.name, agencies: world.agencies, silent: world.silent,
            faults: world.faults?.agencies)
        hosted.ruleValues = world.ruleValues
        if settings.plane != nil { hosted.openings = world.openings }
        host.join(hosted)
        gate.membership.add(world, number: number)
        if let faults = world.faults { gate.wireFaults.add(faults, world: number) }
        if source == nil { result.messages.append(0) }
    }

    private func addWorlds(startingBy limit: Instant) throws {
        guard let source else { return }
        while let start = source.nextStart, start <= limit { try add(try source.next()) }
    }

    /// Lets the worlds join that start by the next instant.
    private func addWorlds(_ next: inout Instant?) throws {
        guard let source else { return }
        while let start = source.nextStart, next.map({ start <= $0 }) ?? true {
            try add(try source.next())
            next = nextDue
        }
    }

    /// Forgets the state of worlds that have ended: what is due in them later happens nowhere.
    private func endWorlds(before instant: Instant) {
        let ended = worlds.takeEnded(before: instant)
        recorder.end(ended)
        for number in ended {
            if source == nil { notePending(number) }
            tellOpenDeliveries(number)
            for notice in host.end(number) { observer.notice?(notice) }
            gate.membership.remove(number)
            gate.wireFaults.remove(number)
            gate.protected.remove(number)
            gate.consents.remove(number)
            observer.worldEnd?(Int(number))
        }
    }

    // MARK: - The run

    /// Plays the run to its end.
    /// - Throws: `KafkaError`, `StoreError`.
    public func run() throws -> RunResult {
        host.wantsReports = observer.river != nil || observer.judgedRiver != nil || observer.timer != nil
        host.wantsDeliveries = observer.delivery != nil
        try recorder.register(host.rights)
        for right in host.rights {
            guard case .none(let reason) = right.offer else { continue }
            observer.notice?("\(reason): the rules of \(right.party) that hear \(right.type) are not run")
        }
        while let instant = try nextInstant() {
            if isInterrupted() {
                result.isCut = true
                break
            }
            try play(instant)
        }
        if let pending { try keep(pending) }
        pending = nil
        try measure(\.finish) { try finish() }
        return result
    }

    /// The next instant that is played; nil: the run has ended.
    private func nextInstant() throws -> Instant? {
        var next = nextDue
        try measure(\.worlds) { try addWorlds(&next) }
        if let pacer { try pace(pacer, &next) }
        guard let instant = next, let end = worlds.end, instant <= end else {
            guard gate.judgeLeftOver() else { return nil }
            tell(gate.takeRecord())
            return try nextInstant()
        }
        precondition(played.map { instant > $0 } ?? true, "virtual time does not stand still or go back")
        return instant
    }

    /// What any part has to do next.
    var nextDue: Instant? { [host.nextDue, script.nextDue, gate.nextDue].compactMap(\.self).min() }

    private func play(_ instant: Instant) throws {
        do {
            try playWhole(instant)
        } catch {
            // What was put away and cannot be read is the reason for whatever came of it.
            try host.checkShelf()
            throw error
        }
    }

    private func playWhole(_ instant: Instant) throws {
        measure(\.worlds) { endWorlds(before: instant) }
        var due = host.makeBucket()
        try measure(\.transport) {
            host.due(instant, into: &due)
            script.takeDue(instant, into: &due)
            gate.letters.takeDue(instant, into: &due)
            dropEnded(&due, instant)
            due.sort()
            try gate.publish(due, at: instant)
        }
        tell(gate.takeRecord())
        // While the messages travel there is time for what no handler waits for.
        try measure(\.worlds) { try addWorlds(startingBy: instant + .days(1)) }
        if let draft = pending { try measure(\.checkpoint) { try keep(draft) } }
        pending = nil
        try measure(\.handling) { tell(try host.begin(instant)) }
        while let slice = try measure(\.transport, { try gate.collect() }) { try handle(slice) }
        measure(\.handling) { tell(host.fireTimers(at: instant)) }
        try host.checkPrograms()
        try host.checkShelf()
        host.recycle(gate.finish())
        played = instant
        result.instants += 1
        result.end = max(result.end ?? instant, instant)
        observer.instant?(instant)
        try settleClaims()
        tell(gate.takeRecord())
        try checkpoint()
    }

    /// Messages of worlds that have ended are listed, not said.
    private func dropEnded(_ due: inout OutboxBucket, _ instant: Instant) {
        due.entries.removeAll { entry in
            guard entry.world >= 0, worlds.hasEnded(entry.world, before: instant) else { return false }
            notePending(entry.world, instant, entry.subject, topic: entry.topic)
            return true
        }
    }

    private func handle(_ slice: consuming Slice) throws {
        var slice = slice
        var record = try measure(\.handling) { try host.handle(slice) }
        let secrets = gate.conceal(&slice, &record)
        count(slice)
        let isShown = observer.message != nil || observer.judged != nil
        if isShown { try show(slice, record, secrets) }
        tell(record, secrets, rivers: !isShown)
        try measure(\.projection) {
            try recorder.record(&slice, record.readings, isDeadLetterTopic: gate.isDeadLetterTopic)
        }
        gate.recycle(slice)
    }

    private func count(_ slice: borrowing Slice) {
        result.total += slice.messages.count
        for message in slice.messages {
            if message.isOutside { result.outside += 1 }
            if source == nil, message.world >= 0 { result.messages[Int(message.world)] += 1 }
        }
    }

    /// Settles the records that say they are the run's own of an instant that is over.
    private func settleClaims() throws {
        while !gate.outside.claims.isEmpty {
            let claims = gate.outside.takeClaims()
            let own = claims.filter { $0.redrive == nil }
            gate.settle(own, isKnown: try recorder.has(own.map { ($0.id, $0.instant, gate.recorded($0)) }))
            // A record that does not come from a letter of this run may still claim to be the run's own.
            for claim in claims {
                if let header = claim.redrive { gate.settle(claim, of: header, try recorder.deadLetter(header.letter)) }
            }
        }
    }

    // MARK: - Checkpoints

    private func checkpoint() throws {
        // What outsiders have said must be kept before it is handled, or a resumed run would do so at another instant.
        let hasOutside = gate.outside.hasUnsaved || gate.letters.hasUnsaved
        let isTime = wantsCheckpoint()
        guard isTime || hasOutside else { return }
        if isTime { try gate.log.checkPartitions() }
        // A draft says what changed since the one before: none may be passed over, or be written after a later one.
        if let earlier = pending { try measure(\.checkpoint) { try keep(earlier) } }
        pending = nil
        let draft = measure(\.checkpoint) { draftCheckpoint() }
        guard hasOutside, let draft else {
            pending = draft
            return
        }
        try measure(\.checkpoint) { try keep(draft) }
        try recorder.drain()
    }

    /// Completes a checkpoint with the cases, which are as they were until the next messages are handled, and has it
    /// written in the transaction of the projection.
    func keep(_ draft: CheckpointDraft) throws {
        try host.takeCaseChanges { try recorder.keep(StateRow($1, runner: $0)) }
        try host.checkShelf()
        try recorder.checkpoint(draft.rows, draft.instant)
    }

    // MARK: - Pace

    /// Waits until the next instant may be played, taking in what outsiders write meanwhile.
    private func pace(_ pacer: Pacer, _ next: inout Instant?) throws {
        if paceStart == nil, let first = next { paceStart = (pacer.now(), first) }
        guard let (wall, virtual) = paceStart, let end = worlds.end else { return }
        while !isInterrupted() {
            let now = pacer.virtualNow(since: wall, virtual)
            let target = min(next ?? end, end)
            if now >= target { return }
            gate.waitingAt = now
            try gate.poll(timeout: pacer.wait(from: now, to: target))
            try settleClaims()
            tell(gate.takeRecord())
            if gate.outside.hasUnsaved || gate.letters.hasUnsaved, played != nil { try checkpoint() }
            next = nextDue
        }
    }

    /// Adds the time that the work takes to a stage.
    func measure<Result>(_ stage: WritableKeyPath<StageTimes, Int64>, _ work: () throws -> Result) rethrows -> Result {
        guard let stopwatch else { return try work() }
        let start = stopwatch()
        defer { result.stages[keyPath: stage] += stopwatch() - start }
        return try work()
    }
}

/// A checkpoint without the cases.
struct CheckpointDraft {
    var instant: Instant
    var rows: [StateRow]
}
