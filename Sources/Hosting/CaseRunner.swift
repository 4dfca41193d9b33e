import AgencyKit
import Contracts
import JSON
import LifeEvents

/// Runs the rules and timers of one agency's code; of its cases it knows where they stand, not what they are.
///
/// Proof of `@exclusivity(unchecked)`: one thread owns a runner, that of its host, and it is not `Sendable`; rules, which the
/// runner calls, have no way to it, and what it calls within an access to `named`, `concerned` or `table` (whom data names,
/// slots, heaps) knows nothing of runners, so that no two accesses can overlap.
class CaseRunner: AgencyRunner {
    /// The agencies that it plays, sorted.
    let played: [AgencyID]
    /// The agency, where the owner is one and it is played.
    private let sole: AgencyID?
    /// The rivers of each entry of ``hears``, with what their branches may be told.
    private let hearings: [Hearing]
    private let storage: CaseStorage
    /// The agencies that the event's data names.
    @exclusivity(unchecked) private var named: [AgencyID] = []
    /// The agencies that the event concerns, sorted.
    @exclusivity(unchecked) private var concerned: [AgencyID] = []
    @exclusivity(unchecked) final var table = CaseTable()
    /// When its cases were handled, where those are put away that are not for long.
    @exclusivity(unchecked) private var idle = HandledDays()
    /// Whether cases are put away that are not handled for long.
    @exclusivity(unchecked) final var putsAway = false
    /// While it has no more cases than this, none is put away.
    @exclusivity(unchecked) final var allAtHand = Int.max
    /// Of more, so many stay in memory that are not handled for long; and twice as many stand there at most, however short
    /// a time ago they were handled.
    @exclusivity(unchecked) final var fewAtHand = Int.max

    init(
        owner: Owner, branch: Branch?, section: String? = nil, hears: [(type: EventType, isAnnulment: Bool)],
        hearings: [Hearing], playing played: [AgencyID], storage: CaseStorage
    ) {
        self.played = played.sorted()
        sole = owner.digits == 0 && played.count == 1 ? played[0] : nil
        self.hearings = hearings
        self.storage = storage
        super.init(owner: owner, branch: branch, section: section, hears: hears)
    }

    /// Who acts when an agency of the owner does.
    private func actor(_ agency: AgencyID) -> ActingBranch {
        ActingBranch(agency: agency, branch: branch, section: section)
    }

    /// How many of its cases stand in memory.
    var casesInMemory: Int { 0 }

    /// Whether the code has a timer of this name.
    func hasTimer(_ name: String) -> Bool { false }

    /// Is told of the cases whose timers fire now.
    func prepareTimers(_ slots: [Int], _ now: Instant) {}

    /// Lets a timer of the case that is handled fall due.
    func act(on timer: String, _ sink: EffectSink) throws {}

    // MARK: - Events

    override func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {
        for hearing in hearings { hearing.hold(to: access, &rights) }
    }

    override func handle(_ handling: Handling, heard: Int, agencies: [AgencyID]) {
        let hearing = hearings[heard]
        if hearing.asksWhomItConcerns { findNamed(hearing, handling) }
        // Most owners are one agency: then there is nothing to choose.
        if let sole {
            guard agencies.containsSorted(sole) else { return }
            handle(handling, hearing, sole)
            return
        }
        findConcerned(handling, hearing.rivers, agencies)
        for agency in concerned { handle(handling, hearing, agency) }
    }

    /// Finds the agencies that the event's data names; asked where some branch is told by that.
    private func findNamed(_ hearing: Hearing, _ handling: Handling) {
        named.removeAll(keepingCapacity: true)
        hearing.delimitation.concerned(handling.event.data, into: &named)
    }

    override func noteKeeping(_ handling: Handling, heard: Int, by agency: AgencyID) -> Bool {
        let hearing = hearings[heard]
        if hearing.asksWhomItConcerns { findNamed(hearing, handling) }
        // Whether it holds a case when it reads is not known before: what waits for it may open one.
        let told = hearing.told(
            isNamed: hearing.asksWhomItConcerns && named.contains(agency), hasCase: true,
            isLater: handling.event.envelope.change != nil, handling.event.data)
        for branch in hearing.branches where told.contains(branch.place) {
            handling.note(agency, right: branch.number, .kept)
        }
        return !told.isEmpty
    }

