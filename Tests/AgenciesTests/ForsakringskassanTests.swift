import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct ForsakringskassanTests {
    let mother = Subject(seed: 1, scenario: "s", case: "c", name: "M")
    let father = Subject(seed: 1, scenario: "s", case: "c", name: "F")
    let child = Subject(seed: 1, scenario: "s", case: "c", name: "C")
    let first = EventID.custom(hash: (1, 1))
    let second = EventID.custom(hash: (2, 2))

    func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    func desk(_ month: Int, _ date: Int, hour: Int = 0) -> Harness<Forsakringskassan> {
        Harness(Forsakringskassan(), now: Stockholm.instant(day(month, date), hour: hour))
    }

    func tiles(_ desk: Harness<Forsakringskassan>, last count: Int = 1) throws -> [String] {
        try desk.tiles().suffix(count).map {
            "\($0.subject == mother ? "M" : $0.subject == father ? "F" : "C") \($0.data.tile.rawValue) "
                + "\($0.data.code.rawValue) \($0.data.text)"
        }
    }

    func birth(secondParent: Subject? = nil, on date: Day? = nil) -> Birth {
        Birth(
            mother: mother, secondParent: secondParent, municipality: "1780", birthDate: date ?? day(3, 2),
            birthOrder: 1)
    }

    func custody() -> FamilyRelation {
        FamilyRelation(holder: father, kind: .custody, from: day(3, 18), municipality: "1780", concerns: [])
    }

    func death(_ date: Day) -> Death {
        Death(deathDate: date, certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
    }

    func move(effective: Day) -> Move {
        Move(
            fromMunicipality: "0180", toMunicipality: "1780", addressRef: "a", effectiveDate: effective, minor: false,
            concerns: [])
    }

    @Test func `a pregnancy certificate informs the mother`() throws {
        var desk = desk(1, 16, hour: 10)
        let certificate = MedicalCertificate(
            certificateType: .pregnancy, expectedDate: day(3, 5), contentRef: "r", addressee: .forsakringskassan)
        try desk.feed(certificate, about: mother, id: first)
        try desk.feed(certificate, about: mother)
        #expect(
            try tiles(desk, last: 9) == [
                "M parental-benefit U1 Vi vet att du väntar barn. Ersättning kan börja 60 dagar före beräknad födelse"
            ])
        try desk.feed(Annulled<MedicalCertificate>(reasonCode: "x"), about: mother, change: .annulled, previous: first)
        #expect(try tiles(desk) == ["M parental-benefit U11 Rättat: ärendet om föräldrapenning är avslutat"])
    }

    @Test func `child benefit comes with the birth and is split with custody`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(), about: child, id: first)
        try desk.feed(birth(), about: child)
        let granted = try #require(try desk.published(BenefitDecision.self).last)
        #expect(desk.messages.count == 2 && granted.subject == child && granted.data.from == day(4, 1))
        #expect(granted.data.payees == [Payee(person: mother, share: 100)])
        #expect(try tiles(desk) == ["M child-benefit U7 Barnbidrag 1 250 kr i månaden från april, den 20:e"])
        #expect(try desk.tiles().last?.data.nextDate == day(4, 20))
        try desk.feed(granted.data, about: child, id: granted.id)
        try desk.advance(to: Stockholm.instant(day(3, 18), hour: 13))
        var parenthood = custody()
        parenthood.kind = .parenthood
        try desk.feed(parenthood, about: child)
        try desk.feed(custody(), about: child, id: second)
        let split = try #require(try desk.published(BenefitDecision.self).last)
        #expect(split.change == .corrected && split.previous == granted.id && split.occurredOn == day(3, 18))
        #expect(split.data.payees.map(\.share) == [50, 50] && split.data.from == day(4, 1))
        let text = "child-benefit U7 Barnbidrag 625 kr var i månaden från april"
        #expect(try tiles(desk, last: 2) == ["M \(text)", "F \(text)"])
        #expect(desk.messages.count == 5)
        try desk.feed(Annulled<FamilyRelation>(reasonCode: "x"), about: child, change: .annulled, previous: second)
        let back = try #require(try desk.published(BenefitDecision.self).last)
        #expect(back.previous == split.id && back.data.payees.count == 1 && back.occurredOn == day(3, 18))
    }

    @Test func `married parents share from the start, a corrected birth recomputes`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(secondParent: father), about: child, id: first)
        #expect(try tiles(desk, last: 9).count == 2)
        try desk.feed(
            birth(secondParent: father, on: day(3, 1)), about: child, id: second, change: .corrected, previous: first)
        #expect(desk.messages.count == 3)
        try desk.feed(
            birth(secondParent: father, on: day(2, 28)), about: child, change: .corrected, previous: second)
        #expect(try desk.published(BenefitDecision.self).last?.data.from == day(3, 1))
    }

    @Test func `an annulled birth takes benefit and application back`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(), about: child, id: first)
        try desk.feed(BenefitApplication(filedBy: mother, benefit: .parentalBenefit, from: day(3, 2)), about: child)
        try desk.feed(Annulled<Birth>(reasonCode: "x"), about: child, change: .annulled, previous: first)
        #expect(try desk.published(Annulled<BenefitDecision>.self).count == 1)
        #expect(try desk.published(InsuranceCaseStatus.self).map(\.data.state) == [.investigating, .aborted])
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day(6, 1)))
        #expect(desk.messages.count == count)
    }

    @Test func `parental benefit is investigated, decided and paid`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(), about: child)
        try desk.advance(to: Stockholm.instant(day(3, 9), hour: 20))
        try desk.feed(BenefitApplication(filedBy: mother, benefit: .parentalBenefit, from: day(3, 2)), about: child)
        let status = try #require(try desk.published(InsuranceCaseStatus.self).last)
        #expect(status.subject == child && status.data.state == .investigating)
        #expect(status.data.expectedDate == day(4, 8))
        #expect(try tiles(desk) == ["M parental-benefit U4 Ansökan handläggs. Besked väntas senast 8 april"])
        try desk.advance(to: Stockholm.instant(day(4, 8), hour: 9))
        let decision = try #require(try desk.published(BenefitDecision.self).last)
        #expect(decision.data.benefit == .parentalBenefit && decision.data.from == day(3, 2))
        #expect(Stockholm.local(decision.envelope.time) == LocalDateTime(day: day(4, 8), hour: 8, minute: 1))
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.state == .decided)
        #expect(
            try tiles(desk) == ["M parental-benefit U6 Beviljad från 2 mars. Begär omprövning senast 8 juni"])
        #expect(try desk.tiles().last?.data.about == nil && desk.tiles().last?.data.reviewDeadline == day(6, 8))
        try desk.advance(to: Stockholm.instant(day(4, 9), hour: 9))
        #expect(try tiles(desk) == ["M parental-benefit U7 Föräldrapenning betalas ut"])
        #expect(desk.messages.count == 8)
    }

    @Test func `only one who has custody may apply`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(), about: child)
        let application = BenefitApplication(filedBy: father, benefit: .parentalBenefit, from: day(3, 2))
        #expect(
            try desk.feed(application, about: child).map(\.outcome)
                .contains(.notWhole(["is filed by one who has custody"])))
    }

    @Test func `a child's death stops both benefits at the parents and gives them back`() throws {
        var desk = desk(3, 4, hour: 8)
        try desk.feed(birth(), about: child)
        try desk.feed(BenefitApplication(filedBy: mother, benefit: .parentalBenefit, from: day(3, 2)), about: child)
        try desk.feed(death(day(3, 6)), about: child, id: second)
        #expect(try tiles(desk) == ["M stopped U10 Barnbidraget upphör"])
        #expect(try desk.tiles().last?.data.about == child)
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.reason == .subjectDied)
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day(5, 1)))
        #expect(desk.messages.count == count)
        try desk.feed(Annulled<Death>(reasonCode: "x"), about: child, change: .annulled, previous: second)
        #expect(try tiles(desk).first?.contains("stopped U11 Rättat:") == true)
        try desk.advance(to: Stockholm.instant(day(5, 6)))
        #expect(try desk.published(BenefitDecision.self).last?.data.benefit == .parentalBenefit)
    }

    @Test func `strangers have no case`() throws {
        var desk = desk(3, 1)
        // The death is remembered all the same, and says nothing.
        #expect(try desk.feed(death(day(3, 1)), about: mother)[0].outcome == .handled)
        #expect(desk.messages.isEmpty)
        #expect(try desk.feed(move(effective: day(3, 1)), about: mother)[0].outcome != .handled)
    }
}
