import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Births that wait for one timer of the mother's case.
@Suite struct TwinsTests {
    let mother = Subject(seed: 1, scenario: "t", case: "", name: "mother")
    let children = (1...3).map { Subject(seed: 1, scenario: "t", case: "", name: "child \($0)") }

    func day(_ text: String) -> Day { Day(text)! }
    func id(_ number: Int) -> EventID { .custom(hash: (UInt64(number), UInt64(number))) }

    func desk() throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            RegisterEntry(municipality: "1780", civilStatus: .unmarried, birthDate: day("1980-05-05")), about: mother)
        return desk
    }

    func notice(_ child: Int, at instant: Instant) -> BirthNotice {
        BirthNotice(child: children[child - 1], sex: .female, bornAt: instant, birthOrder: child)
    }

    /// What each child's birth and identity, and the mother's line about it, are caused by.
    func causes(_ desk: Harness<Skatteverket>) throws -> [[EventID?]] {
        let births = try desk.published(Birth.self)
        let identities = try desk.published(Identity.self)
        let tiles = try desk.tiles().filter { $0.data.tile == .childRegistered && $0.data.code == .done }
        return children.map { child in
            births.filter { $0.subject == child }.map(\.envelope.causationID)
                + identities.filter { $0.subject == child }.map(\.envelope.causationID)
                + tiles.filter { $0.data.about == child }.map(\.envelope.causationID)
        }
    }

    @Test(arguments: [[0, 0, 0], [0, 10, 20], [0, 0, 1_440], [0, 1_440, 1_440], [0, 1_440, 2_880]] as [[Int64]])
    func `each child's registration is caused by its own notice`(minutes: [Int64]) throws {
        var desk = try desk()
        let born = desk.now
        for (index, minutes) in minutes.enumerated() {
            try desk.advance(to: born + .minutes(minutes))
            try desk.feed(notice(index + 1, at: born), about: mother, from: .region(17), id: id(index + 1))
        }
        try desk.advance(to: Stockholm.instant(day("2026-03-20")))
        #expect(try causes(desk) == (1...3).map { [id($0), id($0), id($0)] })
    }

    @Test func `a notice that is withdrawn leaves the others their cause`() throws {
        var desk = try desk()
        for child in 1...3 {
            try desk.feed(notice(child, at: desk.now), about: mother, from: .region(17), id: id(child))
        }
        try desk.feed(
            Annulled<BirthNotice>(reasonCode: "wrongPerson"), about: mother, from: .region(17), id: id(9),
            change: .annulled, previous: id(3))
        try desk.advance(to: Stockholm.instant(day("2026-03-20")))
        #expect(try causes(desk) == [[id(1), id(1), id(1)], [id(2), id(2), id(2)], []])
    }
}
