import Contracts
import LifeEvents
import Testing

/// What must not flow around a death (death.md 7), by the shipped contracts: fact by fact, who alone is told it.
@Suite struct DeathSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "arbetsformedlingen/arbetsformedlingen", "arbetsgivare/arbetsgivare", "bank/bank",
        "begravningsbyra/begravningsbyra", "csn/csn",
        "forsakringskassan/forsakringskassan", "hyresvard/hyresvard", "kammarkollegiet/kammarkollegiet",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt", "kommun/forskola", "kommun/overformyndare",
        "kommun/skola",
        "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen", "region/region", "skatteverket/beskattning",
        "skatteverket/dodsbo", "skatteverket/folkbokforing", "tingsratten/tingsratten",
    ]

    @Test(
        arguments: [
            // The doctor, and that the police inquire.
            ("region.death-certificate.v1", ["polisen/polisen", "skatteverket/folkbokforing"]),
            ("polisen.death-notice.v1", ["skatteverket/folkbokforing"]),
            ("polisen.burial-permit.v1", ["skatteverket/folkbokforing"]),
            // Survivors, where they live, the children's keys.
            ("skatteverket.answer.survivors.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("pensionsmyndigheten.internal.survivor.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("skatteverket.internal.heirs.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.internal.relative-died.v1", ["skatteverket/dodsbo", "skatteverket/folkbokforing"]),
            ("skatteverket.internal.estate-role.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.internal.representative-household.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.internal.estate-actors.v1", ["skatteverket/folkbokforing"]),
            ("pensionsmyndigheten.filing.studies.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("pensionsmyndigheten.filing.cohabitation.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("skatteverket.internal.parent-died.v1", ["skatteverket/folkbokforing"]),
            ("skatteverket.internal.guardians.v1", ["skatteverket/dodsbo", "skatteverket/folkbokforing"]),
            // Who inherits, and what.
            (
                "skatteverket.estate-inventory.v1",
                ["kommun/overformyndare", "skatteverket/beskattning"]
            ),
            ("skatteverket.heir-notice.v1", ["kommun/overformyndare", "skatteverket/dodsbo"]),
            ("kommun.internal.office-turn.v1", ["kommun/overformyndare"]),
            ("skatteverket.filing.estate-inventory.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.filing.completion.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.filing.extension.v1", ["skatteverket/dodsbo"]),
            ("skatteverket.filing.burial-extension.v1", ["skatteverket/folkbokforing"]),
            ("skatteverket.filing.tax-return.v1", ["skatteverket/beskattning"]),
            // Pensions and what they are reckoned by.
            ("pensionsmyndigheten.internal.pension-account.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            // Named in it by consent alone, care of the elderly hears of a supplement.
            (
                "pensionsmyndigheten.pension-decision.v1",
                ["kommun/aldreomsorg", "pensionsmyndigheten/pensionsmyndigheten"]
            ),
            // Whose widow somebody is.
            (
                "skatteverket.civil-status.v1",
                [
                    "pensionsmyndigheten/pensionsmyndigheten", "skatteverket/dodsbo", "skatteverket/folkbokforing",
                ]
            ),
            // Tokens.
            ("bank.need.death-proof.v1", ["skatteverket/folkbokforing"]),
            ("begravningsbyra.need.death-proof.v1", ["skatteverket/folkbokforing"]),
            ("pensionsmyndigheten.need.death-proof.v1", ["skatteverket/folkbokforing"]),
            ("forsakringskassan.need.death-proof.v1", ["skatteverket/folkbokforing"]),
            (
                "skatteverket.answer.death-proof.v1",
                [
                    "bank/bank", "begravningsbyra/begravningsbyra", "forsakringskassan/forsakringskassan",
                    "pensionsmyndigheten/pensionsmyndigheten",
                ]
            ),
            ("skatteverket.burial-certificate.v1", ["begravningsbyra/begravningsbyra"]),
            // A child that has nobody, and its share.
            ("skatteverket.guardian-missing.v1", ["kommun/familjeratt"]),
            ("kommun.court-application.v1", ["tingsratten/tingsratten"]),
            ("kommun.guardian-consent.v1", ["bank/bank"]),
            ("kommun.filing.consent-request.v1", ["kommun/overformyndare"]),
            ("kommun.filing.final-account.v1", ["kommun/overformyndare"]),
            // Small and unattended estates.
            ("kommun.small-estate.v1", ["kommun/bistand", "skatteverket/dodsbo"]),
            ("skatteverket.estate-unattended.v1", ["kommun/bistand"]),
            ("skatteverket.burial-overdue.v1", ["kommun/bistand"]),
            ("kommun.heirless.v1", ["kammarkollegiet/kammarkollegiet"]),
        ] as [(String, [String])])
    func `a fact of a death is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        "pensionsmyndigheten.payment.v1", "pensionsmyndigheten.recovery.v1", "skatteverket.guide-token.v1",
        "forsakringskassan.recovery.v1",
    ])
    func `sums and tokens are on the page of whom they concern alone`(type: String) throws {
        let owner = type.prefix { $0 != "." }
        for party in Self.parties where !party.hasPrefix(owner) {
            #expect(try !AccessRightsTests.right(type, party).isGranted, "\(party) is told \(type)")
        }
    }

    @Test func `why a god man's task ended is told to no other branch`() throws {
        for reader in ["skatteverket/folkbokforing", "skatteverket/dodsbo"] {
            #expect(try AccessRightsTests.right("kommun.guardianship.v1", reader).hiddenFields.contains("reason"))
        }
        #expect(try !AccessRightsTests.right("kommun.guardianship.v1", "bank/bank").isGranted)
    }

    @Test func `a bank is told the day of a death and no more`() throws {
        #expect(try !AccessRightsTests.right("skatteverket.death.v1", "bank/bank").isGranted)
        #expect(try AccessRightsTests.right("skatteverket.public-death.v1", "bank/bank").offer == .caseHolder)
    }
}
