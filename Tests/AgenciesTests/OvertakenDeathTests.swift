import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A correction or an annulment of a death that is delivered before the death itself.
@Suite struct OvertakenDeathTests {
    let person = Subject(seed: 1, scenario: "o", case: "", name: "person")

    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }
    func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    enum Said: String, CaseIterable, Sendable { case death, correction, annulment }

    /// Every order of the death (2 March), its correction (26 February) and, maybe, the annulment of that.
    static let orders: [[Said]] = [
        [.death], [.death, .correction], [.correction, .death],
        [.death, .correction, .annulment], [.death, .annulment, .correction], [.correction, .death, .annulment],
        [.correction, .annulment, .death], [.annulment, .death, .correction], [.annulment, .correction, .death],
    ]

    func feed<A: Agency>(_ order: [Said], _ desk: inout Harness<A>) throws {
        func death(_ day: Day) -> Death {
            Death(
                deathDate: day, certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
        }
        for said in order {
            switch said {
            case .death: try desk.feed(death(day(3, 2)), about: person, id: id(1))
            case .correction:
                try desk.feed(death(day(2, 26)), about: person, id: id(2), change: .corrected, previous: id(1))
            case .annulment:
                try desk.feed(
                    Annulled<Death>(reasonCode: "wrongPerson"), about: person, id: id(3), change: .annulled,
                    previous: id(2))
            }
        }
    }

    /// The days of the ends that nobody has annulled.
    func ends<A: Agency, Data: LifeEvent>(_ desk: Harness<A>, _: Data.Type) throws -> [Day] {
        let undone = try desk.published(Annulled<Data>.self).map(\.previous)
        return try desk.published(Data.self).filter { $0.change == .ceased && !undone.contains($0.id) }
            .map(\.occurredOn)
    }

    func last(_ order: [Said]) -> Day? {
        order.contains(.annulment) ? nil : order.contains(.correction) ? day(2, 26) : day(3, 2)
    }

    @Test(arguments: orders)
    func `a registration as a job-seeker ends on the day of the chain's head`(order: [Said]) throws {
        var desk = Harness(Arbetsformedlingen(), now: Stockholm.instant(day(3, 5)))
        try desk.feed(JobSeekerRegistration(from: day(1, 7), extent: 100), about: person)
        try feed(order, &desk)
        #expect(try ends(desk, JobSeekerRegistration.self) == [last(order)].compactMap(\.self))
    }

    @Test(arguments: orders)
    func `a pension ends with the month of the chain's head`(order: [Said]) throws {
        var desk = Harness(Pensionsmyndigheten(), now: Stockholm.instant(day(3, 5)))
        try desk.feed(
            PensionDecision(kind: .oldAge, outcome: .granted, month: Month(of: day(1, 1)), share: 100), about: person)
        try feed(order, &desk)
        #expect(
            try ends(desk, PensionDecision.self) == [last(order)].compactMap { $0.map { Month(of: $0).lastDay } })
    }

    @Test(arguments: orders)
    func `a benefit ends with the month of the chain's head`(order: [Said]) throws {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day(3, 5)))
        try desk.feed(
            BenefitDecision(
                benefit: .housingAllowance, outcome: .granted, from: day(1, 1),
                payees: [Payee(person: person, share: 100)]), about: person)
        try feed(order, &desk)
        #expect(
            try ends(desk, BenefitDecision.self) == [last(order)].compactMap { $0.map { Month(of: $0).lastDay } })
    }
}
