import Contracts
import JSON
import LifeEvents
import Testing

/// Who is told what, by the shipped contracts.
@Suite struct AccessRightsTests {
    static let access: AccessRights = {
        do {
            return try Catalogue(folder: "Topics").rights()
        } catch {
            Issue.record("\(error)")
            return AccessRights()
        }
    }()

    static func right(_ type: String, _ reader: String) throws -> ReadingRight {
        let parts = reader.split(separator: "/")
        let party = Party(try #require(Owner(text: parts[0])), try #require(Branch(text: parts[1])))
        return access.reading(of: EventType(type), by: party)
    }

    @Test(arguments: [
        ("skatteverket.death.v1", "forsakringskassan/forsakringskassan", ReadingRight.Offer.all),
        ("skatteverket.death.v1", "kommun/aldreomsorg", .concerned),
        ("skatteverket.move.v1", "kommun/forskola", .concerned),
        ("skatteverket.move.v1", "region/region", .concerned),
        ("skatteverket.birth.v1", "region/region", .concerned),
        // Without a word of the schema: an owner with many agencies is told what concerns each.
        ("skatteverket.parenthood-missing.v1", "kommun/familjeratt", .concerned),
        ("kommun.parenthood.v1", "skatteverket/folkbokforing", .all),
    ])
    func `a reader is offered what its contract says`(
        type: String, reader: String, offer: ReadingRight.Offer
    ) throws {
        #expect(try Self.right(type, reader).offer == offer)
    }

    @Test(arguments: [
        ("skatteverket.birth.v1", "kommun/bistand", "no row of skatteverket.birth.v1 lets kommun/bistand read it"),
        ("region.birth-notice.v1", "forsakringskassan/forsakringskassan", "no row of region.birth-notice.v1"),
        // The topic lets both branches read; each filing goes to one.
        (
            "kommun.filing.application.v1", "kommun/familjeratt",
            "is not among the readers of kommun.filing.application.v1"
        ),
        ("skatteverket.filing.estate-inventory.v1", "skatteverket/folkbokforing", "is not among the readers"),
    ])
    func `who has no right is told why`(type: String, reader: String, words: String) throws {
        let right = try Self.right(type, reader)
        #expect(!right.isGranted)
        guard case .none(let reason) = right.offer else { return }
        #expect(reason.contains(words), "\(reason)")
    }

    @Test(arguments: [
        ("skatteverket.move.v1", "skatteverket/folkbokforing", []),
        ("skatteverket.move.v1", "kommun/forskola", ["addressRef"]),
        ("skatteverket.move.v1", "arbetsformedlingen/arbetsformedlingen", ["addressRef"]),
        ("skatteverket.death.v1", "pensionsmyndigheten/pensionsmyndigheten", []),
        ("skatteverket.death.v1", "arbetsformedlingen/arbetsformedlingen", ["hasSpouse", "hasMinorChildren"]),
    ])
    func `a reader lacks the fields of the groups to which it has no right`(
        type: String, reader: String, hidden: [String]
    ) throws {
        #expect(try Self.right(type, reader).hiddenFields == hidden)
    }

    @Test(arguments: [
        (
            "kommun", AgencyFile.Numbering.municipality, #"{"to": "1780", "from": "0180"}"#,
            ["kommun-1780", "kommun-0180"]
        ),
        ("region", .county, #"{"to": "1780", "from": "1765"}"#, ["region-17"]),
        ("region", .county, #"{"to": "178", "from": "1x80"}"#, []),
        ("kommun", .municipality, #"{"to": "17800", "from": 1780}"#, []),
        ("kommun", .municipality, #"{"parties": ["kommun-0180", "region-01", "kommun-0180"]}"#, ["kommun-0180"]),
        ("kommun", .municipality, #"{"reasonCode": "error"}"#, []),
        ("kommun", .municipality, "null", []),
    ])
    func `an event concerns the agencies that its data names`(
        owner: String, numbering: AgencyFile.Numbering, data: String, concerned: [String]
    ) throws {
        let delimitation = Delimitation(
            of: try #require(Owner(text: owner)), numbering: numbering,
            fields: [("to", .municipality), ("from", .municipality), ("parties", .agency)])
        var agencies: [AgencyID] = []
        try JSONTape.reading(Array(data.utf8)) { delimitation.concerned($0, into: &agencies) }
        #expect(agencies.map(\.description) == concerned)
    }

    @Test func `an agency that is being made may hear everything until its owner has a topic`() throws {
        let death = EventType("skatteverket.death.v1")
        // The land register has no topic.
        let survey = Owner("lantmateriet")
        let fund = Party(whole: survey)
        #expect(!Self.access.reading(of: death, by: fund).isGranted)
        #expect(Self.access.open(to: [survey]).reading(of: death, by: fund).isGranted)
        #expect(Self.access.open(to: [survey]).mayPublish(death, fund))
        // One that has topics is held to its contracts.
        let town = Party(.kommun, Branch("familjeratt"))
        #expect(!Self.access.open(to: [.kommun]).reading(of: death, by: town).isGranted)
    }

    @Test func `a topic without a manifest is open`() {
        let type = EventType("skatteverket.nothing-yet.v1")
        #expect(Self.access.writers(of: type.topic) == nil)
        #expect(Self.access.reading(of: type, by: Party(whole: .migrationsverket)).offer == .all)
    }
}
