import JSON
import Testing

@Suite struct DuplicateKeyTests {
    @Test(arguments: [
        (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"\u0061":1,"a":2}"#, 12),
        (#"{"\u0061":1,"\u0061":2}"#, 12),
        (#"{"":1,"":2}"#, 6), (#"{"a":{},"b":[],"a":2}"#, 15), (#"{"x":{"a":1,"b":{"a":1},"a":1}}"#, 24),
        (#"{"åäö":1,"\u00e5\u00E4\u00f6":1}"#, 12),
    ])
    func `a key that comes twice is found where it comes again`(text: String, offset: Int) {
        #expect(verdict(text) == JSONError(reason: .duplicateKey, offset: offset))
    }

    @Test(arguments: [
        #"{"a":1,"A":2,"b":{"a":1},"c":[{"a":1},{"a":2}]}"#, #"{"a":1,"a ":2,"aa":3,"":4}"#,
        #"{"å":1,"a\u030a":2}"#, #"{"12345678":1,"12345679":2,"22345678":3}"#,
    ])
    func `like keys are not the same key`(text: String) { #expect(verdict(text) == nil) }

    @Test(arguments: [2, 31, 32, 33, 34, 64, 65, 1000]) func `objects of any size are searched`(count: Int) throws {
        let keys = (0..<count).map { "\"key\($0)\":{\"key0\":\($0)}" }
        let unique = "{" + keys.joined(separator: ",") + "}"
        try JSONTape.reading(unique) { root in
            #expect(root.count == count)
            for position in [0, count / 2, count - 1, 1, 0] {
                #expect(root["key\(position)"]?["key0"]?.int == Int64(position))
            }
            #expect(root["key\(count)"] == nil)
        }
        for again in [0, count / 2, count - 1] {
            let text = unique.dropLast() + ",\"key\(again)\":0}"
            #expect(verdict(String(text)) == JSONError(reason: .duplicateKey, offset: unique.utf8.count))
        }
        let escaped = unique.dropLast() + ",\"\\u006bey0\":0}"
        #expect(verdict(String(escaped))?.reason == .duplicateKey)
    }

    @Test func `a large object inside a large object is searched on its own`() {
        let inner = "{" + (0..<40).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
        let outer = (0..<40).map { "\"k\($0)\":\(inner)" }.joined(separator: ",")
        #expect(verdict("{\(outer)}") == nil)
        #expect(verdict("{\(outer),\"k7\":0}")?.reason == .duplicateKey)
        #expect(verdict("[{\(outer)},\(inner.dropLast()),\"k39\":0}]")?.reason == .duplicateKey)
    }
}
