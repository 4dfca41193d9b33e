import Foundation
import JSON
import JSONSchema
import Testing
import YAML

/// The schema that a cluster holds manifests against, as nais publishes it beside the checkout; it is not copied into
/// it.
///
/// Without it its tests are named as skipped, except where `CI=true`: there they fail.
struct PublishedManifestSchema {
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let path: String? = {
        let beside = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/schemas").path
        let named = ProcessInfo.processInfo.environment["SCHEMAS_FOR_TESTS"]
        return [named, beside].compactMap { $0.map { "\($0)/kafka.nais.io_topics.yaml" } }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    static var isWanted: Bool { isDemanded || path != nil }

    private let schema: CompiledSchema

    init() throws {
        let path = try #require(Self.path, "../shared/schemas/kafka.nais.io_topics.yaml is missing")
        let versions = try YAMLDocument(contentsOf: path).root.entry(named: "spec")?.value
            .entry(named: "versions")?.value.items
        let published = versions?.first { $0.entry(named: "name")?.value.scalar == "v1" }?
            .entry(named: "schema")?.value.entry(named: "openAPIV3Schema")?.value
        // What only Kubernetes reads says nothing of whether a value is valid.
        let text = try PlainYAML.json(#require(published)) { !$0.hasPrefix("x-kubernetes-") }
        let library = try SchemaLibrary([SchemaDocument(uri: "topic.json", file: path, bytes: Array(text.utf8))])
        schema = try #require(library["topic.json"])
    }

    /// What is wrong with a manifest.
    func failures(of manifest: String) throws -> [String] {
        let text = PlainYAML.json(try YAMLDocument(text: manifest, file: "manifest.yaml").root)
        return try JSONTape.reading(text) { schema.failures(of: $0).map(\.description) }
    }
}

/// YAML as JSON, with the types that YAML 1.2 gives to texts without quotes.
enum PlainYAML {
    static func json(_ node: YAMLNode, keeping isKept: (String) -> Bool = { _ in true }) -> String {
        var writer = JSONWriter()
        write(node, &writer, isKept)
        return writer.text
    }

    private static func write(_ node: YAMLNode, _ writer: inout JSONWriter, _ isKept: (String) -> Bool) {
        if let entries = node.entries {
            writer.beginObject()
            for entry in entries where isKept(entry.name) {
                writer.key(entry.name)
                write(entry.value, &writer, isKept)
            }
            writer.endObject()
        } else if let items = node.items {
            writer.beginArray()
            for item in items { write(item, &writer, isKept) }
            writer.endArray()
        } else {
            write(node.scalar ?? "", isPlain: node.style == .plain, &writer)
        }
    }

    private static func write(_ text: String, isPlain: Bool, _ writer: inout JSONWriter) {
        guard isPlain else { return writer.string(text) }
        switch text {
        case "true", "false": writer.bool(text == "true")
        case "null", "~", "": writer.null()
        default:
            if let number = Int64(text) {
                writer.int(number)
            } else if text.first?.isNumber == true, let number = Double(text) {
                writer.double(number)
            } else {
                writer.string(text)
            }
        }
    }
}
