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

    func death(_ date: Day) -> Death {
        Death(deathDate: date, certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
    }

    func move(effective: Day) -> Move {
        Move(
            fromMunicipality: "0180", toMunicipality: "1780", addressRef: "a", noticeDate: effective,
            effectiveDate: effective, household: [], minor: false)
    }

    @Test func `a pregnancy certificate informs the mother`() throws {
        var desk = desk(1, 16, hour: 10)
        let certificate = MedicalCertificate(
            certificateType: .pregnancy, expectedDate: day(3, 5), contentRef: "r", addressee: .forsakringskassan)
        try desk.feed(certificate, about: mother, id: first)
        try desk.feed(certificate, about: mother)
        #expect(
            try tiles(desk, last: 9) == [
                "M parental-benefit U1 Vi vet att du väntar barn. Föräldrapenning kan betalas från den 4 januari 2026. "
                    + "Du ansöker när du vill börja"
            ])
        try desk.feed(Annulled<MedicalCertificate>(reasonCode: "x"), about: mother, change: .annulled, previous: first)
        #expect(try tiles(desk) == ["M parental-benefit U10 Ärendet om föräldrapenning är avslutat"])
    }

    /// A household with housing allowance that moved on 1 March, registered from the 20th, known on the 27th.
    func moved() throws -> Harness<Forsakringskassan> {
        var desk = desk(3, 1)
        let decision = BenefitDecision(
            benefit: .housingAllowance, outcome: .granted, from: day(1, 1),
            payees: [Payee(person: mother, share: 100)])
        try desk.feed(decision, about: mother, id: first)
        #expect(try tiles(desk) == ["M housing-allowance U7 Bostadsbidrag betalas ut"])
        try desk.advance(to: Stockholm.instant(day(3, 27), hour: 8))
        try desk.feed(move(effective: day(3, 20)), about: mother, id: second, occurredOn: day(3, 1))
        try desk.feed(move(effective: day(3, 20)), about: mother, occurredOn: day(3, 1))
        #expect(
            try tiles(desk) == [
                "M housing-allowance U3 Lämna din nya hyra senast 10 april. Annars kan bidraget pausas"
            ])
        #expect(try desk.published(InsuranceCaseStatus.self).map(\.data.expectedDate) == [day(4, 10)])
        return desk
    }

    @Test func `a move asks for the rent, and the rent gives a new amount`() throws {
        var desk = try moved()
        try desk.advance(to: Stockholm.instant(day(4, 1), hour: 20))
        try desk.feed(
            BenefitCompletion(filedBy: mother, benefit: .housingAllowance, monthlyRent: 6_400), about: mother)
        #expect(try tiles(desk) == ["M housing-allowance U4 Hyran har kommit in. Besked väntas 10 april"])
        try desk.advance(to: Stockholm.instant(day(4, 10), hour: 9))
        let decision = try #require(try desk.published(BenefitDecision.self).last)
        #expect(decision.change == .corrected && decision.previous == first && decision.occurredOn == day(3, 20))
        #expect(decision.data.from == day(4, 1) && decision.data.payees == [Payee(person: mother, share: 100)])
        #expect(try tiles(desk) == ["M housing-allowance U6 Nytt belopp från april. Omprövning senast 10 juni"])
        try desk.advance(to: Stockholm.instant(day(4, 13), hour: 9))
        #expect(try tiles(desk) == ["M housing-allowance U7 Bostadsbidrag betalas ut med nya beloppet"])
        #expect(desk.messages.count == 9)
        try desk.feed(Annulled<Move>(reasonCode: "x"), about: mother, change: .annulled, previous: second)
        #expect(try desk.published(Annulled<BenefitDecision>.self).map(\.previous) == [decision.id])
        try desk.feed(death(day(5, 1)), about: mother)
        #expect(try desk.published(BenefitDecision.self).last?.previous == first)
    }

    @Test func `without a rent the allowance is suspended, and opens again with it`() throws {
        var desk = try moved()
        try desk.advance(to: Stockholm.instant(day(4, 28)))
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.state == .suspended)
        #expect(try tiles(desk) == ["M housing-allowance U3 Bostadsbidraget är pausat. Lämna din nya hyra"])
        try desk.feed(BenefitCompletion(filedBy: mother, benefit: .housingAllowance, monthlyRent: 1), about: mother)
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.state == .investigating)
    }

    @Test func `death stops the allowance and its open case, nothing fires afterwards`() throws {
        var desk = try moved()
        try desk.feed(death(day(3, 26)), about: mother)
        let ceased = try #require(try desk.published(BenefitDecision.self).last)
        #expect(ceased.change == .ceased && ceased.previous == first && ceased.occurredOn == day(3, 31))
        #expect(try tiles(desk) == ["M stopped U10 Bostadsbidraget upphör"])
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day(6, 1)))
        #expect(desk.messages.count == count)
    }

    @Test func `a death is kept where nothing is open, and nothing is said`() throws {
        var desk = desk(3, 1)
        // The death is remembered all the same, and says nothing.
        #expect(try desk.feed(death(day(3, 1)), about: mother)[0].outcome == .handled)
        #expect(desk.messages.isEmpty)
        #expect(try desk.feed(move(effective: day(3, 1)), about: mother)[0].outcome != .handled)
    }
}
