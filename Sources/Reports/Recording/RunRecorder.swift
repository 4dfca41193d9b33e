public import AgencyKit
public import Hosting
import JSON
public import LifeEvents
public import Scenarios
public import Simulation
import YAML

/// Makes the records of a run while it is played, for a log file or for memory. One thread owns it.
///
/// What is written to a file is not kept in memory too: a run's log may be many times larger. ``log()`` reads it back.
public final class RunRecorder {
    private let file: RunLogWriter?
    /// What was recorded so far, where no file has it.
    private var kept: RunLog?
    private let description: RunDescription
    /// Whether nothing is recorded but counts; what is told of a failed world is then made when it is asked for.
    private let isBrief: Bool
    private let repro: (ScenarioInstance) -> String
    private let instances: [ScenarioInstance]
    private var tiles = TileLines()
    private var counts: [Counts]
    /// How many lines were recorded.
    private var lines = 0

    struct Counts: Sendable {
        var messages = 0
        var tiles = 0
        var deadLetters = 0
        var first: Instant?
        var last: Instant?
    }

    /// A recorder that has written the beginning of the run and of each world.
    /// - Parameters:
    ///   - file: where the log goes; nil: nowhere.
    ///   - keepsLog: whether ``log()`` is wanted although there is no file, or one that cannot be read, as a pipe.
    ///   - isBrief: whether messages are only counted, and no log is wanted: then there may be very many worlds.
    ///   - repro: the command that runs a world alone.
    public init(
        _ description: RunDescription, instances: [ScenarioInstance], file: RunLogWriter?, keepsLog: Bool,
        isBrief: Bool = false, repro: @escaping (ScenarioInstance) -> String
    ) {
        self.file = file
        self.isBrief = isBrief
        self.repro = repro
        self.description = description
        self.instances = instances
        counts = instances.map { _ in Counts() }
        kept = keepsLog && !isBrief && file?.canBeReadBack != true ? RunLog(name: "this run", start: start) : nil
        guard !isBrief else { return }
        append(.runStart(start))
        for (number, instance) in instances.enumerated() {
            append(.worldStart(Self.record(instance, number, repro(instance))))
        }
        file?.flush()
    }

    private var start: RunStart {
        RunStart(
            schema: RunRecord.schemaVersion, program: description.program, seed: description.seed,
            broker: description.broker, partitions: description.partitions, resolution: description.resolution,
            settings: description.settings, resumed: description.isResumed ? true : nil,
            skipped: description.skipped.isEmpty
                ? nil : description.skipped.map { RunStart.Skipped(scenario: $0.scenario, reason: $0.reason) })
    }