    override func readers(
        _ handling: Handling, heard: Int, agencies: [AgencyID], runner: Int
    ) -> [HeardReader] {
        let hearing = hearings[heard]
        if hearing.asksWhomItConcerns { findNamed(hearing, handling) }
        let failed = handling.failures.count
        findConcerned(handling, hearing.rivers, agencies)
        // The handling that follows finds it again.
        handling.failures.removeLast(handling.failures.count - failed)
        var readers: [HeardReader] = []
        for agency in concerned {
            let told = hearing.told(
                isNamed: hearing.asksWhomItConcerns && named.contains(agency), hasCase: true,
                isLater: handling.event.envelope.change != nil, handling.event.data)
            for branch in hearing.branches where told.contains(branch.place) {
                readers.append(
                    HeardReader(
                        runner: runner, agency: agency, branch: branch.right.party.branch, place: branch.place))
            }
        }
        return readers
    }

    override func noteKept(_ handling: Handling, heard: Int, _ reader: HeardReader) {
        for branch in hearings[heard].branches where branch.place == reader.place {
            handling.note(reader.agency, right: branch.number, .kept)
        }
    }

    private func handle(_ handling: Handling, _ hearing: Hearing, _ agency: AgencyID) {
        let (event, sink) = (handling.event, handling.sink)
        let key = CaseKey(world: handling.world, agency: agency, subject: event.envelope.subject)
        let known = table.slot(of: key)
        let offered = hearing.told(
            isNamed: hearing.asksWhomItConcerns && named.contains(agency), hasCase: known != nil,
            isLater: event.envelope.change != nil, event.data)
        let told = handling.only.map { narrowed(offered, to: $0, hearing, agency, handling) } ?? offered
        guard !told.isEmpty || hearing.canDeny && handling.late == nil else { return }
        storage.begin(known)
        sink.begin(
            agency: agency, branch: branch, section: section, world: handling.world, subject: key.subject,
            now: handling.now, handled: event.envelope.id, cause: event.envelope.id,
            correlation: event.envelope.correlationID,
            ordinal: known.map { table.ordinal(of: $0, at: handling.now) } ?? 0,
            timers: known.map { table.timers[$0] } ?? [])
        var acted = BranchSet()
        var isWaiting = false
        TrapNote.enter(event.envelope.id)
        do {
            for river in hearing.rivers {
                let hidden = hearing.branches[river.branch].hiddenFields
                let event = hidden.isEmpty ? event : try handling.reduced.without(hidden, of: event)
                if let concerns = river.concerns, try !concerns(event).contains(agency) { continue }
                guard told.contains(river.branch) else {
                    // What is only on its way is not denied.
                    if !offered.contains(river.branch), handling.late == nil {
                        deny(handling, river, hearing.branches[river.branch], agency)
                    }
                    continue
                }
                // Only what names a predecessor can wait for one; a handling that failed may have left a note.
                let previous = event.envelope.previousID
                if previous != nil { _ = event.chainNote.take() }
                let outcome = try river.run(storage, event, sink)
                if case .handled = outcome { acted.insert(river.branch) }
                let awaits = previous.flatMap { event.chainNote.take() ? $0 : nil }
                if awaits != nil { isWaiting = true }
                report(handling, river, agency, outcome, awaits: awaits)
            }
            TrapNote.leave()
        } catch {
            TrapNote.leave()
            sink.discard()
            for branch in hearing.branches where told.contains(branch.place) {
                handling.note(agency, right: branch.number, .unused)
            }
            handling.failures.append(HandlingFailure(by: actor(agency), reason: "\(error)"))
            return
        }
        for branch in hearing.branches where told.contains(branch.place) {
            handling.note(agency, right: branch.number, acted.contains(branch.place) ? .used : .unused)
        }
        guard !acted.isEmpty else { return }
        keep(key, known, sink, handling.now)
        handling.keepEffects(agency, handling.world)
        handling.noteChain(by: actor(agency), isWaiting: isWaiting)
    }

    /// The branches that are told an event now, of those that are offered it, in a run with a plane.
    private func narrowed(
        _ offered: BranchSet, to only: [OnlyReader], _ hearing: Hearing, _ agency: AgencyID, _ handling: Handling
    ) -> BranchSet {
        var told = BranchSet()
        for one in only where one.reader.agency == agency && offered.contains(one.reader.place) {
            let own = hearing.branches[one.reader.place].right.party.branch
            guard own == one.reader.branch else { continue }
            told.insert(one.reader.place)
            handling.noteDelivery(agency, own)
            handling.asking.append(
                Asker(
                    world: handling.world, agency: agency, branch: own, subject: handling.event.envelope.subject,
                    type: handling.eventType))
        }
        return told
    }

