import AgencyKit
import JSON
import Hosting
import LifeEvents
import Simulation

/// What must hold in every run and did not.
struct Violation {
    var invariant: Invariant
    var time: Instant
    var text: String
}

/// A message that was handled, of which the ledger must have a reading.
struct HandledMessage {
    var id: EventID
    /// In whose name a reading is missing: a bit for each of the world's agencies.
    var missing: UInt64
    var time: Instant
}

/// Watches over one world what must hold in every run, named in the scenario or not.
struct InvariantWatch {
    /// What an agency has handled last of a subject.
    private struct Desk {
        var subject: Subject
        var agency: Int32
        var last: Int32

        func isBefore(_ subject: Subject, _ agency: Int32) -> Bool { (self.subject, self.agency) < (subject, agency) }
    }

    /// A rule at which a message was offered.
    private struct Told: Hashable {
        var message: EventID
        var agency: Int
        var river: String
    }

    private(set) var violations: [Violation] = []
    /// Sorted.
    private var desks: [Desk] = []
    private var letters: Set<EventID> = []
    /// In a run with a plane: the rules at which messages were offered, for branches learn at times of their own.
    private var told: Set<Told> = []
    private var law = LawWatch()
    private var money = PaymentWatch()
    private var annulments = AnnulmentWatch()

    private mutating func violate(_ invariant: Invariant, _ time: Instant, _ text: String) {
        violations.append(Violation(invariant: invariant, time: time, text: text))
    }

    // MARK: - Watching

    /// - Parameter place: in the journal; nil for a message that came before.
    mutating func see(_ message: ObservedMessage, at place: Int?, _ context: inout WorldContext) {
        let envelope = message.envelope
        guard let place else {
            // Of an outsider's two records with one id the second is dead-lettered or dropped, and what is sent again from
            // a dead letter is an outsider's.
            if !message.isOutside {
                violate(
                    .noDoubleEffect, envelope.time, "\(context.describe(envelope, message.type)) was handed out twice")
            }
            return
        }
        guard !message.isOutside else { return law.hear(message) }
        annulments.see(message, at: place, context)
        if let text = context.chainFault(envelope, type: message.type, at: place) {
            violate(.chainRules, envelope.time, "\(context.describe(envelope, message.type)) \(text)")
        }
        if let (invariant, text) = law.see(message, context) { violate(invariant, envelope.time, text) }
        if let text = money.see(message, context) { violate(.paymentsAddUp, envelope.time, text) }
        let leak = context.plan.protection.leak(
            envelope, type: message.type, data: message.data, context.instance)
        if let leak {
            violate(.noProtectedData, envelope.time, "\(context.describe(envelope, message.type)): \(leak)")
        }
    }

    /// Takes in that a message does not reach a reader within the world, as the run's plane says.
    mutating func see(_ delivery: DeliveryReport, _ context: inout WorldContext) {
        guard delivery.outcome != .heard, let place = context.journal.place(of: delivery.message),
            let agency = context.agencies.firstIndex(of: delivery.agency)
        else { return }
        context.journal.change(place) { $0.withheld |= 1 << UInt64(agency) }
    }

    /// The agencies that must be offered a message by what it says: a bit for each.
    func concerned(by message: ObservedMessage, _ context: WorldContext) -> UInt64 {
        let predecessor = message.envelope.previousID.flatMap { context.journal[$0] }
        return context.plan.hearers.concerned(by: message, holders: predecessor?.fate.handled ?? 0)
    }

    mutating func see(_ letter: ReadLetter, original: EventID) { letters.insert(original) }

    mutating func see(_ id: EventID, _ report: RiverReport, _ context: inout WorldContext) {
        guard let place = context.journal.place(of: id),
            let agency = context.agencies.firstIndex(of: report.agency)
        else { return }
        let bit: UInt64 = 1 << UInt64(agency)
        let isAgain =
            context.plan.hasPlane
            ? !told.insert(Told(message: id, agency: agency, river: report.river)).inserted
            : isOffered(id, at: place, bit, report, &context)
        let entry = context.journal[place]
        let isHandled = report.outcome == .handled
        context.journal.change(place) { fate in
            fate.offered |= bit
            if isHandled { fate.handled |= bit }
        }
        if case .notWhole = report.outcome { law.refused(id, by: report.agency) }
        guard isHandled else { return }
        if let text = law.handled(id, by: report.agency, report.river, context) {
            violate(.mandatedActs, entry.time, text)
        }
        if isAgain, entry.fate.handled & bit != 0, !entry.fate.isRedriven {
            violate(
                .noDoubleEffect, entry.time,
                "\(report.agency) ‘\(report.river)’ handled \(context.describe(entry)) twice")
        }
        guard !entry.isOutside, !isAgain, !context.plan.hasPlane else { return }
        keepOrder(entry, place, Int32(agency), report, context)
    }

    /// Takes in an offer, and says whether the rule had it before; what came between does not count.
    private func isOffered(
        _ id: EventID, at place: Int, _ bit: UInt64, _ report: RiverReport, _ context: inout WorldContext
    ) -> Bool {
        let known = context.tables.offers.firstIndex { $0.message == id && $0.agency == report.agency }
        let isAgain =
            known.map { context.tables.offers[$0].rivers.contains(report.river) }
            ?? (context.journal[place].fate.offered & bit != 0)
        if context.tables.offers.first?.message != id { context.tables.offers = [] }
        if let known, !isAgain {
            context.tables.offers[known].rivers.append(report.river)
        } else {
            context.tables.offers.removeAll { $0.agency == report.agency }
            context.tables.offers.append(
                CheckTables.Offer(message: id, agency: report.agency, rivers: [report.river]))
        }
        return isAgain
    }

