import AgencyKit
import Contracts
import Foundation
import Hosting
import JSON
import LifeEvents
import Testing

/// A host offers its agencies what their branches have a right to, and no more.
@Suite struct RightsTests {
    private static let tax = AgencyID(.skatteverket)
    private static let towns: [AgencyID] = [.kommun(180), .kommun(1780)]

    /// The rights of a word that two towns may hear.
    private static func access(_ readers: String, rows: String = "kommun") throws -> AccessRights {
        let schema = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "https://livsbuss.se/topics/skatteverket/word.v1.schema.json", "title": "Word",
             "description": "A word.",
             "x-livsbuss": {"title-sv": "Ord", "swift": "Word", "about": {"subject": "a person"}, "chain": "fact",
                "delimit": ["town"], "readers": \(readers)},
             "type": "object",
             "properties": {
                "text": {"type": "string", "description": "T.", "x-livsbuss": {"group": "facts"}},
                "town": {"type": "string", "format": "municipality", "description": "M.",
                    "x-livsbuss": {"group": "place"}},
                "history": {"type": "integer", "description": "H.", "x-livsbuss": {"group": "secret"}}},
             "required": ["text"], "additionalProperties": false, "examples": [{"text": "a"}]}
            """
        let folder = FileManager.default.temporaryDirectory.appending(path: "rights-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let owner = folder.appending(path: "skatteverket")
        try FileManager.default.createDirectory(at: owner, withIntermediateDirectories: true)
        try Data(schema.utf8).write(to: owner.appending(path: "word.v1.schema.json"))
        try Data("{}".utf8).write(to: folder.appending(path: "types.schema.json"))
        let topic = TopicManifest(
            owner: .skatteverket, name: "skatteverket.word.v1", config: TopicConfig(),
            access: [AccessRule(team: rows, application: rows, access: .read)], informationClass: .c2,
            purposes: ["test"], titleSwedish: "Ord", titleEnglish: "Word", file: "")
        let kommun = AgencyFile(
            owner: .kommun, titles: Titles(swedish: "Kommun", english: "Municipality"), kind: .agency, digits: 4,
            numbering: .municipality, file: "")
        return AccessRights(
            topics: [topic], agencies: [kommun], types: try SchemaCatalogue(folder: folder.path).types)
    }

    private static func run(_ access: AccessRights, wantsReports: Bool = true) -> HostRun {
        let run = HostRun(
            [(TableAgency<Town>(table: [:]), towns)],
            worlds: [HostedWorld(number: 0, name: "w", agencies: towns)], access: access)
        run.host.wantsReports = wantsReports
        return run
    }

    private static func readings(_ run: HostRun) -> [String] {
        run.records.flatMap(\.readings).map { "\($0.agency) \($0.use)" }
    }

    @Test func `a municipality hears what names it, and not what names another`() throws {
        let run = Self.run(try Self.access(#"["kommun/kommun"]"#))
        try run.say("come", at: 0, town: "1780")
        try run.say("nobody", at: 1)
        try run.play()
        #expect(Self.readings(run) == ["kommun-1780 used"])
    }

    @Test func `of a later link hear also those that an earlier one named`() throws {
        let run = Self.run(try Self.access(#"["kommun/kommun"]"#))
        try run.say("came", at: 0, town: "1780")
        try run.say("came in truth to another", at: 1, town: "0180", change: .corrected)
        try run.say("never came", at: 2, change: .ceased)
        try run.play()
        #expect(
            Self.readings(run) == [
                "kommun-1780 used", "kommun-0180 used", "kommun-1780 used", "kommun-0180 used", "kommun-1780 used",
            ])
    }

    @Test func `a reader of cases hears of those on whom it holds one`() throws {
        let run = Self.run(try Self.access(#"[{"reader": "kommun/kommun", "offer": "case"}]"#))
        try run.say("to nobody", at: 0, town: "1780")
        try run.play()
        #expect(Self.readings(run).isEmpty)
    }

    @Test func `a rule without a row is not run, and the ledger and the report say so`() throws {
        let run = Self.run(try Self.access(#"["kommun/kommun"]"#, rows: "region"))
        try run.say("come", at: 0, town: "1780")
        try run.play()
        #expect(Self.readings(run) == ["kommun-0180 denied", "kommun-1780 denied"])
        let reason = "no row of skatteverket.word.v1 lets kommun/kommun read it"
        #expect(run.records.flatMap(\.rivers).map(\.report.outcome) == [.denied(reason), .denied(reason)])
        #expect(run.host.rights.map(\.isGranted) == [false])
    }

    @Test func `a reader does not get the fields to which it has no right`() throws {
        let whole = Self.run(try Self.access(#"[{"reader": "kommun/kommun", "offer": "all"}]"#))
        let reduced = Self.run(
            try Self.access(#"[{"reader": "kommun/kommun", "offer": "all", "groups": ["place"]}]"#))
        for run in [whole, reduced] {
            try run.say("come", at: 0)
            try run.play()
        }
        #expect(Self.readings(whole) == ["kommun-0180 used", "kommun-1780 used"])
        // The word's text is required, and this reader has no right to it: its Swift type cannot be read.
        #expect(Self.readings(reduced) == ["kommun-0180 unused", "kommun-1780 unused"])
        #expect(reduced.lines.dropFirst().allSatisfy { $0.contains(#"the key "text" is missing"#) }, "\(reduced.lines)")
        #expect(reduced.host.rights.map(\.hiddenFields) == [["text", "history"]])
    }

    @Test func `a reader of some values is offered the events that say so, and what follows on a case of its own`()
        throws
    {
        let run = Self.run(
            try Self.access(#"[{"reader": "kommun/kommun", "offer": "all", "where": {"text": ["come", "stay"]}}]"#))
        try run.say("go", at: 0)
        try run.say("come", at: 1)
        try run.say("went", at: 2, change: .corrected)
        try run.say("stay", at: 3)
        try run.play()
        #expect(
            Self.readings(run) == Array(repeating: ["kommun-0180 used", "kommun-1780 used"], count: 2).flatMap(\.self))
    }

    @Test(arguments: [
        (#"{"text": ["a"]}"#, true), (#"{"text": ["b", "a"]}"#, true), (#"{"text": ["b"]}"#, false),
        (#"{"text": ["ab"]}"#, false),
    ])
    func `a selection is of whole values`(selection: String, admits: Bool) throws {
        let right = try Self.access(#"[{"reader": "kommun/kommun", "offer": "all", "where": \#(selection)}]"#)
            .reading(of: Word.type, by: Party(whole: .kommun))
        try JSONTape.reading(#"{"text":"a"}"#) { data in
            #expect(right.admits(data, follows: false) == admits)
        }
        // What lacks the field, as an annulment does, is for those who hold a case.
        try JSONTape.reading("{}") { data in
            #expect(right.admits(data, follows: true) && !right.admits(data, follows: false))
        }
    }

    @Test(arguments: [("true", true), ("false", false), ("\"true\"", true), ("1", nil)] as [(String, Bool?)])
    func `a selection may be of yes or no`(written: String, admits: Bool?) throws {
        let selection = FieldSelection(field: "forensic", values: ["true"])
        try JSONTape.reading(#"{"forensic":\#(written)}"#) { data in
            #expect(selection.admits(data) == admits)
        }
    }
}
