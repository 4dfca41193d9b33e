import Contracts
import LifeEvents
import Testing

/// What must not flow around sick leave (sick-leave.md 7), by the shipped contracts: type by type, who alone is told it.
@Suite struct SickLeaveSecrecyTests {
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
            // The certificate: the addressee of the document, and nobody else; the employer gets a copy from the patient.
            ("region.filing.certificate-release.v1", ["region/region"]),
            ("region.medical-certificate.v1", ["forsakringskassan/forsakringskassan"]),
            // Period, degree, amount: not the tax agency, other employers, the region.
            ("forsakringskassan.filing.sick-report.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.filing.application.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.filing.back-to-work.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.internal.signer-asked.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.internal.signer.v1", ["forsakringskassan/forsakringskassan"]),
            // Incomes: who has asked.
            ("forsakringskassan.need.income.v1", ["skatteverket/beskattning"]),
            // The employer is asked, and what it answers goes to who asked: never its text.
            ("forsakringskassan.need.return-plan.v1", ["arbetsgivare/arbetsgivare"]),
            ("forsakringskassan.need.redeployment.v1", ["arbetsgivare/arbetsgivare"]),
            ("arbetsgivare.answer.return-plan.v1", ["forsakringskassan/forsakringskassan"]),
            ("arbetsgivare.answer.redeployment.v1", ["forsakringskassan/forsakringskassan"]),
            // Plan, meeting, who came: those of a living consent; never a fund or the pensions agency.
            (
                "forsakringskassan.rehabilitation.v1",
                ["arbetsformedlingen/arbetsformedlingen", "arbetsgivare/arbetsgivare", "region/region"]
            ),
            // How a joint rehabilitation goes: the two that help together; the employer hears nothing of it.
            (
                "arbetsformedlingen.rehabilitation.v1",
                ["arbetsformedlingen/arbetsformedlingen", "forsakringskassan/forsakringskassan"]
            ),
            // What a certificate lacks: who has sent it, and what completes it: who asked.
            ("forsakringskassan.need.complement.v1", ["region/region"]),
            ("region.answer.complement.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.internal.sickness-note.v1", ["forsakringskassan/forsakringskassan"]),
            ("forsakringskassan.internal.waiting-choice.v1", ["forsakringskassan/forsakringskassan"]),
        ] as [(String, [String])])
    func `a fact of sick leave is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        ("region.medical-certificate.v1", "forsakringskassan/forsakringskassan"),
        ("forsakringskassan.rehabilitation.v1", "arbetsgivare/arbetsgivare"),
        ("forsakringskassan.rehabilitation.v1", "region/region"),
        ("forsakringskassan.rehabilitation.v1", "arbetsformedlingen/arbetsformedlingen"),
        ("arbetsformedlingen.rehabilitation.v1", "forsakringskassan/forsakringskassan"),
        ("forsakringskassan.need.complement.v1", "region/region"),
        ("forsakringskassan.need.return-plan.v1", "arbetsgivare/arbetsgivare"),
        ("forsakringskassan.benefit-decision.v1", "akassa/akassa"),
        ("citizen.consent.v1", "forsakringskassan/forsakringskassan"),
        ("citizen.mandate.v1", "forsakringskassan/forsakringskassan"),
    ])
    func `what it names is told, and no more`(type: String, party: String) throws {
        #expect(try AccessRightsTests.right(type, party).offer == .concerned)
    }

    @Test func `a certificate with a diagnosis breaks its contract`() throws {
        let whole =
            #"{"certificateType":"sickness","from":"2026-03-02","to":"2026-05-31","degree":100,"#
            + #""contentRef":"certificate-1","addressee":"forsakringskassan""#
        let schemas = try TopicSchemas()
        #expect(try schemas.failures(of: whole + "}", type: MedicalCertificate.type) == [])
        #expect(try !schemas.failures(of: whole + #","diagnosis":"F32.1"}"#, type: MedicalCertificate.type).isEmpty)
    }
}
