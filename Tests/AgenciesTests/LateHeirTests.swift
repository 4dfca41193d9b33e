import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A child that is known to be an heir only after the death.
/// rules: D6, D8, D12
@Suite struct LateHeirTests {
    let dead = Subject(seed: 1, scenario: "l", case: "", name: "X")
    let widow = Subject(seed: 1, scenario: "l", case: "", name: "Y")
    let grown = Subject(seed: 1, scenario: "l", case: "", name: "S")
    let child = Subject(seed: 1, scenario: "l", case: "", name: "C")
    let mother = Subject(seed: 1, scenario: "l", case: "", name: "M")
    let told = EventID.custom(hash: (2, 2))

    func day(_ text: String) -> Day { Day(text)! }

    /// The estate of somebody who died in March, with a spouse or a grown child.
    func desk(married: Bool) throws -> Harness<SkatteverketEstates> {
        var desk = Harness(SkatteverketEstates(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            RegisterEntry(
                municipality: "1780", civilStatus: married ? .married : .unmarried, spouse: married ? widow : nil,
                birthDate: day("1974-02-11"),
                children: married
                    ? [] : [RegisteredChild(person: grown, birthDate: day("1999-01-01"), otherParent: mother)]),
            about: dead)
        try desk.advance(to: Stockholm.instant(day("2026-03-05"), hour: 8))
        try desk.feed(
            Death(
                deathDate: day("2026-03-03"), certainty: .exact, municipality: "1780", hasSpouse: married,
                hasMinorChildren: false), about: dead, id: .custom(hash: (1, 1)), occurredOn: day("2026-03-03"))
        return desk
    }

    func tell(_ desk: inout Harness<SkatteverketEstates>, by parent: Subject) throws {
        try desk.feed(
            ChildOfParent(child: child, birthDate: day("2026-05-04"), otherParent: parent, judged: false), about: dead,
            id: told)
    }

    func inventory(_ desk: Harness<SkatteverketEstates>) throws -> Event<EstateInventory> {
        try #require(try desk.published(EstateInventory.self).last)
    }

    @Test func `a common child of the widow's is summoned and no partner`() throws {
        var desk = try desk(married: true)
        try tell(&desk, by: widow)
        let last = try inventory(desk)
        #expect(last.change == .corrected && last.data.holders == [widow] && last.data.summoned == [child])
        #expect(try desk.published(HeirNotice.self).isEmpty)
    }

    @Test func `a child by another is partner beside the widow, and the chief guardian is told`() throws {
        var desk = try desk(married: true)
        try tell(&desk, by: mother)
        let last = try inventory(desk)
        #expect(last.change == .corrected && last.data.holders == [widow, child])
        #expect(last.data.orderTo == [widow, mother])
        #expect(try desk.published(HeirNotice.self).map(\.data.guardianIsPartner) == [false])
        // It was another's child after all.
        try desk.feed(
            Annulled<ChildOfParent>(reasonCode: "error"), about: dead, change: .annulled, previous: told)
        #expect(try inventory(desk).data.holders == [widow])
        #expect(try desk.published(Annulled<HeirNotice>.self).count == 1)
    }

    @Test func `an inventory that is filed, or registered, is asked to be completed with the heir`() throws {
        for isRegistered in [false, true] {
            var desk = try desk(married: false)
            try desk.feed(
                EstateInventoryFiling(
                    filedBy: grown, heldOn: day("2026-03-05"), holders: [grown], summoned: [], certifiers: 2),
                about: dead, from: .citizen)
            try desk.advance(to: Stockholm.instant(day(isRegistered ? "2026-05-06" : "2026-03-16")))
            try tell(&desk, by: mother)
            let last = try inventory(desk)
            #expect(last.data.state == .supplementAsked && last.data.holders == [grown, child])
            #expect(try desk.tiles().last?.data.text.contains("ska vara med i bouppteckningen") == true)
            try desk.feed(
                InventoryCompletionFiling(filedBy: grown, item: .holders), about: dead, from: .citizen)
            #expect(try inventory(desk).data.state == .supplemented)
        }
    }

    @Test func `what is told twice changes nothing`() throws {
        var desk = try desk(married: true)
        try tell(&desk, by: mother)
        let count = desk.messages.count
        try desk.feed(
            ChildOfParent(child: child, birthDate: day("2026-05-04"), otherParent: mother, judged: false), about: dead)
        #expect(desk.messages.count == count)
    }
}
