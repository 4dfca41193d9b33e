import AgencyKit
import Contracts
import Hosting
import JSON
import LifeEvents
import Simulation

/// Watches one world as it is played, and says at the end which expectations and invariants did not hold. Copies watch
/// together.
struct ExpectationChecker {
    private var context: WorldContext
    private var checks: [Check]
    private let counts: [PatternWatch]
    private var tiles: TileHistory
    private var invariants = InvariantWatch()
    private var letters = UnexpectedLetters()
    /// The ids of the scenario's faults that have been applied.
    private var applied: Set<String> = []
    /// Up to this instant a resumed run does not know which faults have been applied.
    var faultsUnknownUntil: Instant?
    private var now: Instant

    /// A checker for one world.
    /// - Parameter rules: the rules of the agencies that the run plays: what they hear must reach them.
    init(_ instance: ScenarioInstance, rules: [RiverDescription] = [], access: AccessRights = AccessRights()) {
        self.init(
            instance, CheckPlan(instance.template, Hearers(rules, instance.agencies, access), CheckTables()))
    }

    init(_ instance: ScenarioInstance, _ plan: CheckPlan) {
        context = WorldContext(instance, plan)
        checks = plan.checks.map { Check($0) }
        counts = plan.counts.map { PatternWatch($0) }
        tiles = TileHistory(keepsAll: !instance.scenario.tilesAsOf.isEmpty)
        now = instance.scenario.start.value
    }

    /// The bytes that the journal has taken.
    var journalBytes: Int { context.journal.byteCount }

    // MARK: - Watching

    /// Takes a message in; its views are not kept.
    /// - Parameter isLive: false for what a resumed run has played before, of which no more is told.
    mutating func see(_ message: ObservedMessage, isLive: Bool = true) {
        now = max(now, message.envelope.time)
        let place = context.journal.add(message, isLive: isLive)
        let matched = MatchedMessage(envelope: message.envelope, type: message.type, data: message.data)
        if isLive, let place {
            let concerned = invariants.concerned(by: message, context)
            if concerned != 0 { context.journal.change(place) { $0.concerned = concerned } }
        }
        if place == nil, message.isOutside, let former = context.journal.place(of: message.envelope.id) {
            context.journal.change(former) { $0.isRedriven = true }
        }
        invariants.see(message, at: place, &context)
        guard place != nil else { return }
        tiles.see(matched, context)
        for number in checks.indices { checks[number].see(matched, context) }
        for count in counts { count.see(matched, context) }
        if message.type.hasSuffix(".dead-letter.v1") { seeLetter(matched) }
    }

    private mutating func seeLetter(_ message: MatchedMessage) {
        let letter = ReadLetter(
            envelope: message.envelope, owner: EventType(message.type).owner,
            topic: message.data?["topic"]?.string ?? "", reason: DeadLetterText.reason(message.data),
            kind: message.data?["reason"]?.string ?? "", hasPlace: message.data?["partition"] != nil)
        let named = DeadLetterText.message(message.data)
        var isRead = false
        try? JSONTape.reading(message.data?["original"]?.string ?? "") { root in
            let event = try ReadEvent(root)
            isRead = true
            let original = MatchedMessage(
                envelope: event.envelope, type: event.type.string ?? "", data: event.data)
            let id = named ?? event.envelope.id
            invariants.see(letter, original: id)
            for number in checks.indices { checks[number].see(letter, original: original, context) }
            count(letter, id: id, original: original)
        }
        guard !isRead else { return }
        count(letter, id: named, original: nil)
        // Without the original, which may quote what nobody may be told, the letter still names it.
        if let id = named, context.journal.place(of: id) == nil {
            invariants.see(letter, original: id)
        }
        for number in checks.indices { checks[number].see(letter, original: nil, context) }
    }

    private mutating func count(_ letter: ReadLetter, id: EventID?, original: MatchedMessage?) {
        guard context.plan.letters.isUnexpected(letter, id: id, original: original, context) else { return }
        letters.add(letter, id: id, original: original, context)
    }

    /// Takes in that a fault of the scenario has been applied.
    mutating func see(applied fault: String) { applied.insert(fault) }

    /// Takes in what became at a rule of a message that was seen.
    mutating func see(_ id: EventID, _ report: RiverReport) {
        for number in checks.indices { checks[number].see(id, report, at: now, context) }
        invariants.see(id, report, &context)
    }

    /// Takes in when a reader learns a message, in a run with a plane.
    mutating func see(_ delivery: DeliveryReport) { invariants.see(delivery, &context) }

    /// Takes in that a reading of a message of the world is in the ledger; once the run is over.
    mutating func seeLedger(_ id: EventID, _ agency: AgencyID) {
        guard let number = context.agencies.firstIndex(of: agency), let place = context.journal.place(of: id) else {
            return
        }
        context.journal.change(place) { $0.written |= 1 << UInt64(number) }
    }

    // MARK: - The end

