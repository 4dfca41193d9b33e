import Foundation
import Testing

/// A run that strangers speak to, killed again and again: what it reports at its end is what one life would have.
@Suite(.waits, .enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"), .serialized)
struct OutsiderKillTests {
    static let kills = 10
    static let days = 75

    /// Something is said every day, so that each day is an instant whoever else speaks.
    private static var scenario: String {
        let steps = (1...days).map { day in
            """
              - id: day-\(day)
                at: +\(day)d
                publish: region.medical-certificate.v1
                from: region-17
                for: bo
                data: {certificateType: sickness, contentRef: c-\(day), addressee: forsakringskassan}
            """
        }
        return """
            scenario: daily
            version: 1
            start: Sun 2026-03-01T00:00
            given:
              citizens: {ada: {}, bo: {}}
              agencies: [skatteverket, forsakringskassan, region-17]
              facts:
                - fact: skatteverket.register-entry.v1
                  for: ada
                  occurred: 2019-04-01
                  data: {municipality: "1780", civilStatus: unmarried, birthDate: 1993-02-17}
            steps:
            \(steps.joined(separator: "\n"))
            """
    }

    /// What is said in each life: of these four lines one is admitted, one known and two refused.
    private func say(_ life: Int, about ada: String, at servers: String) throws {
        func certificate(_ id: String, _ source: String) -> String {
            """
            {"specversion":"1.0","id":"\(id)","type":"region.medical-certificate.v1","source":"/agency/\(source)",\
            "subject":"\(ada)","data":{"certificateType":"pregnancy","expectedDate":"2026-09-05","contentRef":"\(id)",\
            "addressee":"forsakringskassan"}}
            """
        }
        try Kcat.publish(
            [
                certificate("said-\(life)", "region-01"), certificate("said-\(life)", "region-01"),
                certificate("said-\(life)", "region-17"), "this is no JSON",
            ], to: "region.medical-certificate.v1", key: ada, at: servers)
    }

    @Test func `ten kills leave what a run reports of strangers as it is, on a broker of another process`() throws {
        let broker = try BrokerProcess()
        try compare(at: broker.servers)
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `ten kills leave what a run reports of strangers as it is, on Apache Kafka`() throws {
        let kafka = try ApacheKafka()
        try compare(at: kafka.servers)
    }

    private func compare(at servers: String) throws {
        let folder = try Folder()
        let file = try folder.write("daily.yaml", Self.scenario)
        // The first run makes the topics, where the broker has not.
        let ada = try #require(try report([file, "--brokers", servers]).scenarios.first?.people["ada"])
        let line = [
            "run", file, "--brokers", servers, "--json", "--resolution", "1440", "--speed", "\(3 * 86_400)", "--store",
        ]
        let letters = try Kcat.consume(2 * (Self.kills + 1), of: "region.dead-letter.v1", at: servers)
        var run = try RealBinary.start(line + ["killed"], in: folder)
        for life in 0..<Self.kills {
            if life == 0 { try waitForEntry(2, at: servers) } else { waitUntilResumed(run) }
            try say(life, about: ada, at: servers)
            // The first life has a checkpoint when a letter of it is on the log; later ones have that of the life before.
            if life == 0 {
                for _ in 1...2 { _ = try letters.nextLine() }
            }
            usleep(.random(in: 0...600_000))
            try #require(run.isRunning, "it ended before kill \(life + 1): \(run.standardError)")
            run.kill(SIGKILL)
            #expect(run.wait() == 128 + SIGKILL)
            run = try RealBinary.start(line + ["killed"], in: folder)
        }
        try #require(run.wait() == 0, "\(run.standardError)")
        let killed = try RunReport(run.standardOutput)

        let other = try RealBinary.start(line + ["undisturbed"], in: folder)
        try waitForEntry(3, at: servers)
        for life in 0..<Self.kills { try say(life, about: ada, at: servers) }
        try #require(other.wait() == 0, "\(other.standardError)")
        let undisturbed = try RunReport(other.standardOutput)

        #expect(undisturbed.outside == Self.kills && undisturbed.redelivered == Self.kills)
        #expect(undisturbed.refused == 2 * Self.kills && undisturbed.deadLetters == 2 * Self.kills)
        #expect(killed.outside == undisturbed.outside)
        #expect(killed.redelivered == undisturbed.redelivered)
        #expect(killed.refused == undisturbed.refused)
        #expect(killed.deadLetters == undisturbed.deadLetters)
        #expect(killed.pendingCount == undisturbed.pendingCount)
        #expect(killed.instants == undisturbed.instants)
        #expect(killed.scenarios.map(\.messages) == undisturbed.scenarios.map(\.messages))
    }

    /// Until the opening fact of so many runs is on the log.
    private func waitForEntry(_ number: Int, at servers: String) throws {
        let entries = try Kcat.consume(number, of: "skatteverket.register-entry.v1", at: servers)
        for _ in 1...number { _ = try entries.nextLine() }
    }

    /// Until a run has said where it goes on from, or has ended.
    private func waitUntilResumed(_ run: Child) {
        while run.isRunning, !run.standardError.contains("resumed from 20") { usleep(50_000) }
    }
}
