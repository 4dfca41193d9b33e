import Contracts
import LifeEvents
import Testing

/// What must not flow around the newly arrived (newly-arrived.md 7), by the shipped contracts: type by type, who alone is told.
@Suite struct NewlyArrivedSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "arbetsgivare/arbetsgivare", "bank/bank", "csn/csn",
        "forsakringskassan/forsakringskassan", "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt", "kommun/forskola", "kommun/overformyndare",
        "kommun/skola", "migrationsverket/migrationsverket", "pensionsmyndigheten/pensionsmyndigheten",
        "polisen/polisen",
        "region/region", "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing",
        "ssbtek/ssbtek", "tingsratten/tingsratten",
    ]
    private static let migration = "migrationsverket/migrationsverket"
    private static let insurance = "forsakringskassan/forsakringskassan"
    private static let employment = "arbetsformedlingen/arbetsformedlingen"
    private static let register = "skatteverket/folkbokforing"

    @Test(
        arguments: [
            // A permit's length hints at its ground: four who need it, nobody else.
            (
                "migrationsverket.residence-permit.v1",
                [employment, insurance, "kommun/bistand", migration, register]
            ),
            ("migrationsverket.filing.appeal.v1", [migration]), ("migrationsverket.filing.extension.v1", [migration]),
            ("migrationsverket.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
            ("migrationsverket.answer.aid-income.v1", ["ssbtek/ssbtek"]),
            ("skatteverket.identity.v1", [migration, register]),
            (
                "skatteverket.immigration.v1",
                [employment, insurance, "kommun/bistand", "kommun/skola", migration, "region/region"]
            ),
            ("skatteverket.filing.immigration-notice.v1", [register]), ("skatteverket.filing.id-card.v1", [register]),
            ("kommun.settlement.v1", ["kommun/bistand", migration]),
            ("kommun.internal.housing-wanted.v1", ["kommun/bistand"]),
            ("kommun.internal.housing-free.v1", ["kommun/bistand"]),
            ("kommun.internal.housing-match.v1", ["kommun/bistand"]),
            ("arbetsformedlingen.introduction-programme.v1", [insurance, "kommun/bistand"]),
            ("arbetsformedlingen.internal.absence.v1", [employment]),
            ("forsakringskassan.filing.insured.v1", [insurance]),
            // Aid: social services alone.
            ("kommun.filing.aid-application.v1", ["kommun/bistand"]),
            ("kommun.court-application.v1", ["tingsratten/tingsratten"]),
        ] as [(String, [String])])
    func `a fact of the newly arrived is told to who needs it, and to nobody else`(
        type: String, readers: [String]
    ) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test(arguments: [
        // The assignment: the municipality that is named. No other is told that a household has come, or moved on.
        ("migrationsverket.residence-permit.v1", "kommun/bistand"), ("kommun.settlement.v1", "kommun/bistand"),
        ("skatteverket.immigration.v1", "kommun/bistand"), ("skatteverket.immigration.v1", "kommun/skola"),
        ("skatteverket.immigration.v1", "region/region"),
        ("arbetsformedlingen.introduction-programme.v1", "kommun/bistand"),
        ("skatteverket.identity.v1", "migrationsverket/migrationsverket"),
        ("skatteverket.family-relation.v1", "kommun/skola"), ("kommun.guardianship.v1", migration),
        ("forvaltningsratten.decision.v1", migration),
    ])
    func `whom it names is told, and nobody else`(type: String, party: String) throws {
        #expect(try AccessRightsTests.right(type, party).offer == .concerned)
    }

    @Test(arguments: [
        // A refusal, or a withdrawal that can be appealed, and the place of the household: not by the permit.
        (register, "granted", true), (register, "extended", true), (register, "refused", false),
        (register, "assigned", false), (insurance, "granted", true), (insurance, "refused", false),
        (insurance, "assigned", false), (employment, "granted", true), (employment, "refused", false),
        (employment, "assigned", false), ("kommun/bistand", "granted", false), ("kommun/bistand", "refused", false),
        ("kommun/bistand", "assigned", true),
    ])
    func `each hears of the state that is its own`(party: String, state: String, told: Bool) throws {
        let right = try AccessRightsTests.right("migrationsverket.residence-permit.v1", party)
        #expect((right.selection.first { $0.field == "state" }?.values.contains(state) ?? true) == told)
    }

    @Test func `the place of a household, and the ground of a custodian, are not told with the permit or the mandate`()
        throws
    {
        for party in [Self.register, Self.insurance, Self.employment] {
            let right = try AccessRightsTests.right("migrationsverket.residence-permit.v1", party)
            #expect(!right.groups.contains("place"), "\(party)")
        }
        for party in [Self.migration, Self.register, Self.insurance] {
            let right = try AccessRightsTests.right("kommun.guardianship.v1", party)
            #expect(!right.groups.contains("reason"), "\(party)")
        }
        #expect(try AccessRightsTests.right("skatteverket.immigration.v1", Self.migration).groups == ["facts"])
    }

    @Test(arguments: ["kommun.filing.application.v1", "kommun.case-status.v1"])
    func `school and courses are not told to the Migration Agency or the insurer`(type: String) throws {
        for party in [Self.migration, Self.insurance, Self.employment] {
            #expect(try !AccessRightsTests.right(type, party).isGranted, "\(party)")
        }
    }

    @Test func `a ground, a country and a number break the contracts`() throws {
        let schemas = try TopicSchemas()
        let permit =
            #"{"state":"granted","from":"2026-01-12","permanent":false,"establishment":true,"family":["pbcdfghjklmnpqrs"]"#
        #expect(try schemas.failures(of: permit + "}", type: ResidencePermit.type) == [])
        for extra in [#""ground":"refugee""#, #""country":"SY""#, #""faith":"none""#, #""file":"a""#] {
            #expect(try !schemas.failures(of: permit + "," + extra + "}", type: ResidencePermit.type).isEmpty)
        }
        let identity = #"{"idType":"personalNumber""#
        #expect(try schemas.failures(of: identity + "}", type: Identity.type) == [])
        #expect(try !schemas.failures(of: identity + #","number":"19910504"}"#, type: Identity.type).isEmpty)
    }
}
