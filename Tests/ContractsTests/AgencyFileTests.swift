import Contracts
import LifeEvents
import Testing

@Suite struct AgencyFileTests {
    static let sound = """
        owner: kommun
        titles: {sv: Kommun, en: Municipality}
        kind: agency
        digits: 4
        branches:
          - {name: forskola, titles: {sv: Förskola, en: Preschool}}
          - {name: familjeratt, titles: {sv: Familjerätt, en: Family law}}
        tiles:
          - name: parenthood
            titles: {sv: Föräldraskap, en: Parenthood}
            page: birth
            order: 2
            seenBy: guardians
            setBy: [kommun, skatteverket]
          - {name: preschool, titles: {sv: Förskola, en: Preschool}, page: birth, order: 8, seenBy: subject}

        """
    static let people = """
        owner: citizen
        titles: {sv: Invånare, en: People}
        kind: people
        pages:
          - {name: birth, titles: {sv: Födelse, en: Birth}}
          - {name: death, titles: {sv: Dödsfall, en: Death}}

        """
    static let other = """
        owner: skatteverket
        titles: {sv: Skatteverket, en: Tax Agency}
        kind: agency

        """

    static func folder(
        kommun: String = sound, citizen: String = people, skatteverket: String = other
    ) throws -> TopicsFolder {
        try TopicsFolder([
            "kommun/agency.yaml": kommun, "citizen/agency.yaml": citizen, "skatteverket/agency.yaml": skatteverket,
        ])
    }

