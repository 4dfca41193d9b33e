import Foundation
import Testing
import YAML

@testable import Scenarios

/// Scenarios on the pages for people are read without a word, and the language's page has every key.
@Suite struct DocumentedLanguageTests {
    /// A fenced block of a page. Its file is named behind its language, or has the name of its scenario.
    struct Block: Sendable, CustomTestStringConvertible {
        let page: String
        let file: String
        let text: String
        let isScenario: Bool
        var testDescription: String { "\(page) \(file)" }
    }

    static let docs = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound)) + "/docs"

    static let blocks: [Block] = {
        let pages = (try? FileManager.default.contentsOfDirectory(atPath: docs)) ?? []
        return pages.filter { $0.hasSuffix(".md") }.sorted().flatMap { blocks(of: $0) }
    }()

    private static func blocks(of page: String) -> [Block] {
        let text = (try? String(contentsOfFile: "\(docs)/\(page)", encoding: .utf8)) ?? ""
        var blocks: [Block] = []
        for match in text.matches(of: /```(?:yaml|csv)(?: (\S+))?\n(.*?)```/.dotMatchesNewlines()) {
            let text = String(match.output.2)
            let name = text.firstMatch(of: /(?m)^scenario: (\S+)$/).map { String($0.output.1) }
            guard let file = match.output.1.map(String.init) ?? name.map({ "\($0).yaml" }) else { continue }
            blocks.append(Block(page: page, file: file, text: text, isScenario: name != nil))
        }
        return blocks
    }

    static let scenarios = blocks.filter(\.isScenario)

    @Test func `there are examples of most of the language`() {
        #expect(Self.scenarios.count >= 12)
        #expect(Set(Self.blocks.map(\.file)).count == Self.blocks.count)
    }

    @Test(arguments: scenarios)
    func `a scenario of a page is read without a word`(block: Block) throws {
        let folder = try LanguageFolder()
        for block in Self.blocks { try folder.write(block.text, to: block.file) }
        let reading = folder.read(block.file)
        #expect(reading.messages == [])
        #expect(!reading.scenarios.isEmpty)
    }

    @Test(arguments: blocks.filter { $0.file.hasSuffix(".yaml") })
    func `what a page shows is laid out`(block: Block) throws {
        let document = try YAMLDocument(text: block.text, file: block.file)
        #expect(try ScenarioFormatter.format(document) == block.text)
    }

    @Test func `the language's page has every key and word of the schema`() throws {
        let page = try String(contentsOfFile: "\(Self.docs)/scenario-language.md", encoding: .utf8)
        let schema = ScenarioSchema.json(vocabulary: ScenarioVocabulary(types: [], tiles: []))
        let object = try JSONSerialization.jsonObject(with: Data(schema.utf8))
        let words = Set(Self.words(object) + ScenarioParser.matchers)
        #expect(words.isSuperset(of: ["scenario", "caused_by", "ledger-complete", "silent", "one_of", "inputs"]))
        // Codes are told where citizens' pages are.
        let codes = (1...11).map { "U\($0)" }
        let missing = words.subtracting(codes).sorted().filter { word in
            !page.contains("`\(word)`") && !page.contains("`\(word): ")
        }
        #expect(missing == [], "the page does not name them as `key`")
    }

    /// Names of properties and values of enumerations.
    private static func words(_ node: Any) -> [String] {
        if let list = node as? [Any] { return list.flatMap(words) }
        guard let map = node as? [String: Any] else { return [] }
        let properties = (map["properties"] as? [String: Any]).map { Array($0.keys) } ?? []
        let choices = (map["enum"] as? [String]) ?? []
        return properties + choices + map.values.flatMap(words)
    }
}