    /// What one agency handles of one subject it handles in the order of the ids. In a plane channels overtake each other,
    /// so there it is not asked.
    private mutating func keepOrder(
        _ entry: WorldJournal.Entry, _ place: Int, _ agency: Int32, _ report: RiverReport, _ context: WorldContext
    ) {
        var (low, high) = (0, desks.count)
        while low < high {
            let middle = (low + high) / 2
            if desks[middle].isBefore(entry.subject, agency) { low = middle + 1 } else { high = middle }
        }
        guard low < desks.count, desks[low].subject == entry.subject, desks[low].agency == agency else {
            if desks.count == desks.capacity { desks.reserveCapacity(desks.count + max(4, desks.count / 4)) }
            desks.insert(Desk(subject: entry.subject, agency: agency, last: Int32(place)), at: low)
            return
        }
        let other = context.journal[Int(desks[low].last)]
        guard other.id > entry.id else {
            desks[low].last = Int32(place)
            return
        }
        violate(
            .subjectOrder, other.time,
            "\(report.agency) handled \(context.describe(entry)) after \(context.describe(other))")
    }

    // MARK: - The end

    /// One failure for each invariant that was violated.
    static func failures(_ violations: [Violation], _ scenario: Scenario) -> [ExpectationFailure] {
        Invariant.allCases.compactMap { invariant in
            let own = violations.filter { $0.invariant == invariant }
            guard let first = own.first else { return nil }
            let named = scenario.invariants.first { $0.value == invariant }
            let more = own.count > 1 ? ", and \(own.count - 1) more" : ""
            return ExpectationFailure(
                invariant.code, step: named == nil ? "invariant" : "then",
                place: (named?.span ?? scenario.name.span).description,
                message: "expected \(invariant.rawValue) throughout, \(first.text)\(more)", time: first.time,
                nearest: own.dropFirst().prefix(3).map(\.text), isWitnessed: true)
        }
    }

    /// What is known of a world when it has ended, the ledger apart.
    func all(_ context: WorldContext) -> [Violation] {
        violations + lost(context) + annulments.violations(context)
    }

    private func lost(_ context: WorldContext) -> [Violation] {
        var lost: [Violation] = []
        let hearers = context.plan.hearers
        for place in 0..<context.journal.count {
            let entry = context.journal[place]
            guard entry.isLive, !entry.isOutside, !letters.contains(entry.id) else { continue }
            let wanted = hearers.mustHear(entry.type, isAnnulment: entry.change == .annulled) | entry.fate.concerned
            let missing = wanted & ~entry.fate.offered & ~entry.fate.withheld
            guard missing != 0 else { continue }
            for (number, agency) in context.agencies.enumerated() where missing & (1 << UInt64(number)) != 0 {
                if isExcused(entry, agency, context) { continue }
                lost.append(
                    Violation(
                        invariant: .noLostMessage, time: entry.time,
                        text: "\(context.describe(entry)) did not reach \(agency)"))
            }
        }
        let instance = context.instance
        let damages = instance.scenario.faults.contains { if case .corrupt = $0.kind { true } else { false } }
        guard !damages else { return lost }
        for (entry, id) in zip(instance.entries, instance.ids) where entry.due <= instance.until {
            // What the gate has set aside is accounted for by its dead letter.
            guard context.journal.place(of: id) == nil, !letters.contains(id), !isUnmoved(entry, context) else {
                continue
            }
            let what = entry.step.map { "the message of \($0)" } ?? "an opening fact"
            lost.append(Violation(invariant: .noLostMessage, time: entry.due, text: "\(what) was not on the bus"))
        }
        return lost
    }

    /// What answers a tile is said once it is seen, in a plane that plays people, and never where it never is.
    private func isUnmoved(_ entry: ScriptEntry, _ context: WorldContext) -> Bool {
        context.plan.hasPlane && entry.reaction != nil
    }

    /// A fault that lasts beyond the end keeps messages from being delivered within the run.
    private func isExcused(_ entry: WorldJournal.Entry, _ agency: AgencyID, _ context: WorldContext) -> Bool {
        let instance = context.instance
        return instance.scenario.faults.contains { fault in
            let (first, end) = fault.window.bounds(on: instance.scenario.timeline)
            switch fault.kind {
            case .outage(let hit):
                return hit.value == agency && entry.time >= first && end.map { $0 > instance.until } ?? true
            case .late(let scope, _), .reordered(let scope): return scope.types.value.matches(entry.type)
            case .slow, .duplicate, .corrupt, .broker: return false
            }
        }
    }

    /// What was handled, and is not yet known to be in the ledger, in the order in which it came.
    func unwritten(_ context: WorldContext) -> [HandledMessage] {
        (0..<context.journal.count).compactMap { place in
            let entry = context.journal[place]
            let missing = entry.fate.handled & ~entry.fate.written
            // What a handler threw on was undone, reading and all.
            guard missing != 0, !letters.contains(entry.id) else { return nil }
            return HandledMessage(id: entry.id, missing: missing, time: entry.time)
        }
    }
}
