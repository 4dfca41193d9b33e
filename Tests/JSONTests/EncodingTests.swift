import Foundation
import JSON
import Testing

@Suite struct EncodingTests {
    @Test func `members come in the order of the properties, and collections sorted`() throws {
        let expected =
            #"{"id":"case-42","kind":"child-allowance","outcome":1,"payees":[{"name":"Åsa Öberg","share":50},"#
            + #"{"name":"Bo \"B\" Ek","share":50,"bank_account":"8327-9"}],"#
            + #""amounts":{"a":1,"aa":4,"b":2,"c":-5,"å":3},"months":{"11":1,"2":1.25,"3":0.5},"#
            + #""tags":["a","m","q","z"],"notes":["x",null,"y"],"grid":[[],[1,-2],[127]],"#
            + #""isFinal":true,"rate":0.1,"ratio":1.1,"large":18446744073709551615,"#
            + #""origin":{"authority":{"name":"skv","level":2}}}"#
        #expect(try JSONWriter.string(encoding: Decision.sample) == expected)
    }

    @Test func `pretty text reads back as the same value`() throws {
        let text = try JSONWriter.string(encoding: Decision.sample, pretty: true)
        #expect(
            text.contains("  \"amounts\": {\n    \"a\": 1,\n    \"aa\": 4,\n")
                && text.contains("  \"tags\": [\n    \"a\",\n    \"m\",\n"))
        #expect(try JSONTape.reading(text) { try $0.decode(Decision.self) } == .sample)
    }

    struct Pair: Hashable, Codable {
        let a: Int
        let b: [String: Set<Int>]
    }

    struct Wrapper: Encodable {
        let members: [String: Int]
        func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }
    }

    @Test func `unordered collections are sorted wherever they are`() throws {
        let inner = ["y": Set([3, 1, 2]), "x": []]
        let pairs = [Pair(a: 2, b: inner): [1], Pair(a: 1, b: [:]): [2]]
        #expect(
            try JSONWriter.string(encoding: pairs) == #"[{"a":1,"b":{}},[2],{"a":2,"b":{"x":[],"y":[1,2,3]}},[1]]"#)
        #expect(
            try JSONWriter.string(encoding: [Wrapper(members: ["c": 1, "b": 2, "a": 3])]) == #"[{"a":3,"b":2,"c":1}]"#)
        #expect(try JSONWriter.string(encoding: Optional(Set(["b", "a"]))) == #"["a","b"]"#)
        #expect(try JSONWriter.string(encoding: [Set(["b", "a"]), []]) == #"[["a","b"],[]]"#)
        #expect(try JSONWriter.string(encoding: [Decision.Kind.child: 1]) == #"["child-allowance",1]"#)
    }

    @Test func `single values encode at the top`() throws {
        #expect(try JSONWriter.string(encoding: 7) == "7")
        #expect(try JSONWriter.string(encoding: "å") == "\"å\"")
        #expect(try JSONWriter.string(encoding: Int?.none) == "null")
        #expect(try JSONWriter.string(encoding: CaseID(number: 3)) == "\"case-3\"")
        #expect(try JSONWriter.string(encoding: [Level.low, .high]) == "[\"low\",\"high\"]")
        #expect(try JSONWriter.string(encoding: [[1.5, 2], []]) == "[[1.5,2],[]]")
    }

    @Test func `a value is encoded inside what is being written`() throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string("1")
        writer.key("data")
        try writer.encode(Decision.Payee(name: "x", share: 1, account: nil))
        writer.key("list")
        writer.beginArray()
        try writer.encode(1)
        try writer.encode(["a": CaseID(number: 2)])
        writer.endArray()
        writer.endObject()
        #expect(writer.text == #"{"id":"1","data":{"name":"x","share":1},"list":[1,{"a":"case-2"}]}"#)
    }

    @Test func `an error leaves the text as it was`() throws {
        var writer = JSONWriter()
        writer.beginArray()
        writer.int(1)
        let error = #expect(throws: JSONEncodingError.self) { try writer.encode(["a": [0.5, .nan]]) }
        #expect(error == JSONEncodingError(path: "a[1]", reason: "nan is no JSON number"))
        #expect(error?.description == "a[1]: nan is no JSON number")
        writer.int(2)
        writer.endArray()
        #expect(writer.text == "[1,2]")
    }

    /// A type that encodes as it is told.
    struct Told: Encodable {
        enum Keys: String, CodingKey { case a, b, c }
        struct Refusal: Error {}
        let body: @Sendable (any Encoder) throws -> Void
        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    /// A case of a table; not `Encodable`, because the test library would encode such arguments to name them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let value: Told
        let expected: String

        init(_ name: String, _ value: Told, _ expected: String) {
            (testDescription, self.value, self.expected) = (name, value, expected)
        }
    }

    static let handmade = [
        Case(
            "nested containers are closed when the outer one goes on",
            Told { encoder in
                var outer = encoder.container(keyedBy: Told.Keys.self)
                var inner = outer.nestedContainer(keyedBy: Told.Keys.self, forKey: .a)
                try inner.encode(1, forKey: .a)
                var list = inner.nestedUnkeyedContainer(forKey: .b)
                try list.encode(2)
                var deep = list.nestedUnkeyedContainer()
                try deep.encode("x")
                try list.encodeNil()
                #expect(list.count == 3)
                try outer.encode(true, forKey: .b)
                _ = outer.nestedUnkeyedContainer(forKey: .c)
            }, #"{"a":{"a":1,"b":[2,["x"],null]},"b":true,"c":[]}"#
        ),
        Case(
            "a container asked for twice is the same",
            Told { encoder in
                var first = encoder.container(keyedBy: Told.Keys.self)
                try first.encode(1, forKey: .a)
                var second = encoder.container(keyedBy: Told.Keys.self)
                try second.encode(2, forKey: .b)
                try first.encode(3, forKey: .c)
            }, #"{"a":1,"b":2,"c":3}"#
        ),
        Case(
            "super encoders write where they were asked for, and an empty object if unused",
            Told { encoder in
                var outer = encoder.container(keyedBy: Told.Keys.self)
                try [1].encode(to: outer.superEncoder())
                _ = outer.superEncoder(forKey: .a)
                try outer.encode(1, forKey: .b)
                var list = outer.nestedUnkeyedContainer(forKey: .c)
                _ = list.superEncoder()
                try "x".encode(to: list.superEncoder())
                _ = list.superEncoder()
            }, #"{"super":[1],"a":{},"b":1,"c":[{},"x",{}]}"#
        ),
        Case(
            "a member that encodes nothing is an empty object",
            Told { encoder in
                var outer = encoder.unkeyedContainer()
                try outer.encode(Told { _ in })
                try outer.encode(Told { try Told { _ in }.encode(to: $0) })
            }, "[{},{}]"
        ),
    ]

    @Test(arguments: handmade)
    func `types that encode by hand get what they ask for`(example: Case) throws {
        let (value, json) = (example.value, example.expected)
        #expect(try JSONWriter.string(encoding: value) == json)
        #expect(try JSONWriter.string(encoding: [value, value]) == "[\(json),\(json)]")
        let pretty = try JSONWriter.string(encoding: ["k": value], pretty: true)
        #expect(try JSONTape.reading(pretty) { rewritten($0) } == "{\"k\":\(json)}")
    }

    static let refused = [
        Case("nothing", Told { _ in }, "Told encoded no value"),
        Case(
            "two values",
            Told { encoder in
                var container = encoder.singleValueContainer()
                try container.encode(1)
                try? container.encode(2)
            }, "a type encodes a second value, or one too late"
        ),
        Case(
            "an object and an array",
            Told { encoder in
                _ = encoder.container(keyedBy: Told.Keys.self)
                _ = encoder.unkeyedContainer()
            }, "a type encodes both an object and an array"
        ),
        Case(
            "an inner container after the outer",
            Told { encoder in
                var outer = encoder.container(keyedBy: Told.Keys.self)
                var inner = outer.nestedUnkeyedContainer(forKey: .a)
                try outer.encode(1, forKey: .b)
                try? inner.encode(2)
            }, "a container is written to after its end"
        ),
        Case(
            "a super encoder after the outer",
            Told { encoder in
                var outer = encoder.container(keyedBy: Told.Keys.self)
                let early = outer.superEncoder(forKey: .a)
                try outer.encode(1, forKey: .b)
                _ = early.unkeyedContainer()
            }, "a type encodes a second value, or one too late"
        ),
        Case(
            "an error that was caught",
            Told { encoder in
                var outer = encoder.container(keyedBy: Told.Keys.self)
                try? outer.encode(Told { _ in throw Told.Refusal() }, forKey: .a)
                try? outer.encode(1, forKey: .b)
            }, "Refusal()"
        ),
        Case(
            "its own error",
            Told { encoder in
                throw EncodingError.invalidValue(
                    1, .init(codingPath: encoder.codingPath, debugDescription: "not today"))
            }, "not today"
        ),
    ]

    @Test(arguments: refused) func `what cannot be written in order is refused`(example: Case) {
        let error = #expect(throws: JSONEncodingError.self) { try JSONWriter.string(encoding: example.value) }
        #expect(error?.reason == example.expected)
    }

    @Test func `errors of the types themselves get their path or stay as they are`() {
        let refusing = Told { encoder in
            var outer = encoder.container(keyedBy: Told.Keys.self)
            try outer.encode(
                [
                    Told {
                        throw EncodingError.invalidValue(1, .init(codingPath: $0.codingPath, debugDescription: "no"))
                    }
                ], forKey: .b)
        }
        let error = #expect(throws: JSONEncodingError.self) { try JSONWriter.string(encoding: refusing) }
        #expect(error == JSONEncodingError(path: "b[0]", reason: "no"))
        #expect(throws: Told.Refusal.self) { try JSONWriter.string(encoding: [Told { _ in throw Told.Refusal() }]) }
    }

    indirect enum Deep: Encodable {
        case end
        case more(Deep)
        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            if case .more(let deep) = self { try container.encode(deep) }
        }
    }

    @Test func `nothing is written that could not be read`() throws {
        let limit = (1..<128).reduce(Deep.end) { deep, _ in .more(deep) }
        #expect(verdict(try JSONWriter.string(encoding: limit)) == nil)
        #expect(throws: JSONEncodingError.self) { try JSONWriter.string(encoding: Deep.more(limit)) }
    }

    @Test func `types that encode as bytes do so with other encoders`() throws {
        let data = try JSONEncoder().encode([CaseID(number: 1)])
        #expect(String(decoding: data, as: UTF8.self) == "[\"case-1\"]")
        #expect(String(decoding: try JSONEncoder().encode([Level.low]), as: UTF8.self) == "[\"low\"]")
    }
}
