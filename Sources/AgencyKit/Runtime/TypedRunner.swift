import JSON
public import LifeEvents

/// Runs one agency type: keeps its cases in typed slots, runs its rivers and timers.
public final class TypedRunner<A: Agency>: AgencyRunner {
    private let code: A
    private let played: [AgencyID]
    /// The rivers of each entry of ``hears``, in the order in which they handle.
    private let rivers: [[River<A>]]
    private var table = CaseTable()
    /// By slot of the table.
    private var states: [A.Case] = []
    private var made: [Made] = []
    private let keepsMade: Bool

    /// A runner of an agency's code.
    /// - Parameters:
    ///   - code: the agency.
    ///   - played: which agencies of the owner the run plays; events that concern others are not offered.
    public init(_ code: A, playing played: [AgencyID], keepsMade: Bool = true) {
        self.code = code
        self.played = played.sorted()
        self.keepsMade = keepsMade
        var hears: [(type: EventType, isAnnulment: Bool)] = []
        var rivers: [[River<A>]] = []
        for river in code.rivers {
            if let place = hears.firstIndex(where: { $0.type == river.type && $0.isAnnulment == river.hearsAnnulment })
            {
                rivers[place].append(river)
            } else {
                hears.append((river.type, river.hearsAnnulment))
                rivers.append([river])
            }
        }
        self.rivers = rivers
        super.init(owner: A.owner, hears: hears)
    }

    public override var riverDescriptions: [RiverDescription] {
        rivers.joined().map {
            RiverDescription(
                owner: owner, name: $0.name, type: $0.type, hearsAnnulment: $0.hearsAnnulment, mine: $0.sentences.mine,
                whole: $0.sentences.whole, file: $0.file, line: $0.line)
        }
    }

    public override var timerNames: [String] { A.Timer.allCases.map(\.rawValue) }

