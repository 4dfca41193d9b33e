import Foundation
import LifeEvents
import Testing

@Suite struct AgencyIDTests {
    @Test(
        arguments: [
            ("skatteverket", .skatteverket), ("forsakringskassan", .forsakringskassan),
            ("arbetsformedlingen", .arbetsformedlingen), ("pensionsmyndigheten", .pensionsmyndigheten),
            ("akassa-01", .akassa(1)),
            ("migrationsverket", .migrationsverket), ("bolagsverket", .bolagsverket), ("citizen", .citizen),
            ("livsbuss", .livsbuss), ("kommun-1780", .kommun(1780)), ("kommun-0180", .kommun(180)),
            ("kommun-0000", .kommun(0)), ("kommun-9999", .kommun(9_999)), ("region-17", .region(17)),
            ("region-09", .region(9)),
            ("csn", AgencyID(.csn)), ("abcdefghijklmnopqrst", AgencyID(Owner("abcdefghijklmnopqrst"))),
        ] as [(String, AgencyID)])
    func `an agency has one text, read and written`(text: String, agency: AgencyID) {
        #expect(agency.description == text)
        #expect(AgencyID(text) == agency)
        #expect(agency.source == "/agency/" + text)
        #expect(AgencyID(source: "/agency/" + text) == agency)
        var bytes: [UInt8] = []
        agency.writeSource(into: &bytes)
        #expect(bytes == Array(agency.source.utf8))
        #expect(agency.owner.description == text.prefix { $0 != "-" })
    }

    @Test(arguments: [
        "", "ab", "abcdefghijklmnopqrstu", "kommun", "kommun-", "kommun-178", "kommun-17800", "kommun-178a", "region",
        "region-1", "region-017", "skatteverket-1", "skatteverket-", "Skatteverket", "försäkringskassan", "kommun_1780",
        "kommun-1780 ", "kommun--178", "kommun-+178", "-1780", "a1b",
    ])
    func `what is no agency is refused`(text: String) {
        #expect(AgencyID(text) == nil)
        #expect(AgencyID(source: "/agency/" + text) == nil)
    }

    @Test(arguments: [
        "", "/agency/", "agency/skatteverket", "skatteverket", "/agency/skatteverket/", "/Agency/skatteverket",
    ])
    func `what is no source is refused`(text: String) {
        #expect(AgencyID(source: text) == nil)
    }

    @Test func `the order is that of the texts`() {
        let texts = [
            "bolagsverket", "kommun-0180", "kommun-1780", "kommuna", "livsbuss", "region-01", "region-17",
            "skatteverket",
            "skatteverketabc", "skatteverketb",
        ]
        #expect(texts.reversed().compactMap { AgencyID($0) }.sorted().map(\.description) == texts)
    }

    @Test func `a number belongs to who is many`() {
        #expect(AgencyID(owner: .kommun) == nil)
        #expect(AgencyID(owner: .kommun, number: 10_000) == nil)
        #expect(AgencyID(owner: .region, number: 100) == nil)
        #expect(AgencyID(owner: .kommun, number: -1) == nil)
        #expect(AgencyID(owner: .skatteverket, number: 1) == nil)
        #expect(AgencyID(owner: .kommun, number: 180) == .kommun(180))
    }

    @Test func `a municipality has a code and lies in a region`() {
        #expect(AgencyID.kommun(180).code == "0180")
        #expect(AgencyID.kommun(180).surroundingRegion == .region(1))
        #expect(AgencyID.kommun(1780).surroundingRegion == .region(17))
        #expect(AgencyID.region(9).code == "09")
        #expect(AgencyID.skatteverket.code == nil)
        #expect(AgencyID.skatteverket.number == nil)
        #expect(AgencyID.region(17).surroundingRegion == nil)
    }

    @Test func `agencies and owners are strings when encoded`() throws {
        let agencies = try JSONDecoder().decode([AgencyID].self, from: Data(#"["kommun-1780"]"#.utf8))
        #expect(agencies == [.kommun(1780)])
        #expect(String(decoding: try JSONEncoder().encode(agencies), as: UTF8.self) == #"["kommun-1780"]"#)
        let owners = try JSONDecoder().decode([Owner].self, from: Data(#"["csn","kommun"]"#.utf8))
        #expect(owners == [.csn, .kommun])
        #expect(String(decoding: try JSONEncoder().encode(owners), as: UTF8.self) == #"["csn","kommun"]"#)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Owner].self, from: Data(#"["CSN"]"#.utf8)) }
    }
}
