import Testing
import YAML

/// A document as one line: `"quoted"`, plain text, `[…]`, `{key: …}`, each with its range when asked.
func render(_ node: YAMLNode, ranges: Bool = false) -> String {
    let text =
        switch node.content {
        case .scalar(let text, .plain): text
        case .scalar(let text, .singleQuoted): "'\(text)'"
        case .scalar(let text, .doubleQuoted): "\"\(text)\""
        case .scalar(let text, .literal): "|\(text)|"
        case .scalar(let text, .folded): ">\(text)>"
        case .sequence(let items): "[" + items.map { render($0, ranges: ranges) }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{"
                + entries.map { "\(render($0.key, ranges: ranges)): \(render($0.value, ranges: ranges))" }
                .joined(separator: ", ") + "}"
        }
    return ranges ? "\(text)@\(node.range)" : text
}

func parse(_ text: String) throws -> YAMLNode {
    try YAMLDocument(text: text, file: "t.yaml").root
}

@Suite struct NodeTests {
    @Test(arguments: [
        "0180", "NO", "1e3", "12:30", "2025-03-30", "0x1F", "~", "null", "true", ".inf", "1_000", "+46 70 123", "=",
    ])
    func `nothing is guessed about a plain scalar`(text: String) throws {
        let value = try #require(try parse("key: \(text)\n").entry(named: "key")?.value)
        #expect(value.scalar == text)
        #expect(value.style == .plain)
    }

    @Test(arguments: [
        ("a: b", "{a: b}"),
        ("- 1\n- two words\n-\n", "[1, two words, ]"),
        ("a: 'it''s'\nb: \"x\\ty\\u00e5\"\n", "{a: 'it's', b: \"x\ty\u{E5}\"}"),
        ("a: |\n  one\n  two\n\n\nb: >-\n  one\n  two\n", "{a: |one\ntwo\n|, b: >one two>}"),
        ("a: [1, [], {b: c}]\n", "{a: [1, [], {b: c}]}"),
        ("? a\n: b\n", "{a: b}"),
        ("a: plain text\n  over two lines\n", "{a: plain text over two lines}"),
        ("---\na: b\n...\n", "{a: b}"),
        ("a:\r\n  - b\r\n  - c # d\r\n", "{a: [b, c]}"),
        ("\u{FEFF}a: b\n", "{a: b}"),
        ("a: born +${n}w\nb: \"${n}\"\nc: [\"${n}\"]\n", "{a: born +${n}w, b: \"${n}\", c: [\"${n}\"]}"),
        ("'<<': a\n\"\": b\n", "{'<<': a, \"\": b}"),
        ("just text", "just text"),
    ])
    func `values and styles`(text: String, expected: String) throws {
        #expect(try render(parse(text)) == expected)
    }

    @Test(arguments: [
        ("name: Åsa Öberg\nb: 1\n", "{name@1:1–1:5: Åsa Öberg@1:7–1:16, b@2:1–2:2: 1@2:4–2:5}@1:1–2:5"),
        ("👩‍👧‍👦: 'ö'  # c\n", "{👩‍👧‍👦@1:1–1:6: 'ö'@1:8–1:11}@1:1–1:11"),
        (
            "a:\n  b:\n    - c\n\n# comment\nd: e\n",
            "{a@1:1–1:2: {b@2:3–2:4: [c@3:7–3:8]@3:5–3:8}@2:3–3:8, d@6:1–6:2: e@6:4–6:5}@1:1–6:5"
        ),
        (
            "a: [x, y ]\nb: {c: d }\n",
            "{a@1:1–1:2: [x@1:5–1:6, y@1:8–1:9]@1:4–1:11, b@2:1–2:2: {c@2:5–2:6: d@2:8–2:9}@2:4–2:11}@1:1–2:11"
        ),
        (
            "a: |\n  one\n  två  \n\n\nb: c\n",
            "{a@1:1–1:2: |one\ntvå  \n|@1:4–3:8, b@6:1–6:2: c@6:4–6:5}@1:1–6:5"
        ),
        ("a:\nb: \n", "{a@1:1–1:2: @1:3–1:3, b@2:1–2:2: @2:3–2:3}@1:1–2:3"),
        ("- [a: b , c]\n", "[[{a@1:4–1:5: b@1:7–1:8}@1:4–1:8, c@1:11–1:12]@1:3–1:13]@1:1–1:13"),
        ("\u{FEFF}a: b\n", "{a@1:1–1:2: b@1:4–1:5}@1:1–1:5"),
    ])
    func `every value knows its place`(text: String, expected: String) throws {
        #expect(try render(parse(text), ranges: true) == expected)
    }

    @Test func `offsets count bytes, a byte order mark included`() throws {
        let root = try parse("\u{FEFF}å: \"ö\"\r\nb: c\n")
        let first = try #require(root.entries?.first)
        #expect(first.key.range.start.offset == 3)
        #expect(first.value.range.start.offset == 7)
        #expect(first.value.range.end.offset == 11)
        #expect(root.entry(named: "b")?.key.range.start.offset == 13)
    }

    @Test func `accessors answer for their kind only`() throws {
        let root = try parse("list: [a]\nnone:\nempty: ''\n")
        #expect(root.entries?.map(\.name) == ["list", "none", "empty"])
        #expect(root.scalar == nil)
        #expect(root.style == nil)
        #expect(root.items == nil)
        #expect(root.entry(named: "list")?.value.items?.count == 1)
        #expect(root.entry(named: "list")?.value.entry(named: "a") == nil)
        #expect(root.entry(named: "none")?.value.isPlainEmpty == true)
        #expect(root.entry(named: "empty")?.value.isPlainEmpty == false)
        #expect(root.entry(named: "other") == nil)
        #expect(root.file == "t.yaml")
    }

    @Test func `comments are found and text with # is not`() throws {
        let text = """
            # först
            a: b#c # två
            "d # e": 'f # g'
            h: | # tre
              # text
              Å
            # fyra
            i: [j, # fem
              k#l]
            m: {n: "o"}   #
            """
        let document = try YAMLDocument(text: text, file: "t.yaml")
        let comments = YAMLComments.find(in: document)
        #expect(
            comments.map { "\($0.position) \($0.text)" } == [
                "1:1 # först", "2:8 # två", "4:6 # tre", "7:1 # fyra", "8:8 # fem", "10:15 #",
            ])
        for comment in comments {
            #expect(document.utf8[comment.position.offset] == UInt8(ascii: "#"))
        }
    }

    @Test func `a comment ends before CR LF and counts columns in scalars`() throws {
        let document = try YAMLDocument(text: "\u{FEFF}å: ö # x\r\n", file: "t.yaml")
        #expect(
            YAMLComments.find(in: document)
                == [YAMLComment(position: SourcePosition(line: 1, column: 6, offset: 10), text: "# x")])
    }
}
