import AgencyKit
import Contracts
import JSON
import LifeEvents

/// Runs one agency type: keeps its cases in typed slots, runs its rivers and timers.
final class TypedRunner<A: Agency>: AgencyRunner {
    private let code: A
    private let played: [AgencyID]
    /// The rivers of each entry of ``hears``, with what their branches may be told.
    private let hearings: [Hearing<A>]
    /// The agencies that the event's data names.
    private var named: [AgencyID] = []
    private var table = CaseTable()
    /// By slot of the table.
    private var states: PagedArray<A.Case>
    /// A case about which nothing is known: made once, for a copy costs less.
    private let unknown: A.Case

    init(_ code: A, playing played: [AgencyID]) {
        unknown = A.Case()
        states = PagedArray(repeating: A.Case())
        self.code = code
        self.played = played.sorted()
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
        hearings = zip(hears, rivers).map { Hearing($1, type: $0.type, owner: A.owner) }
        super.init(owner: A.owner, branch: A.branch, hears: hears)
    }

    override var riverDescriptions: [RiverDescription] {
        hearings.lazy.flatMap(\.rivers).map {
            RiverDescription(
                owner: owner, name: $0.name, branch: $0.branch, type: $0.type, hearsAnnulment: $0.hearsAnnulment,
                mine: $0.sentences.mine, whole: $0.sentences.whole, file: $0.file, line: $0.line, concerns: $0.concerns)
        }
    }

    override var publications: [(type: EventType, branch: Branch)] {
        A.publications.map { ($0.type, $0.branch ?? A.ownBranch) }
    }

    override var timerNames: [String] { A.Timer.allCases.map(\.rawValue) }

    // MARK: - Events

    override func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {
        for hearing in hearings { hearing.hold(to: access, &rights) }
    }

    override func handle(_ handling: Handling, heard: Int, agencies: [AgencyID]) {
        let hearing = hearings[heard]
        findNamed(hearing, handling)
        // Most owners are one agency: then there is nothing to choose.
        if A.owner.digits == 0, played.count == 1 {
            guard agencies.containsSorted(played[0]) else { return }
            handle(handling, hearing, played[0])
            return
        }
        for agency in concerned(handling, hearing.rivers, agencies) { handle(handling, hearing, agency) }
    }

    /// Finds the agencies that the event's data names, where some branch is told by that.
    private func findNamed(_ hearing: Hearing<A>, _ handling: Handling) {
        named.removeAll(keepingCapacity: true)
        if hearing.asksWhomItConcerns { hearing.delimitation.concerned(handling.event.data, into: &named) }
    }

    override func noteKeeping(_ handling: Handling, heard: Int, by agency: AgencyID) -> Bool {
        let hearing = hearings[heard]
        findNamed(hearing, handling)
        // Whether it holds a case when it reads is not known before: what waits for it may open one.
        let told = hearing.told(
            isNamed: named.contains(agency), hasCase: true, isLater: handling.event.envelope.change != nil)
        for branch in hearing.branches where told.contains(branch.place) {
            handling.note(agency, right: branch.number, .kept)
        }
        return !told.isEmpty
    }

