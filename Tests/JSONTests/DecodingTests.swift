import Foundation
import JSON
import Testing

@Suite struct DecodingTests {
    static func error(_ type: any Decodable.Type, _ json: String) -> JSONDecodingError? {
        func open<T: Decodable>(_ type: T.Type) -> JSONDecodingError? {
            do {
                _ = try JSONTape.reading(json) { try $0.decode(type) }
                return nil
            } catch {
                return error as? JSONDecodingError
            }
        }
        return open(type)
    }

    @Test func `all kinds of properties come back as they were written`() throws {
        let text = try JSONWriter.string(encoding: Decision.sample)
        #expect(try JSONTape.reading(text) { try $0.decode(Decision.self) } == .sample)
        #expect(try JSONDecoder().decode(Decision.self, from: Data(text.utf8)) == .sample, "Foundation reads it too")
        let foreign = Array(try JSONEncoder().encode(Decision.sample))
        #expect(try JSONTape.reading(foreign) { try $0.decode(Decision.self) } == .sample, "and what Foundation writes")
    }

    struct Optionals: Decodable, Equatable {
        var s: String?
        var i: Int?
        var u: UInt8?
        var d: Double?
        var b: Bool?
        var id: CaseID?
        var list: [Int?]?
    }

    @Test(arguments: [
        ("{}", Optionals()),
        (#"{"s":null,"i":null,"u":null,"d":null,"b":null,"id":null,"list":null,"more":[{}]}"#, Optionals()),
        (
            #"{"list":[1,null],"id":"case-7","b":false,"d":2,"u":255,"i":-1,"s":""}"#,
            Optionals(s: "", i: -1, u: 255, d: 2, b: false, id: CaseID(number: 7), list: [1, nil])
        ),
    ])
    func `absent and null are nil, in any order`(json: String, expected: Optionals) throws {
        #expect(try JSONTape.reading(json) { try $0.decode(Optionals.self) } == expected)
    }

    @Test func `single values decode at the top`() throws {
        #expect(try JSONTape.reading("7") { try $0.decode(Int.self) } == 7)
        #expect(try JSONTape.reading("null") { try $0.decode(Int?.self) } == nil)
        #expect(try JSONTape.reading("\"low\"") { try $0.decode(Level.self) } == .low)
        #expect(try JSONTape.reading("[\"high\"]") { try $0.decode([Level].self) } == [.high])
        #expect(try JSONTape.reading("2.5") { try $0.decode(Float.self) } == 2.5)
        #expect(try JSONTape.reading("{\"a\":[1]}") { try $0.decode([String: [Int16]].self) } == ["a": [1]])
        #expect(try JSONTape.reading("\"E621E1F8-C36C-495A-93FC-0C247A3E6E5F\"") { try $0.decode(UUID.self) } != UUID())
    }

    @Test func `whole numbers fit their type to the edge`() {
        func edges<T: FixedWidthInteger & Codable>(_ type: T.Type) throws {
            for number in [T.min, 0, T.max] {
                #expect(try JSONTape.reading("[\(number)]") { try $0.decode([T].self) } == [number])
            }
            #expect(Self.error([T].self, "[\(T.max)0]")?.reason == "\(T.max)0 does not fit in \(T.self)")
            #expect(Self.error(T.self, "-\(T.max)0")?.reason == "-\(T.max)0 does not fit in \(T.self)")
        }
        #expect(throws: Never.self) {
            try edges(Int.self)
            try edges(Int8.self)
            try edges(Int16.self)
            try edges(Int32.self)
            try edges(Int64.self)
            try edges(UInt.self)
            try edges(UInt8.self)
            try edges(UInt16.self)
            try edges(UInt32.self)
            try edges(UInt64.self)
        }
    }

