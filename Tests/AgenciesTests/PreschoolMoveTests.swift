import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct PreschoolMoveTests {
    let child = Subject(seed: 1, scenario: "preschool-move", case: "", name: "child")
    let mother = Subject(seed: 1, scenario: "preschool-move", case: "", name: "mother")

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }

    func start(_ day: String, in code: Int) -> Harness<KommunPreschool> {
        Harness(KommunPreschool(), playing: .kommun(code), now: Stockholm.instant(Day(day)!))
    }

    func move(from: String = "0180", to: String = "1780", effective: String = "2026-03-20") -> Move {
        Move(
            fromMunicipality: from, toMunicipality: to, addressRef: "a1", effectiveDate: Day(effective)!, minor: true,
            concerns: [.kommun(180), .kommun(1780)])
    }

    func custody(_ born: String = "2022-11-08", in code: Int, formerly: String? = nil) -> FamilyRelation {
        FamilyRelation(
            holder: mother, kind: .custody, from: Day(born)!, municipality: code == 180 ? "0180" : "1780",
            concerns: [.kommun(code)], formerly: formerly.map { [$0] })
    }

    func status(_ state: CaseState) -> MunicipalCaseStatus {
        MunicipalCaseStatus(
            caseRef: "k1", municipality: "0180", service: .preschool, state: state, applicant: mother)
    }

    func inStockholm(_ state: CaseState) throws -> Harness<KommunPreschool> {
        var desk = start("2026-03-01", in: 180)
        try desk.feed(custody(in: 180), about: child, from: .skatteverket, id: id(1))
        try desk.feed(status(state), about: child)
        return desk
    }

    // rules: M18
    @Test func `M18: guardians who moved in are told, where the child is of the age that is reached out to`() throws {
        for (born, told) in [("2022-11-08", 1), ("2020-02-01", 1), ("2019-12-31", 0), ("2023-01-01", 0)] {
            var desk = start("2026-03-27", in: 1780)
            try desk.feed(move(), about: child, from: .skatteverket)
            try desk.feed(
                custody(born, in: 1780, formerly: "0180"), about: child, from: .skatteverket, change: .corrected,
                previous: id(905))
            #expect(try desk.tiles().filter { $0.data.code == .informed }.count == told, "\(born)")
        }
    }

    // rules: M18
    @Test func `M18: a child with a place keeps it for two months from the registration`() throws {
        var desk = try inStockholm(.executing)
        try desk.feed(move(), about: child, from: .skatteverket)
        #expect(try desk.tiles().map(\.data.text) == ["Barnet kan gå kvar till den 20 maj 2026"])
        try desk.advance(to: Stockholm.instant(Day("2026-05-20")!, hour: 23))
        #expect(desk.messages.count == 1)
        try desk.advance(to: Stockholm.instant(Day("2026-05-21")!))
        #expect(try desk.tiles().last?.data.code == .stopped)
    }

    @Test func `a place that was kept holds again when nobody moved, also after its last day`() throws {
        for isOver in [false, true] {
            var desk = try inStockholm(.executing)
            try desk.feed(move(), about: child, from: .skatteverket, id: id(2))
            if isOver { try desk.advance(to: Stockholm.instant(Day("2026-05-21")!)) }
            try desk.feed(
                Annulled<Move>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
                previous: id(2))
            #expect(try desk.tiles().last?.data.text == "Rättat: barnet har kvar sin plats i Stockholm")
            #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).count == (isOver ? 1 : 0))
            let count = desk.messages.count
            try desk.advance(to: Stockholm.instant(Day("2026-12-01")!))
            #expect(desk.messages.count == count)
        }
    }

    @Test func `a place in the queue ends with a move, and comes back when nobody moved`() throws {
        var desk = try inStockholm(.investigating)
        try desk.feed(move(), about: child, from: .skatteverket, id: id(2), occurredOn: Day("2026-03-01")!)
        let ended = try #require(try desk.published(MunicipalCaseStatus.self).last)
        #expect(ended.data.state == .aborted && ended.data.reason == .transferred && ended.data.caseRef == "k1")
        #expect(
            try desk.tiles().last?.data.text == "Köplatsen i Stockholm upphör för att barnet flyttat. Ansök i Karlstad")
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled, previous: id(2))
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).map(\.previous) == [ended.id])
        #expect(try desk.tiles().last?.data.text == "Rättat: köplatsen i Stockholm finns kvar")
    }

    @Test func `an annulled move back does not restore the place that the move out ended`() throws {
        var desk = try inStockholm(.investigating)
        try desk.feed(move(), about: child, from: .skatteverket)
        try desk.feed(
            custody(in: 1780, formerly: "0180"), about: child, from: .skatteverket, id: id(3), change: .corrected,
            previous: id(1))
        try desk.feed(
            move(from: "1780", to: "0180", effective: "2026-04-20"), about: child, from: .skatteverket, id: id(4),
            occurredOn: Day("2026-04-20")!)
        try desk.feed(
            custody(in: 180, formerly: "1780"), about: child, from: .skatteverket, change: .corrected, previous: id(3))
        #expect(
            try desk.tiles().last?.data.text
                == "Ditt barn kan gå i förskola i Stockholm. Ansök när du vill, du får en plats inom fyra månader")
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled, previous: id(4))
        #expect(try desk.tiles().last?.data.text == "Rättat: barnet har inte flyttat till Stockholm")
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).isEmpty)
    }

    @Test func `a move within the municipality concerns nobody`() throws {
        var desk = try inStockholm(.investigating)
        let count = desk.messages.count
        try desk.feed(move(to: "0180"), about: child, from: .skatteverket)
        #expect(desk.messages.count == count)
    }

    @Test func `a child who has left the country has no place, and again one when it never left`() throws {
        var desk = try inStockholm(.executing)
        try desk.feed(
            Deregistration(
                reason: .emigrated, from: Day("2026-04-01")!, municipality: "0180", concerns: [.kommun(180)]),
            about: child, from: .skatteverket, id: id(5))
        #expect(
            try desk.tiles().last?.data.text == "Förskolan i Stockholm upphör för att barnet flyttat utomlands")
        try desk.feed(
            Annulled<Deregistration>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
            previous: id(5))
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).count == 1)
        #expect(
            try desk.tiles().last?.data.text
                == "En uppgift var fel och är rättad. Barnet har kvar sin plats i förskola i Stockholm")
    }
}
