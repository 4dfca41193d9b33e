import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Elder care from hospital to home: days, fees, who may act, and what two branches and a region make of it.
@Suite struct ElderCareTests {
    let mother = Subject(seed: 1, scenario: "s", case: "c", name: "mother")
    let daughter = Subject(seed: 1, scenario: "s", case: "c", name: "daughter")
    let godMan = Subject(seed: 1, scenario: "s", case: "c", name: "godMan")
    let home: AgencyID = .kommun(1780)

    // rules: E3
    @Test(
        arguments: [
            ("2026-02-09T09:30:00.000Z", "2026-02-12"), ("2026-02-09T11:00:00.000Z", "2026-02-12"),
            ("2026-02-09T11:01:00.000Z", "2026-02-13"), ("2026-02-09T22:59:00.000Z", "2026-02-13"),
        ])
    func `a municipality pays from the third day, after noon from the fourth`(ready: String, first: String) throws {
        let instant = try #require(Instant(ready))
        #expect(ElderCareRules.firstPaidDay(readyAt: instant, RuleValues()) == Day(first))
    }

    // rules: E11, E22
    @Test(
        arguments: [
            (15_500, 0, 0), (15_500, 5_115, 2_660), (15_500, 296, 0), (15_500, 297, 1), (15_500, 2_956, 2_660),
            (0, 0, 0), (40_000, 0, 2_660),
        ])
    func `a fee leaves what is to be kept, and has a ceiling`(pension: Int, supplement: Int, fee: Int) throws {
        let day = try #require(Day("2026-04-01"))
        #expect(ElderCareRules.fee(oldAge: pension, supplement: supplement, on: day, RuleValues()) == fee)
    }

    // rules: E12
    @Test(
        arguments: [
            (6_400, 15_500, 0, 5_115), (3_000, 0, 0, 3_840), (5_000, 0, 0, 5_640), (7_000, 0, 0, 7_040),
            (7_500, 0, 0, 7_290), (9_000, 0, 0, 7_290), (6_400, 40_000, 0, 0), (6_400, 15_500, 12_000, 4_495),
        ])
    func `a housing supplement follows rent and pension`(rent: Int, pension: Int, capital: Int, amount: Int) throws {
        let day = try #require(Day("2026-03-23"))
        #expect(
            SupplementRules.monthly(rent: rent, pension: pension, capital: capital, on: day, RuleValues()) == amount)
    }

    @Test(arguments: [("2026-01-01", "2026-03-31", "2026-Q1"), ("2026-09-30", "2026-09-30", "2026-Q3")])
    func `a quarter has its last day and its name`(day: String, end: String, name: String) throws {
        let day = try #require(Day(day))
        #expect(ElderCareRules.quarterEnd(of: day) == Day(end))
        #expect(ElderCareRules.quarter(of: day) == name)
    }

    func mandate(_ kind: MandateKind, by filer: Subject, level: MandateLevel? = .act) -> GrantedMandate {
        GrantedMandate(
            filedBy: filer, kind: kind, holder: daughter, level: level, scope: [.elderCare], from: Day("2026-02-04")!,
            concerns: [home])
    }

    func desk(_ day: String = "2026-02-04") -> Harness<KommunElderCare> {
        Harness(KommunElderCare(), playing: home, now: Stockholm.instant(Day(day)!, hour: 8))
    }

    func application(by filer: Subject) -> MunicipalApplication {
        MunicipalApplication(
            filedBy: filer, municipality: "1780", service: .elderCare, wantedFrom: Day("2026-02-05")!,
            care: [.residentialCare])
    }

    // rules: E16
    @Test func `a power of attorney for the future lets its holder act once the holder has declared it in force`()
        throws
    {
        var desk = desk()
        try desk.feed(
            mandate(.futurePowerOfAttorney, by: mother), about: mother, from: AgencyID(.citizen), id: id(1))
        #expect(try desk.tiles().isEmpty)
        let refused = try desk.feed(application(by: daughter), about: mother).map(\.outcome)
        #expect(refused.contains { $0.sentences.contains { $0.contains("with a mandate") } })
        // A stranger declares nothing.
        try desk.feed(
            mandate(.futurePowerOfAttorney, by: godMan), about: mother, from: AgencyID(.citizen), id: id(2),
            change: .corrected, previous: id(1))
        #expect(try desk.tiles().filter { $0.data.code == .informed }.isEmpty)
        try desk.feed(
            mandate(.futurePowerOfAttorney, by: daughter), about: mother, from: AgencyID(.citizen), id: id(3),
            change: .corrected, previous: id(1))
        #expect(try desk.tiles().last { $0.subject == daughter }?.data.text.hasPrefix("Framtidsfullmakten") == true)
        try desk.feed(application(by: daughter), about: mother)
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.investigating])
    }

    @Test(arguments: [true, false])
    func `a plan is kept only with consent`(consents: Bool) throws {
        var desk = desk()
        let region: AgencyID = .region(17)
        if consents {
            try desk.feed(
                Consent(filedBy: mother, holder: region, recipients: [home], scope: .careNeeds), about: mother,
                from: AgencyID(.citizen))
        }
        let plan = CarePlan(municipality: "1780", state: .agreed, needAreas: [.meals])
        let outcomes = try desk.feed(plan, about: mother, from: region).map(\.outcome)
        #expect(outcomes.contains(.handled) == consents)
    }

    // rules: E15
    @Test(
        arguments: [(true, true, nil), (false, true, .noConsent), (true, false, .wrongPurpose)]
            as [(Bool, Bool, AnswerRefusal?)])
    func `what is paid is told for the fee alone, and with consent`(
        consents: Bool, purpose: Bool, refusal: AnswerRefusal?
    )
        throws
    {
        var desk = Harness(Pensionsmyndigheten(), now: Stockholm.instant(Day("2026-02-13")!, hour: 8))
        try desk.feed(
            PensionDecision(kind: .oldAge, outcome: .granted, month: Month("2007-06")!, share: 100), about: mother)
        try desk.feed(PensionAccount(monthlyPension: 15_500), about: mother)
        if consents {
            try desk.feed(
                Consent(
                    filedBy: mother, holder: AgencyID(.pensionsmyndigheten), recipients: [home], scope: .careFee),
                about: mother, from: AgencyID(.citizen))
        }
        try desk.feed(
            PensionAmountNeed(
                caseRef: "care-fee", facts: ["oldAge"], asked: [AgencyID(.pensionsmyndigheten)],
                month: Month("2026-02")!), about: mother, from: home,
            purpose: purpose ? KommunElderCare.feePurpose : KommunElderCare.moving)
        let answer = try #require(try desk.published(PensionAmountAnswer.self).last)
        #expect(answer.data.refusal == refusal)
        #expect(answer.data.oldAge == (refusal == nil ? 15_500 : nil))
    }

    @Test func `IVO reads reports and says nothing`() throws {
        var desk = Harness(Ivo(), now: Stockholm.instant(Day("2026-09-30")!, hour: 8))
        func report(_ state: OverdueState, _ quarter: String) -> OverdueCare {
            OverdueCare(
                municipality: "1780", service: .residentialCare, decidedOn: Day("2026-05-20")!, state: state,
                reason: .noPlace, quarter: quarter)
        }
        try desk.feed(report(.overdue, "2026-Q3"), about: mother, from: home)
        try desk.feed(report(.overdue, "2026-Q4"), about: mother, from: home)
        try desk.feed(report(.executed, "2027-Q1"), about: mother, from: home)
        #expect(desk.messages.isEmpty)
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
