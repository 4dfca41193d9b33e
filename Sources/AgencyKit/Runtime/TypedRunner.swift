import JSON
public import LifeEvents

/// Runs one agency type: keeps its cases in typed slots, runs its rivers and timers.
public final class TypedRunner<A: Agency>: AgencyRunner {
    struct CaseKey: Hashable {
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

    private let code: A
    private let played: [AgencyID]
    /// The rivers of each entry of ``hears``, in the order in which they handle.
    private let rivers: [[River<A>]]
    private var slots: [Slot] = []
    private var index: [CaseKey: Int] = [:]
    private var slotsOfWorld: [Int32: [Int]] = [:]
    private var freeSlots: [Int] = []
    private var timerHeap = TimerHeap()
    private var changed: [Int] = []
    private var isChanged: [Bool] = []
    private var log = CaseLog()
    private var writer = JSONWriter(capacity: 1_024)
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
        let known = index[key]
        var state = known.map { slots[$0].state } ?? A.Case()
        sink.begin(
            agency: agency, world: world, subject: key.subject, now: now, handled: event.envelope.id,
            cause: event.envelope.id, correlation: event.envelope.correlationID)
        var effects = Effects<A.Timer>(sink: sink, timers: known.map { slots[$0].timers } ?? [])
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
        let slot: Int
        if let known {
            slot = known
            for timer in timers where !slots[slot].timers.contains(timer) { timerHeap.insert(timer.fires, slot) }
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
            for timer in timers { timerHeap.insert(timer.fires, slot) }
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
            if slots[slot].isLive, slots[slot].timers.contains(where: { $0.fires == due }) { return due }
            timerHeap.removeFirst()
        }
        return nil
    }

    public override func fireTimers(
        through limit: Instant, now: Instant, sink: EffectSink, hold: ((AgencyID, Int32, TimerRecord) -> Instant?)?,
        failed: (TimerReport) -> Void, done: (AgencyID, Int32) -> Void
    ) {
        var due: [Int] = []
        while let next = nextTimer(), next <= limit, let (_, slot) = timerHeap.first {
            timerHeap.removeFirst()
            due.append(slot)
        }
        var last = -1
        for slot in due.sorted() where slot != last {
            last = slot
            // A timer that an earlier one of the case cancels or sets anew does not fire with it.
            let ready = slots[slot].timers.filter { $0.fires <= limit }.sorted { ($0.due, $0.name) < ($1.due, $1.name) }
            for timer in ready where slots[slot].timers.contains(timer) {
                let key = slots[slot].key
                if let hold, timer.heldUntil == nil, let until = hold(key.agency, key.world, timer) {
                    keep(timer, of: slot, until: until)
                } else {
                    fire(timer, slot, now, sink, failed, done)
                }
            }
        }
    }

    /// Lets a timer fire later than it is due.
    private func keep(_ timer: TimerRecord, of slot: Int, until: Instant) {
        guard let place = slots[slot].timers.firstIndex(of: timer) else { return }
        slots[slot].timers[place].heldUntil = until
        timerHeap.insert(until, slot)
        mark(slot)
    }

