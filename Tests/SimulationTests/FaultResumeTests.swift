import Hosting
import LifeEvents
import Scenarios
import Simulation
import Testing

/// A run that stops at any of its instants goes on from its store as if nothing had been, faults included.
@Suite struct FaultResumeTests {
    static let scenarios = [
        "outage-of-forsakringskassan", "slow-kommun", "duplicate-death", "late-birth", "reordered", "corrupt-notice",
    ]

    @Test(arguments: scenarios)
    func `the digest is the same wherever a run was interrupted`(scenario: String) throws {
        let player = try Player("faults/\(scenario)")
        var instants: [Instant] = []
        let whole = try player.play(store: "whole") { $0.instant = { instants.append($0) } }
        #expect(instants.count > 5)
        for (number, instant) in instants.dropLast().enumerated() {
            let first = try player.play(until: instant, store: "part-\(number)")
            let second = try player.play(store: "part-\(number)")
            #expect(first.digests != whole.digests)
            #expect(second.digests == whole.digests, "stopped at \(Stockholm.local(instant))")
            #expect(second.messages == whole.messages)
            #expect(second.deadLetters == whole.deadLetters)
        }
    }

    @Test(arguments: scenarios)
    func `a resumed run takes its former life's records on the log for what they are`(scenario: String) throws {
        let player = try Player("faults/\(scenario)")
        var instants: [Instant] = []
        let whole = try player.play(store: "whole") { $0.instant = { instants.append($0) } }
        let broker = try player.broker()
        _ = try player.play(until: instants[1], store: "first", broker: broker)
        try player.copyStore("first", to: "second")
        let former = try player.play(store: "first", broker: broker)
        #expect(former.digests == whole.digests)
        let latter = try player.play(store: "second", broker: broker)
        #expect(latter.digests == whole.digests)
        #expect(latter.deadLetters == whole.deadLetters)
        #expect(latter.outside == 0)
    }

    @Test func `what an agency does not come back for is told at the end`() throws {
        let player = try Player("first-child")
        let outage = FaultPlan.Outage(agency: .forsakringskassan, from: player.instance.scenario.start.value, end: nil)
        var notices: [String] = []
        var sources: [AgencyID?] = []
        _ = try player.play(
            store: "silent", faults: FaultPlan(outages: [outage], delays: [], wireFaults: [], brokerFaults: [])
        ) { observer in
            observer.notice = { notices.append($0) }
            observer.message = { sources.append($0.envelope.source) }
        }
        #expect(notices == ["first-child: 7 messages wait for forsakringskassan, which was away to the end"])
        #expect(!sources.contains(.forsakringskassan))
        #expect(sources.contains(.skatteverket))
    }
}
