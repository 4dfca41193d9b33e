import LifeEvents
import Testing

import Contracts

/// What must not flow at a move, as the page says: fact by fact, to whom not.
@Suite struct MoveSecrecyTests {
    @Test(
        arguments: [
            // Consents, and dispute over a child.
            (
                "skatteverket.filing.move-consent.v1",
                [
                    "forsakringskassan/forsakringskassan", "region/region", "kommun/forskola",
                    "arbetsformedlingen/arbetsformedlingen",
                ]
            ),
            // Where to, before it is decided; a block; leaving.
            (
                "skatteverket.filing.move-notice.v1",
                ["forsakringskassan/forsakringskassan", "kommun/forskola", "region/region"]
            ),
            ("skatteverket.filing.address-block.v1", ["forsakringskassan/forsakringskassan", "kommun/aldreomsorg"]),
            (
                "skatteverket.filing.emigration.v1",
                ["forsakringskassan/forsakringskassan", "arbetsformedlingen/arbetsformedlingen"]
            ),
            ("skatteverket.move.v1", ["kommun/familjeratt", "skatteverket/dodsbo"]),
            // Help at home.
            (
                "kommun.elder-care.v1",
                [
                    "forsakringskassan/forsakringskassan", "arbetsformedlingen/arbetsformedlingen",
                    "skatteverket/folkbokforing", "kommun/forskola",
                ]
            ),
            // Rent and income.
            (
                "forsakringskassan.internal.benefit-basis.v1",
                ["kommun/bistand", "skatteverket/folkbokforing", "region/region"]
            ),
            ("forsakringskassan.filing.application.v1", ["kommun/bistand", "skatteverket/folkbokforing"]),
            ("forsakringskassan.filing.housing-change.v1", ["kommun/bistand", "skatteverket/folkbokforing"]),
            ("forsakringskassan.payment.v1", ["kommun/forskola", "arbetsformedlingen/arbetsformedlingen"]),
            ("forsakringskassan.recovery.v1", ["kommun/bistand", "arbetsformedlingen/arbetsformedlingen"]),
            // A control, a suspicion, what the landlord and the person have answered: only the result is told.
            (
                "skatteverket.internal.register-control.v1",
                [
                    "forsakringskassan/forsakringskassan", "kommun/bistand", "arbetsformedlingen/arbetsformedlingen",
                    "hyresvard/hyresvard",
                ]
            ),
            ("skatteverket.internal.resident-asked.v1", ["kommun/bistand", "hyresvard/hyresvard"]),
            (
                "skatteverket.filing.residence-answer.v1",
                ["forsakringskassan/forsakringskassan", "kommun/bistand", "hyresvard/hyresvard"]
            ),
            ("forsakringskassan.register-doubt.v1", ["kommun/bistand", "arbetsformedlingen/arbetsformedlingen"]),
            (
                "kommun.register-doubt.v1",
                ["forsakringskassan/forsakringskassan", "kommun/aldreomsorg", "hyresvard/hyresvard"]
            ),
            (
                "skatteverket.need.tenancy.v1",
                ["forsakringskassan/forsakringskassan", "kommun/bistand", "arbetsformedlingen/arbetsformedlingen"]
            ),
            (
                "hyresvard.answer.tenancy.v1",
                ["forsakringskassan/forsakringskassan", "kommun/bistand", "arbetsformedlingen/arbetsformedlingen"]
            ),
            ("hyresvard.internal.tenancy.v1", ["skatteverket/folkbokforing", "forsakringskassan/forsakringskassan"]),
            ("skatteverket.filing.appeal.v1", ["forsakringskassan/forsakringskassan", "kommun/forskola"]),
            ("skatteverket.appeal.v1", ["forsakringskassan/forsakringskassan", "kommun/forskola"]),
            // What the landlord is not told: help at home, rent, income, the move.
            ("kommun.elder-care.v1", ["hyresvard/hyresvard"]),
            ("forsakringskassan.internal.benefit-basis.v1", ["hyresvard/hyresvard"]),
            ("pensionsmyndigheten.filing.housing-change.v1", ["kommun/bistand", "skatteverket/folkbokforing"]),
            ("skatteverket.move.v1", ["hyresvard/hyresvard"]),
            // A case that is handed over: to its branch alone.
            (
                "kommun.transfer.v1",
                [
                    "kommun/forskola", "kommun/familjeratt", "skatteverket/folkbokforing",
                    "forsakringskassan/forsakringskassan",
                ]
            ),
            ("citizen.consent.v1", ["kommun/forskola", "kommun/familjeratt", "arbetsformedlingen/arbetsformedlingen"]),
            ("kommun.guardianship.v1", ["kommun/forskola", "arbetsformedlingen/arbetsformedlingen"]),
            // The child's place in the old municipality.
            (
                "kommun.case-status.v1",
                ["forsakringskassan/forsakringskassan", "skatteverket/folkbokforing", "region/region"]
            ),
        ] as [(String, [String])])
    func `who has no right to a fact of a move is not told it`(type: String, strangers: [String]) throws {
        for stranger in strangers {
            #expect(try !AccessRightsTests.right(type, stranger).isGranted, "\(stranger) is told \(type)")
        }
    }

    @Test(arguments: [
        // The child's place, the help at home, the aid, why there is a god man; a file that is handed over.
        ("kommun.case-status.v1", "kommun/forskola"), ("kommun.elder-care.v1", "kommun/aldreomsorg"),
        ("kommun.case-status.v1", "kommun/bistand"), ("kommun.guardianship.v1", "kommun/overformyndare"),
        ("kommun.transfer.v1", "kommun/aldreomsorg"), ("kommun.transfer.v1", "kommun/bistand"),
        ("kommun.transfer.v1", "kommun/overformyndare"), ("skatteverket.move.v1", "kommun/forskola"),
        ("skatteverket.move.v1", "kommun/overformyndare"), ("skatteverket.move.v1", "region/region"),
    ])
    func `the same branch of another municipality is told of what names it alone`(type: String, reader: String) throws {
        #expect(try AccessRightsTests.right(type, reader).offer == .concerned)
    }

    // Försäkringskassan has to know that a child is registered where who applies is (SFB 96 kap. 5, 10 and 11 §§).
    @Test func `nobody but the register, and who pays for a dwelling, reads the address of who moves`() throws {
        for reader in [
            "arbetsformedlingen/arbetsformedlingen", "region/region",
            "kommun/forskola", "kommun/aldreomsorg", "kommun/overformyndare", "pensionsmyndigheten/pensionsmyndigheten",
        ] {
            #expect(try AccessRightsTests.right("skatteverket.move.v1", reader).hiddenFields.contains("addressRef"))
        }
    }

    @Test func `who pays a supplement learns that its pensioner has moved, and not where to`() throws {
        let right = try AccessRightsTests.right("skatteverket.move.v1", "pensionsmyndigheten/pensionsmyndigheten")
        #expect(right.hiddenFields.contains("toMunicipality") && right.hiddenFields.contains("fromMunicipality"))
    }
}
