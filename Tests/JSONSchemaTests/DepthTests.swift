import JSON
import Testing

@testable import JSONSchema

@Suite struct DepthTests {
    private static let sentence = "more than \(Machine.maximumDepth) schemas are at work here within one another"

    /// `#/$defs/s0` leads to `s1`, and so on; the last is another schema.
    private static func chain(_ count: Int, first: String, step: String, last: String) throws -> CompiledSchema {
        var text = "\(first)\"$defs\":{"
        for number in 0..<count {
            text += "\"s\(number)\":" + step.replacing("@", with: "#/$defs/s\(number + 1)") + ","
        }
        return try Sample.schema(text + "\"s\(count)\":\(last)}}")
    }

    private static let reference = ##"{"$ref":"@"}"##

    @Test(arguments: [998, 999, 1_500])
    func `a chain of references is followed to the depth that is allowed, and no further`(count: Int) throws {
        let schema = try Self.chain(
            count, first: ##"{"$ref":"#/$defs/s0","##, step: Self.reference, last: #"{"type":"string"}"#)
        let isTooDeep = count > 998
        #expect(try Sample.sentences(schema, #""a""#) == (isTooDeep ? [Self.sentence] : []))
        #expect(try Sample.sentences(schema, "1") == [isTooDeep ? Self.sentence : "1 is not a string"])
    }

    @Test(arguments: [
        ##"{"not":{"$ref":"#/$defs/s0"},"##, ##"{"if":{"$ref":"#/$defs/s0"},"##,
        ##"{"anyOf":[{"$ref":"#/$defs/s0"},true],"##,
        ##"{"oneOf":[{"$ref":"#/$defs/s0"},true],"##, ##"{"contains":{"$ref":"#/$defs/s0"},"minContains":0,"##,
        ##"{"items":{"not":{"$ref":"#/$defs/s0"}},"##, ##"{"contains":{"not":{"$ref":"#/$defs/s0"}},"##,
        ##"{"if":{"not":{"$ref":"#/$defs/s0"}},"then":true,"##,
    ])
    func `no keyword makes a value valid because a schema inside was too deep`(first: String) throws {
        let schema = try Self.chain(1_100, first: first, step: Self.reference, last: "true")
        #expect(try Sample.sentences(schema, "[1]").allSatisfy { $0.hasSuffix(Self.sentence) })
        #expect(try !Sample.sentences(schema, "[1]").isEmpty)
    }

    @Test func `a list of lists is checked to the depth that JSON may have`() throws {
        let schema = try Sample.schema(##"{"type":["array","null"],"items":{"$ref":"#"}}"##)
        let depth = JSONTape.depthLimit - 1
        let lists = String(repeating: "[", count: depth) + "@" + String(repeating: "]", count: depth)
        #expect(try Sample.sentences(schema, lists.replacing("@", with: "null")).isEmpty)
        let place = String(repeating: "[0]", count: depth)
        #expect(
            try Sample.sentences(schema, lists.replacing("@", with: "1")) == ["\(place): 1 is not an array or null"])
    }

    @Test func `a deep message through many schemas at each of its levels meets the limit with a sentence`() throws {
        let schema = try Self.chain(
            20, first: ##"{"$ref":"#/$defs/s0","##, step: Self.reference,
            last: ##"{"additionalProperties":{"$ref":"#/$defs/s0"}}"##)
        let message = String(repeating: #"{"a":"#, count: 100) + "{}" + String(repeating: "}", count: 100)
        let sentences = try Sample.sentences(schema, message)
        #expect(sentences.count == 1)
        #expect(sentences.first?.hasSuffix(": \(Self.sentence)") == true)
        let shallow = String(repeating: #"{"a":"#, count: 30) + "{}" + String(repeating: "}", count: 30)
        #expect(try Sample.sentences(schema, shallow).isEmpty)
    }
}
