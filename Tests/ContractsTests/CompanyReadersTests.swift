import Contracts
import Foundation
import LifeEvents
import Testing

/// What must not flow when a firm is started (company.md 7): fact by fact, who alone is told it.
@Suite struct CompanyReadersTests {
    /// Every branch that could have wished to know.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bank/bank", "bolagsverket/bolagsverket", "csn/csn",
        "forsakringskassan/forsakringskassan", "hyresvard/hyresvard", "kommun/aldreomsorg", "kommun/bistand",
        "kommun/familjeratt", "kommun/forskola", "kommun/miljo", "kommun/overformyndare", "kommun/tillstand",
        "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen", "region/region", "skatteverket/beskattning",
        "skatteverket/dodsbo", "skatteverket/folkbokforing", "tingsratten/tingsratten",
    ]

    @Test(
        arguments: [
            // The register of companies; who sits on a board is told of each person apart.
            (
                "bolagsverket.company.v1",
                [
                    "bank/bank", "bolagsverket/bolagsverket", "kommun/miljo", "kommun/tillstand",
                    "skatteverket/beskattning",
                ]
            ),
            (
                "bolagsverket.company.role.v1",
                [
                    "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bolagsverket/bolagsverket",
                    "forsakringskassan/forsakringskassan",
                ]
            ),
            // Who owns it: no fund, no benefit agency, nobody else (C9).
            ("bolagsverket.beneficial-owner.v1", ["bank/bank", "kommun/tillstand", "skatteverket/beskattning"]),
            ("bolagsverket.internal.seat.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.company.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.signature.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.completion.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.change.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.objection.v1", ["bolagsverket/bolagsverket"]),
            ("bolagsverket.filing.beneficial-owner.v1", ["bolagsverket/bolagsverket"]),
            // A bank's grounds and account.
            ("bank.share-capital.v1", ["bank/bank", "bolagsverket/bolagsverket"]),
            ("bank.filing.share-capital.v1", ["bank/bank"]),
            // Tax debt and turnover.
            ("skatteverket.internal.tax-arrears.v1", ["skatteverket/beskattning"]),
            ("skatteverket.internal.build-up-query.v1", ["skatteverket/beskattning"]),
            ("skatteverket.filing.tax-registration.v1", ["skatteverket/beskattning"]),
            (
                "skatteverket.tax-registration.v1",
                ["kommun/miljo", "kommun/tillstand", "skatteverket/beskattning"]
            ),
            // Benefit, and the case of a job-seeker.
            ("akassa.benefit-decision.v1", ["akassa/akassa", "arbetsformedlingen/arbetsformedlingen"]),
            ("akassa.payment.v1", ["akassa/akassa"]),
            ("akassa.recovery.v1", []),
            ("akassa.filing.own-company.v1", ["akassa/akassa"]),
            ("arbetsformedlingen.registration.v1", ["akassa/akassa", "arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.filing.exit.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            ("arbetsformedlingen.filing.start-support.v1", ["arbetsformedlingen/arbetsformedlingen"]),
            // Food; serving permits have a suite of their own.
            ("kommun.permit.v1", ["kommun/miljo", "kommun/tillstand", "polisen/polisen", "skatteverket/beskattning"]),
            ("kommun.filing.permit.v1", ["kommun/miljo", "kommun/tillstand"]),
            ("kommun.filing.completion.v1", ["kommun/miljo", "kommun/tillstand"]),
            ("kommun.internal.food-inspection.v1", ["kommun/miljo"]),
            // What Försäkringskassan asks, and hears.
            ("forsakringskassan.need.build-up.v1", ["skatteverket/beskattning"]),
            ("skatteverket.answer.build-up.v1", ["forsakringskassan/forsakringskassan"]),
            ("tingsratten.bankruptcy.v1", ["bolagsverket/bolagsverket", "skatteverket/beskattning"]),
        ] as [(String, [String])])
    func `a fact of a firm is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        #expect(try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted } == readers)
    }

    @Test(arguments: [
        ("bolagsverket.company.role.v1", "akassa/akassa", ReadingRight.Offer.caseHolder),
        ("bolagsverket.company.role.v1", "arbetsformedlingen/arbetsformedlingen", .caseHolder),
        ("bolagsverket.company.v1", "bank/bank", .concerned),
        ("bolagsverket.company.v1", "kommun/miljo", .concerned),
        ("bolagsverket.company.v1", "kommun/tillstand", .concerned),
        ("bolagsverket.beneficial-owner.v1", "bank/bank", .caseHolder),
        ("bolagsverket.beneficial-owner.v1", "kommun/tillstand", .caseHolder),
        ("skatteverket.tax-registration.v1", "kommun/miljo", .caseHolder),
        ("skatteverket.death.v1", "bolagsverket/bolagsverket", .caseHolder),
        ("akassa.benefit-decision.v1", "arbetsformedlingen/arbetsformedlingen", .concerned),
        ("arbetsformedlingen.registration.v1", "akassa/akassa", .concerned),
    ])
    func `roles, owners and deaths are told of those on whom a reader holds a case`(
        type: String, reader: String, offer: ReadingRight.Offer
    ) throws {
        #expect(try AccessRightsTests.right(type, reader).offer == offer)
    }

    @Test func `of a dead officer the company register gets the facts alone`() throws {
        let right = try AccessRightsTests.right("skatteverket.death.v1", "bolagsverket/bolagsverket")
        #expect(right.hiddenFields == ["municipality", "hasSpouse", "hasMinorChildren", "concerns"])
    }

    /// While it is filed the bank alone is told: the others' rows ask for a later state.
    @Test(arguments: ["skatteverket/beskattning", "kommun/miljo", "kommun/tillstand"])
    func `nobody but the bank hears of a company that is only filed`(reader: String) throws {
        let right = try AccessRightsTests.right("bolagsverket.company.v1", reader)
        #expect(right.selection.map(\.field) == ["state"])
        #expect(right.selection.first?.values == ["registered", "changed", "bankrupt", "dissolved"])
    }

    @Test(arguments: [
        "bolagsverket/company", "bolagsverket/company.role", "bolagsverket/beneficial-owner",
        "skatteverket/tax-registration", "bank/share-capital", "kommun/permit",
    ])
    func `no type says that an officer is protected, where one lives, a reason or a turnover`(type: String) throws {
        // A field of firms says that nobody is protected there.
        let text = try String(
            contentsOfFile: "\(TopicsFolder.shipped)/\(type).v1.schema.json", encoding: .utf8
        ).replacing("\"protected\": false", with: "")
        for field in ["addressRef", "protection", "protected", "turnover", "expectedTurnover", "debt", "account"] {
            #expect(!text.contains("\"\(field)\":"), "\(type) has \(field)")
        }
        // Why a role ended, or a permit was revoked, is a code.
        if !["bolagsverket/company.role", "kommun/permit"].contains(type) {
            #expect(!text.contains("\"reason\":"), "\(type) has a reason")
        }
    }
}
