import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Child benefit: decided on the child's case, summed and paid on the parents'.
@Suite struct ChildBenefitTests {
    let mother = Subject(seed: 1, scenario: "b", case: "", name: "M")
    let father = Subject(seed: 1, scenario: "b", case: "", name: "F")
    let child = Subject(seed: 1, scenario: "b", case: "", name: "C")

    func day(_ month: Int, _ day: Int, _ year: Int = 2026) -> Day { Day(year: year, month: month, dayOfMonth: day)! }
    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    func desk() -> Harness<Forsakringskassan> {
        Harness(Forsakringskassan(), now: Stockholm.instant(day(3, 4), hour: 8))
    }

    func custody(_ holder: Subject, from date: Day? = nil) -> FamilyRelation {
        FamilyRelation(
            holder: holder, kind: .custody, from: date ?? day(3, 2), municipality: "1780",
            concerns: [.region(17), .kommun(1780)])
    }

    func birth(on date: Day? = nil) -> Birth {
        Birth(
            mother: mother, municipality: "1780", birthDate: date ?? day(3, 2), birthOrder: 1, concerns: [.region(17)])
    }

    func born() throws -> Harness<Forsakringskassan> {
        var desk = desk()
        try desk.feed(custody(mother), about: child, id: id(1))
        try desk.feed(birth(), about: child, id: id(2))
        try desk.advance(to: desk.now + .minutes(2))
        return desk
    }

