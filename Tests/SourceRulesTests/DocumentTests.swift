import Foundation
import Testing

/// The pages for people.
@Suite struct DocumentTests {
    static let pages =
        ["README.md", "Topics/README.md", "seeds/README.md"]
        + Repository.paths(below: "docs").filter { $0.hasSuffix(".md") }

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

    @Test func `each file that the page for agencies shows is what stands in the file it names`() throws {
        let shown = Self.blocks(in: try Self.text(of: "docs/agency.md"))
        #expect(shown.count >= 12)
        for block in shown {
            let text = try Self.text(of: block.path)
            if block.language == "swift" {
                #expect("\n\(text)".contains("\n\(block.text)"), "this does not stand in \(block.path):\n\(block.text)")
            } else {
                #expect(block.text == text, "\(block.path) is not shown as it is")
            }
        }
        #expect(Set(shown.map(\.language)) == ["swift", "yaml", "json"])
    }

    @Test func `a block of a page is of the file that is linked last before it`() {
        let page =
            "[a](../A.swift) and [b](../B.md)\n\n```swift\nlet a = 1\n```\n```json\n{}\n```\n```console\n$ x\n```\n"
        let found = Self.blocks(in: page).map { "\($0.path) \($0.language) \($0.text)" }
        #expect(found == ["A.swift swift let a = 1\n", "A.swift json {}\n"])
    }

    @Test func `links and headings are found`() {
        let text = "# A b: `c`\n[x](y.md#a-b-c) and [z](../w.yaml), `[no](code)`\n```\n[no](fence)\n# no\n```\n"
        #expect(Self.links(in: text) == ["y.md#a-b-c", "../w.yaml"])
        #expect(Self.anchors(in: text) == ["a-b-c"])
    }

    /// The blocks of Swift, YAML and JSON of a page in `docs`, each with the source file that is linked last before it.
    static func blocks(in page: String) -> [(path: String, language: String, text: String)] {
        var blocks: [(path: String, language: String, text: String)] = []
        var path = ""
        var isOpen = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                let language = String(line.dropFirst(3))
                isOpen = ["swift", "yaml", "json"].contains(language)
                if isOpen { blocks.append((path, language, "")) }
            } else if isOpen {
                blocks[blocks.count - 1].text += line + "\n"
            } else {
                for link in links(in: String(line)) where link.contains(/\.(swift|yaml|json)$/) {
                    path = String(link.trimmingPrefix("../"))
                }
            }
        }
        return blocks
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
