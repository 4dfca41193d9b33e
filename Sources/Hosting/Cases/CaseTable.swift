import AgencyKit
import LifeEvents

/// All of an agency's cases but what the agency's own type holds: each has a slot, and its state stands beside it.
///
/// Not generic, and one array a field: code that does not know the type of a case reads a field of a whole slot by
/// copying the slot.
struct CaseTable {
    private(set) var keys = CaseKeys()
    private(set) var timers = PagedArray(repeating: [TimerRecord]())
    private(set) var isLive = PagedArray(repeating: false)
    /// How many slots were ever used.
    private var slots = 0
    private var made = MadeEffects()
    private var index = SlotIndex()
    private var worlds = WorldSlots()
    private var freeSlots: [Int32] = []
    private var timerHeap = TimerHeap()
    /// How many timers the cases have.
    private var liveTimers = 0
    private var changed: [Int] = []
    private var isChanged = PagedArray(repeating: false)
    private var log = CasePageLog()

    private static let nobody = CaseKey(
        world: -1, agency: .livsbuss, subject: Subject(seed: 0, scenario: "", case: "", name: ""))

    /// The slot of a case; nil if there is none yet.
    func slot(of key: CaseKey) -> Int? { index.slot(of: key, in: keys) }

    /// How many cases there are.
    var count: Int { slots - freeSlots.count }

    /// How many effects the case in a slot has made at an instant so far.
    func ordinal(of slot: Int, at now: Instant) -> Int { made.count(of: slot, at: now) }

    /// Notes how many effects a case has made at an instant. No checkpoint has it: none stands within an instant.
    mutating func note(ordinal: Int, of slot: Int, at now: Instant) {
        made.note(ordinal, of: slot, at: now)
    }

    // MARK: - Cases

