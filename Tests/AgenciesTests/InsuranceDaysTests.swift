import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Days with benefit for a child: parental benefit, days at birth and after a child's death.
@Suite struct InsuranceDaysTests {
    let mother = Subject(seed: 1, scenario: "d", case: "", name: "M")
    let father = Subject(seed: 1, scenario: "d", case: "", name: "F")
    let other = Subject(seed: 1, scenario: "d", case: "", name: "Z")
    let child = Subject(seed: 1, scenario: "d", case: "", name: "C")

    func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }
    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    func relation(_ holder: Subject, _ kind: RelationKind = .custody) -> FamilyRelation {
        FamilyRelation(holder: holder, kind: kind, from: day(3, 2), municipality: "1780", concerns: [.region(17)])
    }

    /// On 4 March: a child of the 2nd with one guardian or two.
    func desk(joint: Bool = false, order: Int = 1) throws -> Harness<Forsakringskassan> {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day(3, 4), hour: 8))
        try desk.feed(relation(mother), about: child, id: id(1))
        if joint {
            try desk.feed(relation(father, .parenthood), about: child, id: id(2))
            try desk.feed(relation(father), about: child, id: id(3))
        }
        try desk.feed(
            Birth(
                mother: mother, municipality: "1780", birthDate: day(3, 2), birthOrder: order, concerns: [.region(17)]),
            about: child)
        return desk
    }

    func application(
        _ person: Subject, _ from: Day, _ to: Day, _ benefit: Benefit = .parentalBenefit, income: Int = 360_000,
        days: Int? = nil, together: Subject? = nil
    ) -> BenefitApplication {
        BenefitApplication(
            filedBy: person, benefit: benefit, from: from, to: to, yearlyIncome: income, days: days, together: together)
    }

    func texts(_ desk: Harness<Forsakringskassan>, _ tile: TileName, of person: Subject) throws -> [String] {
        try desk.tiles().filter { $0.data.tile == tile && $0.subject == person }.map(\.data.text)
    }

    @Test func `parental benefit is investigated, decided and paid the month after (B13, B17, B19)`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day(3, 9), hour: 20))
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.advance(to: Stockholm.instant(day(9, 1)))
        #expect(
            try texts(desk, .parentalBenefit, of: mother) == [
                "Vi har din ansökan. Besked senast den 8 april 2026",
                "Beviljad: 60 dagar, 2 mars–30 april 2026, 765 kr om dagen. Begär omprövning senast den 8 juni 2026",
                "Nästa utbetalning den 24 april 2026", "Nästa utbetalning den 25 maj 2026",
                "Allt du sökt är utbetalt. Ansök igen när du tar ut fler dagar",
            ])
        let payments = try desk.published(InsurancePayment.self).filter { $0.data.benefit == .parentalBenefit }
        #expect(
            payments.map(\.data.amount) == [22_950, 22_950] && payments.map(\.data.to) == [day(3, 31), day(4, 30)])
        #expect(try desk.published(InsuranceCaseStatus.self).map(\.data.state) == [.investigating, .decided])
    }

    @Test(arguments: [
        (360_000, 765), (0, 250), (100_000, 250), (592_000, 1_259), (900_000, 1_259), (420_000, 893),
    ]) func `a day is by income, between the basic level and ten price base amounts (B17)`(
        row: (income: Int, day: Int)
    ) {
        #expect(RuleValues().parentalDay(yearlyIncome: row.income, on: day(3, 2)) == row.day)
    }

    @Test(arguments: [(420_000, 1_256), (444_000, 1_328), (900_000, 1_328)])
    func `a day at birth is eight hours, up to seven and a half price base amounts (B18)`(row: (income: Int, day: Int))
    {
        #expect(RuleValues().temporaryDay(yearlyIncome: row.income, on: day(3, 2)) == row.day)
    }

    @Test func `the other parent has ten days at birth, once registered, paid at once (B18)`() throws {
        var alone = try desk()
        let his = application(father, day(3, 2), day(3, 13), .birthDays, income: 420_000)
        #expect(
            try alone.feed(his, about: child).map(\.outcome).contains(
                .notWhole(["is filed by one who may have the days"])))
        var desk = try desk(joint: true)
        try desk.advance(to: Stockholm.instant(day(3, 23), hour: 19))
        try desk.feed(his, about: child)
        try desk.advance(to: Stockholm.instant(day(5, 1)))
        #expect(
            try texts(desk, .birthDays, of: father) == [
                "Vi har din ansökan om 10 dagar. Besked senast den 22 april 2026",
                "Beviljad: 10 dagar, 12 560 kr, betalas den 24 april 2026. Begär omprövning senast den 22 juni 2026",
                "10 dagar är utbetalda",
            ])
        #expect(try desk.published(InsurancePayment.self).map(\.data.amount) == [12_560])
    }

    @Test(arguments: [(false, 1, 480), (true, 1, 240), (false, 2, 180), (true, 2, 90)])
    func `a sole guardian has all days, two have half each, and a twin has 180 more (B14, B15)`(
        row: (joint: Bool, order: Int, days: Int)
    ) throws {
        var desk = try desk(joint: row.joint, order: row.order)
        try desk.feed(application(mother, day(3, 2), day(3, 2).adding(days: 599)), about: child)
        try desk.advance(to: Stockholm.instant(day(4, 3)))
        let decision = try #require(
            try desk.published(BenefitDecision.self).last { $0.data.benefit == .parentalBenefit })
        #expect(decision.data.outcome == .partial && decision.data.to == day(3, 2).adding(days: row.days - 1))
        #expect(
            try texts(desk, .parentalBenefit, of: mother).contains { $0.contains("Dina dagar räcker inte till fler") })
    }

    @Test func `days are paid at most ninety days back (B14)`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day(7, 1)))
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.advance(to: Stockholm.instant(day(8, 1)))
        let decision = try #require(
            try desk.published(BenefitDecision.self).last { $0.data.benefit == .parentalBenefit })
        #expect(decision.data.outcome == .partial && decision.data.from == day(4, 2))
    }

    @Test(arguments: [
        (true, "F", 105, DayLevel.income, true), (true, "F", 106, .income, false), (true, "F", 45, .lowest, true),
        (true, "F", 46, .lowest, false), (true, "Z", 45, .income, true), (true, "Z", 46, .income, false),
        (false, "Z", 90, .income, true), (false, "Z", 91, .income, false),
    ]) func `reserved days are not given, and 45 or 90 to somebody who is no guardian (B15, B16)`(
        row: (joint: Bool, to: String, days: Int, level: DayLevel, isTaken: Bool)
    ) throws {
        var desk = try desk(joint: row.joint)
        let transfer = DayTransfer(
            filedBy: mother, to: row.to == "F" ? father : other, days: row.days, level: row.level)
        let outcome = try desk.feed(transfer, about: child).map(\.outcome)
        #expect(outcome == [row.isTaken ? .handled : .notWhole(["gives no reserved days and no more than there are"])])
    }

    @Test func `two guardians have no days at the same time but double days that both apply for (B16)`() throws {
        var desk = try desk(joint: true)
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.feed(application(father, day(4, 1), day(4, 10)), about: child)
        try desk.feed(application(mother, day(6, 1), day(6, 10), together: father), about: child)
        try desk.feed(application(father, day(6, 1), day(6, 10), together: mother), about: child)
        try desk.advance(to: Stockholm.instant(day(4, 10)))
        let decisions = try desk.published(BenefitDecision.self).filter { $0.data.benefit == .parentalBenefit }
        #expect(decisions.map(\.data.outcome) == [.granted, .rejected, .granted, .granted])
    }

    @Test func `a review in time leaves the decision and tells the path on (B19)`() throws {
        var desk = try desk()
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.advance(to: Stockholm.instant(day(4, 10)))
        let review = ReviewRequest(filedBy: mother, decisionRef: "parentalBenefit-2026-03-04")
        #expect(
            try desk.feed(ReviewRequest(filedBy: father, decisionRef: review.decisionRef), about: child).map(\.outcome)
                .contains(.notWhole(["is filed by who was decided on"])))
        try desk.feed(review, about: child)
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.state == .underReview)
        try desk.advance(to: Stockholm.instant(day(5, 20)))
        #expect(
            try texts(desk, .parentalBenefit, of: mother).contains {
                $0.hasPrefix("Beslutet ändras inte. Överklaga till förvaltningsrätten senast den")
            })
        try desk.advance(to: Stockholm.instant(day(7, 1)))
        #expect(try desk.feed(review, about: child).map(\.outcome).contains(.notWhole(["is filed in time"])))
    }

    @Test
    func `after a child's death days to it are decided, the mother's to day 29, and each parent has ten more (B20)`()
        throws
    {
        var desk = try desk(joint: true)
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.feed(
            Death(
                deathDate: day(3, 7), certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false
            ),
            about: child, id: id(9))
        #expect(try desk.tiles().suffix(2).map(\.subject) == [mother, father])
        try desk.feed(application(father, day(3, 16), day(3, 27), .bereavementDays, income: 420_000), about: child)
        #expect(
            try desk.feed(application(other, day(3, 16), day(3, 27), .bereavementDays), about: child).map(\.outcome)
                .contains(.notWhole(["is filed by one who may have the days"])))
        try desk.advance(to: Stockholm.instant(day(6, 1)))
        let decisions = try desk.published(BenefitDecision.self).filter { $0.data.benefit != .childBenefit }
        #expect(decisions.map(\.data.benefit) == [.parentalBenefit, .bereavementDays])
        #expect(decisions.map(\.data.to) == [day(3, 30), day(3, 27)])
        #expect(
            try desk.published(InsurancePayment.self).filter { $0.data.benefit == .bereavementDays }.map(\.data.amount)
                == [12_560])
    }

    @Test func `a death that was an error gives the days back as they were`() throws {
        var desk = try desk()
        try desk.feed(application(mother, day(3, 2), day(4, 30)), about: child)
        try desk.feed(
            Death(
                deathDate: day(3, 7), certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false
            ),
            about: child, id: id(9))
        try desk.feed(Annulled<Death>(reasonCode: "error"), about: child, change: .annulled, previous: id(9))
        try desk.advance(to: Stockholm.instant(day(4, 10)))
        #expect(try desk.published(BenefitDecision.self).last?.data.to == day(4, 30))
    }

    @Test func `a guardian who never was one, and one who died, are paid no further`() throws {
        var desk = try desk(joint: true)
        try desk.feed(application(father, day(3, 10), day(3, 20)), about: child)
        try desk.feed(application(mother, day(3, 21), day(4, 30)), about: child)
        try desk.feed(Annulled<FamilyRelation>(reasonCode: "error"), about: child, change: .annulled, previous: id(3))
        try desk.feed(
            relation(mother), about: child, id: id(4), occurredOn: day(3, 4), change: .ceased, previous: id(1))
        #expect(
            try desk.published(InsuranceCaseStatus.self).map(\.data.state)
                == [.investigating, .investigating, .aborted, .aborted])
        try desk.feed(Annulled<FamilyRelation>(reasonCode: "error"), about: child, change: .annulled, previous: id(4))
        try desk.advance(to: Stockholm.instant(day(4, 10)))
        let decisions = try desk.published(BenefitDecision.self).filter { $0.data.benefit == .parentalBenefit }
        #expect(decisions.map(\.data.payees.first?.person) == [mother])
    }

    @Test func `a mother in grief is called back (B21)`() throws {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day(3, 4), hour: 8))
        try desk.feed(InsuranceContact(filedBy: mother, reason: .stillborn), about: mother)
        #expect(try desk.tiles().map(\.data.text) == ["Försäkringskassan ringer dig, senast den 11 mars 2026"])
    }
}
