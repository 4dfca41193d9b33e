import Foundation
import Testing
import YAML

@Suite struct HostileTests {
    private func failure(_ bytes: [UInt8], limits: YAMLLimits = .default) -> YAMLError? {
        #expect(throws: YAMLError.self) { _ = try YAMLDocument(utf8: bytes, file: "t.yaml", limits: limits) }
    }

    @Test(arguments: [
        ("a:\n\tb: c", "2:1: a tab; use spaces, or \\t in a text with double quotes"),
        ("å: b\tc", "1:5: a tab; use spaces, or \\t in a text with double quotes"),
        ("a: b\0", "1:5: a control character (U+0000)"),
        ("a: \u{1B}[31m", "1:4: a control character (U+001B)"),
        ("a: \u{7F}", "1:4: a control character (U+007F)"),
        ("a: \u{9B}x", "1:4: a control character (U+009B)"),
        ("a: \u{FFFE}", "1:4: a control character (U+FFFE)"),
        ("a: b\rc: d\n", "1:5: a carriage return without a line feed"),
        ("a: b\r", "1:5: a carriage return without a line feed"),
        ("a: ö\u{85}b: c", "1:5: U+0085 ends a line only for some programs; use a line feed"),
        ("a: \u{2028}", "1:4: U+2028 ends a line only for some programs; use a line feed"),
        ("a: \u{2029}", "1:4: U+2029 ends a line only for some programs; use a line feed"),
        ("a: b\n\u{FEFF}c: d", "2:1: a byte order mark inside the file (U+FEFF)"),
        ("\u{FEFF}\u{FEFF}a: b", "1:1: a byte order mark inside the file (U+FEFF)"),
        ("%YAML 1.1\n---\na: b", "1:1: a line cannot begin with '%'"),
        ("\u{FEFF}%TAG ! x\n", "1:1: a line cannot begin with '%'"),
        ("a: b\n%TAG", "2:1: a line cannot begin with '%'"),
    ])
    func `bytes that are refused before parsing`(text: String, expected: String) {
        #expect(failure(Array(text.utf8))?.description == "t.yaml:\(expected)")
    }

