import Foundation
import Testing

/// Texts for people say `1 file` and `2 files`: a number stands before a plural only where `counted` writes both.
enum PluralRule {
    /// Words that are counted in texts of the program.
    private static let words = [
        "messages", "records", "letters", "cases", "days", "files", "journeys", "tiles", "mistakes", "scenarios",
        "copies", "seeds", "passes", "readers", "rows", "items", "values", "timers", "faults", "readings", "topics",
        "rules", "failures", "worlds",
    ]

    static func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = line.drop { $0 == " " }
            // Where both forms are written out, or the number is never one, the line says so.
            guard !code.hasPrefix("//"), !code.contains("== 1"), !code.contains("precondition") else { continue }
            for match in code.matches(of: /\\\([A-Za-z.]*[cC]ount\) (?:[a-z-]+ )?([a-z]+)/)
            where words.contains(String(match.output.1)) {
                found.append(
                    file.violation(index + 1, "“\(match.output.0)” is wrong of one: write it with counted(_:_:)"))
            }
        }
        return found
    }
}
