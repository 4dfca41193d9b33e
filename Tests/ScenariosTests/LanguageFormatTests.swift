import Foundation
import Scenarios
import Testing
import YAML

@Suite struct LanguageFormatTests {
    private func format(_ text: String) throws -> String {
        try ScenarioFormatter.format(YAMLDocument(text: text, file: "s.yaml"))
    }

    @Test(arguments: ["first-child", "death", "move"])
    func `shipped scenarios are laid out already`(name: String) throws {
        let document = try YAMLDocument(contentsOf: "\(LanguageShippedTests.folder)/\(name).yaml")
        #expect(try ScenarioFormatter.format(document) == String(decoding: document.utf8, as: UTF8.self))
    }

    @Test(
        arguments: [
            ("a:   1\nb :  x  \n", "a: 1\nb: x\n"),
            ("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n"),
            (
                "a:\n      b: 1\n      c:\n         - d: 1\n           e: 2\n",
                "a:\n  b: 1\n  c:\n    - d: 1\n      e: 2\n"
            ),
            ("a: {b: 1,c: [1,2 , 3]}\n", "a: {b: 1, c: [1, 2, 3]}\n"),
            ("a: 'x'\nb: \"y\"\n", "a: 'x'\nb: \"y\"\n"),
            ("a: 1 # one\n#two\nb: 2     #  three\n", "a: 1 # one\n#two\nb: 2 #  three\n"),
            ("# head\n\n\n\na: 1\n\n\nb: 2\n# foot", "# head\n\na: 1\n\nb: 2\n# foot\n"),
            ("a: # why\n     b: 1\n", "a: # why\n  b: 1\n"),
            ("a:\n - 1\n # of the list\nb: 2\n", "a:\n  - 1\n  # of the list\nb: 2\n"),
            ("a: {\n  b: 1,\n  c: 2 }\n", "a: {b: 1, c: 2}\n"),
            ("a: {\n    b: 1, # one\n  c: 2\n}\n", "a: {\n  b: 1, # one\n  c: 2,\n}\n"),
            ("a: |\n     x\n       y\n\n     z\nb: 1\n", "a: |\n  x\n    y\n\n  z\nb: 1\n"),
            ("a: >-   # note\n  x\n  y\n", "a: >- # note\n  x\n  y\n"),
            ("a: x\n   y\n   z\n", "a: x\n  y\n  z\n"),
            ("---\na: 1\n...\n", "a: 1\n"), ("a:\nb: ''\n", "a:\nb: ''\n"),
            ("- - 1\n  - 2\n- 3\n", "-\n  - 1\n  - 2\n- 3\n"),
            ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"), ("Å: Öl # ö\n", "Å: Öl # ö\n"),
        ])
    func `a file is laid out in one way`(text: String, expected: String) throws {
        #expect(try format(text) == expected)
        #expect(try format(expected) == expected)
    }

    @Test(arguments: LanguageSnapshotTests.names)
    func `a file with mistakes is laid out without losing a word`(name: String) throws {
        guard let document = try? YAMLDocument(contentsOf: "\(LanguageSnapshotTests.folder)\(name).yaml") else {
            return
        }
        let text = try ScenarioFormatter.format(document)
        #expect(try format(text) == text)
    }

    @Test func `what cannot be moved is left alone`() throws {
        #expect(throws: ScenarioFormatter.Problem.self) { try format("a: |+\n  x\n\n") }
        #expect(throws: ScenarioFormatter.Problem.self) { try format("a: [\"x\n  y\"]\n") }
    }
}
