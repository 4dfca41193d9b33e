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
                "M parental-benefit U1 Vi vet att du väntar barn. Föräldrapenning kan betalas från den 4 januari 2026. "
                    + "Du ansöker när du vill börja"
            ])
        try desk.feed(Annulled<MedicalCertificate>(reasonCode: "x"), about: mother, change: .annulled, previous: first)
        #expect(try tiles(desk) == ["M parental-benefit U10 Ärendet om föräldrapenning är avslutat"])
    }

    @Test func `a death is kept where nothing is open, and nothing is said`() throws {
        var desk = desk(3, 1)
        // The death is remembered all the same, and says nothing.
        #expect(try desk.feed(death(day(3, 1)), about: mother)[0].outcome == .handled)
        #expect(desk.messages.isEmpty)
        #expect(try desk.feed(move(effective: day(3, 1)), about: mother)[0].outcome != .handled)
    }
}
