import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A company at the agencies, apart from the journeys.
@Suite struct CompanyTests {
    let firm = Subject(seed: 1, scenario: "company", case: "", name: "firm")
    let ann = Subject(seed: 1, scenario: "company", case: "", name: "ann")
    let bo = Subject(seed: 1, scenario: "company", case: "", name: "bo")

    func day(_ text: String) -> Day { Day(text)! }

    func filing(names: [String] = ["Fiktiva Köket AB"], signatories: [[Subject]]? = nil) -> CompanyFiling {
        CompanyFiling(
            filedBy: ann, form: .partnership, names: names, seat: "1780", sni: ["56100"], shareCapital: 0,
            formedOn: day("2026-01-12"), founders: [ann], officers: [BoardSeat(person: ann, role: .ceo)],
            signatories: signatories ?? [[ann]], feePaid: true, addressRef: "a")
    }

    @Test func `the first acceptable name is taken unasked (C4)`() throws {
        var desk = Harness(Bolagsverket(), now: Stockholm.instant(day("2026-01-12"), hour: 9))
        try desk.feed(
            filing(names: ["Fiktiva Krogen i Hamnen", "FIKTIVA KROGEN I HAMNEN AB", "Fiktiva Köket HB"]), about: firm,
            from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-01-19"), hour: 12))
        let company = try #require(try desk.published(Company.self).last)
        #expect(company.data.state == .registered && company.data.name == "Fiktiva Krogen i Hamnen")
    }

    @Test(arguments: [
        ("Fiktiva Krogen i Hamnen AB", true), ("fiktiva krogen  i hamnen, ab", true), ("Fiktiva Krogen AB", false),
        ("", false),
    ])
    func `a name is confusable that differs in case, spaces and signs alone`(name: String, isConfusable: Bool) {
        #expect(BolagsverketRules.isConfusable(name) == isConfusable)
    }

    @Test func `who signs only together signs nothing alone, and a trustee alone acts`() {
        var signatories = Signatories()
        var company = Company(
            state: .registered, form: .limitedCompany, municipality: "1780", sni: [],
            officers: [BoardSeat(person: ann, role: .chair), BoardSeat(person: bo, role: .deputy)],
            signatories: [[ann, bo]])
        signatories.take(company)
        #expect(!signatories.signsAlone(ann) && signatories.isOnBoard(ann) && !signatories.isOnBoard(bo))
        company.signatories = [[ann, bo], [ann]]
        signatories.take(company)
        #expect(signatories.signsAlone(ann) && !signatories.signsAlone(bo))
        signatories.appoint(bo)
        #expect(!signatories.signsAlone(ann) && signatories.signsAlone(bo) && !signatories.isOnBoard(ann))
        signatories.appoint(nil)
        #expect(signatories.signsAlone(ann))
    }

    @Test func `a mandate ends with its last day`() throws {
        let granted = GrantedMandate(
            filedBy: ann, kind: .powerOfAttorney, holder: bo, scope: [.taxRegistration], from: day("2026-01-12"),
            until: day("2026-02-01"), concerns: [AgencyID(.skatteverket)])
        var desk = Harness(SkatteverketTaxation(), now: Stockholm.instant(day("2026-01-12"), hour: 9))
        let company = Company(
            state: .registered, form: .limitedCompany, municipality: "1780", sni: [],
            officers: [BoardSeat(person: ann, role: .chair)], signatories: [[ann]])
        try desk.feed(company, about: firm, from: AgencyID(.bolagsverket))
        try desk.feed(granted, about: firm, from: .citizen)
        let application = TaxRegistrationFiling(
            filedBy: bo, form: .limitedCompany, kinds: [.vat], expectedTurnover: 0)
        try desk.advance(to: Stockholm.instant(day("2026-02-02"), hour: 9))
        #expect(try desk.feed(application, about: firm, from: .citizen).contains { $0.outcome.isRefusal })
        #expect(try desk.published(TaxRegistration.self).isEmpty)
    }

    @Test(arguments: [
        ("2024-12-31", 80_001, true), ("2024-12-31", 80_000, false), ("2025-01-01", 120_000, false),
        ("2025-01-01", 120_001, true), ("2022-06-30", 30_001, true),
    ])
    func `VAT has to be asked for above the limit of the day (C11)`(date: String, turnover: Int, isRefused: Bool) throws
    {
        var desk = Harness(SkatteverketTaxation(), now: Stockholm.instant(day(date), hour: 9))
        let outcomes = try desk.feed(
            TaxRegistrationFiling(filedBy: ann, form: .soleTrader, kinds: [.fTax], expectedTurnover: turnover),
            about: firm, from: .citizen)
        #expect(outcomes.contains { $0.outcome.isRefusal } == isRefused)
    }

    @Test func `benefit is claimed back for the working days after its last`() {
        var benefit = AkassaCase.Benefit()
        benefit.paid = [
            .init(from: day("2026-01-19"), to: day("2026-01-23"), amount: 5_000),
            .init(from: day("2026-01-26"), to: day("2026-02-01"), amount: 5_000),
        ]
        #expect(benefit.overpaid(after: day("2026-02-01")) == nil)
        let sum = benefit.overpaid(after: day("2026-01-27"))
        #expect(sum?.amount == 3_000 && sum?.from == day("2026-01-28") && sum?.to == day("2026-02-01"))
        #expect(benefit.overpaid(after: day("2026-01-18"))?.amount == 10_000)
        // A week-end alone is paid for with nothing.
        #expect(benefit.overpaid(after: day("2026-01-30")) == nil)
    }
}

extension RiverOutcome {
    /// Whether the event was the river's and not whole.
    fileprivate var isRefusal: Bool { if case .notWhole = self { true } else { false } }
}
