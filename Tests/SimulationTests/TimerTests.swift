import AgencyKit
import JSON
import Hosting
import LifeEvents
import Scenarios
import Simulation
import Testing

/// A timer whose handler throws is lost to nobody.
@Suite struct TimerTests {
    struct Clumsy: Agency {
        struct Case: AgencyCase {}
        enum Timer: String, CaseIterable, Sendable { case remind }
        struct Broken: Error, CustomStringConvertible { var description: String { "the form has no second page" } }

        static let owner = Owner.forsakringskassan

        var rivers: [River<Self>] {
            [
                River("remind", hears: MedicalCertificate.self) { _, event, effects in
                    effects.setTimer(.remind, at: event.knownOn == effects.today ? effects.now + .days(3) : effects.now)
                }
            ]
        }

        func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
            try effects.set(Tile(.parentalBenefit, .informed, "never seen"))
            throw Broken()
        }
    }

    @Test func `it becomes a dead letter with the reason, the agency, the subject and its name`() throws {
        let player = try Player("first-child")
        var letters: [(subject: Subject, source: AgencyID?, reason: String, original: String, hasTopic: Bool)] = []
        let agency = AgencyID(.forsakringskassan)
        let runner = AgencyRunner.runner(for: Clumsy(), playing: [agency])
        var failures: [String?] = []
        let result = try player.play(store: "clumsy", runners: [runner]) { observer in
            observer.timer = { failures.append($0.failure) }
            observer.message = { message in
                guard message.type == "forsakringskassan.dead-letter.v1" else { return }
                letters.append(
                    (
                        message.envelope.subject, message.envelope.source, message.data?["detail"]?.string ?? "",
                        message.data?["original"]?.string ?? "", message.data?["topic"]?.string != nil
                    ))
            }
        }
        let letter = try #require(letters.first)
        #expect(letters.count == 1)
        #expect(result.deadLetters == 1)
        #expect(failures == ["the form has no second page"])
        #expect(letter.subject == player.instance.key(of: "mother"))
        #expect(letter.source == agency)
        #expect(
            letter.reason
                == "forsakringskassan could not act when its timer remind fell due: the form has no second page")
        #expect(letter.original.contains(#""timer":"remind""#))
        #expect(!letter.hasTopic)
    }
}
