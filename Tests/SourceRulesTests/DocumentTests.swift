import Foundation
import Testing

/// The pages for people.
@Suite struct DocumentTests {
    static let pages =
        ["README.md", "Topics/README.md"] + Repository.paths(below: "docs").filter { $0.hasSuffix(".md") }

    @Test(arguments: pages)
    func `every relative link leads to a file, and to a heading where it names one`(page: String) throws {
        for link in try Self.links(in: Self.text(of: page)) where !link.contains("://") && !link.hasPrefix("mailto:") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let folder = page.contains("/") ? String(page[..<page.lastIndex(of: "/")!]) + "/" : ""
            let target = parts[0].isEmpty ? page : folder + parts[0]
            let path = Repository.root.appending(path: target).standardized.path()
            #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(link)")
            guard parts.count == 2, target.hasSuffix(".md") else { continue }
            let anchors = try Self.anchors(in: String(contentsOfFile: path, encoding: .utf8))
            #expect(anchors.contains(parts[1]), "\(page) links to \(link); headings are \(anchors)")
        }
    }

    @Test func `the code for agencies is the code that is compiled and tested`() throws {
        let files = [
            "Tests/AgenciesTests/ExampleAgency.swift", "Tests/AgenciesTests/ExampleAgencyTests.swift",
            "Tests/JourneyTestingTests/JourneyTests.swift",
        ]
        let code = try files.map(Self.text)
        let blocks = try Self.text(of: "docs/agency.md").matches(of: /```swift\n(.*?)```/.dotMatchesNewlines())
        #expect(blocks.count >= 5)
        for block in blocks.map({ String($0.output.1) }) {
            #expect(code.contains { $0.contains(block) }, "this stands in none of \(files):\n\(block)")
        }
        // Nothing of the agency is left out but its imports.
        let shown = blocks.map { String($0.output.1) }.joined(separator: "\n")
        let agency = try #require(code.first)
        let left = agency.split(separator: "\n").filter { !shown.contains($0) }
        #expect(left.allSatisfy { $0.hasPrefix("import ") || $0.hasPrefix("// ") }, "\(left)")
    }

    @Test func `links and headings are found`() {
        let text = "# A b: `c`\n[x](y.md#a-b-c) and [z](../w.yaml), `[no](code)`\n```\n[no](fence)\n# no\n```\n"
        #expect(Self.links(in: text) == ["y.md#a-b-c", "../w.yaml"])
        #expect(Self.anchors(in: text) == ["a-b-c"])
    }

    static func text(of page: String) throws -> String {
        try String(contentsOf: Repository.root.appending(path: page), encoding: .utf8)
    }

    /// The targets of links outside code.
    static func links(in text: String) -> [String] {
        prose(text).flatMap { line in
            line.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
        }
    }

    /// Headings as a web page names them.
    static func anchors(in text: String) -> [String] {
        prose(text).filter { $0.hasPrefix("#") }.map { line in
            let title = line.drop { $0 == "#" }.trimmingPrefix(" ").lowercased()
            return String(title.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" })
                .replacing(" ", with: "-")
        }
    }

    /// The lines outside fenced blocks.
    private static func prose(_ text: String) -> [String] {
        var isCode = false
        return text.split(separator: "\n").map(String.init).filter { line in
            guard line.hasPrefix("```") else { return !isCode }
            isCode.toggle()
            return false
        }
    }
}
