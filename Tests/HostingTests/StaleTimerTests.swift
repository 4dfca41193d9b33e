import AgencyKit
import LifeEvents
import Testing

@testable import Hosting

/// Timers of worlds that have ended are forgotten with them, and the others fire as before.
@Suite struct StaleTimerTests {
    private static func timer(_ name: String, at hour: Int) -> TimerRecord {
        TimerRecord(
            name: name, due: Instant(milliseconds: 0) + .minutes(Int64(hour) * 60), setter: .custom(hash: (1, 1)),
            correlation: nil)
    }

    private static func key(_ world: Int) -> CaseKey {
        CaseKey(
            world: Int32(world), agency: AgencyID(.skatteverket),
            subject: Subject(seed: 1, scenario: "stale", case: "\(world)", name: "p"))
    }

    @Test func `timers of worlds that have ended take no memory, and the others fire in order`() {
        var table = CaseTable()
        var mostEntries = 0
        let worlds = 20_000
        // Each world has a timer in years to come, and one that falls due; ten worlds are played at once.
        for world in 0..<worlds {
            _ = table.add(
                Self.key(world), [Self.timer("far", at: 1_000_000 + world), Self.timer("near", at: world + 5)])
            if world >= 10 { _ = table.endWorld(Int32(world - 10)) }
            mostEntries = max(mostEntries, table.heapCount)
        }
        #expect(mostEntries <= 2 * CaseTable.mostStaleTimers + 100)
        // What is played still fires, in order, and nothing else.
        var fired: [Int32] = []
        for hour in 0..<worlds + 10 {
            let now = Instant(milliseconds: 0) + .minutes(Int64(hour) * 60)
            for slot in table.takeDue(through: now) {
                for timer in table.ready(slot, through: now) {
                    #expect(timer.name == "near")
                    fired.append(table.keys[slot].world)
                    table.remove(timer, of: slot)
                }
            }
        }
        #expect(fired == (worlds - 10..<worlds).map { Int32($0) })
        #expect(table.nextTimer() == Self.timer("far", at: 1_000_000 + worlds - 10).due)
    }

    @Test func `a timer that is set anew, held or restored is counted once`() {
        var table = CaseTable()
        for world in 0..<3_000 {
            let slot = table.add(Self.key(world), [Self.timer("a", at: 10)])
            // Set for another hour, again and again: only the last holds.
            for hour in 11...12 { table.keep(slot, [Self.timer("a", at: hour)]) }
            table.hold(Self.timer("a", at: 12), of: slot, until: Self.timer("a", at: 20).due)
        }
        for world in 0..<2_999 { _ = table.endWorld(Int32(world)) }
        #expect(table.heapCount <= CaseTable.mostStaleTimers + 2)
        #expect(table.nextTimer() == Self.timer("a", at: 20).due)
        var restored = CaseTable()
        restored.restore(0, (Self.key(1), [Self.timer("a", at: 7)]))
        restored.restored()
        _ = restored.endWorld(1)
        #expect(restored.nextTimer() == nil)
    }
}