    private func fire(
        _ timer: TimerRecord, _ slot: Int, _ now: Instant, _ sink: EffectSink, _ failed: (TimerReport) -> Void,
        _ done: (AgencyID, Int32) -> Void
    ) {
        guard let name = A.Timer(rawValue: timer.name) else { return }
        let key = slots[slot].key
        slots[slot].timers.removeAll { $0 == timer }
        mark(slot)
        var state = slots[slot].state
        sink.begin(
            agency: key.agency, world: key.world, subject: key.subject, now: now,
            handled: sink.settings.timerID(timer), cause: timer.setter, correlation: timer.correlation)
        var effects = Effects<A.Timer>(sink: sink, timers: slots[slot].timers)
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

    public override func takeChanges() throws -> [CasePage] {
        var pages: [CasePage] = []
        log.clean { page, slot in
            if let slot { mark(Int(slot)) } else { pages.append(CasePage(number: page, value: nil)) }
        }
        guard !changed.isEmpty else { return pages }
        var page = PageWriter()
        page.bytes.reserveCapacity(changed.count * 256)
        var written: [Int32] = []
        for slot in changed {
            isChanged[slot] = false
            guard slots[slot].isLive || log.holds(slot) else { continue }
            written.append(Int32(slot))
            page.number(Int32(slot))
            try page.measured { bytes in
                if slots[slot].isLive { try write(slot, into: &bytes) }
            }
        }
        changed.removeAll(keepingCapacity: true)
        let number = log.add(slots: written) { slots[Int($0)].isLive }
        pages.append(CasePage(number: number, value: page.bytes))
        return pages
    }

    /// Writes the key, the timers and the case as JSON.
    private func write(_ slot: Int, into bytes: inout [UInt8]) throws {
        var head = PageWriter()
        swap(&head.bytes, &bytes)
        defer { swap(&head.bytes, &bytes) }
        let key = slots[slot].key
        head.number(key.world)
        head.number(key.agency.words.0)
        head.number(key.agency.words.1)
        head.number(key.subject.rawValue)
        let timers = slots[slot].timers
        head.number(Int32(timers.count))
        for timer in timers {
            head.measured { $0.append(contentsOf: timer.name.utf8) }
            head.number(timer.due.milliseconds)
            head.id(timer.setter)
            head.number((timer.correlation == nil ? 0 : 1) | (timer.heldUntil == nil ? 0 : 2) as UInt8)
            if let correlation = timer.correlation { head.id(correlation) }
            if let heldUntil = timer.heldUntil { head.number(heldUntil.milliseconds) }
        }
        writer.removeAll()
        try writer.encode(slots[slot].state)
        writer.withUnsafeBytes { head.bytes.append(contentsOf: $0) }
    }

    public override func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {
        var reader = PageReader(value)
        var written: [Int32] = []
        while !reader.isAtEnd {
            guard let slot = reader.number(Int32.self), slot >= 0, let text = reader.measured() else {
                throw DamagedPage()
            }
            written.append(slot)
            try restore(slot: Int(slot), text)
        }
        log.note(page: number, slots: written) { slots[Int($0)].isLive }
    }

    private func restore(slot: Int, _ value: UnsafeRawBufferPointer) throws {
        // Slots that ended before the checkpoint leave gaps: they stay dead.
        while slots.count <= slot {
            let nobody = CaseKey(
                world: -1, agency: .livsbuss, subject: PersonKey(seed: 0, scenario: "", case: "", name: ""))
            slots.append(Slot(key: nobody, state: A.Case(), timers: [], isLive: false))
            isChanged.append(false)
        }
        if slots[slot].isLive { forget(slot) }
        guard !value.isEmpty else { return }
        var reader = PageReader(value)
        guard let world = reader.number(Int32.self), let high = reader.number(UInt64.self),
            let low = reader.number(UInt64.self), let agency = AgencyID(words: (high, low)),
            let subject = reader.number(UInt64.self).flatMap({ PersonKey(rawValue: $0) }),
            let count = reader.number(Int32.self)
        else { throw DamagedPage() }
        var timers: [TimerRecord] = []
        for _ in 0..<count {
            guard let name = reader.measured(), let due = reader.number(Int64.self), let setter = reader.id(),
                let parts = reader.number(UInt8.self)
            else { throw DamagedPage() }
            timers.append(
                TimerRecord(
                    name: String(decoding: name, as: UTF8.self), due: Instant(milliseconds: due), setter: setter,
                    correlation: parts & 1 != 0 ? reader.id() : nil,
                    heldUntil: parts & 2 != 0 ? reader.number(Int64.self).map { Instant(milliseconds: $0) } : nil))
        }
        let key = CaseKey(world: world, agency: agency, subject: subject)
        slots[slot] = Slot(key: key, state: try Self.state(reader.rest), timers: timers)
        index[key] = slot
    }

    public override func restored() {
        var free: [Int] = []
        slotsOfWorld.removeAll()
        for (slot, kept) in slots.enumerated() {
            guard kept.isLive else {
                free.append(slot)
                continue
            }
            slotsOfWorld[kept.key.world, default: []].append(slot)
            for timer in kept.timers { timerHeap.insert(timer.fires, slot) }
        }
        freeSlots = free
    }

    private static func state(_ text: UnsafeRawBufferPointer) throws -> A.Case {
        var tape = JSONTape()
        try tape.parse(text)
        return try tape.root.decode(A.Case.self)
    }

    private func forget(_ slot: Int) {
        index[slots[slot].key] = nil
        slots[slot].isLive = false
        slots[slot].state = A.Case()
        slots[slot].timers = []
    }

    public override func pendingTimers(world: Int32) -> [PendingTimer] {
        // order-free: sorted by due time, agency and name.
        (slotsOfWorld[world] ?? []).flatMap { slot in
            slots[slot].timers.map {
                PendingTimer(
                    agency: slots[slot].key.agency, subject: slots[slot].key.subject, name: $0.name, due: $0.due)
            }
        }.sorted { ($0.due, $0.agency, $0.name) < ($1.due, $1.agency, $1.name) }
    }

    public override func endWorld(_ world: Int32) {
        // order-free: the value of one key, a list
        for slot in slotsOfWorld.removeValue(forKey: world) ?? [] {
            forget(slot)
            freeSlots.append(slot)
            mark(slot)
        }
    }
}
