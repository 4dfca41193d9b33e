import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Needs and answers: collected until all have answered, or the time has passed.
@Suite struct NeedsTests {
    let tax = AgencyID(.skatteverket)
    let bank = AgencyID(owner: .bank, number: 1)!
    let subject = Subject(seed: 1, scenario: "n", case: "", name: "X")

    func inquiry(by: Day? = nil) -> Inquiry {
        Inquiry(SurvivorsNeed(caseRef: "one", facts: ["persons", "since"], asked: [tax, bank], by: by))
    }

    func answer(
        _ party: AgencyID, _ status: AnswerStatus = .answered, caseRef: String = "one",
        refusal: AnswerRefusal? = nil, missing: [String]? = nil
    ) -> Event<SurvivorsAnswer> {
        Event(
            envelope: EventEnvelope(
                id: .custom(hash: (1, 1)), source: party, subject: subject, time: Instant(milliseconds: 0)),
            data: SurvivorsAnswer(
                caseRef: caseRef, asker: AgencyID(.pensionsmyndigheten), status: status, refusal: refusal,
                missing: missing))
    }

    @Test func `an inquiry is complete when all who were asked have answered, and says what is missing`() {
        var inquiry = inquiry()
        #expect(inquiry.take(answer(tax, missing: ["since"])) == .waiting && inquiry.silent == [bank])
        #expect(inquiry.take(answer(bank, .refused, refusal: .noOpenCase)) == .complete && !inquiry.isOpen)
        #expect(inquiry.missing == ["since"] && inquiry.refused.map(\.party) == [bank])
        #expect(inquiry.refused.first?.refusal == .noOpenCase)
    }

    @Test func `an answer of another case, of a stranger or a second time is none`() {
        var inquiry = inquiry()
        #expect(inquiry.take(answer(tax, caseRef: "two")) == .notAsked)
        #expect(inquiry.take(answer(.region(17))) == .notAsked)
        #expect(inquiry.take(answer(tax)) == .waiting && inquiry.take(answer(tax)) == .notAsked)
    }

    @Test func `when the time has passed it goes on with what it has`() {
        var inquiry = inquiry(by: Day("2026-03-10"))
        _ = inquiry.take(answer(tax))
        inquiry.close()
        #expect(!inquiry.isOpen && inquiry.silent == [bank])
        #expect(inquiry.take(answer(bank)) == .notAsked)
    }

    @Test func `who acts for an estate is a holder of age, or who acts for one that is not`() {
        let child = Subject(seed: 1, scenario: "n", case: "", name: "C")
        let guardian = Subject(seed: 1, scenario: "n", case: "", name: "G")
        let partners = EstatePartners([.init(subject), .init(child, actedFor: [guardian])])
        #expect(partners.persons == [subject, child] && partners.actors == [subject, guardian])
        #expect(partners.mayAct(guardian) && !partners.mayAct(child))
    }

    @Test(arguments: [("survivors-pension", true), ("", false), ("Pension", false), ("a--b", false), ("a1", false)])
    func `a purpose is small letters and single hyphens`(_ text: String, _ isName: Bool) {
        #expect((Purpose(text) != nil) == isName)
    }
}
