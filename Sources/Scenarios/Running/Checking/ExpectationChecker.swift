public import AgencyKit
import JSON
public import LifeEvents
public import Simulation

/// Watches one case as it is played, and says at the end which expectations and invariants did not hold.
public struct ExpectationChecker {
    private var context: CaseContext
    private var checks: [Check]
    private var counts: [PatternWatch]
    private var tiles: TileHistory
    private var invariants: InvariantWatch
    private var now: Instant

    /// A checker for one case.
    /// - Parameter rules: the rules of the agencies that the run plays: what they hear must reach them.
    public init(_ casting: Casting, rules: [RiverDescription] = []) {
        let scenario = casting.scenario
        context = CaseContext(casting)
        checks = scenario.steps.compactMap { step in
            guard case .expect(let expectation) = step.action else { return nil }
            return Check(expectation, step: step.id.value, casting)
        }
        let end = casting.world.until
        counts = scenario.finalCounts.map {
            PatternWatch($0.pattern, opening: scenario.start.value, deadline: end, keepsWitnesses: true)
        }
        tiles = TileHistory(keepsAll: !scenario.tilesAsOf.isEmpty)
        invariants = InvariantWatch(casting, rules)
        now = scenario.start.value
    }

    // MARK: - Watching

    /// Takes a message in; its views are not kept.
    /// - Parameter isLive: false for what a resumed run has played before, of which no more is told.
    public mutating func see(_ message: ObservedMessage, isLive: Bool = true) {
        now = max(now, message.envelope.time)
        let isNew = context.journal.add(message, isLive: isLive)
        let matched = MatchedMessage(envelope: message.envelope, type: message.type, data: message.data)
        invariants.see(message, isNew: isNew, context)
        guard isNew else { return }
        tiles.see(matched)
        for index in checks.indices { checks[index].see(matched, context) }
        for index in counts.indices { counts[index].see(matched, context) }
        if message.type.hasSuffix(".dead-letter.v1") { seeLetter(matched) }
    }

    private mutating func seeLetter(_ message: MatchedMessage) {
        let letter = ReadLetter(
            envelope: message.envelope, owner: EventType(message.type).owner,
            topic: message.data?["topic"]?.string ?? "", reason: message.data?["reason"]?.string ?? "")
        var isRead = false
        try? JSONTape.reading(message.data?["original"]?.string ?? "") { root in
            let event = try ReadEvent(root)
            isRead = true
            let original = MatchedMessage(
                envelope: event.envelope, type: event.type.string ?? "", data: event.data)
            invariants.see(letter, original: event.envelope.id)
            for index in checks.indices { checks[index].see(letter, original: original, context) }
        }
        guard !isRead else { return }
        for index in checks.indices { checks[index].see(letter, original: nil, context) }
    }

    /// Whether a message belongs to the case.
    public func knows(_ id: EventID) -> Bool { context.journal.place(of: id) != nil }

    /// Takes in what became at a rule of a message that was seen.
    public mutating func see(_ id: EventID, _ report: RiverReport) {
        for index in checks.indices { checks[index].see(id, report, at: now, context) }
        invariants.see(id, report, &context)
    }

    /// Takes in that a reading of a message of the case is in the ledger; once the run is over.
    public mutating func seeLedger(_ id: EventID, _ agency: AgencyID) {
        invariants.seeLedger(id, agency, context)
    }

    // MARK: - The end

    /// What failed, expectations in the file's order and then what must hold at the end and throughout.
    /// - Parameter hasLedger: whether all readings were handed to ``seeLedger(_:_:)``.
    public func failures(hasLedger: Bool = false) -> [ExpectationFailure] {
        checks.compactMap(\.failure) + finalTiles + earlierTiles + finalCounts
            + invariants.failures(context, hasLedger: hasLedger)
    }

    private var finalTiles: [ExpectationFailure] {
        let casting = context.casting
        return casting.scenario.finalTiles.compactMap { wanted in
            tiles.difference(wanted, casting).map {
                ExpectationFailure(
                    .finalTile, step: "then", place: wanted.code.span.description,
                    message: "expected \(wanted.text) at the end, \($0)", time: casting.world.until)
            }
        }
    }

    private var earlierTiles: [ExpectationFailure] {
        let casting = context.casting
        return casting.scenario.tilesAsOf.flatMap { entry -> [ExpectationFailure] in
            guard let instant = entry.at.resolveAsDeadline(on: casting.scenario.timeline) else { return [] }
            return entry.tiles.compactMap { wanted in
                tiles.difference(wanted, casting, asOf: instant).map {
                    ExpectationFailure(
                        .earlierTile, step: "then", place: wanted.code.span.description,
                        message: "expected \(wanted.text) as of \(instant.asWritten), \($0)", time: instant)
                }
            }
        }
    }

    private var finalCounts: [ExpectationFailure] {
        zip(context.casting.scenario.finalCounts, counts).compactMap { wanted, watch in
            guard watch.count != wanted.equals.value else { return nil }
            let isTooMany = watch.count > wanted.equals.value
            let came = watch.count == 0 ? "none" : watch.count == 1 ? "one" : "\(watch.count)"
            return ExpectationFailure(
                .finalCount, step: "then", place: wanted.equals.span.description,
                message: "expected \(wanted.equals.value) × \(wanted.pattern.text) in the whole run, \(came) came",
                time: context.casting.world.until, nearest: isTooMany ? watch.witnesses : watch.misses.lines,
                isWitnessed: isTooMany)
        }
    }
}
