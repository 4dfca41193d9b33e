import Foundation
import LifeEvents
import Testing

@Suite struct PersonKeyTests {
    @Test func `a key is p and fifteen consonants`() throws {
        for index in 0..<200 {
            let key = Subject(seed: 42, scenario: "first-child", case: "unmarried", name: "person \(index)")
            let text = key.description
            #expect(text.wholeMatch(of: /p[bcdfghjklmnpqrst]{15}/) != nil)
            #expect(Subject(text) == key)
            #expect(Subject(text: text) == key)
            #expect(Subject(rawValue: key.rawValue) == key)
            #expect(!key.isForeign)
        }
    }

    @Test func `the key of a name never changes between versions`() {
        let key = Subject(seed: 1, scenario: "first-child", case: "a", name: "Maria")
        #expect(key.description == "pnmthtmsfqlcjdql")
    }

    @Test func `every part of a name counts`() {
        let keys = [
            Subject(seed: 1, scenario: "a", case: "b", name: "c"),
            Subject(seed: 2, scenario: "a", case: "b", name: "c"),
            Subject(seed: 1, scenario: "ab", case: "", name: "c"),
            Subject(seed: 1, scenario: "", case: "ab", name: "c"),
            Subject(seed: 1, scenario: "a", case: "bc", name: ""),
        ]
        #expect(Set(keys).count == keys.count)
    }

    @Test func `the order of our keys is the order of their texts`() {
        let keys = (0..<300).map { Subject(seed: 3, scenario: "s", case: "c", name: "\($0)") }
        #expect(keys.sorted().map(\.description) == keys.map(\.description).sorted())
    }

    @Test(arguments: [
        "x", "Maria", "19858123-9806", "pbcdfghjklmnpqr", "pbcdfghjklmnpqrstb", "Pbcdfghjklmnpqrs", "pacdfghjklmnpqrs",
        "pbcdfghjklmnpqr1", "bbcdfghjklmnpqrs", "desk:kommun-1780/forskola", "åäö 🙂", " ", "a\nb",
        String(repeating: "x", count: 200),
    ])
    func `any other text is a key and comes back unchanged`(text: String) throws {
        let key = try #require(Subject(text: text))
        #expect(key.isForeign)
        #expect(key.rawValue >> 60 == 15)
        #expect(key.description == text)
        #expect(Subject(rawValue: key.rawValue) == key)
        var bytes: [UInt8] = []
        key.write(into: &bytes)
        #expect(bytes == Array(text.utf8))
        #expect(Subject(bytes: bytes) == key)
    }

    @Test func `an empty, a too long and a broken text are no keys`() {
        #expect(Subject(text: "") == nil)
        #expect(Subject(text: String(repeating: "x", count: 201)) == nil)
        #expect(Subject(bytes: [0xFF, 0xFE]) == nil)
    }

    @Test(arguments: [0x1000_0000_0000_0000, 0xE000_0000_0000_0001, 0xF000_0000_0000_0001] as [UInt64])
    func `a number that stands for nothing is no key`(number: UInt64) {
        #expect(Subject(rawValue: number) == nil)
    }

    @Test func `keys are strings when encoded, and an error does not repeat the text`() throws {
        let key = Subject(seed: 1, scenario: "s", case: "c", name: "n")
        let encoded = try JSONEncoder().encode([key])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"\(key)\"]")
        #expect(try JSONDecoder().decode([Subject].self, from: encoded) == [key])
        let tooLong = Data("[\"\(String(repeating: "19", count: 101))\"]".utf8)
        let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode([Subject].self, from: tooLong) }
        #expect(!"\(error!)".contains("1919"))
    }
}
