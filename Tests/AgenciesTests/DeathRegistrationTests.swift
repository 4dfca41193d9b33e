import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A death is registered, told, proved; the dead are buried.
/// rules: D1, D2, D3, D4, D5
@Suite struct DeathRegistrationTests {
    let dead = Subject(seed: 1, scenario: "d", case: "", name: "X")
    let widow = Subject(seed: 1, scenario: "d", case: "", name: "Y")
    let bureau = AgencyID(owner: .begravningsbyra, number: 1)!

    func day(_ text: String) -> Day { Day(text)! }

    func entry(_ birth: String, spouse: Subject, spouseBorn: String) -> RegisterEntry {
        RegisterEntry(
            municipality: "1780", civilStatus: .married, spouse: spouse, spouseSince: day("1971-08-14"),
            birthDate: day(birth),
            related: [RegisteredRelative(person: spouse, birthDate: day(spouseBorn), sharesHome: true)])
    }

    func certificate(_ channel: CertificateChannel = .electronic) -> DeathCertificate {
        DeathCertificate(
            deathDate: day("2026-03-03"), certainty: .exact, signer: "SE-EXAMPLE-0001", channel: channel,
            forensic: false)
    }

    func desk() throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-04"), hour: 9))
        try desk.feed(entry("1944-02-11", spouse: widow, spouseBorn: "1947-10-23"), about: dead)
        try desk.feed(entry("1947-10-23", spouse: dead, spouseBorn: "1944-02-11"), about: widow)
        return desk
    }

    func died() throws -> Harness<Skatteverket> {
        var desk = try desk()
        try desk.feed(certificate(), about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-05"), hour: 8))
        return desk
    }

    func mandate(_ token: String?) -> GrantedMandate {
        GrantedMandate(
            filedBy: widow, kind: .powerOfAttorney, agency: bureau, scope: [.funeral], from: day("2026-03-06"),
            tokenRef: token, concerns: [bureau])
    }

    func need(_ token: String = "token-1") -> FuneralDeathProofNeed {
        FuneralDeathProofNeed(
            caseRef: "c", facts: ["mayAct"], asked: [AgencyID(.skatteverket)], tokenRef: token)
    }

    @Test(arguments: [(CertificateChannel.electronic, "2026-03-05"), (.paper, "2026-03-06")])
    func `D1 and D3: a death is registered after a working day, on paper after two`(
        _ channel: CertificateChannel, _ registered: String
    ) throws {
        var desk = try desk()
        try desk.feed(certificate(channel), about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-20")))
        #expect(try desk.published(Death.self).map { $0.knownOn } == [day(registered)])
        #expect(try desk.published(PublicDeath.self).count == 1)
        #expect(try desk.published(CivilStatusChange.self).map(\.subject) == [widow])
        #expect(try desk.published(GuideToken.self).map(\.data.holder) == [widow])
    }

    @Test func `D2: what the police inquire into is registered by their notice, and buried after their permit`() throws
    {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day("2026-03-06")))
        let notice = PoliceDeathNotice(deathDate: day("2026-03-03"), certainty: .found)
        try desk.feed(notice, about: dead, from: AgencyID(.polisen))
        #expect(try desk.published(Death.self).count == 1)
        try desk.feed(Funeral(state: .ordered, kind: .burial, on: day("2026-03-27")), about: dead, from: bureau)
        try desk.advance(to: Stockholm.instant(day("2026-03-16")))
        #expect(try desk.published(BurialCertificate.self).isEmpty)
        try desk.feed(BurialPermit(permittedOn: day("2026-03-16")), about: dead, from: AgencyID(.polisen))
        try desk.advance(to: Stockholm.instant(day("2026-03-18")))
        #expect(try desk.published(BurialCertificate.self).map(\.data.addressee) == [bureau])
    }

    @Test func `D4: a month without a funeral is told to the municipality, one that was held is not`() throws {
        var late = try died()
        var held = try died()
        try held.feed(Funeral(state: .held, kind: .burial, on: day("2026-03-20")), about: dead, from: bureau)
        try late.advance(to: Stockholm.instant(day("2026-04-30")))
        try held.advance(to: Stockholm.instant(day("2026-04-30")))
        let overdue = try #require(try late.published(BurialOverdue.self).first)
        // The 3rd of April 2026 is Good Friday.
        #expect(overdue.data.lastDay == day("2026-04-07") && overdue.knownOn == day("2026-04-08"))
        #expect(try held.published(BurialOverdue.self).isEmpty)
    }

    @Test func `D5: a token proves the death to who has a mandate, and to nobody else`() throws {
        var desk = try died()
        let purpose = Purpose(known: "estate-administration")
        try desk.feed(need(), about: dead, from: bureau, purpose: purpose)
        #expect(try desk.published(DeathProofAnswer.self).last?.data.mayAct == false)
        try desk.feed(mandate("token-1"), about: dead, from: .citizen)
        try desk.feed(need(), about: dead, from: bureau, purpose: purpose)
        #expect(try desk.published(DeathProofAnswer.self).last?.data.mayAct == true)
        let bank = AgencyID(owner: .bank, number: 1)!
        try desk.feed(need(), about: dead, from: bank, purpose: purpose)
        #expect(try desk.published(DeathProofAnswer.self).last?.data.mayAct == false)
    }

    @Test func `a need of a wrong purpose, of no death or of no token is refused with its reason`() throws {
        var desk = try died()
        try desk.feed(need(), about: dead, from: bureau, purpose: Purpose(known: "marketing"))
        try desk.feed(need(), about: dead, from: bureau)
        try desk.feed(need("token-9"), about: dead, from: bureau, purpose: Purpose(known: "estate-administration"))
        try desk.feed(need(), about: widow, from: bureau, purpose: Purpose(known: "estate-administration"))
        let answers = try desk.published(DeathProofAnswer.self).map(\.data)
        #expect(answers.map(\.refusal) == [.wrongPurpose, .wrongPurpose, .noOpenCase, .noOpenCase])
        #expect(answers.allSatisfy { $0.deathDate == nil && $0.mayAct == nil })
        try desk.advance(to: Stockholm.instant(day("2026-09-02")))
        try desk.feed(need(), about: dead, from: bureau, purpose: Purpose(known: "estate-administration"))
        #expect(try desk.published(DeathProofAnswer.self).last?.data.refusal == .noOpenCase)
    }

    @Test func `who survives is told for the pension alone`() throws {
        var desk = try died()
        let need = SurvivorsNeed(caseRef: "s", facts: ["persons"], asked: [AgencyID(.skatteverket)])
        let asker = AgencyID(.pensionsmyndigheten)
        try desk.feed(need, about: dead, from: asker, purpose: Purpose(known: "survivors-pension"))
        let answer = try #require(try desk.published(SurvivorsAnswer.self).last)
        #expect(answer.purpose == Purpose(known: "survivors-pension") && answer.data.asker == asker)
        #expect(
            answer.data.persons == [
                Survivor(
                    person: widow, role: .spouse, since: day("1971-08-14"), birthDate: day("1947-10-23"),
                    commonChild: false, sameAddress: true)
            ])
        try desk.feed(need, about: dead, from: asker, purpose: Purpose(known: "old-age-pension"))
        #expect(try desk.published(SurvivorsAnswer.self).last?.data.refusal == .wrongPurpose)
    }

    @Test func `an annulled death takes back all that was said of it, once`() throws {
        var desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        for _ in 1...2 {
            try desk.feed(Annulled<Death>(reasonCode: "error"), about: dead, change: .annulled, previous: death.id)
        }
        #expect(try desk.published(Annulled<CivilStatusChange>.self).map(\.subject) == [widow])
        #expect(try desk.published(Annulled<PublicDeath>.self).count == 1)
        #expect(try desk.published(Annulled<GuideToken>.self).count == 1)
        #expect(try desk.tiles().suffix(2).map(\.data.code) == [.corrected, .corrected])
        try desk.advance(to: Stockholm.instant(day("2026-05-01")))
        #expect(try desk.published(BurialOverdue.self).isEmpty)
    }

    @Test func `a certificate from an unknown signer publishes nothing until a known one signs`() throws {
        var desk = try desk()
        var forged = certificate(.paper)
        forged.signer = "Dr Nobody"
        try desk.feed(forged, about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(desk.messages.isEmpty)
        try desk.feed(certificate(), about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-04-03")))
        #expect(try desk.published(Death.self).count == 1)
    }
}
