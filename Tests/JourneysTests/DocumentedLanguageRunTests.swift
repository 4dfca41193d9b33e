import Foundation
import Testing

/// Every scenario on the pages for people runs and passes.
@Suite struct DocumentedLanguageRunTests {
    /// The blocks of all pages that are files: named behind their language, or by their scenario.
    static let files: [(name: String, text: String, isScenario: Bool)] = {
        let docs = "\(RealBinary.repository)/docs"
        let pages = (try? FileManager.default.contentsOfDirectory(atPath: docs)) ?? []
        return pages.filter { $0.hasSuffix(".md") }.sorted().flatMap { files(of: "\(docs)/\($0)") }
    }()

    private static func files(of page: String) -> [(name: String, text: String, isScenario: Bool)] {
        let text = (try? String(contentsOfFile: page, encoding: .utf8)) ?? ""
        var files: [(name: String, text: String, isScenario: Bool)] = []
        for match in text.matches(of: /```(?:yaml|csv)(?: (\S+))?\n(.*?)```/.dotMatchesNewlines()) {
            let text = String(match.output.2)
            let scenario = text.firstMatch(of: /(?m)^scenario: (\S+)$/).map { "\($0.output.1).yaml" }
            guard let name = match.output.1.map(String.init) ?? scenario else { continue }
            files.append((name, text, scenario != nil))
        }
        return files
    }

    @Test func `there are scenarios on the pages`() {
        #expect(Self.files.count(where: \.isScenario) >= 12)
    }

    @Test(arguments: files.filter(\.isScenario).map(\.name))
    func `a scenario of a page passes`(name: String) throws {
        let folder = try Folder()
        for file in Self.files { try folder.write(file.name, file.text) }
        let run = try livsbuss(["run", name, "--quiet"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
    }
}