    /// What failed, expectations in the file's order and then what must hold at the end and throughout.
    /// - Parameter hasLedger: whether all readings were handed to ``seeLedger(_:_:)``.
    func failures(hasLedger: Bool = false) -> [ExpectationFailure] {
        let unwritten = hasLedger ? invariants.unwritten(context) : []
        let names = context.names
        let violations = unwritten.compactMap { message in
            context.journal[message.id].map {
                message.violation(context.describe($0), by: context.agencies)
            }
        }
        return expectations
            + InvariantWatch.failures(invariants.all(context) + violations, context.instance.scenario).map {
                $0.told(names)
            }
    }

    /// What is left when the world has ended: nothing of its messages but those that the ledger must have.
    var verdict: WorldVerdict {
        WorldVerdict(
            expectations: expectations, violations: namedViolations, handled: invariants.unwritten(context),
            looks: context.plan.keepsLooks ? looks : [])
    }

    /// Which messages the expectations looked at; those that looked at none are left out.
    private var looks: [ExpectationLook] {
        let scenario = context.instance.scenario
        let steps = checks.compactMap { check -> ExpectationLook? in
            guard case .expect(let expectation) = scenario.steps[check.step].action else { return nil }
            return ExpectationLook(
                step: scenario.steps[check.step].id.value, place: expectation.span.description, messages: check.looks)
        }
        let counted = zip(scenario.finalCounts, counts).map {
            ExpectationLook(step: "then", place: $0.count.span.description, messages: $1.looks)
        }
        return (steps + counted).filter { !$0.messages.isEmpty }
    }

    private var expectations: [ExpectationFailure] {
        let all =
            checks.compactMap { $0.failure(context.instance.scenario) } + finalTiles + finalPages + earlierTiles
            + finalCounts
            + [letters.failure(context.instance.scenario)].compactMap(\.self) + faultsWithoutEffect
        guard !all.isEmpty else { return [] }
        let names = context.names
        return all.map { $0.told(names) }
    }

    private var namedViolations: [Violation] {
        let all = invariants.all(context)
        guard !all.isEmpty else { return [] }
        let names = context.names
        return all.map { Violation(invariant: $0.invariant, time: $0.time, text: names($0.text)) }
    }

    /// A scenario with a fault that hits nothing tests less than it says.
    private var faultsWithoutEffect: [ExpectationFailure] {
        let scenario = context.instance.scenario
        return scenario.faults.compactMap { fault in
            let (first, end) = fault.window.bounds(on: scenario.timeline)
            if applied.contains(fault.id.value) || faultsUnknownUntil.map({ first <= $0 }) ?? false { return nil }
            var what = "nothing it means came"
            if case .broker = fault.kind {
                guard context.plan.breaksBroker else { return nil }
                what = "no request of the bus met it"
            }
            let until = min(end ?? context.instance.until, context.instance.until)
            return ExpectationFailure(
                .faultWithoutEffect, step: fault.id.value, place: fault.id.span.description,
                message: "expected the fault `\(fault.id.value)` to be applied, \(what) from "
                    + "\(first.asWritten) to \(until.asWritten)", time: until)
        }
    }

    private var finalTiles: [ExpectationFailure] {
        let instance = context.instance
        return instance.scenario.finalTiles.compactMap { wanted in
            tiles.difference(wanted, context).map {
                ExpectationFailure(
                    .finalTile, step: "then", place: wanted.span.description,
                    message: "expected \(wanted.inWords) at the end, \($0)", time: instance.until,
                    compared: tiles.compared(wanted, context))
            }
        }
    }

    private var finalPages: [ExpectationFailure] {
        let instance = context.instance
        return instance.scenario.finalPages.compactMap { wanted in
            let differences = tiles.difference(wanted, context)
            guard let first = differences.first else { return nil }
            let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
            return ExpectationFailure(
                .finalPage, step: "then", place: wanted.holder.span.description,
                message: "expected \(wanted.inWords) at the end, \(first)\(more)", time: instance.until,
                nearest: Array(differences.dropFirst().prefix(5)))
        }
    }

    private var earlierTiles: [ExpectationFailure] {
        let instance = context.instance
        return instance.scenario.tilesAsOf.flatMap { entry -> [ExpectationFailure] in
            guard let instant = entry.at.resolveAsDeadline(on: instance.scenario.timeline) else { return [] }
            return entry.tiles.compactMap { wanted in
                tiles.difference(wanted, context, asOf: instant).map {
                    ExpectationFailure(
                        .earlierTile, step: "then", place: wanted.span.description,
                        message: "expected \(wanted.inWords) as of \(instant.asWritten), \($0)", time: instant,
                        compared: tiles.compared(wanted, context, asOf: instant))
                }
            }
        }
    }

    private var finalCounts: [ExpectationFailure] {
        zip(context.instance.scenario.finalCounts, counts).compactMap { wanted, watch in
            guard !wanted.count.admits(watch.count) else { return nil }
            let isTooMany = watch.count > wanted.count.least
            let tellsWitnesses = isTooMany || watch.tellsWitnesses
            return ExpectationFailure(
                .finalCount, step: "then", place: wanted.count.span.description,
                message: "expected \(wanted.count.text) × \(wanted.pattern.text) in the whole run, "
                    + watch.came(isTooFew: !isTooMany),
                time: context.instance.until, nearest: tellsWitnesses ? watch.witnesses : watch.misses.lines,
                isWitnessed: tellsWitnesses, compared: tellsWitnesses ? [] : watch.misses.compared)
        }
    }
}
