import Contracts
import Foundation

/// Schemas of two types, read from a folder that is gone afterwards: one says who is protected, the other a secret.
struct TemporarySchemas {
    let types: [TypeSchema]

    init(level: String, secret: String, isWithheld: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "protection-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(
            folder, level, "Level",
            #""level": {"type": "string", "description": "L.", "x-livsbuss": {"group": "f", "sets": "protection"}}"#)
        try Self.write(
            folder, secret, "Secret",
            #""text": {"type": "string", "description": "T.", "x-livsbuss": {"group": "f", "protected": true}}"#,
            more: isWithheld ? #", "protected": "withheld""# : "")
        try Data("{}".utf8).write(to: folder.appending(path: "types.schema.json"))
        types = try SchemaCatalogue(folder: folder.path).types
    }

    private static func write(_ folder: URL, _ owner: String, _ name: String, _ field: String, more: String = "") throws
    {
        let place = folder.appending(path: owner)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let text = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "https://livsbuss.se/topics/\(owner)/note.v1.schema.json", "title": "\(name)",
             "description": "A note.", "x-livsbuss": {"title-sv": "Ord", "swift": "\(name)",
                "about": {"subject": "a person"}, "chain": "once"\(more)},
             "type": "object", "properties": {\(field)}, "required": [], "additionalProperties": false,
             "examples": [{}]}
            """
        try Data(text.utf8).write(to: place.appending(path: "note.v1.schema.json"))
    }
}
