import Contracts
import LifeEvents
import Testing

/// What must not flow around a god man (god-man.md 7), by the shipped contracts: type by type, who alone is told it.
@Suite struct GodManSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bank/bank", "begravningsbyra/begravningsbyra",
        "csn/csn",
        "forsakringskassan/forsakringskassan", "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard",
        "ivo/ivo", "kammarkollegiet/kammarkollegiet", "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt",
        "kommun/forskola", "kommun/overformyndare", "kronofogden/kronofogden",
        "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen", "region/region", "skatteverket/beskattning",
        "skatteverket/dodsbo", "skatteverket/folkbokforing", "tingsratten/tingsratten",
    ]

    @Test(
        arguments: [
            // The application, what is said of it, the certificate.
            ("tingsratten.filing.guardian-application.v1", ["tingsratten/tingsratten"]),
            ("tingsratten.filing.guardian-statement.v1", ["tingsratten/tingsratten"]),
            ("tingsratten.filing.appeal.v1", ["tingsratten/tingsratten"]),
            (
                "tingsratten.need.guardian-opinion.v1",
                ["kommun/aldreomsorg", "kommun/overformyndare", "region/region"]
            ),
            ("kommun.answer.guardian-opinion.v1", ["tingsratten/tingsratten"]),
            ("region.answer.guardian-opinion.v1", ["tingsratten/tingsratten"]),
            ("tingsratten.guardian-order.v1", ["kommun/overformyndare"]),
            // Debts and record of a candidate.
            ("kommun.need.suitability.v1", ["kronofogden/kronofogden", "polisen/polisen"]),
            ("kronofogden.answer.suitability.v1", ["kommun/overformyndare"]),
            ("polisen.answer.suitability.v1", ["kommun/overformyndare"]),
            ("kommun.internal.candidate-checked.v1", ["kommun/overformyndare"]),
            // Assets, accounts, consents.
            ("kommun.need.assets.v1", ["bank/bank"]),
            ("bank.answer.assets.v1", ["kommun/overformyndare"]),
            ("kommun.filing.inventory.v1", ["kommun/overformyndare"]),
            ("kommun.filing.yearly-account.v1", ["kommun/overformyndare"]),
            ("kommun.guardian-consent.v1", ["bank/bank"]),
            ("kommun.guardian-fee.v1", []),
            // Who acts.
            (
                "kommun.guardianship.v1",
                [
                    "akassa/akassa", "csn/csn", "forsakringskassan/forsakringskassan", "kommun/aldreomsorg",
                    "kommun/bistand",
                    "kommun/overformyndare", "kronofogden/kronofogden", "pensionsmyndigheten/pensionsmyndigheten",
                    "region/region", "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing",
                ]
            ),
            ("kommun.guardian-extract.v1", ["bank/bank", "hyresvard/hyresvard"]),
            ("tingsratten.public-notice.v1", ["bank/bank", "hyresvard/hyresvard"]),
            ("kronofogden.case-status.v1", ["kronofogden/kronofogden"]),
        ] as [(String, [String])])
    func `a fact of a guardianship is told to who needs it, and to nobody else`(type: String, readers: [String]) throws
    {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        "akassa/akassa", "csn/csn", "forsakringskassan/forsakringskassan", "kronofogden/kronofogden",
        "kommun/aldreomsorg",
    ])
    func `who has no case of the principal is not told who acts`(reader: String) throws {
        #expect(try AccessRightsTests.right("kommun.guardianship.v1", reader).offer == .caseHolder)
    }

    @Test(arguments: [
        "csn/csn", "forsakringskassan/forsakringskassan", "kronofogden/kronofogden", "kommun/aldreomsorg",
        "pensionsmyndigheten/pensionsmyndigheten", "region/region", "skatteverket/beskattning",
        "skatteverket/folkbokforing",
    ])
    func `why a task ended is told to no consumer`(reader: String) throws {
        #expect(try AccessRightsTests.right("kommun.guardianship.v1", reader).hiddenFields.contains("reason"))
    }

    @Test(arguments: ["kommun.guardian-extract.v1", "kommun.guardian-consent.v1", "kommun.need.assets.v1"])
    func `another bank is told nothing`(type: String) throws {
        #expect(try AccessRightsTests.right(type, "bank/bank").offer == .concerned)
    }
}
