import Contracts
import Foundation
import Testing

/// The generated Swift types, held against the schemas that they are made from.
@Suite struct GeneratedVocabularyTests {
    static let vocabulary = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent()
        .appending(path: SwiftVocabulary.folder).path

    /// A copy of the shipped schemas, with one file changed.
    private func changed(_ file: String, _ old: String, _ new: String) throws -> TopicsFolder {
        var files: [String: String] = [:]
        let names = FileManager.default.enumerator(atPath: TopicsFolder.shipped)?.compactMap { $0 as? String } ?? []
        for name in names where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
            files[name] = try String(contentsOfFile: "\(TopicsFolder.shipped)/\(name)", encoding: .utf8)
        }
        let text = try #require(files[file])
        #expect(text.contains(old))
        files[file] = text.replacing(old, with: new, maxReplacements: 1)
        return try TopicsFolder(files)
    }

    private func differences(_ folder: String) throws -> [String] {
        let schemas = try SchemaCatalogue(folder: folder)
        return try GeneratedFolder.differences(
            SwiftVocabulary.files(for: schemas, agencies: try Catalogue(folder: folder).agencies), in: Self.vocabulary
        ).map(\.description)
    }

    @Test func `the committed Swift types are those that the schemas ask for`() throws {
        #expect(try differences(TopicsFolder.shipped) == [])
    }

    @Test(arguments: [
        ("skatteverket/birth.v1.schema.json", "The mother.", "The child's mother.", ["skatteverket/Birth.swift"]),
        (
            "skatteverket/birth.v1.schema.json", #"["mother", "birthDate","#, #"["birthDate","#,
            ["skatteverket/Birth.swift"]
        ),
        ("region/agency.yaml", "digits: 2\nnumbering: county", "digits: 3", ["Owners.swift"]),
        ("region/agency.yaml", "name: health-care", "name: health-care-centre", ["TileName.swift"]),
        ("types.schema.json", #""rejected""#, #""refused""#, ["Shared/Outcome.swift"]),
    ])
    func `a schema that changes asks for other Swift types`(
        file: String, old: String, new: String, paths: [String]
    ) throws {
        let folder = try changed(file, old, new)
        #expect(
            try differences(folder.path) == paths.map { "\($0): differs from what the contracts ask for" })
    }

    @Test func `a type with another name asks for another file`() throws {
        let folder = try changed("skatteverket/birth.v1.schema.json", #""swift": "Birth""#, #""swift": "Newborn""#)
        #expect(
            try differences(folder.path) == [
                "EventTypes.swift: differs from what the contracts ask for",
                "skatteverket/Birth.swift: is asked for by no contract", "skatteverket/Newborn.swift: is missing",
            ])
    }
}
