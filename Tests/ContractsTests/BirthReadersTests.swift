import Contracts
import LifeEvents
import Testing

/// Who is told what of a birth, and who is not: the readers of each type, and nobody else.
@Suite struct BirthReadersTests {
    /// All who could have wished to know.
    private static let parties = [
        "skatteverket/folkbokforing", "skatteverket/dodsbo", "skatteverket/beskattning",
        "forsakringskassan/forsakringskassan", "pensionsmyndigheten/pensionsmyndigheten",
        "arbetsformedlingen/arbetsformedlingen", "csn/csn", "kommun/familjeratt", "kommun/forskola",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/overformyndare", "region/region", "tingsratten/tingsratten",
        "bank/bank",
    ]

    @Test(arguments: [
        // Delivery, hospital, twin or not: the register's alone, and of a stillbirth too.
        ("region.birth-notice.v1", ["skatteverket/folkbokforing"]),
        ("region.stillbirth-notice.v1", ["skatteverket/folkbokforing"]),
        // That parenthood is asked, who was named, why an inquiry was dropped.
        ("skatteverket.parenthood-missing.v1", ["skatteverket/folkbokforing", "kommun/familjeratt"]),
        ("skatteverket.filing.parenthood-confirmation.v1", ["skatteverket/folkbokforing"]),
        ("skatteverket.internal.parent.v1", ["skatteverket/folkbokforing"]),
        // Who waits at the register, and who buries a stillborn child.
        ("skatteverket.internal.office-turn.v1", ["skatteverket/folkbokforing"]),
        ("skatteverket.filing.burial-certificate.v1", ["skatteverket/folkbokforing"]),
        ("kommun.filing.parenthood-confirmation.v1", ["kommun/familjeratt"]),
        ("kommun.parenthood.v1", ["skatteverket/folkbokforing", "kommun/familjeratt"]),
        // Court and dispute: others hear of custody alone.
        ("tingsratten.judgment.v1", ["skatteverket/folkbokforing", "kommun/familjeratt"]),
        // Income, days, shares, payments.
        ("forsakringskassan.filing.application.v1", ["forsakringskassan/forsakringskassan"]),
        ("forsakringskassan.filing.day-transfer.v1", ["forsakringskassan/forsakringskassan"]),
        ("forsakringskassan.filing.contact.v1", ["forsakringskassan/forsakringskassan"]),
        ("forsakringskassan.internal.payee.v1", ["forsakringskassan/forsakringskassan"]),
        ("forsakringskassan.internal.expected-birth.v1", ["forsakringskassan/forsakringskassan"]),
        ("forsakringskassan.case-status.v1", ["forsakringskassan/forsakringskassan"]),
        // Financial aid hears only of what is paid to the municipality itself.
        ("forsakringskassan.payment.v1", ["forsakringskassan/forsakringskassan", "kommun/bistand"]),
        // A child's name.
        ("skatteverket.filing.name.v1", ["skatteverket/folkbokforing"]),
        ("skatteverket.identity.v1", ["skatteverket/folkbokforing"]),
        // Each branch is told of its own service.
        ("kommun.filing.place-answer.v1", ["kommun/forskola", "kommun/aldreomsorg"]),
    ])
    func `what must not flow has no reader but these`(type: String, readers: [String]) throws {
        #expect(try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted } == readers)
    }

    @Test(arguments: [
        ("skatteverket.birth.v1", "pensionsmyndigheten/pensionsmyndigheten"),
        ("skatteverket.birth.v1", "kommun/forskola"),
        ("skatteverket.family-relation.v1", "arbetsformedlingen/arbetsformedlingen"),
    ])
    func `others do not hear of a birth, of relations and of benefits`(type: String, reader: String) throws {
        #expect(try !AccessRightsTests.right(type, reader).isGranted)
    }

    @Test func `of benefits the employment service hears of sickness alone, of job-seekers that it is named for`()
        throws
    {
        let right = try AccessRightsTests.right(
            "forsakringskassan.benefit-decision.v1", "arbetsformedlingen/arbetsformedlingen")
        #expect(right.offer == .concerned)
        #expect(right.selection.map(\.field) == ["benefit"])
        #expect(right.selection.map(\.values) == [["sicknessBenefit"]])
    }
}