    /// Makes room for a case.
    /// - Returns: its slot: one that is free again, or the one after the last.
    mutating func add(_ key: CaseKey, _ own: [TimerRecord]) -> Int {
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = Int(free)
            keys[slot] = key
            timers[slot] = own.withoutSlack
            isLive[slot] = true
            made.forget(slot)
        } else {
            slot = slots
            append(key, own, isLive: true)
        }
        index.insert(slot, keys)
        worlds.add(slot, to: key.world)
        for timer in own { timerHeap.insert(timer.fires, slot) }
        liveTimers += own.count
        mark(slot)
        return slot
    }

    /// Notes that a case was handled, and its timers.
    mutating func keep(_ slot: Int, _ own: [TimerRecord]) {
        defer { mark(slot) }
        guard own != timers[slot] else { return }
        for timer in own where !timers[slot].contains(timer) { timerHeap.insert(timer.fires, slot) }
        liveTimers += own.count - timers[slot].count
        timers[slot] = own.withoutSlack
    }

    private mutating func append(_ key: CaseKey, _ own: [TimerRecord], isLive live: Bool) {
        if slots == keys.count {
            keys.appendPage()
            timers.appendPage()
            isLive.appendPage()
            isChanged.appendPage()
            made.appendPage()
            worlds.appendPage()
        }
        keys[slots] = key
        timers[slots] = own.withoutSlack
        isLive[slots] = live
        slots += 1
    }

    private mutating func mark(_ slot: Int) {
        guard !isChanged[slot] else { return }
        isChanged[slot] = true
        changed.append(slot)
    }

    /// Forgets the cases of a world; their slots, which are free now.
    mutating func endWorld(_ world: Int32) -> [Int] {
        let slots = worlds.remove(world)
        for slot in slots {
            forget(slot)
            freeSlots.append(Int32(slot))
            mark(slot)
        }
        // Timers of worlds that have ended, and of years to come, would stay until the run is there.
        if timerHeap.count > 2 * liveTimers + Self.mostStaleTimers {
            timerHeap.removeStale { due, slot in isLive[slot] && timers[slot].contains { $0.fires == due } }
        }
        return slots
    }

    /// So many timers that hold no more may stand in the heap beside as many as hold.
    static let mostStaleTimers = 1_024

    /// How many entries stand in the heap of timers.
    var heapCount: Int { timerHeap.count }

    private mutating func forget(_ slot: Int) {
        index.remove(slot, keys)
        isLive[slot] = false
        liveTimers -= timers[slot].count
        timers[slot] = []
    }

    // MARK: - Timers

    /// When the next timer fires; nil without timers.
    mutating func nextTimer() -> Instant? {
        while let (due, slot) = timerHeap.first {
            if isLive[slot], timers[slot].contains(where: { $0.fires == due }) { return due }
            timerHeap.removeFirst()
        }
        return nil
    }

    /// The slots with timers that fire by an instant, in their order, each once.
    mutating func takeDue(through limit: Instant) -> [Int] {
        var due: [Int] = []
        while let next = nextTimer(), next <= limit, let (_, slot) = timerHeap.first {
            timerHeap.removeFirst()
            due.append(slot)
        }
        due.sort()
        var last = -1
        return due.filter { slot in
            defer { last = slot }
            return slot != last
        }
    }

    /// The timers of a slot that fire by an instant, by (due, name).
    func ready(_ slot: Int, through limit: Instant) -> [TimerRecord] {
        timers[slot].filter { $0.fires <= limit }.sorted { ($0.due, $0.name) < ($1.due, $1.name) }
    }

    /// Lets a timer fire later than it is due.
    mutating func hold(_ timer: TimerRecord, of slot: Int, until: Instant) {
        guard let place = timers[slot].firstIndex(of: timer) else { return }
        timers[slot][place].heldUntil = until
        timerHeap.insert(until, slot)
        mark(slot)
    }

    /// Takes a timer that fires out of its case.
    mutating func remove(_ timer: TimerRecord, of slot: Int) {
        liveTimers -= timers[slot].count
        timers[slot] = timers[slot].filter { $0 != timer }.withoutSlack
        liveTimers += timers[slot].count
        mark(slot)
    }

    /// The timers of a world that have not fired, by due time.
    func pendingTimers(world: Int32) -> [PendingTimer] {
        // order-free: sorted by due time, agency and name.
        worlds.slots(of: world).flatMap { slot in
            timers[slot].map {
                PendingTimer(agency: keys[slot].agency, subject: keys[slot].subject, name: $0.name, due: $0.due)
            }
        }.sorted { ($0.due, $0.agency, $0.name) < ($1.due, $1.agency, $1.name) }
    }

    // MARK: - Checkpoints

    /// The most cases of a page, so that one takes some hundred kilobytes however many cases change in an instant: on a day
    /// on which benefits are paid that is each that is open.
    static let mostCasesOfPage = 1_024

    /// What the next pages of the log must hold: their numbers and the slots, none if nothing changed; those that hold what
    /// still stands in the oldest pages; and the pages that both make superfluous.
    mutating func takeChanges() -> ChangedPages {
        var changes = ChangedPages()
        var moved: [(page: Int64, slot: Int32)] = []
        log.clean { page, slot in
            if let slot { moved.append((page, slot)) } else { changes.dropped.append(page) }
        }
        // What has changed, or ended, since it was written is written anew.
        moved.removeAll { isChanged[Int($0.slot)] }
        for first in stride(from: 0, to: moved.count, by: Self.mostCasesOfPage) {
            let cases = moved[first..<min(first + Self.mostCasesOfPage, moved.count)]
            let number = log.add(slots: cases.map(\.slot)) { isLive[Int($0)] }
            changes.moved.append((number, FormerPlaces(cases)))
        }
        guard !changed.isEmpty else { return changes }
        var written: [Int] = []
        written.reserveCapacity(changed.count)
        for slot in changed {
            isChanged[slot] = false
            if isLive[slot] || log.holds(slot) { written.append(slot) }
        }
        changed.removeAll(keepingCapacity: true)
        for first in stride(from: 0, to: written.count, by: Self.mostCasesOfPage) {
            let slots = written[first..<min(first + Self.mostCasesOfPage, written.count)]
            changes.pages.append((log.add(slots: slots.map { Int32($0) }) { isLive[Int($0)] }, slots))
        }
        return changes
    }

    /// Makes room for a case that was kept in a page, or takes a case away that had ended by then.
    mutating func restore(_ slot: Int, _ kept: (key: CaseKey, timers: [TimerRecord])?) {
        // Slots that ended before the checkpoint leave gaps: they stay dead.
        while slots <= slot { append(Self.nobody, [], isLive: false) }
        if isLive[slot] { forget(slot) }
        guard let kept else { return }
        keys[slot] = kept.key
        timers[slot] = kept.timers.withoutSlack
        liveTimers += kept.timers.count
        isLive[slot] = true
        index.insert(slot, keys)
    }

    /// Notes a page that was restored.
    mutating func restored(page number: Int64, slots: [Int32]) {
        log.note(page: number, slots: slots) { isLive[Int($0)] }
    }

    /// All pages have been restored.
    mutating func restored() {
        freeSlots.removeAll()
        worlds.removeAll()
        for slot in 0..<slots {
            guard isLive[slot] else {
                freeSlots.append(Int32(slot))
                continue
            }
            worlds.add(slot, to: keys[slot].world)
            for timer in timers[slot] { timerHeap.insert(timer.fires, slot) }
        }
    }
}

extension [TimerRecord] {
    /// The timers in memory for so many and no more: an array that timers were taken from, or set in anew, keeps the memory
    /// of all that it ever had, and most cases have none in the end.
    fileprivate var withoutSlack: Self {
        guard !isEmpty else { return [] }
        return capacity > count ? map(\.self) : self
    }
}

/// What the next checkpoint does to a log of pages.
struct ChangedPages {
    /// Pages that go.
    var dropped: [Int64] = []
    /// Pages with cases that have changed.
    var pages: [(number: Int64, slots: ArraySlice<Int>)] = []
    /// Pages with cases that stand in pages that go, and have not changed since.
    var moved: [(number: Int64, from: FormerPlaces)] = []
}

/// Where cases stand that are written into a page as they stand in others, page by page.
struct FormerPlaces: Sendable {
    private(set) var pages: [(number: Int64, slots: [Int32])] = []

    /// Places in the order of their pages.
    init(_ places: some Sequence<(page: Int64, slot: Int32)>) {
        for (page, slot) in places {
            if pages.last?.number != page { pages.append((page, [])) }
            pages[pages.count - 1].slots.append(slot)
        }
    }

    /// How many cases there are.
    var count: Int { pages.reduce(0) { $0 + $1.slots.count } }
}