    @Test(
        arguments: [
            [0xFF], [0xFE, 0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `bytes that are not UTF-8`(bytes: [UInt8]) {
        let error = failure(Array("a: ö\nb: é".utf8) + bytes + [0x0A])
        #expect(error?.description == "t.yaml:2:5: the text is not UTF-8 here")
        #expect(error?.code == .encoding)
        #expect(error?.position.offset == 11)
    }

    private static let anchor =
        "anchors (&name) are not read; write the value out, or quote a text that begins with '&'"
    private static let alias = "aliases (*name) are not read; write the value out, or quote a text that begins with '*'"
    private static let tag = "tags (!name) are not read; quote a text that begins with '!'"

    @Test(arguments: [
        ("a: &x b", YAMLError.Code.anchor, "1:4: \(anchor)"),
        ("&x a: b", .anchor, "1:1: \(anchor)"),
        ("a:\n  - &x [b]", .anchor, "2:5: \(anchor)"),
        ("a: &x\n  b: c", .anchor, "1:4: \(anchor)"),
        ("a: & b", .anchor, "1:5: \(anchor)"),
        ("a: *x", .alias, "1:4: \(alias)"),
        ("*x : b", .alias, "1:1: \(alias)"),
        ("a: *.txt", .alias, "1:5: \(alias)"),
        ("a: !!str b", .tag, "1:4: \(tag)"),
        ("a: ! b", .tag, "1:4: \(tag)"),
        ("a: !x [b]", .tag, "1:4: \(tag)"),
        ("a: !<tag:x> {b: c}", .tag, "1:4: \(tag)"),
        ("a: !e!x b", .tag, "1:4: \(tag)"),
        ("a: b\n<<: c", .mergeKey, "2:1: merge keys (<<) are not read; write the keys out"),
        ("a: 1\nb: 2\n'a': 3", .duplicateKey, "3:1: the key 'a' is here twice; the first is on line 1"),
        ("x: {ö: 1, ö: 2}", .duplicateKey, "1:11: the key 'ö' is here twice; the first is on line 1"),
        ("a: b\n---\nc: d", .secondDocument, "2:1: a file holds one document"),
        ("a: b\n...\n---\n", .secondDocument, "3:1: a file holds one document"),
        ("[a, b]: c", .keyNotScalar, "1:1: a key must be text, not a list or a mapping"),
        ("? {a: b}\n: c", .keyNotScalar, "1:3: a key must be text, not a list or a mapping"),
        ("{a: b}: c", .keyNotScalar, "1:1: a key must be text, not a list or a mapping"),
        ("?\n: b", .missingKey, "1:2: there is no key before the ':'"),
        ("", .empty, "1:1: the file is empty"),
        ("# only a comment\n", .empty, "1:1: the file is empty"),
        ("\u{FEFF}", .empty, "1:1: the file is empty"),
    ])
    func `parts of YAML that are not read`(text: String, code: YAMLError.Code, expected: String) {
        let error = failure(Array(text.utf8))
        #expect(error?.description == "t.yaml:\(expected)")
        #expect(error?.code == code)
    }

    private static let quoteIt = "quote a text with ${…} inside { } or [ ], as in \"${n}\""

    @Test(arguments: [
        ("x: {at: born +${n}w}", "1:16: \(quoteIt)"),
        ("x: {at: ${n}}", "1:10: \(quoteIt)"),
        ("x: [å, ${n}]", "1:9: \(quoteIt)"),
        ("a: b: c", "1:5: a ':' is not allowed here; quote a text with ': ' in it, or check the indentation"),
        ("a: b\nc\nd: e", "3:1: a key without its ':'; check the indentation and the quotes above"),
        ("a: b\n c: d", "2:3: a ':' is not allowed here; quote a text with ': ' in it, or check the indentation"),
        ("a:\n  b: c\n - d", "3:2: a key was expected here; check the indentation and the quotes"),
        ("- a\nb: c", "2:1: a list item ('- ') was expected here; check the indentation"),
        ("a: @b", "1:4: a value cannot begin with '@'; quote it"),
        ("a: `b`", "1:4: a value cannot begin with '`'; quote it"),
        ("a: [b", "1:6: ',' or ']' was expected here"),
        ("a: {b: c]", "1:9: ',' or '}' was expected here"),
        ("a: \"b", "1:6: the file ends inside a quoted text"),
        ("a: \"b\\q\"", "1:6: an unknown escape; write \\\\ for a backslash, or use single quotes"),
        ("a: \"b\" c", "1:8: a key was expected here; check the indentation and the quotes"),
        ("a: - b", "1:4: a list item cannot begin here; put it on a line of its own"),
        ("a: | b", "1:6: only a comment may follow '|' and '>' on their line"),
        ("a: b\n...\nc: d", "3:1: the document has ended before this; check the indentation"),
        ("a: \"x\n---\ny\"", "2:1: a line with '---' or '...' inside a quoted text"),
    ])
    func `syntax errors tell a person what to do`(text: String, expected: String) {
        #expect(failure(Array(text.utf8))?.description == "t.yaml:\(expected)")
    }

    @Test func `an error points to the other place too`() {
        #expect(failure(Array("a: 1\nb: {c\n".utf8))?.related?.description == "2:4")
        #expect(failure(Array("å: 1\nå: 2".utf8))?.related == .start)
        #expect(failure(Array("a: \tb".utf8))?.related == nil)
    }

    @Test func `1 MiB is read and one byte more is not`() throws {
        let most = Array("a: ".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 1_048_573)
        #expect(try YAMLDocument(utf8: most, file: "t.yaml").root.entry(named: "a")?.value.scalar?.count == 1_048_573)
        let error = failure(most + [0x0A])
        #expect(error?.code == .tooLarge)
        #expect(error?.description == "t.yaml: the file is larger than 1048576 bytes")
    }

    @Test(arguments: [true, false])
    func `64 levels are read and 65 are not`(flow: Bool) throws {
        func nested(_ levels: Int) -> String {
            flow
                ? String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
                : String(repeating: "- ", count: levels)
        }
        _ = try parse(nested(64))
        let error = failure(Array(nested(65).utf8))
        #expect(error?.description == "t.yaml:1:\(flow ? 65 : 129): more than 64 levels of nesting")
        #expect(failure(Array(nested(500_000).utf8))?.code == .tooDeep)
    }

    @Test func `100,000 values are read and one more is not`() throws {
        func list(_ values: Int) -> String { String(repeating: "- x\n", count: values - 1) }
        #expect(try parse(list(100_000)).items?.count == 99_999)
        #expect(failure(Array(list(100_001).utf8))?.description == "t.yaml:100000:3: more than 100000 values")
    }

    @Test func `a file is read up to the limit, and an unreadable one is told`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "yaml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "å.yaml")
        try Data("a: b\n".utf8).write(to: file)
        #expect(try render(YAMLDocument(contentsOf: file.path).root) == "{a: b}")
        let small = YAMLLimits(bytes: 4, depth: 1, nodes: 3)
        let large = #expect(throws: YAMLError.self) { _ = try YAMLDocument(contentsOf: file.path, limits: small) }
        #expect(large?.code == .tooLarge)
        let endless = #expect(throws: YAMLError.self) { _ = try YAMLDocument(contentsOf: "/dev/zero") }
        #expect(endless?.code == .unreadable)
        let missing = #expect(throws: YAMLError.self) { _ = try YAMLDocument(contentsOf: "/nowhere/a.yaml") }
        #expect(missing?.description == "/nowhere/a.yaml: the file cannot be read: No such file or directory")
        let folder = #expect(throws: YAMLError.self) { _ = try YAMLDocument(contentsOf: directory.path) }
        #expect(folder?.description == "\(directory.path): the file cannot be read: it is a folder, no file")
    }
}