    private func handle(_ handling: Handling, _ hearing: Hearing<A>, _ agency: AgencyID) {
        let (event, sink) = (handling.event, handling.sink)
        let key = CaseKey(world: handling.world, agency: agency, subject: event.envelope.subject)
        let known = table.slot(of: key)
        let told = hearing.told(
            isNamed: named.contains(agency), hasCase: known != nil, isLater: event.envelope.change != nil)
        guard !told.isEmpty || hearing.canDeny else { return }
        var state = if let known { states[known] } else { unknown }
        sink.begin(
            agency: agency, branch: branch, world: handling.world, subject: key.subject, now: handling.now,
            handled: event.envelope.id, cause: event.envelope.id, correlation: event.envelope.correlationID,
            ordinal: known.map { table.ordinal(of: $0, at: handling.now) } ?? 0)
        var effects = Effects<A.Timer>(sink: sink, timers: known.map { table.timers[$0] } ?? [])
        var acted = BranchSet()
        var isWaiting = false
        TrapNote.enter(event.envelope.id)
        do {
            for (place, river) in hearing.rivers.enumerated() {
                let branch = hearing.branchOfRiver[place]
                let hidden = hearing.branches[branch].hiddenFields
                let event = hidden.isEmpty ? event : try handling.reduced.without(hidden, of: event)
                if let concerns = river.concerns, try !concerns(event).contains(agency) { continue }
                guard told.contains(branch) else {
                    deny(handling, hearing, river, branch, agency)
                    continue
                }
                // Only what names a predecessor can wait for one; a handling that failed may have left a note.
                let previous = event.envelope.previousID
                if previous != nil { _ = event.chainNote.take() }
                let outcome = try river.run(&state, event, &effects)
                if outcome == .handled { acted.insert(branch) }
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
            handling.failures.append(HandlingFailure(agency: agency, branch: branch, reason: "\(error)"))
            return
        }
        for branch in hearing.branches where told.contains(branch.place) {
            handling.note(agency, right: branch.number, acted.contains(branch.place) ? .used : .unused)
        }
        guard !acted.isEmpty else { return }
        keep(state, effects.timers, key, known, sink, handling.now)
        handling.keepEffects(agency, handling.world)
        handling.noteChain(by: ActingBranch(agency: agency, branch: branch), isWaiting: isWaiting)
    }

    /// A rule asked for an event to which its branch has no right: it is not run, and the ledger says so.
    private func deny(
        _ handling: Handling, _ hearing: Hearing<A>, _ river: River<A>, _ place: Int, _ agency: AgencyID
    ) {
        let branch = hearing.branches[place]
        guard let reason = branch.denial(asksByItself: river.concerns != nil, agency) else { return }
        handling.note(agency, right: branch.number, .denied)
        report(handling, river, agency, .denied(reason))
    }

    private func report(
        _ handling: Handling, _ river: River<A>, _ agency: AgencyID, _ outcome: RiverOutcome, awaits: EventID? = nil
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

    /// Which agencies of an owner with many an event concerns. Where a rule cannot say so nobody is known to whom it
    /// happened: that is one dead letter, not one of each of 290.
    private func concerned(_ handling: Handling, _ rivers: [River<A>], _ agencies: [AgencyID]) -> [AgencyID] {
        let present = played.filter { agencies.containsSorted($0) }
        if A.owner.digits == 0 { return present }
        var named: [AgencyID] = []
        for river in rivers {
            guard let concerns = river.concerns else { return present }
            do {
                for agency in try concerns(handling.event) where !named.contains(agency) { named.append(agency) }
            } catch {
                let first = present.first ?? played.first ?? .livsbuss
                handling.failures.append(HandlingFailure(agency: first, branch: branch, reason: "\(error)"))
                return []
            }
        }
        return named.filter { present.containsSorted($0) }.sorted()
    }

    private func keep(
        _ state: A.Case, _ timers: [TimerRecord], _ key: CaseKey, _ known: Int?, _ sink: EffectSink, _ now: Instant
    ) {
        let slot: Int
        if let known {
            slot = known
            states[known] = state
            table.keep(known, timers)
        } else {
            slot = table.add(key, timers)
            if slot >= states.count { states.appendPage() }
            states[slot] = state
        }
        table.note(ordinal: sink.ordinal, of: slot, at: now)
    }

    // MARK: - Timers

    override func nextTimer() -> Instant? { table.nextTimer() }

    override func fireTimers(_ handling: Handling) {
        for slot in table.takeDue(through: handling.now) {
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
        guard let name = A.Timer(rawValue: timer.name) else { return }
        let (key, sink, now) = (table.keys[slot], handling.sink, handling.now)
        table.remove(timer, of: slot)
        var state = states[slot]
        handling.place = nil
        sink.begin(
            agency: key.agency, branch: branch, world: key.world, subject: key.subject, now: now,
            handled: sink.settings.timerID(timer), cause: timer.setter, correlation: timer.correlation,
            ordinal: table.ordinal(of: slot, at: now))
        var effects = Effects<A.Timer>(sink: sink, timers: table.timers[slot])
        var failure: String?
        if handling.skippedSetters.contains(timer.setter) {
            failure = "the message that set it was left out with --skip"
        } else {
            TrapNote.enter(timer.setter, isTimer: true)
            do {
                try code.due(name, &state, &effects)
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
            handling.deadLetter(report)
            return
        }
        keep(state, effects.timers, key, slot, sink, now)
        handling.keepEffects(key.agency, key.world)
    }

    // MARK: - Checkpoints

    override func takeChanges() -> [CasePage] {
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

    override func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {
        var written: [Int32] = []
        try KeptCase<A.Case>.read(value) { kept in
            let slot = Int(kept.slot)
            written.append(kept.slot)
            table.restore(slot, kept.content.map { ($0.key, $0.timers) })
            while states.count <= slot { states.appendPage() }
            states[slot] = kept.content?.state ?? unknown
        }
        table.restored(page: number, slots: written)
    }

    override func restored() { table.restored() }

    override func pendingTimers(world: Int32) -> [PendingTimer] { table.pendingTimers(world: world) }

    override func endWorld(_ world: Int32) {
        for slot in table.endWorld(world) { states[slot] = unknown }
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
