import Contracts
import LifeEvents
import Testing

/// What must not flow around financial aid (financial-aid.md 7), by the shipped contracts: fact by fact, who alone is told.
@Suite struct AidSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bank/bank", "begravningsbyra/begravningsbyra",
        "bolagsverket/bolagsverket", "csn/csn", "forsakringskassan/forsakringskassan",
        "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard", "kammarkollegiet/kammarkollegiet",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt", "kommun/forskola", "kommun/overformyndare",
        "migrationsverket/migrationsverket", "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen",
        "region/region", "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing",
        "ssbtek/ssbtek", "tingsratten/tingsratten", "transportstyrelsen/transportstyrelsen",
    ]

    private static let sources = [
        "akassa", "arbetsformedlingen", "csn", "forsakringskassan", "migrationsverket", "pensionsmyndigheten",
        "skatteverket", "transportstyrelsen",
    ]

    @Test(
        arguments: [
            // That there is an application, who signs, what has changed, what is appealed.
            ("kommun.filing.aid-application.v1", ["kommun/bistand"]),
            ("kommun.filing.aid-signature.v1", ["kommun/bistand"]),
            ("kommun.filing.aid-completion.v1", ["kommun/bistand"]),
            ("kommun.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
            // The sum, and what a caseworker or the committee has found.
            ("kommun.payment.v1", ["kommun/bistand"]),
            ("kommun.internal.aid-note.v1", ["kommun/bistand"]),
            ("kommun.internal.aid-repaid.v1", ["kommun/bistand"]),
            ("kommun.internal.committee-item.v1", ["kommun/bistand"]),
            ("kommun.internal.committee-decision.v1", ["kommun/bistand"]),
            // Who is asked: the sources hear only what they are asked themselves.
            ("kommun.need.aid-income.v1", ["ssbtek/ssbtek"]),
            ("ssbtek.answer.aid-income.v1", ["kommun/bistand"]),
            // A month, with consent; what was paid, after a claim.
            ("kommun.need.aid-month.v1", ["kommun/bistand"]),
            ("kommun.answer.aid-month.v1", ["kommun/bistand"]),
            ("kommun.answer.aid-paid.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.need.aid-paid.v1", ["kommun/bistand"]),
            ("kommun.retroactive-claim.v1", ["forsakringskassan/forsakringskassan", "kommun/bistand"]),
            // Wages stay with the branch that they are declared to.
            ("skatteverket.internal.income-account.v1", ["skatteverket/beskattning"]),
        ] as [(String, [String])])
    func `a fact of a case of aid is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test func `a source's answer is told to the query service alone`() throws {
        for source in Self.sources {
            let told = try Self.parties.filter {
                try AccessRightsTests.right("\(source).answer.aid-income.v1", $0).isGranted
            }
            #expect(told == ["ssbtek/ssbtek"], "\(source)")
        }
    }

    @Test func `a source is offered what it is asked itself, and learns of no other`() throws {
        for party in Self.parties {
            let right = try AccessRightsTests.right("ssbtek.need.aid-income.v1", party)
            let isSource = Self.sources.contains { party.hasPrefix("\($0)/") } && !party.hasSuffix("folkbokforing")
            let mayHear = isSource && party != "skatteverket/dodsbo"
            #expect(right.isGranted == mayHear, "\(party)")
            if mayHear { #expect(right.offer == .concerned, "\(party)") }
        }
    }

    @Test func `the query service hears whether a case is open, and neither month nor applicant`() throws {
        let right = try AccessRightsTests.right("kommun.case-status.v1", "ssbtek/ssbtek")
        #expect(right.isGranted)
        #expect(right.hiddenFields.contains("month") && right.hiddenFields.contains("applicant"))
        let told = try Self.parties.filter { try AccessRightsTests.right("kommun.case-status.v1", $0).isGranted }
        #expect(
            told.filter { !["kommun/familjeratt", "kommun/forskola", "kommun/aldreomsorg"].contains($0) }
                == ["kommun/bistand", "ssbtek/ssbtek"])
    }

    @Test func `what is paid is told to a municipality only where it is the payee`() throws {
        let right = try AccessRightsTests.right("forsakringskassan.payment.v1", "kommun/bistand")
        #expect(right.isGranted && right.offer == .concerned)
        #expect(try !AccessRightsTests.right("forsakringskassan.payment.v1", "kommun/forskola").isGranted)
        #expect(try !AccessRightsTests.right("forsakringskassan.benefit-decision.v1", "kommun/bistand").isGranted)
        #expect(try !AccessRightsTests.right("forsakringskassan.case-status.v1", "kommun/bistand").isGranted)
    }

    @Test func `financial aid hears of no births, and of moves and deaths in its municipality alone`() throws {
        #expect(try !AccessRightsTests.right("skatteverket.birth.v1", "kommun/bistand").isGranted)
        #expect(try AccessRightsTests.right("skatteverket.move.v1", "kommun/bistand").offer == .concerned)
        #expect(try AccessRightsTests.right("skatteverket.death.v1", "kommun/bistand").offer == .concerned)
        #expect(
            try AccessRightsTests.right("skatteverket.move.v1", "kommun/bistand").hiddenFields.contains("addressRef"))
    }

    @Test func `no source can say a reason, a diagnosis, a ground or a country`() throws {
        // The whole of what a source may say of a person.
        let fact = AidFact(
            fact: .permit, benefit: .sicknessBenefit, amount: 1, month: nil, paidOn: nil, from: nil, to: nil)
        #expect(
            Mirror(reflecting: fact).children.compactMap(\.label)
                == ["fact", "benefit", "amount", "month", "paidOn", "from", "to"])
    }
}
