import Contracts
import LifeEvents
import Testing

/// What `topics check` finds, in folders of two or three contracts.
@Suite struct ContractCheckTests {
    /// One edit of the sound folder, and what is found then, without the folder.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        var file = "skatteverket/birth.v1.yaml"
        var edits: [(old: String, new: String)] = []
        var hears: [String: String] = [:]
        var publishes: [String: String] = [:]
        var types: [String] = []
        var schemas: [String]?
        let findings: [String]

        var testDescription: String { what }
    }

    static let birth = "skatteverket.birth.v1"

    static let manifest = """
        apiVersion: kafka.nais.io/v1
        kind: Topic
        metadata:
          name: birth.v1
          namespace: skatteverket
          labels: {team: skatteverket}
          annotations:
            livsbuss.se/title-sv: Födelse
            livsbuss.se/title-en: Birth
            livsbuss.se/class: C2
            livsbuss.se/purposes: registration
            livsbuss.se/legal-basis: lag (2001:182)
        spec:
          pool: livsbuss
          config:
            replication: 3
            minimumInSyncReplicas: 2
            retentionHours: 24
          acl:
            - {team: skatteverket, application: folkbokforing, access: readwrite}
            - {team: region, application: region, access: read}
            - {team: livsbuss, application: livsbuss, access: read}

        """

    static let agencies = [
        "skatteverket/agency.yaml": """
        owner: skatteverket
        titles: {sv: A, en: B}
        kind: agency
        branches:
          - {name: folkbokforing, titles: {sv: A, en: B}}
          - {name: dodsbo, titles: {sv: A, en: B}}
        """,
        "region/agency.yaml": "owner: region\ntitles: {sv: A, en: B}\nkind: agency\ndigits: 2\n",
        "livsbuss/agency.yaml": "owner: livsbuss\ntitles: {sv: A, en: B}\nkind: bus\n",
    ]

    static let unheardRegion =
        "20:5: no row lets region/region read skatteverket.birth.v1, which its rule “call” hears (Region.swift:7)"

    static let access = [
        Case(
            what: "a row that no rule uses",
            edits: [
                ("{team: livsbuss", "{team: skatteverket, application: dodsbo, access: read}\n    - {team: livsbuss")
            ],
            findings: [
                "22:7: skatteverket/dodsbo may read skatteverket.birth.v1 and no rule of it hears a type of it; remove "
                    + "the row"
            ]),
        Case(
            what: "a row that neither reads nor writes",
            edits: [
                (
                    "{team: livsbuss",
                    "{team: skatteverket, application: dodsbo, access: readwrite}\n    - {team: livsbuss"
                )
            ],
            findings: ["22:7: skatteverket/dodsbo neither hears nor publishes skatteverket.birth.v1; remove the row"]),
        Case(
            what: "a right to write that nothing uses",
            edits: [("region, access: read}", "region, access: readwrite}")],
            findings: [
                "21:7: region/region may write skatteverket.birth.v1 and publishes no type of it; write access: read"
            ]),
        Case(
            what: "a right to read that nothing uses", hears: ["skatteverket/folkbokforing": ""],
            findings: [
                "20:7: skatteverket/folkbokforing may read skatteverket.birth.v1 and no rule of it hears a type of it; "
                    + "write access: write"
            ]),
        Case(
            what: "a rule that no row allows",
            edits: [("    - {team: region, application: region, access: read}\n", "")],
            findings: [
                unheardRegion
            ]),
        Case(
            what: "a rule that a row for writing does not allow",
            edits: [("region, access: read}", "region, access: write}")],
            findings: [
                unheardRegion,
                "21:7: region/region may write skatteverket.birth.v1 and publishes no type of it; remove the row",
            ]),
        Case(
            what: "a publication that no row allows", edits: [("access: readwrite", "access: read")],
            findings: [
                "20:5: no row lets skatteverket/folkbokforing write skatteverket.birth.v1, and it publishes "
                    + "skatteverket.birth.v1"
            ]),
        Case(
            what: "a bus that may not read",
            edits: [("    - {team: livsbuss, application: livsbuss, access: read}\n", "")],
            findings: ["20:5: no row lets livsbuss/livsbuss read skatteverket.birth.v1"]),
        Case(
            what: "a misspelt owner", edits: [("team: region, a", "team: regoin, a")],
            findings: [
                unheardRegion,
                "21:7: there is no owner 'regoin'; did you mean 'region'?",
            ]),
        Case(
            what: "a branch that the owner does not have", edits: [("application: region", "application: regions")],
            findings: [
                unheardRegion,
                "21:7: region has no branch 'regions'; did you mean 'region'?",
            ]),
    ]

    static let types = [
        Case(
            what: "a type that nobody hears though somebody may read it", types: ["skatteverket.birth.twin.v1"],
            findings: ["4:9: nobody hears skatteverket.birth.twin.v1"]),
        Case(
            what: "a type without a schema", schemas: [], findings: ["4:9: skatteverket.birth.v1 has no schema"]),
    ]

    static let settings = [
        Case(
            what: "personal data that is kept for ever", edits: [("retentionHours: 24", "retentionHours: -1")],
            findings: [
                "18:21: personal data (class C2) is kept for ever; write down when it goes (GDPR article 5.1 e)"
            ]),
        Case(
            what: "personal data that compaction keeps for ever",
            edits: [("retentionHours: 24", "retentionHours: 24\n    cleanupPolicy: compact")],
            findings: [
                "18:21: personal data (class C2) is kept for ever; write down when it goes (GDPR article 5.1 e)"
            ]),
        Case(
            what: "public data that is kept for ever",
            edits: [("retentionHours: 24", "retentionHours: -1"), ("class: C2", "class: C1")], findings: []),
        Case(
            what: "personal data without a ground",
            edits: [("    livsbuss.se/legal-basis: lag (2001:182)\n", "")],
            findings: [
                "4:9: personal data (class C2) flows on no ground that the manifest says: name the law, the contract or the "
                    + "consent (livsbuss.se/legal-basis)"
            ]),
        Case(
            what: "public data without a ground",
            edits: [("    livsbuss.se/legal-basis: lag (2001:182)\n", ""), ("class: C2", "class: C1")], findings: []),
        Case(
            what: "too few replicas", edits: [("replication: 3", "replication: 2"), ("Replicas: 2", "Replicas: 1")],
            findings: [
                "16:18: 2 replicas: one broker that is down for maintenance leaves a single copy; use 3 or more",
                "16:18: minimumInSyncReplicas 1: what one broker alone has taken is lost with it",
            ]),
        Case(
            what: "as many replicas in sync as there are", edits: [("Replicas: 2", "Replicas: 3")],
            findings: ["16:18: minimumInSyncReplicas is all 3 replicas: one broker that is down stops all writes"]),
        Case(
            what: "a reader of sensitive data that is not named", edits: [("class: C2", "class: C4")],
            findings: [
                "21:7: region/region may read a topic of class C4 and is not among its named readers "
                    + "(livsbuss.se/readers)"
            ]),
        Case(
            what: "a reader of sensitive data that is named",
            edits: [("class: C2", "class: C4\n    livsbuss.se/readers: region/region")], findings: []),
        Case(
            what: "a named reader that has no row",
            edits: [("class: C2", "class: C4\n    livsbuss.se/readers: region/region, kommun/forskola")],
            findings: ["21:5: the named reader kommun/forskola has no row in the access list"]),
    ]

    @Test(arguments: access + types + settings)
    func `a finding tells file, line and column`(of: Case) throws {
        let found = try Self.findings(of)
        #expect(found == of.findings.map { "\(of.file):\($0)" })
    }

    @Test func `a folder whose access lists say what its agencies do has no findings`() throws {
        #expect(try Self.findings(Case(what: "", findings: [])) == [])
    }

    @Test func `a type whose topic has no manifest is told with the rule that hears it`() throws {
        let found = try Self.findings(
            Case(
                what: "", hears: ["region/region": "skatteverket.death.v1"], types: ["skatteverket.death.v1"],
                findings: []))
        #expect(
            found.contains(
                "skatteverket.death.v1: no manifest has the topic, which the rule “call” of region/region hears "
                    + "(Region.swift:7)"), "\(found)")
    }

    @Test func `a type whose topic has no manifest is told where its schema stands`() throws {
        let folder = try TopicsFolder([
            "types.schema.json": ContractDiffTests.shared,
            "skatteverket/birth.v1.schema.json": ContractDiffTests.schema,
        ])
        let check = ContractCheck(
            try Catalogue(folder: folder.path), types: [EventType("skatteverket.birth.v1")], readings: [], writings: [])
        #expect(
            check.findings().map(\.description) == [
                "\(folder.path)/skatteverket/birth.v1.schema.json:1:1: no manifest has the topic skatteverket.birth.v1"
            ])
    }

    @Test func `a topic that carries no type of this version is told`() throws {
        let found = try Self.findings(
            Case(what: "", edits: [("name: birth.v1", "name: birth.v2")], findings: []), as: "birth.v2")
        #expect(found.first == "skatteverket/birth.v2.yaml:4:9: no type of this version is on skatteverket.birth.v2")
    }

    @Test func `findings of a file come in its order`() throws {
        let found = try Self.findings(
            Case(
                what: "",
                edits: [
                    ("application: region, access: read", "application: region, access: readwrite"),
                    ("replication: 3", "replication: 2"), ("Replicas: 2", "Replicas: 1"),
                    ("retentionHours: 24", "retentionHours: -1"),
                ], schemas: [], findings: []))
        let lines = found.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } }
        #expect(lines == [4, 16, 16, 18, 21])
    }

    @Test func `whoever reads a topic of an owner may lay aside what breaks its contract, and nobody else`() throws {
        let rows = """
              acl:
                - {team: skatteverket, application: folkbokforing, access: readwrite}
                - {team: skatteverket, application: dodsbo, access: readwrite}
                - {team: livsbuss, application: livsbuss, access: readwrite}

            """
        let letters = Self.manifest.replacing("name: birth.v1", with: "name: dead-letter.v1")
        let head = letters[..<(try #require(letters.firstRange(of: "  acl:"))).lowerBound]
        let folder = try TopicsFolder(
            Self.agencies.merging([
                "skatteverket/birth.v1.yaml": Self.manifest, "skatteverket/dead-letter.v1.yaml": head + rows,
            ]) { $1 })
        #expect(
            try Self.findings(folder, Case(what: "", findings: [])) == [
                "skatteverket/dead-letter.v1.yaml:20:5: no row lets region/region write skatteverket.dead-letter.v1"
            ])
    }

    @Test(arguments: ["team: '*', application: region", "team: region, application: '*'"])
    func `a wildcard in an access list is refused before anything is checked`(party: String) throws {
        let folder = try TopicsFolder(
            Self.agencies.merging([
                "skatteverket/birth.v1.yaml": Self.manifest.replacing("team: region, application: region", with: party)
            ]) { $1 })
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == "\(folder.path)/skatteverket/birth.v1.yaml:21:7: a wildcard gives access to branches that nobody has "
                + "named; write a row for each")
    }

    // MARK: - The folder

    static func findings(_ check: Case, as name: String = "birth.v1") throws -> [String] {
        var text = manifest
        for edit in check.edits {
            try #require(text.contains(edit.old))
            text = text.replacing(edit.old, with: edit.new, maxReplacements: 1)
        }
        return try findings(TopicsFolder(agencies.merging(["skatteverket/\(name).yaml": text]) { $1 }), check)
    }

    static func findings(_ folder: TopicsFolder, _ check: Case) throws -> [String] {
        let hears = ["skatteverket/folkbokforing": birth, "region/region": birth].merging(check.hears) { $1 }
        let publishes = ["skatteverket/folkbokforing": birth].merging(check.publishes) { $1 }
        let readings = try hears.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
            DeclaredReading(
                party: try party($0.key), type: EventType($0.value), rule: "call", file: "Region.swift", line: 7)
        }
        let types = ([birth] + check.types).map { EventType($0) }
        return ContractCheck(
            try Catalogue(folder: folder.path), types: types, readings: readings,
            writings: try publishes.sorted { $0.key < $1.key }.map {
                DeclaredWriting(party: try party($0.key), type: EventType($0.value))
            }, schemas: check.schemas?.map { EventType($0) }
        ).findings().map { "\($0)".replacing("\(folder.path)/", with: "") }
    }

    static func party(_ text: String) throws -> Party {
        let parts = text.split(separator: "/").map(String.init)
        return Party(try #require(Owner(text: parts[0])), try #require(Branch(text: parts[1])))
    }
}
