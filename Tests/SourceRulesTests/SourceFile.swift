import Foundation

/// Something a rule does not allow, as an editor can jump to it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let reason: String

    var description: String { "\(path):\(line): \(reason)" }
}

/// One file, with its path from the root of the repository.
struct SourceFile {
    let path: String
    let text: String
    let tokens: [Token]
    let comments: [Int: String]
    /// What string literals say.
    let texts: [(line: Int, text: String)]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        let cut = SwiftTokens(text)
        tokens = cut.tokens
        comments = cut.comments
        texts = cut.texts
    }

    func violation(_ line: Int, _ reason: String) -> Violation {
        Violation(path: path, line: line, reason: reason)
    }

    /// Whether the words stand at an index; a word that ends in `…` matches by its beginning.
    func matches(_ words: [String], at index: Int) -> Bool {
        guard index + words.count <= tokens.count else { return false }
        return words.indices.allSatisfy { offset in
            let (word, text) = (words[offset], tokens[index + offset].text)
            return word.hasSuffix("…") ? text.hasPrefix(word.dropLast()) : text == word
        }
    }

    /// The text of a token; empty outside the file.
    func word(_ index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }

    /// The index after the bracket that closes the one at `index`.
    func afterBracket(at index: Int) -> Int {
        var depth = 0
        for position in index..<tokens.count {
            switch tokens[position].text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            default: break
            }
            if depth == 0 { return position + 1 }
        }
        return tokens.count
    }
}

/// The repository that this test was compiled from.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The Swift files below a folder, by path; none if there is no such folder.
    static func files(below folder: String) throws -> [SourceFile] {
        try paths(below: folder).filter { $0.hasSuffix(".swift") }.map { path in
            SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }

    /// All files below a folder, from the root, sorted.
    static func paths(below folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
        return (found?.compactMap { $0 as? String } ?? []).map { "\(folder)/\($0)" }.sorted()
    }
}

/// A list for a failure message, a line each.
func report(_ violations: [Violation]) -> String {
    violations.map { "\n\($0)" }.joined()
}
