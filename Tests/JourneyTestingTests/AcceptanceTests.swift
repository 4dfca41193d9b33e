import AgencyKit
import Foundation
import JourneyTesting
import LifeEvents
import Testing

/// What the acceptance scenarios cannot say of themselves: a comparison with another run, and a batch too large for a file.
@Suite struct AcceptanceTests {
    /// What stands at the end: of each agency, person and type what was said last, without when it was said.
    private static func heads(_ journey: Journey) -> [String: String] {
        var heads: [String: String] = [:]
        for message in journey.messages where message.type != StatusTile.type.name {
            let source = message.envelope.source.map { "\($0)" } ?? ""
            let change = message.envelope.change.map { "\($0)" } ?? ""
            heads["\(source) \(message.envelope.subject) \(message.type)"] = "\(change) \(message.data)"
        }
        return heads
    }

    private static func text(_ scenario: String) throws -> (text: String, file: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Scenarios/acceptance/\(scenario).yaml").path
        return (try String(contentsOfFile: file, encoding: .utf8), file)
    }

    @Test func `after five dark days forty municipalities stand as in a run without the outage`() throws {
        let (text, file) = try Self.text("vendor-dark")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The same people and the same week, and nobody dark; what is expected of the outage does not hold then.
        let control = lines.filter { !$0.contains("outage: {") && $0 != "faults:" && !$0.hasPrefix("  - expect:") }
        #expect(lines.count - control.count == 40 + 1 + 2)
        let dark = try Journey.replay(text: text, file: file)
        let light = try Journey.replay(text: control.joined(separator: "\n"), file: file)
        #expect(dark.passed)
        #expect(light.passed)
        let (held, expected) = (Self.heads(dark), Self.heads(light))
        #expect(expected.count == 160)
        // order-free: sorted.
        #expect(expected.keys.filter { held[$0] != expected[$0] }.sorted() == [])
        #expect(held.count == expected.count)
        #expect(dark.messages.count == light.messages.count)
        // The ends came later, and are of the same days.
        let days = try [dark, light].map { try $0.messages(of: ElderCare.self).filter { $0.change == .ceased } }
        #expect(days[0].map(\.occurredOn).sorted() == days[1].map(\.occurredOn).sorted())
    }

    @Test func `a thousand deregistrations at one instant keep each person's order`() throws {
        let people = (1...1_000).map { "p\($0)" }
        let citizens = people.map { "    \($0): {}" }.joined(separator: "\n")
        let known = people.map { person in
            """
              - {publish: arbetsformedlingen.registration.v1, at: "Mon 2022-01-03T08:00", for: \(person), \
            data: {from: 2021-08-16, extent: 100}}
            """
        }
        let batch = people.enumerated().map { number, person in
            """
              - {id: gone-\(person), publish: skatteverket.deregistration.v1, at: "Tue 2022-01-04T06:00", for: \(person), \
            data: {reason: technical, from: 2022-01-01, municipality: "0180", concerns: [kommun-0180]}}
            """
                + (number % 3 == 0
                    ? "\n  - {annuls: gone-\(person), at: gone-\(person) +0d, data: {reasonCode: registeredInError}}"
                    : "")
        }
        let text = """
            scenario: batch
            version: 1
            start: Mon 2022-01-03T00:00
            given:
              citizens:
            \(citizens)
              agencies: {skatteverket: external, arbetsformedlingen: simulated}
            faults:
              - {id: busy, agency: arbetsformedlingen, outage: {from: "Tue 2022-01-04T06:00", for: 4h}}
              - {id: overtaking, message: skatteverket.deregistration.v1, reordered: true}
            steps:
            \((known + batch).joined(separator: "\n"))
              - expect: {count: {message: arbetsformedlingen.registration.v1, change: ceased, equals: 1000}, until: end}
            until: 2022-01-05T00:00
            """
        let (_, file) = try Self.text("4-january-2022")
        let journey = try Journey.replay(text: text, file: file)
        #expect(journey.passed)
        #expect(try Journey.replay(text: text, perturbation: 5, file: file).digest == journey.digest)
        for (number, person) in people.enumerated() {
            let said = try journey.messages(of: JobSeekerRegistration.self, for: person)
            let restored = try journey.messages(of: Annulled<JobSeekerRegistration>.self, for: person)
            #expect(said.map(\.change) == [nil, .ceased], "\(person)")
            #expect(restored.count == (number % 3 == 0 ? 1 : 0), "\(person)")
        }
        // What waits is seen: nothing was said for four hours, and all of it then.
        let began = Stockholm.instant(Day(year: 2022, month: 1, dayOfMonth: 4) ?? .earliest, hour: 10)
        let told = try journey.messages(of: JobSeekerRegistration.self).filter { $0.change == .ceased }
        #expect(told.allSatisfy { $0.envelope.time >= began })
    }
}
