import AgencyKit
import JSON
import Hosting
import LifeEvents
import Simulation

/// Watches over one world what must hold in every run, named in the scenario or not.
struct InvariantWatch {
    private struct Violation {
        var invariant: Invariant
        var time: Instant
        var text: String
    }

    private struct Desk: Hashable {
        var agency: Int
        var subject: Subject
    }

    private let instance: ScenarioInstance
    private let hearers: Hearers
    private var violations: [Violation] = []
    private var heads = ChainHeads()
    private var lastHandled: [Desk: EventID] = [:]
    private var offering: (place: Int, agency: Int, rivers: [String])?
    private var letters: Set<EventID> = []
    private var ledger: [EventID: UInt64] = [:]
    private let protection: ProtectedData

    private var agencies: [AgencyID] { hearers.agencies }

    init(_ instance: ScenarioInstance, _ hearers: Hearers) {
        self.instance = instance
        self.hearers = hearers
        protection = ProtectedData(instance)
    }

    private mutating func violate(_ invariant: Invariant, _ time: Instant, _ text: String) {
        violations.append(Violation(invariant: invariant, time: time, text: text))
    }

    // MARK: - Watching

    mutating func see(_ message: ObservedMessage, isNew: Bool, _ context: WorldContext) {
        let envelope = message.envelope
        var what: String { context.describe(envelope, message.type) }
        guard isNew else {
            // Of an outsider's two records with one id the second is laid aside or dropped, and what is sent again from
            // a dead letter is an outsider's.
            if !message.isOutside { violate(.noDoubleEffect, envelope.time, "\(what) was handed out twice") }
            return
        }
        guard !message.isOutside else { return }
        if let text = heads.see(envelope, type: message.type, context) {
            violate(.chainRules, envelope.time, "\(what) \(text)")
        }
        if let text = protection.leak(envelope, type: message.type, data: message.data) {
            violate(.noProtectedData, envelope.time, "\(what): \(text)")
        }
    }

    /// The agencies that must be offered a message by what it says: a bit for each.
    func concerned(by message: ObservedMessage, _ context: WorldContext) -> UInt64 {
        let predecessor = message.envelope.previousID.flatMap { context.journal[$0] }
        return hearers.concerned(by: message, holders: predecessor?.handled ?? 0)
    }

    mutating func see(_ letter: ReadLetter, original: EventID) { letters.insert(original) }

    mutating func see(_ id: EventID, _ report: RiverReport, _ context: inout WorldContext) {
        guard let place = context.journal.place(of: id), let agency = agencies.firstIndex(of: report.agency) else {
            return
        }
        let bit: UInt64 = 1 << UInt64(agency)
        let isSameOffer = offering?.place == place && offering?.agency == agency
        let isAgain =
            isSameOffer
            ? offering?.rivers.contains(report.river) == true : context.journal[place].offered & bit != 0
        if isSameOffer, !isAgain {
            offering?.rivers.append(report.river)
        } else {
            offering = (place, agency, [report.river])
        }
        context.journal[place].offered |= bit
        guard report.outcome == .handled else { return }
        let entry = context.journal[place]
        if isAgain, entry.handled & bit != 0, !entry.isRedriven {
            violate(
                .noDoubleEffect, entry.time,
                "\(report.agency) ‘\(report.river)’ handled \(context.describe(entry)) twice")
        }
        context.journal[place].handled |= bit
        guard !entry.isOutside, !isAgain else { return }
        let desk = Desk(agency: agency, subject: entry.subject)
        if let last = lastHandled[desk], last > id, let other = context.journal[last] {
            violate(
                .subjectOrder, other.time,
                "\(report.agency) handled \(context.describe(entry)) after \(context.describe(other))")
        }
        lastHandled[desk] = max(lastHandled[desk] ?? id, id)
    }

    mutating func seeLedger(_ id: EventID, _ agency: AgencyID, _ context: WorldContext) {
        guard let number = agencies.firstIndex(of: agency) else { return }
        ledger[id, default: 0] |= 1 << UInt64(number)
    }

    // MARK: - The end

    /// One failure for each invariant that was violated.
    func failures(_ context: WorldContext, hasLedger: Bool) -> [ExpectationFailure] {
        let all = violations + lost(context) + (hasLedger ? unwritten(context) : [])
        return Invariant.allCases.compactMap { invariant in
            let own = all.filter { $0.invariant == invariant }
            guard let first = own.first else { return nil }
            let named = instance.scenario.invariants.first { $0.value == invariant }
            let more = own.count > 1 ? ", and \(own.count - 1) more" : ""
            return ExpectationFailure(
                invariant.code, step: named == nil ? "invariant" : "then",
                place: (named?.span ?? instance.scenario.name.span).description,
                message: "expected \(invariant.rawValue) throughout, \(first.text)\(more)", time: first.time,
                nearest: own.dropFirst().prefix(3).map(\.text), isWitnessed: true)
        }
    }

    private func lost(_ context: WorldContext) -> [Violation] {
        var lost: [Violation] = []
        for entry in context.journal.entries where entry.isLive && !entry.isOutside && !letters.contains(entry.id) {
            let wanted = hearers.mustHear(entry.type, isAnnulment: entry.change == .annulled) | entry.concerned
            let missing = wanted & ~entry.offered
            guard missing != 0 else { continue }
            for (number, agency) in agencies.enumerated() where missing & (1 << UInt64(number)) != 0 {
                if isExcused(entry, agency) { continue }
                lost.append(
                    Violation(
                        invariant: .noLostMessage, time: entry.time,
                        text: "\(context.describe(entry)) did not reach \(agency)"))
            }
        }
        let damages = instance.scenario.faults.contains { if case .corrupt = $0.kind { true } else { false } }
        guard !damages else { return lost }
        for message in instance.world.script where message.due <= instance.world.until {
            // What the gate has set aside is accounted for by its dead letter.
            guard context.journal.place(of: message.id) == nil, !letters.contains(message.id) else { continue }
            let what = context.steps[message.id].map { "the message of \($0)" } ?? "an opening fact"
            lost.append(
                Violation(invariant: .noLostMessage, time: message.due, text: "\(what) was not on the bus"))
        }
        return lost
    }

    /// A fault that lasts beyond the end keeps messages from being delivered within the run.
    private func isExcused(_ entry: WorldJournal.Entry, _ agency: AgencyID) -> Bool {
        instance.scenario.faults.contains { fault in
            let (first, end) = fault.window.bounds(on: instance.scenario.timeline)
            switch fault.kind {
            case .outage(let hit):
                return hit.value == agency && entry.time >= first && end.map { $0 > instance.world.until } ?? true
            case .late(let scope, _), .reordered(let scope): return scope.types.value.matches(entry.type)
            case .slow, .duplicate, .corrupt, .broker: return false
            }
        }
    }

    private func unwritten(_ context: WorldContext) -> [Violation] {
        context.journal.entries.compactMap { entry in
            let missing = entry.handled & ~(ledger[entry.id] ?? 0)
            // What a handler threw on was undone, reading and all.
            guard missing != 0, !letters.contains(entry.id) else { return nil }
            return Violation(
                invariant: .ledgerComplete, time: entry.time,
                text: "\(agencies[missing.trailingZeroBitCount]) read \(context.describe(entry)) unwritten")
        }
    }
}
