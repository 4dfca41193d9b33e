import AgencyKit
import LifeEvents

/// What lies after the end: listed, not done, for child benefit is paid for sixteen years.
extension Engine {
    /// Lists what is left when a run has ended.
    func notePending() {
        let until = result.end ?? Instant(milliseconds: 0)
        for world in worlds.indices where worlds[world].until >= until { notePending(Int32(world)) }
        for (due, entry) in schedule.outbox.waiting { notePending(entry, due) }
        result.pending.sort { ($0.world, $0.due, $0.subject) < ($1.world, $1.due, $1.subject) }
    }

    /// Lists the timers of a case.
    func notePending(_ world: Int32) {
        for runner in schedule.runners {
            for timer in runner.pendingTimers(world: world) {
                note(
                    PendingWork(
                        world: Int(world), due: timer.due, subject: timer.subject, topic: nil,
                        timer: (timer.agency, timer.name)))
            }
        }
    }

    /// Lists a message.
    func notePending(_ entry: OutboxEntry, _ due: Instant) {
        guard source == nil else { return }
        note(
            PendingWork(
                world: Int(entry.world), due: due, subject: entry.subject, topic: topics[Int(entry.topic)].name,
                timer: nil))
    }

    private func note(_ work: PendingWork) {
        result.pendingCount += 1
        if result.pending.count < RunResult.pendingLimit { result.pending.append(work) }
    }
}
