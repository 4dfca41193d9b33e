import Contracts
import Foundation
@testable import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// Who has to do with an agency of a place lives there as a rule: of people with protected personal data no message to
/// others, and no record, names one.
@Suite struct GatePlacesTests {
    private typealias Bench = GateBench

    /// A gate that knows notes of Skatteverket with agencies in them, which a region reads.
    private static func bench(
        addressee: String = "", mark: String = "",
        readers: [String] = ["skatteverket", "region", "pensionsmyndigheten"]
    ) throws -> Bench {
        let folder = FileManager.default.temporaryDirectory.appending(path: "places-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for owner in ["kommun", "skatteverket"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: owner), withIntermediateDirectories: true)
            try Data(Self.schema(owner, required: addressee, mark).utf8).write(
                to: folder.appending(path: "\(owner)/note.v1.schema.json"))
        }
        try Data("{}".utf8).write(to: folder.appending(path: "types.schema.json"))
        let types = try SchemaCatalogue(folder: folder.path).types
        let schemas = try MessageSchemas(folder: folder.path, files: types.map { ($0.type, $0.file) })
        let access = AccessRights(
            topics: ["kommun", "skatteverket"].compactMap { Owner(text: $0) }.map { owner in
                TopicManifest(
                    owner: owner, name: "\(owner).note.v1", config: TopicConfig(),
                    access: readers.map {
                        AccessRule(team: $0, application: $0, access: .readwrite)
                    }, informationClass: .c2, purposes: ["test"], titleSwedish: "", titleEnglish: "", file: "")
            },
            agencies: [
                AgencyFile(
                    owner: .kommun, titles: Titles(swedish: "", english: ""), kind: .agency, digits: 4,
                    numbering: .municipality, file: ""),
                AgencyFile(
                    owner: .region, titles: Titles(swedish: "", english: ""), kind: .agency, digits: 2,
                    numbering: .county, file: ""),
            ], types: types)
        return Bench(schemas: schemas, access: access, places: access.placeNumbers)
    }