    public override func handle(
        _ event: IncomingEvent, heard: Int, world: Int32, agencies: [AgencyID], now: Instant,
        sink: EffectSink, report: ((RiverReport) -> Void)?, done: (AgencyID, Int32) -> Void
    ) throws(HandlingFailure) {
        let rivers = rivers[heard]
        // Most owners are one agency: then there is nothing to choose.
        if A.owner.digits == 0, played.count == 1 {
            guard Self.isIn(agencies, played[0]) else { return }
            try handle(event, rivers, played[0], world, now, sink, report, done)
            return
        }
        var failure: HandlingFailure?
        for agency in concerned(event, rivers, agencies, &failure) {
            do throws(HandlingFailure) {
                try handle(event, rivers, agency, world, now, sink, report, done)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    private func handle(
        _ event: IncomingEvent, _ rivers: [River<A>], _ agency: AgencyID, _ world: Int32, _ now: Instant,
        _ sink: EffectSink, _ report: ((RiverReport) -> Void)?, _ done: (AgencyID, Int32) -> Void
    ) throws(HandlingFailure) {
        let key = CaseKey(world: world, agency: agency, subject: event.envelope.subject)
        let known = table.slot(of: key)
        var state = if let known { states[known] } else { A.Case() }
        sink.begin(
            agency: agency, world: world, subject: key.subject, now: now, handled: event.envelope.id,
            cause: event.envelope.id, correlation: event.envelope.correlationID)
        var effects = Effects<A.Timer>(sink: sink, timers: known.map { table.timers[$0] } ?? [])
        var isHandled = false
        do {
            for river in rivers {
                if let concerns = river.concerns, try !concerns(event).contains(agency) { continue }
                let outcome = try river.run(&state, event, &effects)
                if outcome == .handled { isHandled = true }
                report?(
                    RiverReport(
                        agency: agency, river: river.name, file: river.file, line: river.line, outcome: outcome))
            }
        } catch {
            sink.discard()
            throw HandlingFailure(agency: agency, reason: "\(error)")
        }
        guard isHandled else { return }
        keep(state, effects.timers, key, known)
        collect(sink)
        done(agency, world)
    }

    private func concerned(
        _ event: IncomingEvent, _ rivers: [River<A>], _ agencies: [AgencyID], _ failure: inout HandlingFailure?
    ) -> [AgencyID] {
        if A.owner.digits == 0 { return played.filter { Self.isIn(agencies, $0) } }
        var named: [AgencyID] = []
        for river in rivers {
            guard let concerns = river.concerns else { return played.filter { Self.isIn(agencies, $0) } }
            do {
                for agency in try concerns(event) where !named.contains(agency) { named.append(agency) }
            } catch {
                failure = HandlingFailure(agency: played.first ?? .livsbuss, reason: "\(error)")
                return []
            }
        }
        return named.filter { Self.isIn(agencies, $0) && Self.isIn(played, $0) }.sorted()
    }

    private static func isIn(_ sorted: [AgencyID], _ agency: AgencyID) -> Bool {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < agency { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == agency
    }

    private func keep(_ state: A.Case, _ timers: [TimerRecord], _ key: CaseKey, _ known: Int?) {
        if let known {
            states[known] = state
            table.keep(known, timers)
            return
        }
        let slot = table.add(key, timers)
        if slot == states.count { states.append(state) } else { states[slot] = state }
    }

    private func collect(_ sink: EffectSink) {
        guard keepsMade else { return }
        for message in sink.messages {
            made.append(
                Made(message: message, bytes: Array(sink.bytes[message.start..<message.start + message.count])))
        }
    }

    override func takeMade() -> [Made] {
        defer { made.removeAll() }
        return made
    }

    public override func nextTimer() -> Instant? { table.nextTimer() }

    public override func fireTimers(
        through limit: Instant, now: Instant, sink: EffectSink, hold: ((AgencyID, Int32, TimerRecord) -> Instant?)?,
        failed: (TimerReport) -> Void, done: (AgencyID, Int32) -> Void
    ) {
        for slot in table.takeDue(through: limit) {
            // A timer that an earlier one of the case cancels or sets anew does not fire with it.
            for timer in table.ready(slot, through: limit) where table.timers[slot].contains(timer) {
                let key = table.keys[slot]
                if let hold, timer.heldUntil == nil, let until = hold(key.agency, key.world, timer) {
                    table.hold(timer, of: slot, until: until)
                } else {
                    fire(timer, slot, now, sink, failed, done)
                }
            }
        }
    }

    private func fire(
        _ timer: TimerRecord, _ slot: Int, _ now: Instant, _ sink: EffectSink, _ failed: (TimerReport) -> Void,
        _ done: (AgencyID, Int32) -> Void
    ) {
        guard let name = A.Timer(rawValue: timer.name) else { return }
        let key = table.keys[slot]
        table.remove(timer, of: slot)
        var state = states[slot]
        sink.begin(
            agency: key.agency, world: key.world, subject: key.subject, now: now,
            handled: sink.settings.timerID(timer), cause: timer.setter, correlation: timer.correlation)
        var effects = Effects<A.Timer>(sink: sink, timers: table.timers[slot])
        do {
            try code.due(name, &state, &effects)
        } catch {
            sink.discard()
            let report = report(timer, key, now, failure: "\(error)")
            timerReport?(report)
            failed(report)
            return
        }
        timerReport?(report(timer, key, now, failure: nil))
        keep(state, effects.timers, key, slot)
        collect(sink)
        done(key.agency, key.world)
    }

    private func report(_ timer: TimerRecord, _ key: CaseKey, _ now: Instant, failure: String?) -> TimerReport {
        TimerReport(
            agency: key.agency, subject: key.subject, world: key.world, name: timer.name, due: timer.due, now: now,
            setter: timer.setter, failure: failure)
    }

    public override func takeChanges() -> [CasePage] {
        let (dropped, page) = table.takeChanges()
        var pages = dropped.map { CasePage(dropped: $0) }
        if let page {
            let kept = page.slots.map { slot in
                KeptCase<A.Case>(
                    slot: Int32(slot),
                    content: table.isLive[slot] ? (table.keys[slot], table.timers[slot], states[slot]) : nil)
            }
            pages.append(CasePage(page.number, kept))
        }
        return pages
    }

    public override func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {
        var written: [Int32] = []
        try KeptCase<A.Case>.read(value) { kept in
            let slot = Int(kept.slot)
            written.append(kept.slot)
            table.restore(slot, kept.content.map { ($0.key, $0.timers) })
            while states.count <= slot { states.append(A.Case()) }
            states[slot] = kept.content?.state ?? A.Case()
        }
        table.restored(page: number, slots: written)
    }

    public override func restored() { table.restored() }

    public override func pendingTimers(world: Int32) -> [PendingTimer] { table.pendingTimers(world: world) }

    public override func endWorld(_ world: Int32) {
        for slot in table.endWorld(world) { states[slot] = A.Case() }
    }
}
