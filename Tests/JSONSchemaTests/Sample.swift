import JSON
import Testing

@testable import JSONSchema

/// One schema for tests, named `a.json`.
enum Sample {
    static func schema(_ text: String, formats: [SchemaFormat] = SchemaFormat.standard) throws -> CompiledSchema {
        let document = SchemaDocument(uri: "a.json", bytes: Array(text.utf8))
        return try #require(try SchemaLibrary([document], formats: formats)["a.json"])
    }

    /// The sentences about a value; that both verdicts agree is checked on the way.
    static func sentences(_ schema: CompiledSchema, _ instance: String) throws -> [String] {
        try JSONTape.reading(instance) { value in
            let failures = schema.failures(of: value)
            #expect(schema.isValid(value) == failures.isEmpty, "\(instance)")
            return failures.map(\.description)
        }
    }

    /// Why documents are refused; empty if they are not.
    static func refusals(_ documents: [(uri: String, text: String)]) -> [String] {
        do throws(SchemaErrors) {
            _ = try SchemaLibrary(documents.map { SchemaDocument(uri: $0.uri, bytes: Array($0.text.utf8)) })
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }
}
