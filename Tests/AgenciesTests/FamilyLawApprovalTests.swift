import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// What becomes of what the board has approved, when an officer of the board or of the register takes it back.
///
/// rules: B5, B6
@Suite struct FamilyLawApprovalTests {
    static func key(_ name: String) -> Subject { Subject(seed: 1, scenario: "approval", case: "", name: name) }
    let child = Self.key("child")
    let mother = Self.key("mother")
    let man = Self.key("man")

    func day(_ text: String) -> Day { Day(text)! }
    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    func report(_ parent: Subject?, expected: Day? = nil) -> ParenthoodReport {
        ParenthoodReport(
            state: parent == nil ? .dropped : .confirmed, mother: mother, otherParent: parent, jointCustody: false,
            municipality: "1780", expectedDate: expected)
    }

    /// The office has been told that parenthood is missing, and has approved the man at the desk.
    func approved() throws -> Harness<KommunFamilyLaw> {
        var desk = Harness(KommunFamilyLaw(), playing: .kommun(1780), now: Stockholm.instant(day("2026-03-17")))
        try desk.feed(alert, about: child, from: .skatteverket, id: id(1))
        try desk.feed(report(man), about: child, from: .kommun(1780), id: id(2))
        return desk
    }

    var alert: ParenthoodMissing {
        ParenthoodMissing(
            mother: mother, municipality: "1780", birthDate: day("2026-03-02"), lastDay: day("2026-03-16"))
    }

    func relation(_ kind: RelationKind, _ holder: Subject) -> FamilyRelation {
        FamilyRelation(
            holder: holder, kind: kind, from: day("2026-03-02"), municipality: "1780", concerns: [.kommun(1780)])
    }

    @Test func `an officer's approval closes the case, once`() throws {
        var desk = try approved()
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.awaitingCitizen, .closed])
        try desk.feed(report(man), about: child, from: .kommun(1780), id: id(3))
        #expect(try desk.published(MunicipalCaseStatus.self).count == 2)
    }

    @Test func `the board takes back what it has approved, and invites when the register tells anew`() throws {
        var desk = try approved()
        try desk.feed(
            Annulled<ParenthoodReport>(reasonCode: "error"), about: child, from: .kommun(1780), change: .annulled,
            previous: id(2))
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).count == 1)
        #expect(try desk.published(Annulled<ParenthoodReport>.self).isEmpty)
        #expect(try desk.tiles().suffix(2).map(\.data.code) == [.corrected, .corrected])
        #expect(try desk.tiles().suffix(2).map(\.subject) == [mother, man])
        try desk.feed(alert, about: child, from: .skatteverket, id: id(4))
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.state == .awaitingCitizen)
    }

    @Test func `a fatherhood that the register annuls annuls the board's report, where it rests on it`() throws {
        var desk = try approved()
        for (number, kind, holder) in [(5, .parenthood, man), (6, .parenthood, mother), (7, .custody, man)]
            as [(UInt64, RelationKind, Subject)]
        { try desk.feed(relation(kind, holder), about: child, from: .skatteverket, id: id(number)) }
        for previous in [6, 7] as [UInt64] {
            try desk.feed(
                Annulled<FamilyRelation>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
                previous: id(previous))
        }
        #expect(try desk.published(Annulled<ParenthoodReport>.self).isEmpty)
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
            previous: id(5))
        #expect(try desk.published(Annulled<ParenthoodReport>.self).map(\.previous) == [id(2)])
        #expect(try desk.tiles().last?.subject == man && desk.tiles().last?.data.code == .corrected)
    }

    @Test func `who the board says is parent instead is not undone with the first`() throws {
        var desk = try approved()
        try desk.feed(relation(.parenthood, man), about: child, from: .skatteverket, id: id(5))
        try desk.feed(
            report(Self.key("other")), about: child, from: .kommun(1780), id: id(8), change: .corrected,
            previous: id(2))
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
            previous: id(5))
        #expect(try desk.published(Annulled<ParenthoodReport>.self).isEmpty)
    }

    @Test func `what was approved before the birth and is taken back may be confirmed anew`() throws {
        var desk = Harness(KommunFamilyLaw(), playing: .kommun(1780), now: Stockholm.instant(day("2026-01-19")))
        func confirm() throws {
            for person in [man, mother] {
                try desk.feed(
                    MunicipalParenthoodConfirmation(
                        filedBy: person, municipality: "1780", mother: mother, otherParent: man, jointCustody: false,
                        expectedDate: day("2026-03-05")), about: mother, from: .citizen)
            }
        }
        try confirm()
        try confirm()
        let approved = try #require(try desk.published(ParenthoodReport.self).last)
        #expect(try desk.published(ParenthoodReport.self).count == 1)
        try desk.feed(
            Annulled<ParenthoodReport>(reasonCode: "error"), about: mother, from: .kommun(1780), change: .annulled,
            previous: approved.id)
        #expect(try desk.tiles().suffix(2).map(\.data.code) == [.corrected, .corrected])
        try confirm()
        #expect(try desk.published(ParenthoodReport.self).count == 2)
    }
}