    /// A rule asked for an event to which its branch has no right: it is not run, and the ledger says so.
    private func deny(
        _ handling: Handling, _ river: HeardRiver, _ branch: HearingBranch, _ agency: AgencyID
    ) {
        // What is another branch's is not asked for: the rule hears the type, and its contract says which events.
        guard branch.right.admits(handling.event.data, follows: true) else { return }
        guard let reason = branch.denial(asksByItself: river.concerns != nil, agency) else { return }
        handling.note(agency, right: branch.number, .denied)
        report(handling, river, agency, .denied(reason))
    }

    private func report(
        _ handling: Handling, _ river: HeardRiver, _ agency: AgencyID, _ outcome: RiverOutcome, awaits: EventID? = nil
    ) {
        guard handling.wantsReports else { return }
        handling.record.rivers.append(
            (
                handling.event.envelope.id,
                RiverReport(
                    agency: agency, river: river.name, file: river.file, line: river.line, outcome: outcome,
                    world: handling.world, awaits: awaits)
            ))
    }

    /// Finds which agencies of an owner with many an event concerns, sorted. Where a rule cannot say so nobody is known to
    /// whom it happened: that is one dead letter, not one of each of 290.
    private func findConcerned(_ handling: Handling, _ rivers: [HeardRiver], _ agencies: [AgencyID]) {
        concerned.removeAll(keepingCapacity: true)
        var asks = owner.digits > 0
        for river in rivers where asks {
            guard let concerns = river.concerns else {
                asks = false
                break
            }
            do {
                for agency in try concerns(handling.event) {
                    let place = concerned.partitioningIndex { $0 >= agency }
                    if place < concerned.count, concerned[place] == agency { continue }
                    guard agencies.containsSorted(agency), played.containsSorted(agency) else { continue }
                    concerned.insert(agency, at: place)
                }
            } catch {
                let first = played.first { agencies.containsSorted($0) } ?? played.first ?? .livsbuss
                handling.failures.append(HandlingFailure(by: actor(first), reason: "\(error)"))
                return concerned.removeAll(keepingCapacity: true)
            }
        }
        guard !asks else { return }
        concerned.removeAll(keepingCapacity: true)
        for agency in played where agencies.containsSorted(agency) { concerned.append(agency) }
    }

    /// The cases that will be offered the event of a handling, each with its slot and the fields that its first branch does
    /// not get.
    func eachOffer(
        _ handling: Handling, _ heard: Int, _ agencies: [AgencyID],
        _ body: (_ key: CaseKey, _ known: Int?, _ hiddenFields: [[UInt8]]) -> Void
    ) {
        let hearing = hearings[heard]
        if hearing.asksWhomItConcerns { findNamed(hearing, handling) }
        let (event, subject) = (handling.event, handling.event.envelope.subject)
        for agency in played where agencies.containsSorted(agency) {
            let key = CaseKey(world: handling.world, agency: agency, subject: subject)
            let known = table.slot(of: key)
            let told = hearing.told(
                isNamed: hearing.asksWhomItConcerns && named.contains(agency), hasCase: known != nil,
                isLater: event.envelope.change != nil, event.data)
            if let branch = hearing.branches.first, told.contains(branch.place) {
                body(key, known, branch.hiddenFields)
            }
        }
    }

    private func keep(_ key: CaseKey, _ known: Int?, _ sink: EffectSink, _ now: Instant) {
        let slot: Int
        if let known {
            slot = known
            table.keep(known, sink.timers)
        } else {
            slot = table.add(key, sink.timers)
        }
        storage.keep(in: slot)
        if putsAway { noteHandled(slot, now) }
        table.note(ordinal: sink.ordinal, of: slot, at: now)
    }

    /// Notes that a case is at hand. On a day on which benefits are paid hundreds of thousands are handled: beyond some
    /// number those go that were handled first.
    private func noteHandled(_ slot: Int, _ now: Instant) {
        idle.note(slot, on: HandledDays.day(of: now))
        guard table.count > allAtHand, casesInMemory > fewAtHand * Self.handsOfPayday else { return }
        idle.takeOldest(Self.putAwayAtOnce) { slot in if table.isLive[slot] { storage.putAway(slot) } }
    }

    /// So many times as many may stand in memory within days.
    private static let handsOfPayday = 2
    /// So many cases are put away at once.
    private static let putAwayAtOnce = 1_024

