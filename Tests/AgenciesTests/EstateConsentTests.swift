import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A minor's share in an estate: the god man, the chief guardian's consent, the blocked account, the account at the end.
///
/// rules: D12, D30
@Suite struct EstateConsentTests {
    let child = Subject(seed: 1, scenario: "e", case: "", name: "child")
    let dead = Subject(seed: 1, scenario: "e", case: "", name: "dead")
    let mother = Subject(seed: 1, scenario: "e", case: "", name: "mother")
    let kommun = AgencyID.kommun(1780)
    let bank = AgencyID.bank(1)
    let start = Day(year: 2026, month: 3, dayOfMonth: 5)!

    private func notice(_ guardianIsPartner: Bool) -> HeirNotice {
        HeirNotice(dead: dead, role: .heir, guardianIsPartner: guardianIsPartner, municipality: "1780")
    }

    private func desk(guardianIsPartner: Bool) throws -> Harness<KommunGuardians> {
        var desk = Harness(KommunGuardians(), playing: kommun, now: Stockholm.instant(start, hour: 8))
        try desk.feed(
            FamilyRelation(
                holder: mother, kind: .custody, from: start, municipality: "1780", concerns: [kommun]), about: child,
            from: AgencyID(.skatteverket))
        try desk.feed(
            notice(guardianIsPartner), about: child, from: AgencyID(.skatteverket), id: .custom(hash: (7, 7)))
        return desk
    }

    private func request(_ amount: Int?, by filer: Subject) -> ConsentRequest {
        ConsentRequest(filedBy: filer, municipality: "1780", act: .estateDivision, amount: amount, addressee: bank)
    }

    @Test(arguments: [(true, 1), (false, 0)]) func `a god man is found where the guardian is partner too`(
        _ guardianIsPartner: Bool, _ appointed: Int
    ) throws {
        var desk = try desk(guardianIsPartner: guardianIsPartner)
        try desk.advance(to: Stockholm.instant(start.adding(days: 40)))
        #expect(try desk.published(Guardianship.self).count == appointed)
        // Fifteen working days.
        if appointed == 1 {
            #expect(
                try desk.published(Guardianship.self).map(\.knownOn) == [Day(year: 2026, month: 3, dayOfMonth: 26)!])
        }
    }

    @Test func `a guardian without a share asks, and the chief guardian consents within ten working days`() throws {
        var desk = try desk(guardianIsPartner: false)
        #expect(
            try desk.feed(request(100_000, by: dead), about: child).contains {
                $0.outcome.sentences.contains("is filed by who acts for the minor or the principal")
            })
        try desk.feed(request(100_000, by: mother), about: child)
        try desk.advance(to: Stockholm.instant(start.adding(days: 30)))
        let consent = try #require(try desk.published(GuardianConsent.self).first)
        #expect(consent.data.addressee == bank && consent.data.amount == 100_000 && consent.data.outcome == .granted)
        #expect(consent.knownOn == Day(year: 2026, month: 3, dayOfMonth: 19)!)
    }

    @Test func `nothing is divided of the estate of one who lives`() throws {
        var desk = try desk(guardianIsPartner: false)
        try desk.feed(request(100_000, by: mother), about: child)
        try desk.feed(
            Annulled<HeirNotice>(reasonCode: "error"), about: child, change: .annulled,
            previous: .custom(hash: (7, 7)))
        try desk.advance(to: Stockholm.instant(start.adding(days: 30)))
        #expect(try desk.published(GuardianConsent.self).isEmpty)
        #expect(try desk.tiles().last?.data.code == .corrected)
    }

    @Test(arguments: [(59_200, false), (59_201, true)])
    func `more than a price base amount is blocked, and freed by consent alone`(_ amount: Int, _ isBlocked: Bool) throws
    {
        var desk = Harness(Bank(), playing: bank, now: Stockholm.instant(start, hour: 8))
        func consent(_ act: GuardianAct, _ amount: Int) -> GuardianConsent {
            GuardianConsent(addressee: bank, act: act, amount: amount, outcome: .granted)
        }
        let division = try desk.feed(consent(.estateDivision, amount), about: child, from: kommun)
        #expect(division.contains { $0.outcome == .handled } == isBlocked)
        #expect(
            try desk.feed(consent(.withdrawal, amount), about: child, from: kommun).contains { $0.outcome == .handled }
                == isBlocked)
        // Nothing is left.
        #expect(
            try desk.feed(consent(.withdrawal, 1), about: child, from: kommun).flatMap(\.outcome.sentences)
                .contains("is of money that is blocked"))
    }
}
