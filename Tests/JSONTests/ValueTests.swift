import JSON
import Testing

@Suite struct ValueTests {
    static let text = #" {"id":"a1","n":[1, "två" ,{"x":null}],"t":true,"f":false,"o":{"in\n":"\"q\""},"e":{}} "#

    @Test func `values know their kind, place and source`() throws {
        try JSONTape.reading(Self.text) { root in
            let kinds = root.members.map(\.value.kind)
            #expect(kinds == [.string, .array, .bool, .bool, .object, .object])
            let bytes = Array(Self.text.utf8)
            for value in root.members.map(\.value) + Array(root["n"]!.elements) + [root] {
                let raw = Array(value.rawBytes)
                #expect(Array(bytes[value.offset..<(value.offset + raw.count)]) == raw)
            }
            #expect(String(decoding: root["n"]!.rawBytes, as: UTF8.self) == #"[1, "två" ,{"x":null}]"#)
            #expect(String(decoding: root["o"]!.rawBytes, as: UTF8.self) == #"{"in\n":"\"q\""}"#)
            #expect(String(decoding: root["o"]!["in\n"]!.rawBytes, as: UTF8.self) == #""\"q\"""#)
            #expect(root.count == 6 && root["n"]?.count == 3 && root["e"]?.count == 0 && root["id"]?.count == 0)
        }
    }

    @Test func `values give what they are and nil for the rest`() throws {
        try JSONTape.reading(Self.text) { root in
            #expect(root["id"]?.string == "a1" && root["id"]?.int == nil && root["id"]?.bool == nil)
            #expect(root["t"]?.bool == true && root["f"]?.bool == false && root["t"]?.string == nil)
            #expect(root["n"]?[2]?["x"]?.isNull == true && root["n"]?[1]?.string == "två")
            #expect(root["n"]?[3] == nil && root["n"]?[-1] == nil && root["n"]?["x"] == nil && root[0] == nil)
            #expect(root["e"]?["x"] == nil && root["id"]?["x"] == nil && root["none"] == nil && root[""] == nil)
            #expect(root["id"]!.elements.first { _ in true } == nil && root["n"]!.members.first { _ in true } == nil)
        }
    }

    @Test func `members are found in any order and again`() throws {
        let keys = (0..<20).map { "member\($0)" }
        let text = "{" + keys.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        var random = SplitMix(state: 1)
        try JSONTape.reading(text) { root in
            for _ in 0..<200 {
                let position = Int.random(in: 0..<20, using: &random)
                #expect(root[keys[position]]?.int == Int64(position))
                if position % 5 == 0 { #expect(root["absent"] == nil) }
            }
            #expect(root.members.map(\.keyString) == keys)
        }
    }

    static let a = JSONKey("a")
    static let b = JSONKey("b")
    static let c = JSONKey("c")
    static let absent = JSONKey("absent")
    static let escaped = JSONKey("å\n")

    @Test(arguments: [
        #"{"a":1,"b":[2],"c":3}"#, #"{"c":3,"b":[2],"a":1}"#, #"{"x":{"a":9},"b":[2],"a":1,"y":0,"c":3}"#,
    ])
    func `a cursor finds members in every order`(text: String) throws {
        try JSONTape.reading(text) { root in
            var fields = root.fields()
            #expect(fields.next(Self.a)?.int == 1)
            #expect(fields.next(Self.absent) == nil)
            #expect(fields.next(Self.b)?[0]?.int == 2)
            #expect(fields.next(Self.c)?.int == 3)
            #expect(fields.next(Self.absent) == nil)
            #expect(fields.next(Self.a)?.int == 1)
            #expect(root[Self.c]?.int == 3 && root[Self.a]?.int == 1 && root[Self.absent] == nil)
        }
    }

    @Test func `a cursor over something else finds nothing`() throws {
        try JSONTape.reading(#"[{},["a"],"a",1]"#) { root in
            for value in [root] + Array(root.elements) {
                var fields = value.fields()
                #expect(fields.next(Self.a) == nil)
            }
        }
    }

    @Test func `keys with escapes are found by their text`() throws {
        try JSONTape.reading(#"{"\u0061":1,"å\n":2}"#) { root in
            var fields = root.fields()
            #expect(fields.next(Self.a)?.int == 1 && fields.next(Self.escaped)?.int == 2)
            #expect(root[Self.escaped]?.int == 2 && root["a"]?.int == 1)
        }
        #expect(Self.escaped.description == "å\n")
    }

    @Test func `keys of every length are told apart`() throws {
        let keys =
            (0...40).map { String(repeating: "k", count: $0) }
            + (1...40).map { String(repeating: "k", count: $0) + "x" }
        let text = "{" + keys.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        try JSONTape.reading(text) { root in
            for (position, key) in keys.enumerated().reversed() { #expect(root[key]?.int == Int64(position)) }
        }
    }

    @Test func `a tape is used again for messages of all sizes`() throws {
        var tape = JSONTape()
        for count in [1, 10_000, 3, 200, 0, 1000] {
            let bytes = Array("[\((0..<count).map { "{\"n\":\"\\u0041\($0)\"}" }.joined(separator: ","))]".utf8)
            try bytes.withUnsafeBytes { buffer in
                try tape.parse(buffer)
                #expect(tape.root.count == count)
                for (position, element) in tape.root.elements.enumerated() {
                    #expect(element["n"]?.string == "A\(position)")
                }
            }
        }
    }
}
