import Contracts
import LifeEvents
import Testing

/// What must not flow around unemployment (unemployment.md 7), by the shipped contracts: type by type, who alone is told it.
@Suite struct UnemploymentSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "arbetsgivare/arbetsgivare", "bank/bank", "csn/csn",
        "forsakringskassan/forsakringskassan", "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/forskola", "kommun/overformyndare",
        "migrationsverket/migrationsverket", "pensionsmyndigheten/pensionsmyndigheten", "region/region",
        "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing", "ssbtek/ssbtek",
        "tingsratten/tingsratten", "transportstyrelsen/transportstyrelsen",
    ]

    @Test(
        arguments: [
            // Why the job ended, misconduct, severance: the fund that asked.
            ("arbetsgivare.answer.employment.v1", ["akassa/akassa"]),
            ("akassa.filing.application.v1", ["akassa/akassa"]),
            // The claim itself: an employer of the claim is asked, and nobody else hears that there is one.
            ("akassa.need.employment.v1", ["arbetsgivare/arbetsgivare"]),
            ("akassa.need.income.v1", ["skatteverket/beskattning"]),
            ("akassa.need.job-seeker.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("akassa.need.benefits.v1", ["forsakringskassan/forsakringskassan"]),
            ("akassa.filing.month.v1", ["akassa/akassa"]),
            ("akassa.payment.v1", ["akassa/akassa"]),
            // Membership and its dates.
            ("akassa.internal.membership.v1", ["akassa/akassa"]),
            ("akassa.internal.signatory-asked.v1", ["akassa/akassa"]),
            ("akassa.internal.signatory.v1", ["akassa/akassa"]),
            // Income and payers.
            ("skatteverket.answer.income.v1", ["akassa/akassa", "forsakringskassan/forsakringskassan"]),
            ("skatteverket.monthly-income.v1", ["akassa/akassa"]),
            ("skatteverket.internal.income-account.v1", ["skatteverket/beskattning"]),
            ("skatteverket.filing.employer-declaration.v1", ["skatteverket/beskattning"]),
            // Health: what the fund has asked, by days and degree.
            ("forsakringskassan.answer.benefits.v1", ["akassa/akassa", "pensionsmyndigheten/pensionsmyndigheten"]),
            // The Pensions Agency is told of sickness compensation alone, and only where it is named.
            (
                "forsakringskassan.benefit-decision.v1",
                [
                    "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "forsakringskassan/forsakringskassan",
                    "pensionsmyndigheten/pensionsmyndigheten",
                ]
            ),
            // Explanations, notes, jobs that were sought.
            ("akassa.filing.explanation.v1", ["akassa/akassa"]),
            ("akassa.filing.review.v1", ["akassa/akassa"]),
            ("akassa.filing.appeal.v1", ["akassa/akassa"]),
            ("akassa.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
            ("arbetsformedlingen.filing.registration.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.filing.plan.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.filing.activity-report.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.deviation-notice.v1", ["akassa/akassa"]),
            ("arbetsformedlingen.answer.job-seeker.v1", ["akassa/akassa", "forsakringskassan/forsakringskassan"]),
            ("arbetsformedlingen.registration.v1", ["akassa/akassa", "arbetsformedlingen/arbetsformedlingen"]),
            // A programme is told to who pays; days without a grant, and the ladder there, to Försäkringskassan alone.
            ("arbetsformedlingen.programme.v1", ["akassa/akassa", "forsakringskassan/forsakringskassan"]),
            ("arbetsformedlingen.programme.absence.v1", ["forsakringskassan/forsakringskassan"]),
            ("arbetsformedlingen.sanction.v1", ["forsakringskassan/forsakringskassan"]),
            ("arbetsformedlingen.filing.sick-report.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.internal.missed-activity.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("forsakringskassan.need.unemployment-insurance.v1", ["akassa/akassa"]),
            ("akassa.answer.unemployment-insurance.v1", ["forsakringskassan/forsakringskassan"]),
            // What a member had with another fund, and what was claimed back: a fund's alone, no police, nobody who pays.
            ("akassa.answer.other-fund.v1", ["akassa/akassa"]), ("akassa.need.other-fund.v1", ["akassa/akassa"]),
            ("akassa.internal.control.v1", ["akassa/akassa"]), ("akassa.recovery.v1", []),
            ("akassa.need.death-proof.v1", ["skatteverket/folkbokforing"]),
            // A sanction: neither Försäkringskassan, the pensions agency nor a municipality.
            ("akassa.benefit-decision.v1", ["akassa/akassa", "arbetsformedlingen/arbetsformedlingen"]),
        ] as [(String, [String])])
    func `a fact of unemployment is told to who needs it, and to nobody else`(
        type: String, readers: [String]
    ) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        ("arbetsformedlingen.registration.v1", "akassa/akassa"),
        ("arbetsformedlingen.deviation-notice.v1", "akassa/akassa"),
        ("skatteverket.monthly-income.v1", "akassa/akassa"), ("skatteverket.answer.income.v1", "akassa/akassa"),
        ("forsakringskassan.benefit-decision.v1", "akassa/akassa"),
        ("arbetsgivare.answer.employment.v1", "akassa/akassa"),
        ("akassa.benefit-decision.v1", "arbetsformedlingen/arbetsformedlingen"),
        ("citizen.mandate.v1", "akassa/akassa"),
    ])
    func `what it names is told to a fund, and no more`(type: String, party: String) throws {
        #expect(try AccessRightsTests.right(type, party).offer == .concerned)
    }

    @Test func `address, family and move are told to no fund, a death to one that has a case`() throws {
        for type in [
            "skatteverket.register-entry.v1", "skatteverket.move.v1", "skatteverket.family-relation.v1",
            "skatteverket.deregistration.v1", "kommun.payment.v1",
        ] {
            #expect(try !AccessRightsTests.right(type, "akassa/akassa").isGranted, "\(type)")
        }
        let death = try AccessRightsTests.right("skatteverket.death.v1", "akassa/akassa")
        #expect(death.offer == .caseHolder)
        #expect(death.hiddenFields.contains("hasSpouse") && death.hiddenFields.contains("municipality"))
    }
}
