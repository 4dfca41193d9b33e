import JSON
import Testing

@Suite struct WriterTests {
    static func sample(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key(JSONKey("type"))
        writer.string("a.b.v1")
        writer.key("numbers")
        writer.beginArray()
        writer.int(-5)
        writer.uint(.max)
        writer.double(0.25)
        writer.beginArray()
        writer.endArray()
        writer.beginObject()
        writer.endObject()
        writer.endArray()
        writer.key(JSONKey("på\"rad\n"))
        writer.bool(true)
        writer.key("none")
        writer.null()
        writer.endObject()
    }

    @Test func `commas are put and nothing else`() {
        var writer = JSONWriter()
        Self.sample(&writer)
        let expected = #"{"type":"a.b.v1","numbers":[-5,18446744073709551615,0.25,[],{}],"på\"rad\n":true,"none":null}"#
        #expect(writer.text == expected)
        #expect(writer.bytes == Array(expected.utf8))
        #expect(writer.withUnsafeBytes { Array($0) } == writer.bytes)
    }

    @Test func `pretty text has a line for each member`() {
        var writer = JSONWriter(pretty: true)
        Self.sample(&writer)
        #expect(
            writer.text == #"""
                {
                  "type": "a.b.v1",
                  "numbers": [
                    -5,
                    18446744073709551615,
                    0.25,
                    [],
                    {}
                  ],
                  "på\"rad\n": true,
                  "none": null
                }
                """#)
        #expect(verdict(writer.bytes) == nil)
    }

    static let strings: [(String, String)] = [
        ("", #""""#), ("a", #""a""#), ("\"", #""\"""#), ("a\\b", #""a\\b""#), ("/", #""/""#),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1}\u{1F}", #""\u0000\u0001\u001f""#), ("\u{7F}", "\"\u{7F}\""),
        ("Åsa 🇸🇪 \u{2028}", "\"Åsa 🇸🇪 \u{2028}\""),
        ("12345678\"12345678\n", #""12345678\"12345678\n""#), ("1234567\u{1B}", #""1234567\u001b""#),
    ]

    @Test(arguments: strings) func `strings are escaped no more than they must be`(text: String, json: String) throws {
        var writer = JSONWriter()
        writer.string(text)
        #expect(writer.text == json)
        var bytes = JSONWriter()
        Array(text.utf8).withUnsafeBytes { bytes.string(bytes: $0) }
        #expect(bytes.text == json)
        var key = JSONWriter()
        key.beginObject()
        key.key(text)
        key.null()
        key.endObject()
        #expect(key.text == "{\(json):null}")
        #expect(try JSONTape.reading(json) { $0.string } == text)
    }

    @Test func `every scalar comes back as it was`() throws {
        var random = SplitMix(state: 7)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let limit: UInt32 = [0x30, 0x80, 0x800, 0x11_0000].randomElement(using: &random)!
                text.unicodeScalars.append(Unicode.Scalar(.random(in: 0..<limit, using: &random)) ?? "x")
            }
            var writer = JSONWriter()
            writer.string(text)
            #expect(try JSONTape.reading(writer.bytes) { $0.string.map { Array($0.utf8) } } == Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            (0, "0"), (7, "7"), (-7, "-7"), (10, "10"), (99, "99"), (100, "100"), (-1000, "-1000"),
            (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func `whole numbers are written in full`(number: Int64, text: String) {
        var writer = JSONWriter()
        writer.int(number)
        #expect(writer.text == text)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (-2.5, "-2.5"), (3410, "3410"), (1e22, "1e+22"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.infinity, "null"), (.nan, "null"),
            (1 / 3, "0.3333333333333333"),
        ] as [(Double, String)])
    func `doubles are short and come back as they were`(number: Double, text: String) throws {
        var writer = JSONWriter()
        writer.double(number)
        #expect(writer.text == text)
        if number.isFinite {
            #expect(try JSONTape.reading(text) { $0.double }?.bitPattern == number.bitPattern)
        }
    }

    @Test func `a parsed value is copied as it stands`() throws {
        try JSONTape.reading(#"{"data": { "n" : 1.50e1, "s":"\u0061" } }"#) { root in
            var writer = JSONWriter()
            writer.beginArray()
            writer.raw(root["data"]!)
            writer.raw(root["data"]!["s"]!)
            writer.endArray()
            #expect(writer.text == #"[{ "n" : 1.50e1, "s":"\u0061" },"\u0061"]"#)
        }
    }

    @Test func `an emptied writer starts anew, and documents can follow each other`() {
        var writer = JSONWriter(capacity: 16)
        writer.beginArray()
        writer.int(1)
        writer.removeAll()
        for number in 1...2 {
            writer.beginObject()
            writer.key("n")
            writer.int(Int64(number))
            writer.endObject()
            writer.endLine()
        }
        #expect(writer.text == "{\"n\":1}\n{\"n\":2}\n")
        let copy = writer
        writer.removeAll(keepingCapacity: false)
        #expect(writer.bytes.isEmpty && copy.bytes.count == 16)
    }

    @Test(arguments: FuzzTests.seeds) func `what the tape reads the writer writes`(seed: String) throws {
        let text = try JSONTape.reading(seed) { rewritten($0) }
        #expect(try JSONTape.reading(text) { rewritten($0) } == text)
    }
}
