import AgencyKit
import Contracts
import Hosting
import JSON
import LifeEvents
import Testing

@testable import Scenarios
@testable import Simulation

/// Copies of a scenario are checked side by side; what has ended takes next to no memory.
@Suite struct WorldChecksTests {
    /// Copies of a scenario in which a death is published each day.
    struct Copies {
        let instances: [ScenarioInstance]
        let checks: WorldChecks
        static let days = 40

        init(_ count: Int, then: String = "") throws {
            let steps = (1...Self.days).map {
                "  - {id: d\($0), at: +\($0)d, publish: skatteverket.death.v1, for: anna, "
                    + "data: {deathDate: 2026-03-01}}\n"
            }
            let text = """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}}, agencies: [skatteverket, forsakringskassan]}
                steps:
                \(steps.joined())\(then)
                until: +60d
                """
            let reading = ScenarioFile.read(text: text, file: "s.yaml")
            let template = try InstanceTemplate(
                #require(reading.scenarios.first, "\(reading.messages)"), seed: 1)
            instances = (1...count).map { template.instance(worldName: "copy-\($0)") }
            let rule = RiverDescription(
                owner: .forsakringskassan, name: "hear", type: EventType("skatteverket.death.v1"),
                hearsAnnulment: false,
                mine: [], whole: [], file: "F", line: 1)
            checks = WorldChecks(instances, rules: [rule], access: AccessRights())
        }

        /// Plays all steps, instant by instant.
        /// - Parameter skipping: the day whose message nobody is offered in the second world.
        func play(skipping day: Int? = nil) throws {
            for step in 1...Self.days {
                for (world, instance) in instances.enumerated() {
                    let id = try #require(instance.message(ofStep: "d\(step)"))
                    let envelope = EventEnvelope(
                        id: id, source: .skatteverket, subject: try #require(instance.key(of: "anna")),
                        time: Instant(milliseconds: id.milliseconds))
                    try JSONTape.reading("{}") { data in
                        checks.see(
                            ObservedMessage(
                                world: world, envelope: envelope, type: "skatteverket.death.v1", data: data,
                                isOutside: false))
                    }
                    if step == day, world == 1 { continue }
                    checks.see(
                        id,
                        RiverReport(
                            agency: .forsakringskassan, river: "hear", file: "F", line: 1, outcome: .handled,
                            world: Int32(world)))
                }
            }
        }

        /// Hands all readings to the checks but one of the second world.
        func readLedger(without day: Int? = nil) throws {
            for (world, instance) in instances.enumerated() {
                for step in 1...Self.days where step != day || world != 1 {
                    checks.seeLedger(
                        Int32(world), try #require(instance.message(ofStep: "d\(step)")), .forsakringskassan)
                }
            }
        }
    }

    @Test func `a world that has ended keeps its verdict and what the ledger must have, under 2 kB`() throws {
        let copies = try Copies(100)
        try copies.play()
        let playing = copies.checks.byteCount
        for world in copies.instances.indices { copies.checks.end(world) }
        #expect(copies.checks.playingCount == 0)
        #expect(copies.checks.byteCount < playing)
        #expect(copies.checks.byteCount < 100 * 2_048)
        try copies.readLedger()
        #expect(copies.checks.failures == copies.instances.map { _ in [] })
    }

    @Test func `a line of a citizen's page takes a copy at most 72 bytes`() {
        #expect(TileHistory.bytesOfLine <= 72)
    }

    @Test func `copies share what does not differ from copy to copy`() throws {
        let copies = try Copies(3)
        #expect(Set(copies.instances.map { ObjectIdentifier($0.template) }).count == 1)
        #expect(Set(copies.instances.map { $0.key(of: "anna") }).count == 3)
        #expect(Set(copies.instances.map { $0.message(ofStep: "d1") }).count == 3)
    }

    @Test(arguments: [false, true])
    func `a world's verdict is the same whether it has ended or the run has`(ends: Bool) throws {
        let missing = "  - {id: no, expect: {message: skatteverket.identity.v1, for: anna, within: 10d}}"
        let copies = try Copies(3, then: missing)
        try copies.play(skipping: 7)
        if ends { for world in copies.instances.indices { copies.checks.end(world) } }
        let failures = copies.checks.failures
        #expect(
            failures.map { $0.map(\.code) } == [[.messageMissing], [.messageMissing, .lostMessage], [.messageMissing]])
        #expect(
            failures[1][1].message.hasSuffix("at 2026-03-09T08:00 for anna (step d7) did not reach forsakringskassan"))
        #expect(failures[0] == failures[2])
    }

    @Test(arguments: [false, true])
    func `a reading that the ledger lacks is told of a world that has ended, too`(ends: Bool) throws {
        let copies = try Copies(2)
        try copies.play()
        if ends { for world in copies.instances.indices { copies.checks.end(world) } }
        try copies.readLedger(without: 9)
        let failures = copies.checks.failures
        #expect(failures[0].isEmpty)
        #expect(failures[1].map(\.code) == [.unwrittenReading])
        let what =
            ends ? "a message at 2026-03-11T08:00" : "skatteverket.death.v1 at 2026-03-11T08:00 for anna (step d9)"
        #expect(
            failures[1].first?.message
                == "expected ledger-complete throughout, forsakringskassan read \(what) unwritten")
    }
}
