import Files
import Foundation

/// Which scenarios and tests say that they prove a rule: a comment with `rules: B4, B6` in a file of Scenarios or Tests.
struct RuleTests {
    /// The files by rule's number, each sorted, relative to the checkout.
    private var files: [String: [String]] = [:]

    /// Reads the folders that stand beside the contracts.
    /// - Parameter root: the checkout; a folder that is not there has no tests.
    init(root: String) throws {
        for folder in ["Scenarios", "Tests"] {
            // A link to a folder is not followed by what walks it.
            let path = URL(fileURLWithPath: "\(root)/\(folder)").resolvingSymlinksInPath().path
            let names = (FileManager.default.enumerator(atPath: path)?.allObjects ?? [])
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".swift") }.sorted()
            for name in names { add(try Places.text(of: "\(path)/\(name)"), "\(folder)/\(name)") }
        }
    }

    /// The scenarios and tests that prove a rule.
    func proving(_ number: String) -> [String] { files[number] ?? [] }

    private mutating func add(_ text: String, _ file: String) {
        for line in text.split(separator: "\n") {
            for number in Self.numbers(in: line) where files[number]?.last != file {
                files[number, default: []].append(file)
            }
        }
    }

    /// The rules that a line names: `# rules: B4, B6` or `// rules: B4`.
    static func numbers(in line: Substring) -> [String] {
        let line = line.drop { $0 == " " }
        guard line.hasPrefix("#") || line.hasPrefix("//") else { return [] }
        let words = line.drop { $0 == "#" || $0 == "/" }.drop { $0 == " " }
        guard words.hasPrefix("rules: ") else { return [] }
        return words.dropFirst("rules: ".count).split { $0 == "," || $0 == " " }.map(String.init)
    }
}
