import Foundation

/// What no source file may hold: a crash in waiting, a promise, or more than can be read at one sitting.
enum TidinessRule {
    static let longest = 500

    private static let forbidden: [(words: [String], reason: String)] = [
        (["try", "!"], "try! traps where an error should be told"),
        (["as", "!"], "as! traps where an error should be told"),
    ]

    static func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for index in file.tokens.indices {
            for (words, reason) in forbidden where file.matches(words, at: index) && file.tokens[index + 1].isJoined {
                found.append(file.violation(file.tokens[index].line, reason))
            }
        }
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            for word in ["TODO", "FIXME"] where line.utf8.firstRange(of: word.utf8) != nil {
                found.append(file.violation(index + 1, "\(word): do it, or write an issue"))
            }
        }
        let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
        if count > longest { found.append(file.violation(count, "\(count) lines, at most \(longest)")) }
        return found
    }
}
