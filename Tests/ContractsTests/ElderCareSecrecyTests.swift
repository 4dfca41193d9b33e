import Contracts
import LifeEvents
import Testing

/// What must not flow around elder care (elder-care.md 7), by the shipped contracts: type by type, who alone is told it.
@Suite struct ElderCareSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "arbetsformedlingen/arbetsformedlingen", "bank/bank", "begravningsbyra/begravningsbyra", "csn/csn",
        "forsakringskassan/forsakringskassan", "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard",
        "ivo/ivo", "kammarkollegiet/kammarkollegiet", "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt",
        "kommun/forskola", "kommun/overformyndare", "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen",
        "region/region", "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing",
        "tingsratten/tingsratten",
    ]

    @Test(
        arguments: [
            // The stay, what was planned, and what a municipality owes.
            ("region.discharge.v1", ["kommun/aldreomsorg", "region/region"]),
            ("region.care-plan.v1", ["kommun/aldreomsorg", "region/region"]),
            ("region.care-day-claim.v1", ["kommun/aldreomsorg"]),
            ("kommun.care-readiness.v1", ["region/region"]),
            // Which care, alarms, and who waits for a place.
            ("kommun.elder-care.v1", ["kommun/aldreomsorg"]),
            ("kommun.care-alarm.v1", ["kommun/aldreomsorg"]),
            ("kommun.internal.place-wanted.v1", ["kommun/aldreomsorg"]),
            ("kommun.internal.place-match.v1", ["kommun/aldreomsorg"]),
            ("kommun.overdue-care.v1", ["ivo/ivo"]),
            ("kommun.guardian-report.v1", ["kommun/aldreomsorg", "kommun/overformyndare"]),
            // Income.
            ("kommun.need.pension-amount.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("pensionsmyndigheten.answer.pension-amount.v1", ["kommun/aldreomsorg"]),
            ("pensionsmyndigheten.need.capital.v1", ["skatteverket/beskattning"]),
            ("skatteverket.answer.capital.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            ("pensionsmyndigheten.filing.application.v1", ["pensionsmyndigheten/pensionsmyndigheten"]),
            // Another municipality, and the court.
            ("kommun.need.care-assessment.v1", ["kommun/aldreomsorg"]),
            ("kommun.answer.care-assessment.v1", ["kommun/aldreomsorg"]),
            ("kommun.filing.appeal.v1", ["kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt"]),
            ("kommun.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
        ] as [(String, [String])])
    func `a fact of care is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        "region.discharge.v1", "region.care-plan.v1", "region.care-day-claim.v1",
        "pensionsmyndigheten.answer.pension-amount.v1", "kommun.answer.care-assessment.v1",
    ])
    func `a municipality is told of those whom it concerns alone`(type: String) throws {
        #expect(try AccessRightsTests.right(type, "kommun/aldreomsorg").offer == .concerned)
    }

    @Test(arguments: ["region/region", "kommun/aldreomsorg", "pensionsmyndigheten/pensionsmyndigheten"])
    func `a consent is told to its holder and its recipients`(party: String) throws {
        #expect(try AccessRightsTests.right("citizen.consent.v1", party).offer == .concerned)
        #expect(try !AccessRightsTests.right("citizen.consent.v1", "skatteverket/folkbokforing").isGranted)
    }

    @Test func `care of the elderly hears of a god man of whom it has a case, and not why one ended`() throws {
        let right = try AccessRightsTests.right("kommun.guardianship.v1", "kommun/aldreomsorg")
        #expect(right.offer == .caseHolder && right.hiddenFields.contains("reason"))
    }
}