    @Test(arguments: [false, true]) func `birth and custody in either order give one decision`(isBirthFirst: Bool)
        throws
    {
        var desk = desk()
        if isBirthFirst { try desk.feed(birth(), about: child) }
        try desk.feed(custody(mother), about: child)
        if !isBirthFirst { try desk.feed(birth(), about: child) }
        try desk.advance(to: desk.now + .minutes(2))
        #expect(try desk.published(BenefitDecision.self).map(\.data.from) == [day(4, 1)])
        let share = try #require(try desk.published(ChildBenefitShare.self).last)
        #expect(
            share.subject == mother
                && share.data == ChildBenefitShare(child: child, share: 100, from: Month(of: day(4, 1))))
    }

    @Test func `a second guardian shares from the month after, and gets all of it when the first has lost custody`()
        throws
    {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day(5, 11), hour: 8))
        try desk.feed(custody(father, from: day(5, 11)), about: child, id: id(3))
        try desk.advance(to: desk.now + .minutes(2))
        let split = try #require(try desk.published(BenefitDecision.self).last)
        #expect(split.change == .corrected && split.occurredOn == day(5, 11) && split.data.from == day(6, 1))
        #expect(split.data.payees.map(\.share) == [50, 50])
        try desk.advance(to: Stockholm.instant(day(8, 4), hour: 8))
        try desk.feed(custody(mother), about: child, id: id(4), occurredOn: day(8, 3), change: .ceased, previous: id(1))
        try desk.advance(to: desk.now + .minutes(2))
        let whole = try #require(try desk.published(BenefitDecision.self).last)
        #expect(whole.data.from == day(9, 1) && whole.data.payees == [Payee(person: father, share: 100)])
        let hers = try #require(try desk.published(ChildBenefitShare.self).last { $0.subject == mother })
        #expect(hers.data.to == Month(of: day(8, 1)))
    }

    @Test func `nobody with custody holds the benefit, and what was saved is paid from its first month`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day(4, 28), hour: 8))
        try desk.feed(
            custody(mother), about: child, id: id(4), occurredOn: day(4, 27), change: .ceased, previous: id(1))
        try desk.advance(to: desk.now + .minutes(2))
        #expect(try desk.published(BenefitDecision.self).last?.data.to == day(4, 30))
        try desk.advance(to: Stockholm.instant(day(7, 6), hour: 8))
        try desk.feed(custody(father, from: day(7, 6)), about: child, id: id(5))
        try desk.advance(to: desk.now + .minutes(2))
        let new = try #require(try desk.published(BenefitDecision.self).last)
        #expect(
            new.change == nil && new.data.from == day(5, 1) && new.data.payees == [Payee(person: father, share: 100)])
    }

    @Test func `a corrected birth moves the first month, an annulled one takes all back`() throws {
        var desk = try born()
        try desk.feed(birth(on: day(2, 28)), about: child, id: id(6), change: .corrected, previous: id(2))
        try desk.advance(to: desk.now + .minutes(2))
        #expect(try desk.published(BenefitDecision.self).last?.data.from == day(3, 1))
        try desk.feed(Annulled<Birth>(reasonCode: "error"), about: child, change: .annulled, previous: id(6))
        #expect(try desk.published(Annulled<BenefitDecision>.self).count == 1)
        #expect(try desk.published(Annulled<ChildBenefitShare>.self).map(\.subject) == [mother])
    }

    @Test(arguments: [(3, 6, true), (5, 6, false)])
    func `a child's death before the first month leaves nothing, a later one ends with the month`(
        row: (month: Int, day: Int, annuls: Bool)
    ) throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day(row.month, row.day + 1)))
        try desk.feed(
            Death(
                deathDate: day(row.month, row.day), certainty: .exact, municipality: "1780", hasSpouse: false,
                hasMinorChildren: false), about: child, id: id(7))
        #expect(try desk.published(Annulled<BenefitDecision>.self).count == (row.annuls ? 1 : 0))
        let share = try #require(try desk.published(ChildBenefitShare.self).last)
        #expect(row.annuls ? share.data.share == 0 : share.data.to == Month(of: day(row.month, 1)))
    }

    // MARK: The parent's case

    func share(_ name: String, _ percent: Int, from month: Int, to: Int? = nil) -> ChildBenefitShare {
        ChildBenefitShare(
            child: Subject(seed: 1, scenario: "b", case: "", name: name), share: percent,
            from: Month(of: day(month, 1)),
            to: to.map { Month(of: day($0, 1)) })
    }

    @Test(arguments: [
        ([100], 1_250), ([50], 625), ([100, 100], 2_650), ([50, 50], 1_325), ([100, 50], 1_988),
        ([100, 100, 100], 4_480), ([100, 100, 100, 100], 6_740), ([100, 100, 100, 100, 100], 9_240), ([], 0),
    ]) func `the supplement is divided by the children, and the sum rounded up (B10, B11)`(
        row: (shares: [Int], amount: Int)
    ) {
        #expect(RuleValues().childBenefit(shares: row.shares, in: Month(of: day(4, 1))) == row.amount)
    }

    @Test func `it is paid on the twentieth or the working day before, and says so (B13)`() throws {
        var desk = desk()
        try desk.feed(share("C", 100, from: 4), about: mother)
        #expect(
            try desk.tiles().map(\.data.text) == [
                "Barnbidrag 1 250 kr i månaden. Första gången den 20 april 2026. Du behöver inte ansöka"
            ])
        try desk.feed(share("C", 50, from: 4), about: mother)
        #expect(
            try desk.tiles().last?.data.text == "Ni delar barnbidraget: 625 kr var i månaden från april 2026, den 20:e")
        try desk.advance(to: Stockholm.instant(day(2, 25, 2027)))
        let payments = try desk.published(InsurancePayment.self)
        #expect(
            payments.map(\.data.paidOn) == [
                day(4, 20), day(5, 20), day(6, 18), day(7, 20), day(8, 20), day(9, 18), day(10, 20), day(11, 20),
                day(12, 18), day(1, 20, 2027), day(2, 19, 2027),
            ])
        #expect(payments.allSatisfy { $0.data.amount == 625 && $0.data.payee == mother && $0.data.kind == .paid })
    }

    @Test func `what was owed is paid at once, and nothing is paid twice or to the dead`() throws {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day(4, 20), hour: 8))
        try desk.feed(share("C", 100, from: 4), about: mother)
        try desk.advance(to: Stockholm.instant(day(5, 21)))
        var payments = try desk.published(InsurancePayment.self)
        #expect(payments.map(\.data.amount) == [2_500] && payments.map(\.data.month) == [nil])
        try desk.feed(share("C", 100, from: 3), about: mother)  // a birth day that was wrong
        try desk.advance(to: Stockholm.instant(day(6, 19)))
        payments = try desk.published(InsurancePayment.self)
        #expect(payments.map(\.data.amount) == [2_500, 2_500])
        try desk.feed(
            Death(
                deathDate: day(6, 19), certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: true
            ),
            about: mother)
        try desk.advance(to: Stockholm.instant(day(12, 1)))
        #expect(try desk.published(InsurancePayment.self).count == 2)
    }

    @Test func `an annulled share is told, and never claimed back (B25)`() throws {
        var desk = desk()
        try desk.feed(share("C", 100, from: 4), about: mother, id: id(1))
        try desk.advance(to: Stockholm.instant(day(4, 21)))
        try desk.feed(
            Annulled<ChildBenefitShare>(reasonCode: "error"), about: mother, change: .annulled, previous: id(1))
        #expect(try desk.tiles().last?.data.code == .corrected)
        try desk.advance(to: Stockholm.instant(day(9, 1)))
        #expect(try desk.published(InsurancePayment.self).map(\.data.kind) == [.paid])
    }
}
