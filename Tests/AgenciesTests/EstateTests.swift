import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Who the partners are, and the inventory.
/// rules: D6, D7, D8, D9, D10, D11, D12, D13, D14, D27
@Suite struct EstateTests {
    let dead = Subject(seed: 1, scenario: "e", case: "", name: "X")
    let widow = Subject(seed: 1, scenario: "e", case: "", name: "Y")
    let common = Subject(seed: 1, scenario: "e", case: "", name: "C")
    let other = Subject(seed: 1, scenario: "e", case: "", name: "S")
    let mother = Subject(seed: 1, scenario: "e", case: "", name: "M")

    func day(_ text: String) -> Day { Day(text)! }

    func desk(
        married: Bool, children: [RegisteredChild] = [], known: String = "2026-03-05"
    ) throws -> Harness<SkatteverketEstates> {
        var desk = Harness(SkatteverketEstates(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            RegisterEntry(
                municipality: "1780", civilStatus: married ? .married : .unmarried, spouse: married ? widow : nil,
                birthDate: day("1944-02-11"), children: children), about: dead)
        try desk.advance(to: Stockholm.instant(day(known), hour: 8))
        try desk.feed(
            Death(
                deathDate: day("2026-03-03"), certainty: .exact, municipality: "1780", hasSpouse: married,
                hasMinorChildren: false), about: dead, id: .custom(hash: (1, 1)), occurredOn: day("2026-03-03"))
        return desk
    }

    func filing(_ by: Subject, _ holders: [Subject], summoned: [Subject] = [], certifiers: Int = 2)
        -> EstateInventoryFiling
    {
        EstateInventoryFiling(
            filedBy: by, heldOn: day("2026-03-20"), holders: holders, summoned: summoned, certifiers: certifiers)
    }

    func child(_ person: Subject, of parent: Subject?, born: String = "1990-01-01") -> RegisteredChild {
        RegisteredChild(person: person, birthDate: day(born), otherParent: parent)
    }

    @Test func `D6: a spouse comes before common children, a child by another at once`() throws {
        let family = [child(common, of: widow), child(other, of: mother)]
        #expect(
            try desk(married: true, children: family).published(EstateInventory.self).last?.data.holders == [
                widow, other,
            ])
        #expect(
            try desk(married: false, children: family).published(EstateInventory.self).last?.data.holders
                == [common, other])
        #expect(try desk(married: false).published(EstateInventory.self).last?.data.holders == [])
    }

    @Test func `D7 and D9: due, reminded, ordered, appointed`() throws {
        var desk = try desk(married: true)
        let due = try #require(try desk.published(EstateInventory.self).last)
        #expect(due.data.heldBy == day("2026-06-03") && due.data.dueDate == day("2026-07-03"))
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(try desk.published(EstateInventory.self).map(\.data.state) == [.due, .reminded, .ordered])
        #expect(try desk.published(EstateInventory.self).map(\.knownOn).last == day("2026-08-04"))
        #expect(
            try desk.tiles().map(\.data.text).suffix(3) == [
                "Bouppteckningen har inte kommit in. Lämna in den senast den 3 augusti 2026",
                "Skatteverket kräver att ni lämnar in bouppteckningen senast den 2 september 2026, annars kan ni få "
                    + "betala vite",
                "Bouppteckningen har inte kommit in. Skatteverket utser någon som gör den. Ni får brev om vem det blir",
            ])
    }

    @Test func `D7: a death that is known late leaves a month, and more time is given to who asks in time`() throws {
        let late = try desk(married: true, known: "2026-06-20")
        #expect(try late.published(EstateInventory.self).last?.data.heldBy == day("2026-07-20"))
        var desk = try desk(married: true)
        let asked = InventoryExtensionFiling(filedBy: widow, until: day("2026-09-01"))
        #expect(try desk.feed(asked, about: dead, from: .citizen).map(\.outcome) == [.handled])
        #expect(try desk.published(EstateInventory.self).last?.data.dueDate == day("2026-10-01"))
        try desk.advance(to: Stockholm.instant(day("2026-09-02")))
        let again = InventoryExtensionFiling(filedBy: widow, until: day("2026-12-01"))
        let reports = try desk.feed(again, about: dead, from: .citizen)
        #expect(reports.map(\.outcome) == [.notWhole(["is applied for while there is time"])])
    }

    @Test func `D8 and D10: a whole inventory is registered after twenty-five working days, else it is completed`()
        throws
    {
        var desk = try desk(married: true, children: [child(other, of: mother)])
        try desk.advance(to: Stockholm.instant(day("2026-06-10"), hour: 14))
        let stranger = try desk.feed(filing(mother, [mother]), about: dead, from: .citizen)
        #expect(stranger.map(\.outcome) == [.notWhole(["is filed by an estate partner"])])
        try desk.feed(filing(widow, [widow]), about: dead, from: .citizen)
        #expect(try desk.published(EstateInventory.self).last?.data.state == .supplementAsked)
        let wrong = InventoryCompletionFiling(filedBy: widow, item: .signature)
        #expect(try desk.feed(wrong, about: dead).map(\.outcome) == [.notWhole(["is what was asked for"])])
        try desk.feed(InventoryCompletionFiling(filedBy: other, item: .holders), about: dead, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(
            try desk.published(EstateInventory.self).map(\.data.state)
                == [.due, .supplementAsked, .supplemented, .registered])
        #expect(try desk.published(EstateInventory.self).last?.knownOn == day("2026-07-16"))
        #expect(try desk.tiles().last?.data.text == "Ni är flera delägare. Gör bodelning och arvskifte skriftligt")
    }

    @Test func `D8: one certifier is too few, and a child by another may wait for its share`() throws {
        var desk = try desk(married: true, children: [child(other, of: mother)])
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        var alone = desk
        try alone.feed(filing(widow, [widow, other], certifiers: 1), about: dead, from: .citizen)
        #expect(try alone.tiles().last?.data.text.contains("två personer ska intyga den") == true)
        try desk.feed(filing(widow, [widow], summoned: [other]), about: dead, from: .citizen)
        let received = try #require(try desk.published(EstateInventory.self).last?.data)
        #expect(received.state == .received && received.holders == [widow] && received.summoned == [other])
        #expect(try desk.tiles().last?.subject == widow)
    }

    @Test func `D11: the municipality's notice closes the estate until an asset is found`() throws {
        var desk = try desk(married: true)
        let notice = SmallEstate(state: .filed, municipality: "1780", assetsPayFuneralOnly: true)
        try desk.feed(notice, about: dead, from: .kommun(1780))
        #expect(try desk.published(EstateInventory.self).last?.data.state == .smallEstate)
        try desk.advance(to: Stockholm.instant(day("2026-08-03")))
        #expect(try desk.published(EstateInventory.self).count == 2)
        var withdrawn = notice
        withdrawn.state = .withdrawn
        try desk.feed(withdrawn, about: dead, from: .kommun(1780))
        #expect(try desk.published(EstateInventory.self).last?.data.heldBy == day("2026-09-03"))
    }

    @Test func `D12: of a minor partner the chief guardian is told, and the parent acts`() throws {
        var desk = try desk(married: false, children: [child(common, of: mother, born: "2017-05-01")])
        let notice = try #require(try desk.published(HeirNotice.self).last)
        #expect(notice.subject == common && notice.data.dead == dead && !notice.data.guardianIsPartner)
        let due = try #require(try desk.published(EstateInventory.self).last?.data)
        #expect(due.orderTo == [mother] && due.concerns == [.kommun(1780)])
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == common)
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        try desk.feed(filing(mother, [common]), about: dead, from: .citizen)
        #expect(try desk.published(EstateInventory.self).last?.data.state == .received)
    }

    @Test func `D12: a god man acts for the share of a principal, and files`() throws {
        var desk = Harness(SkatteverketEstates(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            RegisterEntry(
                municipality: "1780", civilStatus: .married, spouse: dead, birthDate: day("1947-10-23")), about: widow)
        try desk.feed(
            Guardianship(
                holder: mother, kind: .godMan, scope: [.guardRights, .manageProperty], capacity: .full,
                from: day("2024-01-01"), municipality: "1780", caseRef: "g", concerns: [AgencyID(.skatteverket)]),
            about: widow)
        let told = try #require(try desk.published(PartnerRepresentative.self).last)
        #expect(told.subject == dead && told.data.partner == widow && told.data.representatives == [mother])
    }

    /// Who acts for the widow, as her estate's husband is told, after some guardianships in turn.
    @Test(
        arguments: [
            ([("helper", [.careForPerson])], []), ([("helper", [.guardRights])], ["helper"]),
            ([("helper", [.guardRights]), ("carer", [.careForPerson])], ["helper"]),
            ([("helper", [.guardRights]), ("next", [.manageProperty])], ["helper", "next"]),
            ([("helper", [.guardRights]), ("lawyer", [.estateShare])], ["lawyer"]),
            ([("lawyer", [.estateShare]), ("helper", [.manageProperty])], ["lawyer"]),
        ] as [([(String, [GuardianshipScope])], [String])])
    func `D12: of several who act for a partner the one for the share acts alone, else all in scope`(
        _ appointed: [(String, [GuardianshipScope])], _ actors: [String]
    ) throws {
        var desk = try widowsDesk()
        for (name, scope) in appointed { try desk.feed(guardianship(name, scope), about: widow) }
        #expect(try desk.published(PartnerRepresentative.self).last?.data.representatives ?? [] == actors.map(person))
    }

    @Test func `D12: the first god man acts again when the one for the share has ended, and a scope may grow`() throws {
        var desk = try widowsDesk()
        func told() throws -> [[Subject]] { try desk.published(PartnerRepresentative.self).map(\.data.representatives) }
        try desk.feed(guardianship("helper", [.careForPerson]), about: widow, id: .custom(hash: (5, 5)))
        try desk.feed(
            guardianship("helper", [.careForPerson, .guardRights]), about: widow, id: .custom(hash: (6, 6)),
            change: .corrected, previous: .custom(hash: (5, 5)))
        #expect(try told() == [[person("helper")]])
        try desk.feed(guardianship("lawyer", [.estateShare]), about: widow, id: .custom(hash: (7, 7)))
        try desk.feed(
            guardianship("lawyer", [.estateShare]), about: widow, id: .custom(hash: (8, 8)),
            occurredOn: day("2026-03-01"), change: .ceased, previous: .custom(hash: (7, 7)))
        #expect(try told() == [[person("helper")], [person("lawyer")], [person("helper")]])
        try desk.feed(
            Annulled<Guardianship>(reasonCode: "error"), about: widow, change: .annulled,
            previous: .custom(hash: (8, 8)))
        #expect(try told().last == [person("lawyer")])
        for previous in [7, 6] as [UInt64] {
            try desk.feed(
                Annulled<Guardianship>(reasonCode: "error"), about: widow, change: .annulled,
                previous: .custom(hash: (previous, previous)))
        }
        #expect(try desk.published(Annulled<PartnerRepresentative>.self).count == 1)
    }

    private func person(_ name: String) -> Subject { Subject(seed: 1, scenario: "e", case: "", name: name) }

    private func guardianship(_ holder: String, _ scope: [GuardianshipScope]) -> Guardianship {
        Guardianship(
            holder: person(holder), kind: .godMan, scope: scope, capacity: .full, from: day("2024-01-01"),
            municipality: "1780", caseRef: "g", concerns: [AgencyID(.skatteverket)])
    }

    private func widowsDesk() throws -> Harness<SkatteverketEstates> {
        var desk = Harness(SkatteverketEstates(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            RegisterEntry(
                municipality: "1780", civilStatus: .married, spouse: dead, birthDate: day("1947-10-23")), about: widow)
        return desk
    }

    @Test func `D14: an estate without a known partner is told to the municipality after thirty days`() throws {
        var desk = try desk(married: false)
        try desk.advance(to: Stockholm.instant(day("2026-05-01")))
        let told = try #require(try desk.published(EstateUnattended.self).last)
        #expect(told.data.lastDay == day("2026-04-04") && told.data.municipality == "1780")
        #expect(try desk.tiles().isEmpty)
    }

    @Test func `an annulled death ends the estate, once`() throws {
        var desk = try desk(married: true)
        for _ in 1...2 {
            try desk.feed(
                Annulled<Death>(reasonCode: "error"), about: dead, change: .annulled, previous: .custom(hash: (1, 1)))
        }
        #expect(try desk.published(Annulled<EstateInventory>.self).count == 1)
        #expect(try desk.tiles().last?.data.code == .corrected)
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(try desk.published(EstateInventory.self).count == 1)
    }

    @Test func `D27: a return is due on the second of May, or the next weekday`() {
        #expect(TaxationRules.lastDay(of: 2025) == day("2026-05-04"))
        #expect(TaxationRules.lastDay(of: 2026) == day("2027-05-03"))
        #expect(TaxationRules.dueYear(on: day("2026-03-05")) == 2025)
        #expect(TaxationRules.dueYear(on: day("2026-05-05")) == 2026)
    }
}
