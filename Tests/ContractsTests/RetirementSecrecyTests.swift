import Contracts
import LifeEvents
import Testing

/// What must not flow around retirement (retirement.md 7), by the shipped contracts: type by type, who alone is told it.
@Suite struct RetirementSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "arbetsgivare/arbetsgivare", "bank/bank", "csn/csn",
        "eessi/eessi", "forsakringskassan/forsakringskassan", "forvaltningsratten/forvaltningsratten",
        "hyresvard/hyresvard", "kommun/aldreomsorg", "kommun/bistand", "kommun/overformyndare",
        "migrationsverket/migrationsverket", "pensionsmyndigheten/pensionsmyndigheten", "region/region",
        "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing", "ssbtek/ssbtek",
        "tingsratten/tingsratten", "tjanstepension/tjanstepension", "transportstyrelsen/transportstyrelsen",
    ]
    private static let pensions = "pensionsmyndigheten/pensionsmyndigheten"

    @Test(
        arguments: [
            // Fund choice, survivor cover, assets, rent, which companies, a refusal's review: the agency alone.
            ("pensionsmyndigheten.filing.application.v1", [pensions]),
            ("pensionsmyndigheten.filing.change.v1", [pensions]),
            ("pensionsmyndigheten.filing.completion.v1", [pensions]),
            ("pensionsmyndigheten.filing.review.v1", [pensions]), ("pensionsmyndigheten.filing.appeal.v1", [pensions]),
            ("pensionsmyndigheten.internal.pension-account.v1", [pensions]),
            // Spouses: one case of the agency to another, and nobody else.
            ("pensionsmyndigheten.internal.spouse-income.v1", [pensions]),
            // Amounts: nobody by event.
            ("pensionsmyndigheten.payment.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            // A decision has no amount: who reckons a fee, and a fund that has asked.
            ("pensionsmyndigheten.pension-decision.v1", ["akassa/akassa", "kommun/aldreomsorg", pensions]),
            // Amounts by an answer: to who has a case, and has asked.
            ("pensionsmyndigheten.answer.pension.v1", ["akassa/akassa"]),
            ("pensionsmyndigheten.answer.pension-amount.v1", ["kommun/aldreomsorg"]),
            // What the person says of the own income, for a fee: the municipality's elder care, never the agency.
            ("kommun.filing.care-income.v1", ["kommun/aldreomsorg"]),
            ("akassa.need.pension.v1", [pensions]),
            ("pensionsmyndigheten.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
            // Years: the register is asked, and answers nobody else.
            ("pensionsmyndigheten.need.residence.v1", ["skatteverket/folkbokforing"]),
            ("skatteverket.answer.residence.v1", [pensions]),
            ("skatteverket.pension-income.v1", [pensions]),
            // Sickness: degree and end only, by a need or a decision that names the agency.
            ("pensionsmyndigheten.need.benefits.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.internal.compensation.v1", ["forsakringskassan/forsakringskassan"]),
            // Foreign periods and sums: not municipalities, funds, companies, the Insurance Agency.
            ("pensionsmyndigheten.need.foreign-pension.v1", ["eessi/eessi"]),
            ("pensionsmyndigheten.need.offset.v1", ["eessi/eessi"]),
            ("eessi.answer.foreign-pension.v1", [pensions]), ("eessi.answer.offset.v1", [pensions]),
            // Which companies: each hears of itself alone.
            ("pensionsmyndigheten.need.occupational-pension.v1", ["tjanstepension/tjanstepension"]),
            ("tjanstepension.answer.occupational-pension.v1", [pensions]),
            ("tjanstepension.filing.application.v1", ["tjanstepension/tjanstepension"]),
            ("tjanstepension.internal.customer.v1", ["tjanstepension/tjanstepension"]),
        ] as [(String, [String])])
    func `a fact of retirement is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        ("pensionsmyndigheten.pension-decision.v1", "kommun/aldreomsorg"),
        ("pensionsmyndigheten.pension-decision.v1", "akassa/akassa"),
        ("forsakringskassan.benefit-decision.v1", "pensionsmyndigheten/pensionsmyndigheten"),
        ("forvaltningsratten.decision.v1", "pensionsmyndigheten/pensionsmyndigheten"),
        ("pensionsmyndigheten.need.occupational-pension.v1", "tjanstepension/tjanstepension"),
        ("tjanstepension.filing.application.v1", "tjanstepension/tjanstepension"),
        ("pensionsmyndigheten.need.foreign-pension.v1", "eessi/eessi"),
        ("citizen.consent.v1", "pensionsmyndigheten/pensionsmyndigheten"),
    ])
    func `whom it names is told, and nobody else`(type: String, party: String) throws {
        #expect(try AccessRightsTests.right(type, party).offer == .concerned)
    }

    @Test(
        arguments: [
            // Care, alarm and fee; the death and who survives.
            (
                "kommun.elder-care.v1",
                [
                    "pensionsmyndigheten/pensionsmyndigheten", "tjanstepension/tjanstepension",
                    "forsakringskassan/forsakringskassan", "skatteverket/folkbokforing",
                ]
            ),
            ("skatteverket.death.v1", ["tjanstepension/tjanstepension", "eessi/eessi"]),
            ("skatteverket.answer.survivors.v1", ["tjanstepension/tjanstepension", "eessi/eessi"]),
            ("skatteverket.identity.v1", ["tjanstepension/tjanstepension", "eessi/eessi"]),
            ("skatteverket.answer.capital.v1", ["kommun/aldreomsorg", "tjanstepension/tjanstepension", "eessi/eessi"]),
        ] as [(String, [String])])
    func `a fact of something else does not reach those around a pension`(type: String, parties: [String]) throws {
        for party in parties { #expect(try !AccessRightsTests.right(type, party).isGranted, "\(party)") }
    }

    @Test func `a decision with an amount, and a question for health, break their contracts`() throws {
        let schemas = try TopicSchemas()
        let decision = #"{"kind":"oldAge","outcome":"granted","month":"2026-09","share":100"#
        #expect(try schemas.failures(of: decision + "}", type: PensionDecision.type) == [])
        #expect(try !schemas.failures(of: decision + #","amount":14356}"#, type: PensionDecision.type).isEmpty)
        let need = #"{"caseRef":"old-age","facts":["benefits"],"asked":["forsakringskassan"]"#
        #expect(try schemas.failures(of: need + "}", type: PensionBenefitsNeed.type) == [])
        #expect(try !schemas.failures(of: need + #","diagnosis":true}"#, type: PensionBenefitsNeed.type).isEmpty)
    }
}
