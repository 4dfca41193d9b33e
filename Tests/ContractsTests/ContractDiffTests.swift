import Contracts
import Foundation
import LifeEvents
import Testing

/// Two folders of contracts compared: what changes, where, and whom it breaks.
@Suite struct ContractDiffTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var file = "skatteverket/birth.v1.schema.json"
        let old: String
        let new: String
        let effect: ContractChange.Effect
        let sentence: String
    }

    private static let readings = [
        DeclaredReading(
            party: Party(whole: Owner("region")), type: EventType("skatteverket.birth.v1"), rule: "call",
            file: "Region.swift", line: 1)
    ]

    static let schema = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://livsbuss.se/topics/skatteverket/birth.v1.schema.json",
          "title": "Birth", "description": "A birth.", "type": "object",
          "x-livsbuss": {"title-sv": "Födelse", "swift": "Birth", "about": {"subject": "the child"}, "chain": "fact"},
          "properties": {
            "order": {"type": "integer", "minimum": 1, "maximum": 9, "description": "O.", "x-livsbuss": {"group": "f"}},
            "sex": {"$ref": "../types.schema.json#/$defs/sex", "description": "S.", "x-livsbuss": {"group": "f"}},
            "place": {"type": "string", "pattern": "^[0-9]{4}$", "description": "P.", "x-livsbuss": {"group": "p"}},
            "names": {"type": "array", "items": {"type": "string", "maxLength": 9}, "description": "N.", "x-livsbuss": {"group": "f"}},
            "weight": {"type": "number", "description": "W.", "x-livsbuss": {"group": "f"}}
          },
          "required": ["order", "sex"],
          "dependentRequired": {"place": ["names"]},
          "additionalProperties": false,
          "examples": [{"order": 1, "sex": "girl"}]
        }
        """#

    static let shared = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://livsbuss.se/topics/types.schema.json",
          "$defs": {
            "sex": {
              "title": "Sex", "description": "S.", "type": "string",
              "enum": ["girl", "boy"],
              "x-livsbuss": {"title-sv": "Kön", "swift": "Sex"}
            },
            "annulled": {"type": "object", "properties": {"reasonCode": {"type": "string", "maxLength": 64}}}
          }
        }
        """#

    private static let files = [
        "types.schema.json": shared, "skatteverket/birth.v1.schema.json": schema,
        "skatteverket/birth.v1.yaml": soundManifest,
        "skatteverket/agency.yaml": """
        owner: skatteverket
        titles: {sv: Skatteverket, en: Tax Agency}
        kind: agency
        branches:
          - {name: folkbokforing, titles: {sv: Folkbokföring, en: Register}}
          - {name: dodsbo, titles: {sv: Dödsbo, en: Estates}}

        """,
        "region/agency.yaml": "owner: region\ntitles: {sv: Region, en: Region}\nkind: agency\ndigits: 2\n",
    ]

    static let schemaCases = [
        Case(
            testDescription: "a field is gone",
            old: #"    "weight": {"type": "number", "description": "W.", "x-livsbuss": {"group": "f"}}"#,
            new: #"    "height": {"type": "number", "description": "W.", "x-livsbuss": {"group": "f"}}"#,
            effect: .breaksBoth, sentence: "the field 'weight' is gone"),
        Case(
            testDescription: "a field is new and optional", old: #"    "weight""#,
            new: #"    "height": {"type": "number", "description": "H.", "x-livsbuss": {"group": "f"}}, "weight""#,
            effect: .compatible, sentence: "the field 'height' is new and optional"),
        Case(
            testDescription: "a field becomes required", old: #"["order", "sex"]"#, new: #"["order", "sex", "place"]"#,
            effect: .breaksWriters, sentence: "the field 'place' was optional and is required now"),
        Case(
            testDescription: "a field becomes optional", old: #"["order", "sex"]"#, new: #"["order"]"#,
            effect: .breaksReaders, sentence: "the field 'sex' was required and is optional now"),
        Case(
            testDescription: "a value is gone", file: "types.schema.json", old: #"["girl", "boy"]"#, new: #"["girl"]"#,
            effect: .breaksWriters, sentence: "the field 'sex' may no longer be 'boy'"),
        Case(
            testDescription: "a value is new", file: "types.schema.json", old: #"["girl", "boy"]"#,
            new: #"["girl", "boy", "unknown"]"#,
            effect: .breaksReaders, sentence: "the field 'sex' may be 'unknown' now"),
        Case(
            testDescription: "what an annulment says is shorter", file: "types.schema.json", old: #""maxLength": 64"#,
            new: #""maxLength": 32"#, effect: .breaksWriters,
            sentence: "maxLength of the field 'reasonCode' was 64 and is 32 now"),
        Case(
            testDescription: "a type is narrower", old: #""weight": {"type": "number""#,
            new: #""weight": {"type": "integer""#,
            effect: .breaksWriters, sentence: "the field 'weight' may no longer be number"),
        Case(
            testDescription: "a type is wider", old: #""order": {"type": "integer""#,
            new: #""order": {"type": "number""#,
            effect: .breaksReaders, sentence: "the field 'order' may be number now"),
        Case(
            testDescription: "a type is another", old: #""weight": {"type": "number""#,
            new: #""weight": {"type": "string""#,
            effect: .breaksBoth, sentence: "the field 'weight' was number and is string now"),
        Case(
            testDescription: "an upper bound is lower", old: #""maximum": 9"#, new: #""maximum": 5"#,
            effect: .breaksWriters, sentence: "maximum of the field 'order' was 9 and is 5 now"),
        Case(
            testDescription: "a lower bound is lower", old: #""minimum": 1"#, new: #""minimum": 0"#,
            effect: .breaksReaders, sentence: "minimum of the field 'order' was 1 and is 0 now"),
        Case(
            testDescription: "a bound is gone", old: #""maximum": 9, "#, new: "",
            effect: .breaksReaders, sentence: "the field 'order' has no maximum any more, which was 9"),
        Case(
            testDescription: "a bound in a list is new", old: #""maxLength": 9"#,
            new: #""minLength": 2, "maxLength": 9"#,
            effect: .breaksWriters, sentence: "the field 'names[]' has minLength 2 now"),
        Case(
            testDescription: "a pattern is another", old: "^[0-9]{4}$", new: "^[0-9]{2}$",
            effect: .breaksBoth, sentence: "pattern of the field 'place' was '^[0-9]{4}$' and is '^[0-9]{2}$' now"),
        Case(
            testDescription: "a dependency is new", old: #"{"place": ["names"]}"#,
            new: #"{"place": ["names", "weight"]}"#,
            effect: .breaksWriters, sentence: "the data must have 'weight' where 'place' is there now"),
        Case(
            testDescription: "a condition is new", old: #"  "dependentRequired""#,
            new: #"  "not": {"required": ["place", "weight"]}, "dependentRequired""#,
            effect: .breaksWriters, sentence: "the data has the condition not now"),
        Case(
            testDescription: "an alternative is new as a whole", old: #"  "dependentRequired""#,
            new: #"  "anyOf": [{"required": ["place"]}, {"required": ["weight"]}], "dependentRequired""#,
            effect: .breaksWriters, sentence: "the data has anyOf now"),
        Case(
            testDescription: "a field becomes protected", old: #""P.", "x-livsbuss": {"group": "p"}"#,
            new: #""P.", "x-livsbuss": {"group": "p", "protected": true}"#,
            effect: .breaksReaders, sentence: "the field 'place' is protected now"),
        Case(
            testDescription: "a field moves to another group", old: #"{"group": "p"}"#, new: #"{"group": "q"}"#,
            effect: .breaksReaders, sentence: "the field 'place' is of the group 'q', and was of 'p'"),
        Case(
            testDescription: "the chain is another", old: #""chain": "fact""#, new: #""chain": "once""#,
            effect: .breaksBoth, sentence: "chain is 'once', and was 'fact'"),
        Case(
            testDescription: "readers are narrowed", old: #""chain": "fact""#,
            new: #""chain": "fact", "readers": ["skatteverket/folkbokforing"]"#,
            effect: .breaksReaders,
            sentence: "of those who may read the topic only skatteverket/folkbokforing read it now"),
        Case(
            testDescription: "whom it concerns is read elsewhere", old: #""chain": "fact""#,
            new: #""chain": "fact", "delimit": ["place"]"#,
            effect: .breaksReaders, sentence: "whom it concerns is read from place, and was from nothing"),
    ]

    private static let manifest = "skatteverket/birth.v1.yaml"

    static let manifestCases = [
        Case(
            testDescription: "fewer partitions", file: manifest, old: "partitions: 4", new: "partitions: 2",
            effect: .breaksBoth, sentence: "4 partitions become 2, which Kafka cannot do"),
        Case(
            testDescription: "more partitions", file: manifest, old: "partitions: 4", new: "partitions: 8",
            effect: .compatible, sentence: "4 partitions become 8"),
        Case(
            testDescription: "smaller messages", file: manifest, old: "maxMessageBytes: 2000",
            new: "maxMessageBytes: 1000",
            effect: .breaksWriters, sentence: "a message may have 1000 bytes at most, and could have 2000"),
        Case(
            testDescription: "larger messages", file: manifest, old: "maxMessageBytes: 2000",
            new: "maxMessageBytes: 3000",
            effect: .compatible, sentence: "a message may have 3000 bytes at most, and could have 2000"),
        Case(
            testDescription: "records are kept for a shorter time", file: manifest, old: "retentionHours: 24",
            new: "retentionHours: 12",
            effect: .breaksReaders, sentence: "12 hours are kept, and were 24: who is away for longer misses records"),
        Case(
            testDescription: "records are kept for ever", file: manifest, old: "retentionHours: 24",
            new: "retentionHours: -1",
            effect: .compatible, sentence: "all hours are kept, and were 24"),
        Case(
            testDescription: "old records are compacted", file: manifest, old: "cleanupPolicy: delete",
            new: "cleanupPolicy: compact",
            effect: .breaksReaders, sentence: "old records are handled by 'compact' and not by 'delete'"),
        Case(
            testDescription: "the class is raised", file: manifest, old: "class: C2", new: "class: C3",
            effect: .breaksReaders, sentence: "the class is raised from C2 to C3"),
        Case(
            testDescription: "the class is lowered", file: manifest, old: "class: C2", new: "class: C1",
            effect: .compatible, sentence: "the class is lowered from C2 to C1"),
        Case(
            testDescription: "a purpose is gone", file: manifest, old: "registration, child-care", new: "registration",
            effect: .breaksBoth, sentence: "it may no longer be used for the purpose 'child-care'"),
        Case(
            testDescription: "the legal basis is another", file: manifest, old: "lag (2001:182)", new: "lag (2026:1)",
            effect: .compatible, sentence: "the legal basis is lag (2026:1), and was lag (2001:182)"),
        Case(
            testDescription: "a row is gone", file: manifest,
            old: "    - {team: region, application: region, access: read}\n", new: "",
            effect: .breaksReaders, sentence: "region/region may no longer read it"),
        Case(
            testDescription: "a right to write is gone", file: manifest, old: "access: readwrite", new: "access: read",
            effect: .breaksWriters, sentence: "skatteverket/folkbokforing may no longer write it"),
        Case(
            testDescription: "a row is new", file: manifest, old: "  acl:\n",
            new: "  acl:\n    - {team: skatteverket, application: dodsbo, access: read}\n",
            effect: .compatible, sentence: "skatteverket/dodsbo may read it now"),
        Case(
            testDescription: "a branch is gone", file: "skatteverket/agency.yaml",
            old: "  - {name: dodsbo, titles: {sv: Dödsbo, en: Estates}}\n", new: "",
            effect: .breaksBoth, sentence: "there is no branch 'dodsbo' any more"),
        Case(
            testDescription: "agencies have longer numbers", file: "region/agency.yaml", old: "digits: 2",
            new: "digits: 4",
            effect: .breaksBoth, sentence: "its agencies have numbers of 4 digits, and had of 2"),
    ]

    private func diff(_ change: Case) throws -> [ContractChange] {
        let old = try TopicsFolder(Self.files)
        let text = try #require(Self.files[change.file])
        try #require(text.contains(change.old), "\(change.file)")
        let changed = text.replacing(change.old, with: change.new, maxReplacements: 1)
        let new = try TopicsFolder(Self.files.merging([change.file: changed]) { $1 })
        let changes = try ContractDiff(old: old.path, new: new.path, readings: Self.readings).changes
        // A place is in one of the two folders.
        for change in changes {
            #expect(change.file.hasPrefix(old.path) || change.file.hasPrefix(new.path))
            #expect(change.line != nil && change.column != nil, "\(change)")
        }
        return changes
    }

    @Test(arguments: schemaCases + manifestCases)
    func `a change is told with whom it breaks`(change: Case) throws {
        let changes = try diff(change)
        let told = try #require(
            changes.first { $0.sentence.hasPrefix(change.sentence) }, "\(changes.map(\.description))")
        #expect(told.effect == change.effect)
        #expect(told.isBreaking == (change.effect != .compatible))
    }

    @Test(arguments: schemaCases + manifestCases)
    func `a change is told on the way back too`(change: Case) throws {
        let old = try TopicsFolder(Self.files)
        let changed = try #require(Self.files[change.file])
            .replacing(change.old, with: change.new, maxReplacements: 1)
        let new = try TopicsFolder(Self.files.merging([change.file: changed]) { $1 })
        // What lets less through lets more through the other way round: something is always told.
        let way = try ContractDiff(old: old.path, new: new.path, readings: [])
        let back = try ContractDiff(old: new.path, new: old.path, readings: [])
        #expect(!way.changes.isEmpty)
        #expect(!back.changes.isEmpty)
    }

    @Test func `who breaks is named with the rules that hear the type`() throws {
        let value = try #require(Self.schemaCases.first { $0.testDescription == "a value is new" })
        let changes = try diff(value)
        try #require(changes.count == 1)
        #expect(
            changes[0].message == "skatteverket.birth.v1: the field 'sex' may be 'unknown' now; breaks who hears it: "
                + "region/region (“call”), skatteverket/folkbokforing")
        let row = try #require(Self.manifestCases.first { $0.testDescription == "a row is gone" })
        #expect(
            try diff(row).map(\.message) == [
                "skatteverket.birth.v1: region/region may no longer read it; breaks who hears it: region/region (“call”)"
            ])
    }

    @Test(arguments: [
        ("", #", "consent": "careNeeds""#, "region/region is told only with a consent to careNeeds", true),
        (#", "consent": "careNeeds""#, "", "region/region is told without a consent", false),
        (
            #", "consent": "careNeeds""#,
            #", "consent": {"scope": ["careFee", "careNeeds"], "where": {"sex": ["boy"]}}"#,
            "region/region is told only with a consent to careFee or careNeeds where sex is boy, and was with one to "
                + "careNeeds", true
        ),
    ])
    func `what consent a reader needs is a change`(
        old: String, new: String, sentence: String, isBreaking: Bool
    ) throws {
        func folder(_ consent: String) throws -> TopicsFolder {
            let readers =
                #""chain": "fact", "delimit": ["place"], "readers": [{"reader": "region/region", "offer": "concerned"\#(consent)}]"#
            let text = Self.schema.replacing(#""chain": "fact""#, with: readers)
            return try TopicsFolder(Self.files.merging(["skatteverket/birth.v1.schema.json": text]) { $1 })
        }
        let (before, after) = (try folder(old), try folder(new))
        let changes = try ContractDiff(old: before.path, new: after.path, readings: Self.readings).changes
        #expect(changes.map(\.sentence) == [sentence])
        #expect(changes.map(\.isBreaking) == [isBreaking])
    }

    @Test func `a change stands where it was made, what is gone where it stood`() throws {
        let bound = try #require(Self.schemaCases.first { $0.testDescription == "an upper bound is lower" })
        let change = try #require(try diff(bound).first)
        #expect(change.file.hasSuffix("/skatteverket/birth.v1.schema.json"))
        #expect(change.line == 7 && change.column == 59)
        #expect(change.description.contains(":7:59: breaks-writers: skatteverket.birth.v1: maximum"))
    }

    @Test func `topics, types and owners come and go`() throws {
        let old = try TopicsFolder(Self.files)
        let none = try TopicsFolder(Self.files.filter { !$0.key.contains("birth") })
        func told(_ from: TopicsFolder, _ to: TopicsFolder) throws -> [String] {
            try ContractDiff(old: from.path, new: to.path, readings: []).changes.map {
                "\($0.effect.rawValue) \($0.subject) \($0.sentence)"
            }
        }
        #expect(try told(old, none) == ["breaks-both skatteverket.birth.v1 the topic is gone"])
        #expect(
            try told(none, old) == [
                "compatible skatteverket.birth.v1 the topic is new", "compatible skatteverket.birth.v1 the type is new",
            ])
        let untyped = try TopicsFolder(Self.files.filter { !$0.key.hasSuffix("birth.v1.schema.json") })
        #expect(try told(old, untyped) == ["breaks-both skatteverket.birth.v1 the type is gone"])
        let ownerless = try TopicsFolder(Self.files.filter { !$0.key.hasPrefix("region/") })
        #expect(try told(old, ownerless) == ["breaks-both region the owner is gone"])
    }

    @Test func `folders that say the same are alike, in whatever words`() throws {
        let old = try TopicsFolder(Self.files)
        let reworded = Self.schema.replacing("A birth.", with: "A registered birth.")
            .replacing(#""minimum": 1, "maximum": 9"#, with: #""maximum": 9.0, "minimum": 1"#)
        let new = try TopicsFolder(Self.files.merging(["skatteverket/birth.v1.schema.json": reworded]) { $1 })
        #expect(try ContractDiff(old: old.path, new: new.path, readings: []).changes == [])
        #expect(try ContractDiff(old: TopicsFolder.shipped, new: TopicsFolder.shipped, readings: []).changes == [])
    }

    @Test func `faults of both folders are told at once`() throws {
        let bad = try TopicsFolder(["skatteverket/birth.v1.yaml": "kind: 7\n"])
        let worse = try TopicsFolder(["region/birth.v1.yaml": "kind: 8\n"])
        let error = try #require(throws: ContractError.self) {
            try ContractDiff(old: bad.path, new: worse.path, readings: [])
        }
        #expect(Set(error.problems.map { $0.file.contains("/skatteverket/") }) == [true, false])
    }
}
