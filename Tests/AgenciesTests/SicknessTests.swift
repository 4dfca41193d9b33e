import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// What Försäkringskassan reckons for who is ill: a day's benefit, days of payment, the states of a period.
@Suite struct SicknessTests {
    private let rules = RuleValues()

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    // rules: S10, S11, S12
    @Test(arguments: [
        (396_000, 842), (592_000, 1_259), (900_000, 1_259), (14_208, 30), (14_207, 0), (0, 0), (300_000, 638),
    ])
    func `a day is the income of a year by the law's share, between floor and cap`(income: Int, amount: Int) throws {
        #expect(rules.sicknessDay(yearlyIncome: income, on: try day("2026-03-02")) == amount)
    }

    // rules: S13
    @Test(arguments: [(100, 842), (75, 632), (50, 421), (25, 211)])
    func `a part of a day is that part of the krona amount`(degree: Int, amount: Int) {
        #expect(SicknessCase.SickPeriod.part(degree, of: 842) == amount)
    }

    // rules: S14
    @Test(arguments: [
        ("2026-04-10", "2026-04-27"), ("2026-04-27", "2026-05-27"), ("2026-06-25", "2026-06-26"),
        ("2026-09-01", "2026-09-28"), ("2026-12-01", "2026-12-23"), ("2026-12-23", "2027-01-27"),
    ])
    func `sickness benefit is paid on the 27th or the day it moves to`(after: String, paid: String) throws {
        #expect(rules.nextSicknessPayout(after: try day(after)) == (try day(paid)))
    }

    @Test func `a grant takes the place of later days, and an end cuts what is granted`() throws {
        var period = SicknessCase.SickPeriod()
        period.grant(.init(from: try day("2026-03-16"), to: try day("2026-05-31"), degree: 100))
        period.grant(.init(from: try day("2026-05-01"), to: try day("2026-06-30"), degree: 50))
        period.grant(.init(from: try day("2026-05-01"), to: try day("2026-05-20"), degree: 25))
        #expect(period.spans.map(\.degree) == [100, 25])
        #expect(period.spans.first?.to == (try day("2026-04-30")))
        period.end(after: try day("2026-04-10"))
        #expect(period.spans.map(\.to) == [try day("2026-04-10")])
    }

    typealias Period = SicknessCase.SickPeriod.Stage
    @Test(
        arguments: [
            (.none, .certificate, .notified), (.none, .report, .reported), (.notified, .report, .reported),
            (.none, .application, .investigating), (.reported, .application, .investigating),
            (.paying, .application, .investigating), (.ended, .application, .investigating),
            (.reported, .lapse, .closed),
            (.investigating, .certificateMissing, .awaitingCertificate),
            (.awaitingCertificate, .certificate, .investigating), (.awaitingCertificate, .adverse, .hearing),
            (.hearing, .certificate, .investigating), (.investigating, .grant, .paying),
            (.hearing, .rejection, .rejected),
            (.paying, .end, .ended), (.ended, .restoration, .paying), (.rejected, .application, nil),
            (.notified, .lapse, nil), (.reported, .certificate, nil), (.paying, .certificate, nil),
            (.closed, .grant, nil),
        ] as [(Period, SicknessCase.SickPeriod.Trigger, Period?)])
    func `a sick period moves by its triggers alone`(
        stage: Period, trigger: SicknessCase.SickPeriod.Trigger, next: Period?
    ) {
        #expect(stage.after(trigger) == next)
    }

    typealias Way = SicknessCase.WayBack.Stage
    @Test(
        arguments: [
            (.none, .summons, .asked), (.ended, .summons, .asked), (.asked, .consent, .meeting),
            (.alone, .consent, .meeting), (.asked, .noConsent, .alone), (.meeting, .noConsent, .alone),
            (.meeting, .met, .plan), (.alone, .met, .plan), (.plan, .end, .ended), (.plan, .consent, nil),
            (.plan, .noConsent, nil), (.none, .end, nil), (.asked, .met, nil), (.plan, .summons, nil),
        ] as [(Way, SicknessCase.WayBack.Trigger, Way?)])
    func `a way back moves by its triggers alone`(stage: Way, trigger: SicknessCase.WayBack.Trigger, next: Way?) {
        #expect(stage.after(trigger) == next)
    }
}
