import Scenarios
import Testing

/// A scenario file with mistakes, and what the parser must say of it, word by word.
struct BadFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let expected: String

    static let types = ["region.birth-notice.v1", "skatteverket.birth.v1", "skatteverket.death.v1"]

    init(_ name: String, _ text: String, _ expected: String) {
        testDescription = name
        self.text = text
        self.expected = expected
    }

    var rendered: String {
        ScenarioFile.parse(text: text, file: "bad.yaml", knownTypes: Self.types).diagnostics
            .map(\.description).joined(separator: "\n\n")
    }
}
