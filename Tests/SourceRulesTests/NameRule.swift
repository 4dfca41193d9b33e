import Testing

/// A name of a type means one thing in the whole house: whoever reads it in one room need not ask which of two is meant.
enum NameRule {
    private static let kinds: Set = ["struct", "enum", "class", "actor", "protocol", "typealias"]

    /// The types that a file declares at its top, with their lines.
    static func types(in file: SourceFile) -> [(name: String, line: Int)] {
        var depth = 0
        var found: [(name: String, line: Int)] = []
        for index in file.tokens.indices {
            switch file.word(index) {
            case "{", "(", "[": depth += 1
            case "}", ")", "]": depth -= 1
            case let word where depth == 0 && kinds.contains(word):
                if let first = file.word(index + 1).first, first.isUppercase {
                    found.append((file.word(index + 1), file.tokens[index].line))
                }
            default: break
            }
        }
        return found
    }

    static func violations(in files: [SourceFile]) -> [Violation] {
        var places: [String: String] = [:]
        var found: [Violation] = []
        for file in files {
            for (name, line) in types(in: file) {
                if let first = places[name] {
                    found.append(file.violation(line, "\(name) is also the name of a type at \(first)"))
                } else {
                    places[name] = "\(file.path):\(line)"
                }
            }
        }
        return found
    }
}

@Suite struct NameTests {
    @Test func `no two types of the house share a name`() throws {
        let found = NameRule.violations(in: try Repository.files(below: "Sources"))
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a second type of a name is found, one inside another type is not`() {
        let first = SourceFile(path: "a.swift", text: "public struct Letter {}\nenum Other { struct Note {} }\n")
        let second = SourceFile(path: "b.swift", text: "\nfinal class Letter { struct Note {} }\n")
        #expect(
            NameRule.violations(in: [first, second]) == [
                Violation(path: "b.swift", line: 2, reason: "Letter is also the name of a type at a.swift:1")
            ])
    }
}