    /// The sample's own text with one thing wrong.
    static let wrong: [(String, String, String, String)] = [
        (#""share":50,"bank"#, #""share":"50","bank"#, "payees[1].share", "expected a whole number, found a string"),
        (#""share":50,"bank"#, #""share":0.5,"bank"#, "payees[1].share", "0.5 is not a whole Int"),
        (#""share":50,"bank"#, #""share":null,"bank"#, "payees[1].share", "expected a whole number, found null"),
        (#""share":50,"bank"#, #""bank"#, "payees[1].share", "the key \"share\" is missing"),
        (
            #""bank_account":"8327-9""#, #""bank_account":[]"#, "payees[1].bank_account",
            "expected a string, found an array"
        ),
        (#""id":"case-42""#, #""id":"cas-42""#, "id", "this is not a valid CaseID"),
        (#""id":"case-42""#, #""id":42"#, "id", "expected a string, found a number"),
        (#""id":"case-42","#, "", "id", "the key \"id\" is missing"),
        ("child-allowance", "x", "kind", "Cannot initialize Kind from invalid String value x"),
        (#""outcome":1"#, #""outcome":9"#, "outcome", "Cannot initialize Outcome from invalid Int value 9"),
        (#""b":2"#, #""b":false"#, "amounts.b", "expected a whole number, found false"),
        ("[127]", "[128]", "grid[2][0]", "128 does not fit in Int8"),
        ("[127]", "{}", "grid[2]", "expected an array, found an object"),
        ("\"isFinal\":true", "\"isFinal\":1", "isFinal", "expected true or false, found a number"),
        ("\"rate\":0.1", "\"rate\":1e999", "rate", "1e999 does not fit in Double"),
        ("\"ratio\":1.1", "\"ratio\":1e99", "ratio", "1e99 does not fit in Float"),
        ("\"level\":2", "\"level\":{}", "origin.authority.level", "expected a whole number, found an object"),
        ("\"authority\":", "\"other\":", "origin", ""),
    ]

    @Test(arguments: wrong)
    func `an error says where and what`(part: String, replacement: String, path: String, reason: String) throws {
        let text = try JSONWriter.string(encoding: Decision.sample)
        let place = try #require(text.range(of: part))
        let broken = text.replacingCharacters(in: place, with: replacement)
        let error = try #require(Self.error(Decision.self, broken))
        #expect(error.path == path)
        if !reason.isEmpty { #expect(error.reason == reason) }
        #expect(error.description == "\(error.path): \(error.reason) (byte \(error.offset))")
        try JSONTape.reading(broken) { root in
            let isMissing = reason.hasSuffix("is missing")
            var value: JSONValue? = root
            for step in (isMissing ? String(path.dropLast(path == "id" ? 2 : 6)) : path).split(whereSeparator: {
                ".[]".contains($0)
            }) {
                value = Int(step).flatMap { value?[$0] } ?? value?[String(step)]
            }
            #expect(error.offset == value?.offset)
        }
    }

    @Test func `a path starts at the value that is decoded`() throws {
        try JSONTape.reading(#"{"data":{"payees":[{"name":1,"share":2}]}}"#) { root in
            struct Data: Decodable { let payees: [Decision.Payee] }
            let error = #expect(throws: JSONDecodingError.self) { try root["data"]!.decode(Data.self) }
            #expect(
                error
                    == JSONDecodingError(
                        path: "payees[0].name", reason: "expected a string, found a number", offset: 27))
        }
        #expect(Self.error(Int.self, " \"x\"")?.description == "expected a whole number, found a string (byte 1)")
        #expect(Self.error(Decision.self, "[]")?.description == "expected an object, found an array (byte 0)")
    }

    struct Picky: Decodable {
        struct Refusal: Error {}
        init(from decoder: any Decoder) throws {
            var array = try decoder.unkeyedContainer()
            switch try array.decode(Int.self) {
            case 0: throw DecodingError.dataCorruptedError(in: array, debugDescription: "no zero")
            case 1: throw Refusal()
            case 2: throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no two"))
            default: while !array.isAtEnd { _ = try array.decode(Int.self) }
            }
            _ = try array.decode(Int.self)
        }
    }

    @Test func `errors of the types themselves get their place`() {
        #expect(Self.error([String: Picky].self, #"{"k":[0]}"#) == .init(path: "k[1]", reason: "no zero", offset: 5))
        #expect(Self.error([Picky].self, "[[2]]") == .init(path: "[0]", reason: "no two", offset: 1))
        #expect(
            Self.error([Picky].self, "[[3,4]]")
                == .init(path: "[0]", reason: "the array has only 2 elements", offset: 1))
        #expect(throws: Picky.Refusal.self) { try JSONTape.reading("[1]") { try $0.decode(Picky.self) } }
        #expect(Self.error(Level.self, "\"mid\"")?.reason == "this is not a valid Level")
    }

    @Test func `types that decode from bytes do so with other decoders`() throws {
        #expect(try JSONDecoder().decode([CaseID].self, from: Data("[\"case-1\"]".utf8)) == [CaseID(number: 1)])
        #expect(try JSONDecoder().decode([Level].self, from: Data("[\"low\"]".utf8)) == [.low])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([CaseID].self, from: Data("[\"x\"]".utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Level].self, from: Data("[\"x\"]".utf8)) }
    }

    class Base: Codable {
        var name = "base"
    }

    final class Derived: Base {
        var extra = 1
        enum CodingKeys: CodingKey { case extra, parts }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            extra = try container.decode(Int.self, forKey: .extra)
            var parts = try container.nestedUnkeyedContainer(forKey: .parts)
            let inner = try parts.nestedContainer(keyedBy: CodingKeys.self)
            extra += try inner.decode(Int.self, forKey: .extra) + (inner.contains(.parts) ? 100 : 0)
            try super.init(from: container.superDecoder())
        }
    }

    @Test func `nested and super containers are read`() throws {
        let json = #"{"extra":1,"parts":[{"extra":10}],"super":{"name":"x"}}"#
        let value = try JSONTape.reading(json) { try $0.decode(Derived.self) }
        #expect(value.extra == 11 && value.name == "x")
        #expect(Self.error(Derived.self, #"{"extra":1,"parts":[{"extra":10}]}"#)?.path == "super")
    }
}
