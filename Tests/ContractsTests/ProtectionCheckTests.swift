import Contracts
import Foundation
import LifeEvents
import Testing

/// `topics check` asks of each municipality that others read whether a person could be there.
@Suite struct ProtectionCheckTests {
    @Test func `the shipped schemas say it of every municipality that others read`() throws {
        let rights = try ShippedContracts.catalogue().rights()
        let types = try ShippedContracts.schemas().types
        #expect(ProtectionCheck(rights, types: types).findings().map(\.description) == [])
    }

    @Test(arguments: [
        (#""format": "municipality""#, "", "region", 1),
        (#""format": "municipality""#, #", "protected": true"#, "region", 0),
        (#""format": "municipality""#, #", "protected": false"#, "region", 0),
        // Only the owner and the bus read it.
        (#""format": "municipality""#, "", "skatteverket", 0), (#""format": "municipality""#, "", "livsbuss", 0),
        (#""format": "clock""#, "", "region", 0), (#""format": "agency""#, "", "region", 0),
    ])
    func `a field of which the schema says neither is told`(form: String, mark: String, reader: String, count: Int)
        throws
    {
        for isList in [false, true] {
            let value = #""type": "string", \#(form)"#
            let type = isList ? #""type": "array", "items": {\#(value)}"# : value
            let found = try Self.findings(
                #""town": {\#(type), "description": "T.", "x-livsbuss": {"group": "f"\#(mark)}}"#, reader: reader)
            #expect(found.count == count, "\(found)")
            #expect(found.allSatisfy { $0.contains("'town'") && $0.contains("skatteverket.note.v1") })
        }
    }

    private static func findings(_ field: String, reader: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "places-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "skatteverket")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let text = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "https://livsbuss.se/topics/skatteverket/note.v1.schema.json", "title": "Note",
             "description": "A note.", "x-livsbuss": {"title-sv": "Ord", "swift": "Note",
                "about": {"subject": "a person"}, "chain": "once"},
             "type": "object", "properties": {\(field)}, "required": [], "additionalProperties": false,
             "examples": [{}]}
            """
        try Data(text.utf8).write(to: place.appending(path: "note.v1.schema.json"))
        try Data("{}".utf8).write(to: folder.appending(path: "types.schema.json"))
        let types = try SchemaCatalogue(folder: folder.path).types
        let topic = TopicManifest(
            owner: .skatteverket, name: "skatteverket.note.v1", config: TopicConfig(),
            access: [AccessRule(team: reader, application: reader, access: .read)], informationClass: .c2,
            purposes: ["test"], titleSwedish: "", titleEnglish: "", file: "")
        return ProtectionCheck(AccessRights(topics: [topic], agencies: [], types: types), types: types).findings()
            .map(\.description)
    }
}
