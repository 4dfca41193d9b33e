import Contracts
import Foundation
import LifeEvents
import Testing

/// What must not flow around a serving permit (serving-permit.md 7): fact by fact, who alone is told it.
@Suite struct ServingReadersTests {
    /// Every branch that could have wished to know.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bank/bank", "bolagsverket/bolagsverket",
        "folkhalsomyndigheten/folkhalsomyndigheten", "forsakringskassan/forsakringskassan",
        "forvaltningsratten/forvaltningsratten", "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt",
        "kommun/forskola", "kommun/miljo", "kommun/overformyndare", "kommun/tillstand", "kronofogden/kronofogden",
        "lansstyrelse/lansstyrelse", "polisen/polisen", "raddningstjanst/raddningstjanst", "region/region",
        "skatteverket/beskattning", "skatteverket/dodsbo", "skatteverket/folkbokforing", "tingsratten/tingsratten",
    ]

    @Test(
        arguments: [
            // Financing and lease are attached to what the branch alone reads; so is who books a test.
            ("kommun.filing.permit.v1", ["kommun/miljo", "kommun/tillstand"]),
            ("kommun.filing.completion.v1", ["kommun/miljo", "kommun/tillstand"]),
            ("kommun.filing.test-booking.v1", ["kommun/tillstand"]),
            ("kommun.filing.withdrawal.v1", ["kommun/tillstand"]),
            // How a test went: no other branch, no authority.
            ("kommun.internal.knowledge-test.v1", ["kommun/tillstand"]),
            ("kommun.internal.inspection.v1", ["kommun/tillstand"]),
            ("kommun.internal.committee-meeting.v1", ["kommun/tillstand"]),
            ("kommun.internal.committee-item.v1", ["kommun/bistand", "kommun/tillstand"]),
            ("kommun.internal.committee-decision.v1", ["kommun/bistand", "kommun/tillstand"]),
            ("kommun.internal.food-inspection.v1", ["kommun/miljo"]),
            // Who is asked; what each answers goes to who has asked, and to no other of the five.
            (
                "kommun.need.serving-permit.v1",
                [
                    "kommun/miljo", "kronofogden/kronofogden", "polisen/polisen", "raddningstjanst/raddningstjanst",
                    "skatteverket/beskattning",
                ]
            ),
            ("polisen.answer.serving-permit.v1", ["kommun/tillstand"]),
            ("skatteverket.answer.serving-permit.v1", ["kommun/tillstand"]),
            ("kronofogden.answer.serving-permit.v1", ["kommun/tillstand"]),
            ("raddningstjanst.answer.serving-permit.v1", ["kommun/tillstand"]),
            ("kommun.answer.serving-permit.v1", ["kommun/tillstand"]),
            // A debt, by its kind.
            ("kronofogden.debt-notice.v1", ["kommun/tillstand"]),
            // Decisions.
            (
                "kommun.permit.v1",
                [
                    "folkhalsomyndigheten/folkhalsomyndigheten", "kommun/miljo", "kommun/tillstand",
                    "kronofogden/kronofogden", "lansstyrelse/lansstyrelse", "polisen/polisen",
                    "skatteverket/beskattning",
                ]
            ),
            ("kommun.appeal.v1", ["forvaltningsratten/forvaltningsratten"]),
        ] as [(String, [String])])
    func `a fact of a serving permit is told to who needs it, and to nobody else`(
        type: String, readers: [String]
    ) throws {
        #expect(try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted } == readers)
    }

    @Test(arguments: [
        ("folkhalsomyndigheten/folkhalsomyndigheten", ["decided", "active", "warned", "revoked"]),
        ("lansstyrelse/lansstyrelse", ["decided", "active", "warned", "revoked"]),
        ("polisen/polisen", ["decided", "active", "warned", "revoked"]),
        ("kronofogden/kronofogden", ["active", "warned", "revoked"]),
        ("skatteverket/beskattning", ["active", "warned", "revoked"]),
    ])
    func `an application is told to nobody before it is decided, and who collects taxes hears of holders alone`(
        reader: String, states: [String]
    ) throws {
        let right = try AccessRightsTests.right("kommun.permit.v1", reader)
        #expect(right.selection.first { $0.field == "kind" }?.values == ["serving"])
        #expect(right.selection.first { $0.field == "state" }?.values == states)
    }

    @Test func `a county board hears of its own county, a rescue service of what it is asked`() throws {
        #expect(try AccessRightsTests.right("kommun.permit.v1", "lansstyrelse/lansstyrelse").offer == .concerned)
        for party in ["raddningstjanst/raddningstjanst", "polisen/polisen", "skatteverket/beskattning"] {
            #expect(try AccessRightsTests.right("kommun.need.serving-permit.v1", party).offer == .concerned)
        }
        #expect(try AccessRightsTests.right("kronofogden.debt-notice.v1", "kommun/tillstand").offer == .concerned)
    }

    @Test func `each branch is offered its own kinds: food to one, serving to the other, claims to the third`() throws {
        func values(_ type: String, _ party: String, _ field: String) throws -> [String]? {
            try AccessRightsTests.right(type, party).selection.first { $0.field == field }?.values
        }
        #expect(try values("kommun.permit.v1", "kommun/miljo", "kind") == ["foodRegistration"])
        #expect(try values("kommun.permit.v1", "kommun/tillstand", "kind") == ["serving"])
        #expect(try values("kommun.filing.permit.v1", "kommun/tillstand", "kind") == ["serving"])
        #expect(try values("kommun.filing.appeal.v1", "kommun/tillstand", "service") == ["permit"])
        #expect(try values("kommun.internal.committee-item.v1", "kommun/tillstand", "kind") == ["permit"])
        #expect(try values("kommun.internal.committee-item.v1", "kommun/bistand", "kind") == ["claim", "transfer"])
    }

    @Test(arguments: [
        "kommun/need.serving-permit", "polisen/answer.serving-permit", "skatteverket/answer.serving-permit",
        "kronofogden/answer.serving-permit", "raddningstjanst/answer.serving-permit", "kommun/answer.serving-permit",
        "kronofogden/debt-notice", "kommun/permit",
    ])
    func `no question, answer or notice has a person, a sum or words`(type: String) throws {
        let text = try String(contentsOfFile: "\(TopicsFolder.shipped)/\(type).v1.schema.json", encoding: .utf8)
        for field in ["subject", "money", "name", "boardSeat", "beneficialOwner"] {
            #expect(!text.contains("$defs/\(field)\""), "\(type) has a \(field)")
        }
    }
}