    private static func record(_ instance: ScenarioInstance, _ number: Int, _ repro: String) -> WorldStart {
        let place = instance.scenario.name.span
        return WorldStart(
            number: number, scenario: instance.scenario.name.value, name: instance.worldName, file: place.file,
            line: place.range.start.line,
            params: Dictionary(
                instance.scenario.parameters.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first }),
            tags: instance.scenario.tags.isEmpty ? nil : instance.scenario.tags.map(\.value),
            start: instance.scenario.start.value,
            people: instance.people.map { WorldStart.Person(name: $0.name, key: $0.key.description) },
            agencies: instance.agencies.map(\.description), repro: repro)
    }

    private func append(_ record: RunRecord) {
        lines += 1
        file?.append(record)
        // The recorder numbers its worlds itself, so none of its records can be refused. It begins with its first line.
        if case .runStart = record { return }
        try? kept?.add(record)
    }

    private func name(_ key: Subject, _ world: Int?) -> String {
        world.flatMap { instances[$0].name(of: key) } ?? key.description
    }

    // MARK: - Watching

    /// Takes a message, before what became of it.
    public func see(_ message: ObservedMessage) {
        let envelope = message.envelope
        let world = message.world
        let source = envelope.source?.description ?? "outside"
        append(
            .publish(
                Publish(
                    envelope, type: message.type, data: message.data, world: world, isOutside: message.isOutside,
                    subject: name(envelope.subject, world))))
        count(envelope.time, world)
        let change = tiles.change(envelope, type: message.type, data: message.data, world: world) { name($0, world) }
        if let change {
            append(.statusChange(change))
            if let world { counts[world].tiles += 1 }
        }
        if message.type.hasSuffix(".dead-letter.v1") { seeDeadLetter(message, source) }
    }

    /// Takes a message of which no more is wanted than that it was there.
    public func count(_ message: ObservedMessage) {
        count(message.envelope.time, message.world)
        guard let world = message.world else { return }
        if message.type == StatusTile.type.name { counts[world].tiles += 1 }
        if message.type.hasSuffix(".dead-letter.v1") { counts[world].deadLetters += 1 }
    }

    private func count(_ time: Instant, _ world: Int?) {
        guard let world else { return }
        counts[world].messages += 1
        counts[world].first = counts[world].first ?? time
        counts[world].last = time
    }

    private func seeDeadLetter(_ message: ObservedMessage, _ source: String) {
        append(
            .reject(
                Rejection(
                    case: message.world, message: DeadLetterText.message(message.data), letter: message.envelope.id,
                    agency: source,
                    topic: message.data?["topic"]?.string ?? "", reason: DeadLetterText.reason(message.data),
                    time: message.envelope.time)))
        if let world = message.world { counts[world].deadLetters += 1 }
    }

    /// Takes what became at a river of a message that was seen at this instant.
    public func see(_ id: EventID, _ report: RiverReport) {
        let outcome: Delivery.Outcome =
            switch report.outcome {
            case .handled: .handled
            case .notMine: .notMine
            case .notWhole: .notWhole
            case .denied: .denied
            }
        let sentences = report.outcome.sentences
        let reason =
            sentences.isEmpty
            ? report.awaits.map { "it waits for its predecessor \($0)" }
            : sentences.joined(separator: RiverOutcome.separator)
        append(
            .deliver(
                Delivery(
                    case: report.world >= 0 ? Int(report.world) : nil, message: id,
                    agency: report.agency.description, river: report.river, outcome: outcome, reason: reason,
                    file: "\(report.file)", line: report.line)))
    }

    /// Takes a timer that fell due.
    public func see(_ timer: TimerReport) {
        let world = timer.world >= 0 ? Int(timer.world) : nil
        append(
            .timer(
                TimerFired(
                    case: world, agency: timer.agency.description, subject: name(timer.subject, world),
                    timer: timer.name, due: timer.due, time: timer.now, setter: timer.setter,
                    failure: timer.failure)))
    }

    /// Takes a fault.
    public func see(_ fault: ObservedFault) {
        append(
            .fault(
                FaultNote(
                    case: fault.world, time: fault.time, until: fault.until, kind: fault.kind, target: fault.target,
                    message: fault.message, text: fault.line)))
    }

    /// An instant is done: what was gathered goes to the file.
    public func endInstant() {
        file?.flush()
    }

    // MARK: - Parts

    /// What a recorder has gathered, for another that tells of a run in parts.
    public struct Part: Sendable {
        let kept: RunLog?
        let file: String?
        let counts: [Counts]
    }

    /// What was gathered so far.
    /// - Throws: `RunLogError` if the log could not be written.
    public func part() throws(RunLogError) -> Part {
        try file?.finish()
        return Part(kept: kept, file: kept == nil ? file?.path : nil, counts: counts)
    }

    /// Takes over what another recorder has gathered; its file is read here, and no longer needed afterwards.
    /// - Parameter first: the number that its first world has here; the others follow.
    /// - Throws: `RunLogError` if the part's file cannot be read.
    public func adopt(_ part: Part, first: Int) throws(RunLogError) {
        for (number, count) in part.counts.enumerated() { counts[first + number] = count }
        var found = part.kept
        if found == nil, let path = part.file { found = try RunLog(path: path) }
        guard let log = found else { return }
        for (number, one) in log.worlds.enumerated() {
            for record in one.records { append(record.moved(to: first + number)) }
        }
        for record in log.outside.records { append(record) }
        file?.flush()
    }

    /// What was recorded so far, read back where a file has it; nil if it was to be kept nowhere.
    /// - Throws: `RunLogError` if the file could not be written, or cannot be read.
    public func log() throws(RunLogError) -> RunLog? {
        guard kept == nil, let file, file.canBeReadBack else { return kept }
        try file.finish()
        return try RunLog(path: file.path)
    }

    // MARK: - The end

    /// Writes what became of the expectations, the ends of the worlds and of the run.
    /// - Parameters:
    ///   - failures: of each world, by its number.
    ///   - known: what failed of worlds that are known to fail, and so have passed; empty: nothing is known.
    ///   - looks: which messages the expectations of each world looked at; empty: nobody knows.
    ///   - repros: the commands that show failures which the command of their world does not, by their places.
    ///   - milliseconds: of wall time that the run took.
    /// - Throws: `RunLogError` if the log could not be written.
    public func finish(
        _ result: RunResult, failures: [[ExpectationFailure]], known: [[ExpectationFailure]] = [],
        looks: [[ExpectationLook]] = [], repros: [String: String] = [:], milliseconds: Int64
    ) throws(RunLogError) {
        guard !isBrief else { return }
        for (number, instance) in instances.enumerated() {
            let isKnown = known.indices.contains(number) && !known[number].isEmpty
            let expectations = instance.expectationResults(
                isKnown ? known[number] : failures[number], world: number,
                looks: looks.indices.contains(number) ? looks[number] : [])
            for met in expectations.met { append(.expectPass(met)) }
            for var failure in expectations.failed {
                failure.repro = repros[failure.place]
                append(.expectFail(failure))
            }
            let count = counts[number]
            let share = Double(milliseconds) * Double(count.messages) / Double(max(result.total, 1))
            append(
                .worldEnd(
                    WorldEnd(
                        case: number, passed: failures[number].isEmpty, digest: result.digests[number].description,
                        messages: count.messages, tiles: count.tiles, deadLetters: count.deadLetters,
                        expectations: expectations.met.count + expectations.failed.count,
                        failed: expectations.failed.count,
                        known: isKnown ? instance.scenario.knownFailure?.value : nil, first: count.first,
                        last: count.last,
                        wallMilliseconds: (share * 1_000).rounded() / 1_000)))
        }
        let failed = failures.count { !$0.isEmpty }
        append(
            .runEnd(
                RunEnd(
                    passed: failed == 0, cases: instances.count, failedCases: failed, messages: result.total,
                    outside: result.outside,
                    refused: result.refused > 0 ? result.refused : nil, redelivered: result.redelivered,
                    deadLetters: result.deadLetters,
                    instants: result.instants, wallMilliseconds: Double(milliseconds),
                    deterministic: description.isDeterministic && result.outside == 0, lines: lines + 1)))
        try file?.finish()
    }

    /// What is told of a failed world of which nothing was recorded; nil for one that passed.
    public func briefText(ofWorld number: Int, failures: [ExpectationFailure]) -> String? {
        let instance = instances[number]
        var log = RunLog(name: "this run", start: start)
        // One world, numbered from 0: none of its records can be refused.
        try? log.add(.worldStart(Self.record(instance, 0, repro(instance))))
        for failure in instance.expectationResults(failures, world: 0).failed { try? log.add(.expectFail(failure)) }
        return log.failureText(ofWorld: 0)
    }
}