    // MARK: - Timers

    override func nextTimer() -> Instant? { table.nextTimer() }

    override func fireTimers(_ handling: Handling) {
        let due = table.takeDue(through: handling.now)
        if !due.isEmpty { prepareTimers(due, handling.now) }
        for slot in due {
            // A timer that an earlier one of the case cancels or sets anew does not fire with it.
            for timer in table.ready(slot, through: handling.now) where table.timers[slot].contains(timer) {
                let key = table.keys[slot]
                if timer.heldUntil == nil, let absences = handling.absences,
                    let until = absences.hold(timer, of: key.agency, world: key.world, handling)
                {
                    table.hold(timer, of: slot, until: until)
                } else {
                    fire(timer, slot, handling)
                }
            }
        }
    }

    private func fire(_ timer: TimerRecord, _ slot: Int, _ handling: Handling) {
        guard hasTimer(timer.name) else { return }
        let (key, sink, now) = (table.keys[slot], handling.sink, handling.now)
        table.remove(timer, of: slot)
        storage.begin(slot)
        handling.place = nil
        sink.begin(
            agency: key.agency, branch: branch, section: section, world: key.world, subject: key.subject, now: now,
            handled: sink.settings.timerID(timer, world: key.world), cause: timer.setter,
            correlation: timer.correlation,
            ordinal: table.ordinal(of: slot, at: now), timers: table.timers[slot])
        var failure: String?
        if handling.skippedSetters.contains(timer.setter) {
            failure = "the message that set it was left out with --skip"
        } else {
            TrapNote.enter(timer.setter, isTimer: true)
            do {
                try act(on: timer.name, sink)
            } catch {
                failure = "\(error)"
            }
            TrapNote.leave()
        }
        let report = TimerReport(
            agency: key.agency, branch: branch, subject: key.subject, world: key.world, name: timer.name,
            due: timer.due, now: now,
            setter: timer.setter, failure: failure)
        if handling.wantsReports { handling.record.timers.append(report) }
        guard failure == nil else {
            sink.discard()
            handling.deadLetter(report, by: actor(key.agency))
            return
        }
        keep(key, slot, sink, now)
        handling.keepEffects(key.agency, key.world)
    }

    override func pendingTimers(world: Int32) -> [PendingTimer] { table.pendingTimers(world: world) }

    /// Gives what a checkpoint must write, page by page, with the states of cases by their slots.
    func givePages<Case: AgencyCase>(
        _ state: (Int) -> KeptCase<Case>.State, _ give: (CasePage) throws -> Void
    ) rethrows {
        let changes = table.takeChanges()
        // What goes is written elsewhere before.
        for page in changes.moved { try give(CasePage(page.number, from: page.from)) }
        for page in changes.pages {
            let kept = page.slots.map { slot in
                KeptCase<Case>(
                    slot: Int32(slot),
                    content: table.isLive[slot] ? (table.keys[slot], table.timers[slot], state(slot)) : nil)
            }
            try give(CasePage(page.number, kept))
        }
        for page in changes.dropped { try give(CasePage(dropped: page)) }
    }

    /// Restores the cases of a page; nil for a slot whose case had ended.
    func restore<Case: AgencyCase>(
        page number: Int64, _ value: UnsafeRawBufferPointer, _ take: (Int, Case?) -> Void
    ) throws {
        guard CasePageLog.pageNumbers.contains(number) else { throw DamagedPage() }
        var written: [Int32] = []
        lazy var packing = PackingState()
        try KeptCase<Case>.read(value) { kept in
            let slot = Int(kept.slot)
            written.append(kept.slot)
            table.restore(slot, kept.content.map { ($0.key, $0.timers) })
            if kept.content != nil, putsAway { idle.note(slot, on: 0) }
            take(slot, try kept.content.map { try $0.state.value(packing) })
        }
        table.restored(page: number, slots: written)
    }

    override func putAwayIdle(on day: Int) {
        guard putsAway, table.count > allAtHand else { return }
        idle.takeIdle(on: day) {
            casesInMemory > fewAtHand
        } _: { slot in
            if table.isLive[slot] { storage.putAway(slot) }
        }
    }

    override func endWorld(_ world: Int32) {
        for slot in table.endWorld(world) { storage.clear(slot) }
    }
}

extension [AgencyID] {
    /// Whether a sorted array holds an agency.
    func containsSorted(_ agency: AgencyID) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < agency { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == agency
    }
}
