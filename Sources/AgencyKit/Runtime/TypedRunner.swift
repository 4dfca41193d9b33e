import JSON
public import LifeEvents

/// Runs one agency type: keeps its cases in typed slots, runs its rivers and timers.
public final class TypedRunner<A: Agency>: AgencyRunner {
    struct CaseKey: Hashable, Codable {
        var world: Int32
        var agency: AgencyID
        var subject: PersonKey
    }

    struct Slot {
        var key: CaseKey
        var state: A.Case
        var timers: [TimerRecord]
        var isLive = true
    }

    struct StoredCase: Codable {
        var key: CaseKey
        var state: A.Case
        var timers: [TimerRecord]
    }

    private let code: A
    private let played: [AgencyID]
    private let rivers: [River<A>]
    private var slots: [Slot] = []
    private var index: [CaseKey: Int] = [:]
    private var slotsOfWorld: [Int32: [Int]] = [:]
    private var freeSlots: [Int] = []
    private var timerHeap = TimerHeap()
    private var changed: [Int] = []
    private var isChanged: [Bool] = []
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
        rivers = code.rivers
        var hears: [(type: EventType, isAnnulment: Bool)] = []
        for river in rivers
        where !hears.contains(where: { $0.type == river.type && $0.isAnnulment == river.hearsAnnulment }) {
            hears.append((river.type, river.hearsAnnulment))
        }
        super.init(owner: A.owner, hears: hears)
    }

    public override var riverDescriptions: [RiverDescription] {
        rivers.map {
            RiverDescription(
                owner: owner, name: $0.name, type: $0.type, hearsAnnulment: $0.hearsAnnulment, mine: $0.sentences.mine,
                whole: $0.sentences.whole, file: $0.file, line: $0.line)
        }
    }

    public override var timerNames: [String] { A.Timer.allCases.map(\.rawValue) }

    public override func handle(
        _ event: IncomingEvent, type: EventType, isAnnulment: Bool, world: Int32, agencies: [AgencyID], now: Instant,
        sink: EffectSink, report: ((RiverReport) -> Void)?, done: (AgencyID, Int32) -> Void
    ) throws(HandlingFailure) {
        var failure: HandlingFailure?
        for agency in concerned(event, type, isAnnulment, agencies, &failure) {
            let key = CaseKey(world: world, agency: agency, subject: event.envelope.subject)
            let known = index[key]
            var state = known.map { slots[$0].state } ?? A.Case()
            sink.begin(
                agency: agency, subject: key.subject, now: now, handled: event.envelope.id,
                cause: event.envelope.id, correlation: event.envelope.correlationID)
            var effects = Effects<A.Timer>(sink: sink, timers: known.map { slots[$0].timers } ?? [])
            var isHandled = false
            do {
                for river in rivers where river.type == type && river.hearsAnnulment == isAnnulment {
                    if let concerns = river.concerns, try !concerns(event).contains(agency) { continue }
                    let outcome = try river.run(&state, event, &effects)
                    if outcome == .handled { isHandled = true }
                    report?(
                        RiverReport(
                            agency: agency, river: river.name, file: river.file, line: river.line, outcome: outcome))
                }
            } catch {
                sink.discard()
                failure = failure ?? HandlingFailure(agency: agency, reason: "\(error)")
                continue
            }
            guard isHandled else { continue }
            keep(state, effects.timers, key, known)
            collect(sink)
            done(agency, world)
        }
        if let failure { throw failure }
    }

    private func concerned(
        _ event: IncomingEvent, _ type: EventType, _ isAnnulment: Bool, _ agencies: [AgencyID],
        _ failure: inout HandlingFailure?
    ) -> [AgencyID] {
        if A.owner.digits == 0 { return played.filter { Self.isIn(agencies, $0) } }
        var named: [AgencyID] = []
        for river in rivers where river.type == type && river.hearsAnnulment == isAnnulment {
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
        let slot: Int
        if let known {
            slot = known
            for timer in timers where !slots[slot].timers.contains(timer) { timerHeap.insert(timer.due, slot) }
            slots[slot].state = state
            slots[slot].timers = timers
        } else {
            if let free = freeSlots.popLast() {
                slot = free
                slots[slot] = Slot(key: key, state: state, timers: timers)
            } else {
                slot = slots.count
                slots.append(Slot(key: key, state: state, timers: timers))
                isChanged.append(false)
            }
            index[key] = slot
            slotsOfWorld[key.world, default: []].append(slot)
            for timer in timers { timerHeap.insert(timer.due, slot) }
        }
        mark(slot)
    }

    private func mark(_ slot: Int) {
        guard !isChanged[slot] else { return }
        isChanged[slot] = true
        changed.append(slot)
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

    public override func nextTimer() -> Instant? {
        while let (due, slot) = timerHeap.first {
            if slots[slot].isLive, slots[slot].timers.contains(where: { $0.due == due }) { return due }
            timerHeap.removeFirst()
        }
        return nil
    }

    public override func fireTimers(
        through limit: Instant, now: Instant, sink: EffectSink, done: (AgencyID, Int32) -> Void
    ) throws(HandlingFailure) {
        var due: [Int] = []
        while let next = nextTimer(), next <= limit, let (_, slot) = timerHeap.first {
            timerHeap.removeFirst()
            due.append(slot)
        }
        var failure: HandlingFailure?
        var last = -1
        for slot in due.sorted() where slot != last {
            last = slot
            // A timer that an earlier one of the case cancels or sets anew does not fire with it.
            let ready = slots[slot].timers.filter { $0.due <= limit }.sorted { ($0.due, $0.name) < ($1.due, $1.name) }
            for timer in ready where slots[slot].timers.contains(timer) {
                fire(timer, slot, now, sink, done, &failure)
            }
        }
        if let failure { throw failure }
    }

    private func fire(
        _ timer: TimerRecord, _ slot: Int, _ now: Instant, _ sink: EffectSink, _ done: (AgencyID, Int32) -> Void,
        _ failure: inout HandlingFailure?
    ) {
        guard let name = A.Timer(rawValue: timer.name) else { return }
        let key = slots[slot].key
        slots[slot].timers.removeAll { $0 == timer }
        mark(slot)
        var state = slots[slot].state
        sink.begin(
            agency: key.agency, subject: key.subject, now: now, handled: sink.settings.timerID(timer),
            cause: timer.setter, correlation: timer.correlation)
        var effects = Effects<A.Timer>(sink: sink, timers: slots[slot].timers)
        do {
            try code.due(name, &state, &effects)
        } catch {
            sink.discard()
            failure = failure ?? HandlingFailure(agency: key.agency, reason: "\(error)")
            tell(timer, key, now, failure: "\(error)")
            return
        }
        tell(timer, key, now, failure: nil)
        keep(state, effects.timers, key, slot)
        collect(sink)
        done(key.agency, key.world)
    }

    private func tell(_ timer: TimerRecord, _ key: CaseKey, _ now: Instant, failure: String?) {
        timerReport?(
            TimerReport(
                agency: key.agency, subject: key.subject, world: key.world, name: timer.name, due: timer.due, now: now,
                setter: timer.setter, failure: failure))
    }

    public override func takeChangedCases() throws -> [(slot: Int, value: [UInt8]?)] {
        var result: [(slot: Int, value: [UInt8]?)] = []
        result.reserveCapacity(changed.count)
        var writer = JSONWriter(capacity: 512)
        for slot in changed {
            isChanged[slot] = false
            guard slots[slot].isLive else {
                result.append((slot, nil))
                continue
            }
            writer.removeAll()
            let kept = slots[slot]
            try writer.encode(StoredCase(key: kept.key, state: kept.state, timers: kept.timers))
            result.append((slot, writer.bytes))
        }
        changed.removeAll(keepingCapacity: true)
        return result
    }

    public override func restoreCase(slot: Int, value: UnsafeRawBufferPointer) throws {
        var tape = JSONTape()
        try tape.parse(value)
        let stored = try tape.root.decode(StoredCase.self)
        // Slots that ended before the checkpoint leave gaps: they stay dead.
        while slots.count <= slot {
            slots.append(Slot(key: stored.key, state: A.Case(), timers: [], isLive: false))
            isChanged.append(false)
        }
        slots[slot] = Slot(key: stored.key, state: stored.state, timers: stored.timers)
        index[stored.key] = slot
        slotsOfWorld[stored.key.world, default: []].append(slot)
        for timer in stored.timers { timerHeap.insert(timer.due, slot) }
    }

    public override func endWorld(_ world: Int32) {
        // order-free: the value of one key, a list
        for slot in slotsOfWorld.removeValue(forKey: world) ?? [] {
            index[slots[slot].key] = nil
            slots[slot].isLive = false
            slots[slot].state = A.Case()
            slots[slot].timers = []
            freeSlots.append(slot)
            mark(slot)
        }
    }
}