    private static func schema(_ owner: String, required: String, _ mark: String) -> String {
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "$id": "https://livsbuss.se/topics/\(owner)/note.v1.schema.json", "title": "Note", "description": "A note.",
         "x-livsbuss": {"title-sv": "Ord", "swift": "Note\(owner == "kommun" ? "Of" : "By")", "about": {"subject": "a person"},
            "chain": "once", "delimit": ["concerns"]},
         "type": "object", "required": [\(required)], "additionalProperties": false, "examples": [{"addressee": "bank-01"}],
         "properties": {
            "text": {"type": "string", "description": "T.", "x-livsbuss": {"group": "f"}},
            "level": {"type": "string", "description": "L.", "x-livsbuss": {"group": "f"\(owner == "skatteverket" ? #", "sets": "protection""# : "")}},
            "about": {"type": "string", "format": "subject", "description": "A.", "x-livsbuss": {"group": "f"}},
            "addressee": {"type": "string", "format": "agency", "description": "W.", "x-livsbuss": {"group": "f"}},
            "concerns": {"type": "array", "items": {"type": "string", "format": "agency"}, "description": "C.",
                "x-livsbuss": {"group": "f"\(mark)}}}}
        """
    }

    /// Plays one note; gives what the log then has.
    private static func say(
        _ data: String, by source: String = "skatteverket", about subject: Subject = Bench.ek,
        on topic: Int32 = Bench.note,
        at minute: Int64, _ bench: Bench
    ) throws -> [Slice] {
        let instant = Bench.minute(minute)
        let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: UInt64(minute) << 20)
        let type = Bench.topics[Int(topic)].name
        let value =
            #"{"specversion":"1.0","id":"\#(id)","type":"\#(type)","source":"/agency/\#(source)","subject":"\#(subject)","#
            + #""time":"\#(instant)","data":\#(data)}"#
        var bucket = OutboxBucket()
        Array(value.utf8).withUnsafeBytes { _ = bucket.append(id, topic, 0, subject, $0) }
        return try bench.play(minute, bucket)
    }

    private static func text(_ slices: [Slice]) -> String {
        slices.flatMap { slice in
            slice.messages.map {
                String(decoding: slice.bytes[$0.start..<$0.start + $0.count], as: UTF8.self)
            }
        }.joined()
    }

    private static func protect(_ bench: Bench, _ level: String = "marked") throws {
        _ = try say(#"{"level":"\#(level)"}"#, at: 1, bench)
    }

    @Test(arguments: [
        (#"{"concerns":["kommun-1780","pensionsmyndigheten","region-17"]}"#, #"{"concerns":["pensionsmyndigheten"]}"#),
        (#"{"text":"a","addressee":"region-17"}"#, #"{"text":"a"}"#),
        // Who stands for no place stays.
        (#"{"addressee":"bank-01"}"#, #"{"addressee":"bank-01"}"#),
        (#"{"text":"kommun-1780 said so"}"#, #"{"text":"kommun-1780 said so"}"#),
    ])
    func `agencies of a place leave the data, whether the schema marks them or not`(data: String, told: String) throws {
        let bench = try Self.bench()
        try Self.protect(bench)
        let said = Self.text(try Self.say(data, at: 2, bench))
        #expect(said.contains(#""data":\#(told)}"#), "\(said)")
        // Of anybody else all of it is told.
        let other = Self.text(try Self.say(data, about: Bench.alm, at: 3, bench))
        #expect(other.contains(#""data":\#(data)}"#), "\(other)")
        // And of anybody else who names the person none.
        let naming = data.dropLast() + #","about":"\#(Bench.ek)"}"#
        let named = Self.text(try Self.say(String(naming), about: Bench.alm, at: 4, bench))
        #expect(!named.contains("\"kommun-1780\"") && !named.contains("\"region-17\""), "\(named)")
    }

    @Test func `who is not told for want of a place is named in a letter, and nobody else`() throws {
        let bench = try Self.bench()
        try Self.protect(bench)
        _ = try Self.say(#"{"concerns":["kommun-1780","region-17"]}"#, at: 2, bench)
        #expect(bench.letters.map(\.reason) == ["protected"])
        let letter = Self.text(try bench.play(3))
        #expect(letter.contains("not to region/region;") && !letter.contains("17"), "\(letter)")
    }

    /// Region Gotland is a county of one municipality.
    @Test(arguments: [("kommun-1780", 1 as Int32), ("region-09", 1)])
    func `what an agency of one municipality says of a protected person to others is told by hand`(
        source: String, topic: Int32
    ) throws {
        let bench = try Self.bench()
        try Self.protect(bench)
        #expect(try Self.say(#"{"text":"a"}"#, by: source, on: topic, at: 2, bench).isEmpty)
        #expect(bench.letters.map(\.reason) == ["protected"])
        let letter = Self.text(try bench.play(3))
        #expect(letter.contains("by hand") && !letter.contains(source), "\(letter)")
        #expect(try Self.say(#"{"text":"a"}"#, by: source, about: Bench.alm, on: topic, at: 4, bench).count == 1)
    }

    @Test func `what a region of several municipalities says of a protected person travels`() throws {
        let bench = try Self.bench()
        try Self.protect(bench)
        #expect(Self.text(try Self.say(#"{"text":"a"}"#, by: "region-17", on: 1, at: 2, bench)).contains("region-17"))
        #expect(bench.letters.isEmpty)
    }

    /// Who keeps the register that says who is protected knows where everybody is.
    @Test func `what an agency of a place tells the register alone travels`() throws {
        let bench = try Self.bench(readers: ["skatteverket"])
        try Self.protect(bench)
        #expect(Self.text(try Self.say(#"{"text":"a"}"#, by: "region-09", on: 1, at: 2, bench)).contains("region-09"))
        #expect(bench.letters.isEmpty)
    }

    @Test func `a field of which the schema says that nobody is there stays`() throws {
        let bench = try Self.bench(mark: #", "protected": false"#)
        try Self.protect(bench)
        let said = Self.text(try Self.say(#"{"addressee":"kommun-0180","concerns":["kommun-1780"]}"#, at: 2, bench))
        #expect(said.hasSuffix(#""data":{"concerns":["kommun-1780"]}}"#), "\(said)")
    }

    @Test func `what says nothing without an agency of a place is told by hand`() throws {
        let bench = try Self.bench(addressee: #""addressee""#)
        _ = try Self.say(#"{"level":"marked","addressee":"bank-01"}"#, at: 1, bench)
        #expect(try Self.say(#"{"addressee":"kommun-1780"}"#, at: 2, bench).isEmpty)
        #expect(bench.letters.map(\.reason) == ["protected"])
        #expect(Self.text(try Self.say(#"{"addressee":"bank-02"}"#, at: 3, bench)).contains("bank-02"))
    }

    @Test func `an outsider who names the place of a protected person is refused`() throws {
        let bench = try Self.bench()
        try Self.protect(bench)
        var outsider = Outsider()
        outsider.text = #"a","addressee":"kommun-1780"#
        bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        try bench.readOutsiders()
        #expect(bench.letters.map(\.reason) == ["protected"])
    }

    @Test func `what is recorded of a protected person names no number of a place, of others all`() throws {
        let bench = try Self.bench()
        let kommun = try #require(AgencyID("kommun-1780"))
        let own = EventID.custom(hash: (1, 1))
        for (level, shown) in [("lifted", "kommun-1780"), ("marked", "kommun")] {
            bench.gate.protected.set(level == "lifted" ? nil : level, of: Bench.ek, world: 0)
            var slice = Slice(instant: Bench.minute(5))
            let value =
                #"{"id":"\#(own)","type":"kommun.note.v1","source":"/agency/kommun-1780","subject":"\#(Bench.ek)","#
                + #""data":{"text":"a","addressee":"kommun-1780"}}"#
            Array(value.utf8).withUnsafeBytes { slice.append($0, id: own, world: 0, topic: 1, isOutside: false) }
            var record = HandlingRecord()
            record.readings = [.init(message: 0, agency: kommun, right: 0, use: .used)]
            let secrets = bench.gate.conceal(&slice, &record)
            #expect(secrets.speakers == (level == "lifted" ? [:] : [own: kommun]))
            #expect(record.readings.map { "\($0.agency)" } == [shown])
            #expect(Self.text([slice]).contains("1780") == (level == "lifted"))
            #expect(Self.text([slice]).contains(#""source":"/agency/\#(shown)""#))
            #expect("\(bench.gate.shown(kommun, about: Bench.ek))" == shown)
        }
    }
}
