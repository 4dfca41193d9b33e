import Foundation
import JSON
import JSONSchema
import Testing

/// AsyncAPI 3.0's own schema, as it is published beside the checkout; it is not copied into it.
///
/// It is written in draft 7, which our validator does not read, and is put into the words of 2020-12 here. Without it
/// its tests are named as skipped, except where `CI=true`: there they fail.
struct AsyncAPISchema {
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let path: String? = {
        let beside = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/schemas").path
        let named = ProcessInfo.processInfo.environment["SCHEMAS_FOR_TESTS"]
        return [named, beside].compactMap { $0.map { "\($0)/asyncapi-3.0.0.json" } }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    static var isWanted: Bool { isDemanded || path != nil }

    private let schema: CompiledSchema

    init() throws {
        let path = try #require(Self.path, "../shared/schemas/asyncapi-3.0.0.json is missing")
        let text = try Self.translated(String(contentsOfFile: path, encoding: .utf8))
        let library = try SchemaLibrary(
            [SchemaDocument(uri: "asyncapi.json", file: path, bytes: Array(text.utf8))], assertsFormats: false)
        schema = try #require(library["asyncapi.json"])
    }

    /// What is wrong with a document.
    func failures(of document: String) throws -> [String] {
        try JSONTape.reading(document) { schema.failures(of: $0, limit: 10).map(\.description) }
    }

    // MARK: - From draft 7 to 2020-12

    private static func translated(_ text: String) throws -> String {
        try JSONTape.reading(text) { root in
            var writer = JSONWriter()
            schema(root, &writer)
            return writer.text
        }
    }

    /// Keywords whose value is an object of schemas.
    private static let maps = ["definitions", "properties", "patternProperties"]
    /// Keywords whose value is no schema.
    private static let plain = ["enum", "const", "default", "examples", "required", "type", "dependencies"]

    private static func schema(_ value: JSONValue, _ writer: inout JSONWriter) {
        guard value.kind == .object else { return writer.raw(value) }
        let members = value.members.map { (key: $0.keyString, value: $0.value) }
        let hasTuple = members.contains { $0.key == "items" && $0.value.kind == .array }
        writer.beginObject()
        for (key, value) in members {
            switch key {
            case "$schema", "dependencies", "example": continue
            case "additionalItems" where !hasTuple: continue
            default: break
            }
            writer.key(name(key, hasTuple: hasTuple))
            if key == "$ref" {
                writer.string((value.string ?? "").replacing("/definitions/", with: "/$defs/"))
            } else if plain.contains(key) {
                writer.raw(value)
            } else if maps.contains(key) {
                writer.beginObject()
                for member in value.members {
                    writer.key(member.keyString)
                    schema(member.value, &writer)
                }
                writer.endObject()
            } else if value.kind == .array {
                writer.beginArray()
                for element in value.elements { schema(element, &writer) }
                writer.endArray()
            } else {
                schema(value, &writer)
            }
        }
        writer.endObject()
    }

    private static func name(_ key: String, hasTuple: Bool) -> String {
        switch key {
        case "definitions": "$defs"
        case "items" where hasTuple: "prefixItems"
        case "additionalItems": "items"
        default: key
        }
    }
}
