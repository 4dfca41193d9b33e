import AgencyKit
import LifeEvents
import Testing

@Suite struct RecoveryTests {
    static let terms = RecoveryTerms(answerDays: 14, payDays: 30)

    func day(_ text: String) -> Day { Day(text)! }

    func claim() -> Recovery {
        Recovery(
            of: 4_200, from: day("2026-03-01"), to: day("2026-03-31"), on: day("2026-03-27"), Self.terms)
    }

    @Test func `without an answer a claim is decided the working day after the last day to answer`() {
        var claim = claim()
        #expect(
            claim.answerBy == day("2026-04-10") && claim.decidesOn == day("2026-04-13") && claim.state == .considered)
        let isDecided = claim.decide(on: day("2026-04-13"), Self.terms)
        #expect(isDecided)
        #expect(claim.payBy == day("2026-05-13") && claim.state == .decided && claim.stands && !claim.isOpen)
    }

    @Test func `an answer moves the decision to the next working day, and there is one answer`() {
        var claim = claim()
        let isTaken = claim.answer(agrees: false, on: day("2026-04-02"))
        #expect(isTaken)
        #expect(claim.decidesOn == day("2026-04-07") && claim.agrees == false && claim.isOpen)
        let isTakenAgain = claim.answer(agrees: true, on: day("2026-04-03"))
        #expect(!isTakenAgain)
    }

    @Test(arguments: [
        (Recovery.Stage.considered, [Recovery.Trigger.statement, .decision, .waiver, .withdrawal]),
        (.stated, [.decision, .waiver, .withdrawal]), (.decided, [.waiver, .payment, .withdrawal]),
        (.waived, [.withdrawal]), (.paid, [.withdrawal]), (.withdrawn, []),
    ])
    func `a claim moves as the table says, and nowhere else`(stage: Recovery.Stage, moves: [Recovery.Trigger]) {
        let all: [Recovery.Trigger] = [.statement, .decision, .waiver, .payment, .withdrawal]
        for trigger in all { #expect((stage.after(trigger) != nil) == moves.contains(trigger), "\(stage) \(trigger)") }
    }

    @Test func `what is waived or withdrawn is not paid`() {
        for withdraw in [true, false] {
            var claim = claim()
            let isMoved = withdraw ? claim.withdraw() : claim.waive()
            let goesOn = claim.pay() || claim.decide(on: day("2026-04-13"), Self.terms)
            #expect(isMoved && !goesOn)
            #expect(claim.state == (withdraw ? nil : .waived))
        }
    }
}