    @Test func `everything that an owner declares arrives`() throws {
        let folder = try Self.folder()
        let catalogue = try Catalogue(folder: folder.path)
        #expect(catalogue.agencies.map(\.owner) == [.citizen, .kommun, .skatteverket])
        let kommun = try #require(catalogue.agency(of: .kommun))
        #expect(
            kommun
                == AgencyFile(
                    owner: .kommun, titles: Titles(swedish: "Kommun", english: "Municipality"), kind: .agency,
                    digits: 4,
                    branches: [
                        BranchDeclaration(
                            branch: Branch("forskola"), titles: Titles(swedish: "Förskola", english: "Preschool")),
                        BranchDeclaration(
                            branch: Branch("familjeratt"), titles: Titles(swedish: "Familjerätt", english: "Family law")
                        ),
                    ],
                    tiles: [
                        TileDeclaration(
                            name: "parenthood", titles: Titles(swedish: "Föräldraskap", english: "Parenthood"),
                            page: "birth", order: 2, seenBy: .guardians, setBy: [.kommun, .skatteverket]),
                        TileDeclaration(
                            name: "preschool", titles: Titles(swedish: "Förskola", english: "Preschool"), page: "birth",
                            order: 8, seenBy: .subject, setBy: [.kommun]),
                    ], file: "\(folder.path)/kommun/agency.yaml"))
        #expect(catalogue.agency(of: .citizen)?.pages.map(\.name) == ["birth", "death"])
        #expect(kommun.readers.map(\.name) == ["forskola", "familjeratt"])
        #expect(catalogue.agency(of: .skatteverket)?.readers == [Branch(whole: .skatteverket)])
    }

    /// An edit of the municipality's file, and the faults it makes, without the folder.
    struct Case: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let faults: [String]

        init(_ old: String, _ new: String, _ faults: String...) {
            (self.old, self.new, self.faults) = (old, new, faults)
        }

        var testDescription: String { "'\(old)' → '\(new)'" }
    }

    @Test(
        arguments: [
            ("", AgencyFile.Sector.state), ("digits: 4\nnumbering: municipality\n", .municipality),
            ("digits: 2\nnumbering: county\n", .region), ("digits: 2\nnumbering: county\nsector: state\n", .state),
            ("sector: private\n", .privateBody),
        ] as [(String, AgencyFile.Sector)])
    func `an owner belongs to the part of society that it names, or that its numbers tell`(
        more: String, sector: AgencyFile.Sector
    ) throws {
        let folder = try Self.folder(skatteverket: Self.other + more)
        #expect(try Catalogue(folder: folder.path).agency(of: .skatteverket)?.sector == sector)
    }

    static let cases = [
        Case("owner: kommun", "owner: region", "1:8: owner must be 'kommun' as the folder is, not 'region'"),
        Case(
            "titles: {sv: Kommun, en", "titles: {se: Kommun, en", "2:9: titles lacks the key 'sv'",
            "2:10: titles has no key 'se'; did you mean 'sv'?"),
        Case(
            "kind: agency", "kind: agncy",
            "3:7: kind must be 'agency', 'people' or 'bus', not 'agncy'; did you mean 'agency'?"),
        Case(
            "digits: 4", "sector: privat\ndigits: 4",
            "4:9: sector must be 'state', 'municipality', 'region' or 'private', not 'privat'; did you mean 'private'?"),
        Case("digits: 4", "digits: 0", "4:9: digits must be 1 to 4, not 0"),
        Case("digits: 4", "digits: four", "4:9: digits must be a whole number without quotes"),
        Case(
            "name: familjeratt", "name: Familjerätt",
            "7:12: the name of a branch must be letters a to z and hyphens, not 'Familjerätt'"),
        Case(
            "name: familjeratt", "name: forskola",
            "7:5: the branch 'forskola' is there twice; the first is on line 6"),
        Case("tiles:", "tils:", "8:1: the agency has no key 'tils'; did you mean 'tiles'?"),
        Case("page: birth\n", "page: brith\n", "11:11: there is no page 'brith'; did you mean 'birth'?"),
        Case("page: birth\n", "page: move\n", "11:11: there is no page 'move'; those declared are birth, death"),
        Case("    order: 2\n", "", "9:5: a tile lacks the key 'order'"),
        Case(
            "order: 8", "order: 2",
            "15:82: the tile 'parenthood' has place 2 on the page 'birth' already"),
        Case(
            "seenBy: guardians", "seenBy: guardian",
            "13:13: seenBy must be 'subject', 'applicant', 'guardians', 'payee', 'survivor', 'estatePartners' or "
                + "'organisation', not 'guardian'; did you mean 'guardians'?"),
        Case(
            "[kommun, skatteverket]", "[skatteverket]",
            "14:12: setBy must name 'kommun' too: a tile is declared by one of those who set it"),
        Case(
            "[kommun, skatteverket]", "[kommun, skateverket]",
            "14:21: there is no owner 'skateverket'; did you mean 'skatteverket'?"),
        Case(
            "[kommun, skatteverket]", "[kommun, kommun]",
            "14:21: the owner 'kommun' is there twice; the first is on line 14"),
        Case(
            "[kommun, skatteverket]", "[kommun, region-17]",
            "14:21: 'region-17' is no owner; use 3 to 20 letters a to z"),
        Case("[kommun, skatteverket]", "kommun", "14:12: setBy must be a list with at least one item"),
        Case(
            "digits: 4\n", "pages: [{name: birth, titles: {sv: A, en: B}}]\n",
            "4:8: pages belong to the owner of kind 'people', not to one of kind 'agency'"),
    ]

    @Test(arguments: cases)
    func `a fault of an agency's file is told with its place`(edit: Case) throws {
        let text = Self.sound.replacing(edit.old, with: edit.new, maxReplacements: 1)
        try #require(text != Self.sound)
        let folder = try Self.folder(kommun: text)
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == edit.faults.map { "\(folder.path)/kommun/agency.yaml:\($0)" }.joined(separator: "\n"))
    }

    @Test func `a tile that two owners declare is refused in the second`() throws {
        let folder = try Self.folder(
            skatteverket: Self.other + """
                tiles:
                  - {name: preschool, titles: {sv: A, en: B}, page: birth, order: 9, seenBy: payee}

                """)
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == "\(folder.path)/skatteverket/agency.yaml:5:12: the tile 'preschool' is declared already, in "
                + "\(folder.path)/kommun/agency.yaml:15; declare it once and name there who sets it (setBy)")
    }

    @Test func `an owner's folder without its file is refused`() throws {
        let folder = try TopicsFolder(["skatteverket/birth.v1.yaml": soundManifest], withAgencies: false)
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == "\(folder.path)/skatteverket: the owner has no agency.yaml, which says its titles and branches")
    }

    @Test func `only one owner is the people`() throws {
        let folder = try Self.folder(
            skatteverket: Self.other.replacing("kind: agency", with: "kind: people"))
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == "\(folder.path)/skatteverket/agency.yaml: only one owner is of kind 'people', and 'citizen' is")
    }

    @Test func `every tile of this version is declared, and no other`() throws {
        let declared = try ShippedContracts.catalogue().agencies.flatMap(\.tiles).map(\.name)
        #expect(Set(declared) == Set(TileName.allCases.map(\.rawValue)))
    }

    @Test(arguments: [Owner.kommun, .region, .skatteverket, .citizen, .livsbuss])
    func `an owner's digits are those of its agencies' ids`(owner: Owner) throws {
        #expect(try ShippedContracts.catalogue().agency(of: owner)?.digits == owner.digits)
    }
}
