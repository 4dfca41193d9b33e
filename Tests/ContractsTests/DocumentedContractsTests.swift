import Contracts
import Foundation
import Testing

/// The contracts that the page for agencies shows, in its order.
@Suite struct DocumentedContractsTests {
    /// The blocks of a language, without the indentation of the list that they stand in.
    private func blocks(_ language: String) throws -> [String] {
        let page = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent().appending(path: "docs/agency.md")
        let lines = try String(contentsOf: page, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var blocks: [String] = []
        var indent: Int?
        for line in lines {
            let trimmed = line.drop { $0 == " " }
            if indent == nil, trimmed == "```\(language)" {
                indent = line.count - trimmed.count
                blocks.append("")
            } else if let depth = indent {
                if trimmed == "```" { indent = nil } else { blocks[blocks.count - 1] += line.dropFirst(depth) + "\n" }
            }
        }
        return blocks
    }

    @Test func `the contracts of the page for agencies are read, and give the struct of its example`() throws {
        let (yaml, json) = (try blocks("yaml"), try blocks("json"))
        try #require(yaml.count == 2 && json.count == 1)
        let shared = "\(TopicsFolder.shipped)/\(SchemaCatalogue.sharedFile)"
        let folder = try TopicsFolder(
            [
                "csn/agency.yaml": yaml[0], "csn/study-aid.v1.yaml": yaml[1], "csn/study-aid.v1.schema.json": json[0],
                SchemaCatalogue.sharedFile: String(contentsOfFile: shared, encoding: .utf8),
            ], withAgencies: false)
        let catalogue = try Catalogue(folder: folder.path)
        #expect(catalogue.topics.map(\.name) == ["csn.study-aid.v1"])
        let schemas = try SchemaCatalogue(folder: folder.path)
        let file = try #require(
            SwiftVocabulary.files(for: schemas, agencies: catalogue.agencies).first {
                $0.path == "csn/StudyAid.swift"
            })
        for line in [
            "/// A decision on student aid (beslut om studiemedel).", "public struct StudyAid: LifeEvent {",
            "    public var from: Day", "    public var through: Day",
        ] { #expect(file.text.contains(line + "\n")) }
        // The example's struct is written by hand until the schema is there.
        let example = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent()
            .appending(path: "Tests/AgenciesTests/ExampleAgency.swift")
        let text = try String(contentsOf: example, encoding: .utf8)
        for field in try #require(schemas.type(named: "csn.study-aid.v1")).fields {
            #expect(text.contains("    var \(field.name): Day\n"))
        }
    }
}
