import JSON
import Testing

@testable import JSONSchema

@Suite struct ReferenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let documents: [(uri: String, text: String)]
        var name = "a.json"
    }

    private static let types = ("s/types.json", #"{"$defs":{"day":{"$anchor":"Day","type":"string"}}}"#)

    /// Each schema, followed to its end, wants a string.
    @Test(arguments: [
        Case(
            testDescription: "a JSON Pointer",
            documents: [("a.json", ##"{"$ref":"#/$defs/d","$defs":{"d":{"type":"string"}}}"##)]),
        Case(
            testDescription: "an anchor",
            documents: [("a.json", ##"{"$ref":"#d","$defs":{"x":{"$anchor":"d","type":"string"}}}"##)]),
        Case(
            testDescription: "a file beside", documents: [("s/a.json", ##"{"$ref":"types.json#/$defs/day"}"##), types],
            name: "s/a.json"),
        Case(
            testDescription: "an anchor of a file above",
            documents: [("s/t/a.json", ##"{"$ref":"../types.json#Day"}"##), types], name: "s/t/a.json"),
        Case(
            testDescription: "a way with dots",
            documents: [("s/a.json", ##"{"$ref":"./../s/./types.json#Day"}"##), types], name: "s/../s/a.json"),
        Case(
            testDescription: "a file outside",
            documents: [("../a.json", ##"{"$ref":"../b.json"}"##), ("../../b.json", #"{"type":"string"}"#)],
            name: "../a.json"),
        Case(testDescription: "a name that the subscript reads", documents: [types], name: "s/types.json#Day"),
        Case(
            testDescription: "$id",
            documents: [
                ("a.json", ##"{"$id":"https://example.org/s/a","$ref":"types#Day"}"##),
                ("t.json", ##"{"$id":"https://example.org/s/types","$defs":{"d":{"$anchor":"Day","type":"string"}}}"##),
            ]),
        Case(
            testDescription: "$id by its own name",
            documents: [("t.json", #"{"$id":"https://example.org/a","type":"string"}"#)], name: "https://example.org/a"),
        Case(
            testDescription: "an anchor of a schema with $id, by the name of its file",
            documents: [
                ("a.json", ##"{"$ref":"t.json#Day"}"##),
                ("t.json", ##"{"$id":"https://example.org/t","$defs":{"d":{"$anchor":"Day","type":"string"}}}"##),
            ]),
        Case(
            testDescription: "a schema with $id inside another",
            documents: [
                (
                    "a.json",
                    ##"{"$id":"https://example.org/a","$ref":"/inner/b#d","$defs":{"x":{"$id":"/inner/b","$defs":{"y":{"$anchor":"d","type":"string"}}}}}"##
                )
            ]),
        Case(
            testDescription: "a fragment belongs to the inner $id",
            documents: [
                (
                    "a.json",
                    ##"{"$id":"https://example.org/a","$ref":"b","$defs":{"d":{"type":"null"},"x":{"$id":"b","$ref":"#/$defs/d","$defs":{"d":{"type":"string"}}}}}"##
                )
            ]),
        Case(
            testDescription: "a URN",
            documents: [
                (
                    "a.json",
                    ##"{"$id":"urn:example:a","$ref":"urn:example:a#d","$defs":{"x":{"$anchor":"d","type":"string"}}}"##
                )
            ]),
        Case(
            testDescription: "a query is part of the name",
            documents: [
                ("a.json", ##"{"$ref":"b.json?v=2"}"##), ("b.json?v=1", "false"), ("b.json?v=2", #"{"type":"string"}"#),
            ]),
        Case(
            testDescription: "escapes of a JSON Pointer",
            documents: [("a.json", ##"{"$ref":"#/$defs/a~1b~0c","$defs":{"a/b~c":{"type":"string"}}}"##)]),
        Case(
            testDescription: "escapes of a URI",
            documents: [("a.json", ##"{"$ref":"#/$defs/%C3%A5%25%20b","$defs":{"å% b":{"type":"string"}}}"##)]),
        Case(
            testDescription: "a combining mark behind a mark of the pointer",
            documents: [
                (
                    "a.json",
                    "{\"$ref\":\"#/$defs/~1\u{301}/$defs/~0\u{301}\",\"$defs\":{\"/\u{301}\":{\"$defs\":{\"~\u{301}\":{\"type\":\"string\"}}}}}"
                )
            ]),
        Case(
            testDescription: "names that differ only in their normal form",
            documents: [
                ("a.json", "{\"$ref\":\"e\u{301}.json\"}"), ("\u{E9}.json", "false"),
                ("e\u{301}.json", #"{"type":"string"}"#),
            ]),
        Case(
            testDescription: "an element of a list",
            documents: [
                ("a.json", ##"{"$ref":"#/$defs/x/allOf/1","$defs":{"x":{"allOf":[false,{"type":"string"}]}}}"##)
            ]),
        Case(
            testDescription: "keywords beside $ref",
            documents: [("a.json", ##"{"maxLength":1,"$ref":"#/$defs/d","$defs":{"d":{"type":"string"}}}"##)]),
    ])
    func `a reference leads to its schema`(sample: Case) throws {
        let documents = sample.documents.map { SchemaDocument(uri: $0.uri, bytes: Array($0.text.utf8)) }
        let schema = try #require(try SchemaLibrary(documents)[sample.name])
        #expect(try Sample.sentences(schema, #""x""#).isEmpty)
        #expect(try Sample.sentences(schema, "7") == ["7 is not a string"])
    }

    @Test(arguments: [
        (
            ##"{"$ref":"type.json"}"##,
            "1:9: no schema of the catalogue is called s/type.json; did you mean s/types.json?"
        ),
        (##"{"$ref":"https://example.org/x"}"##, "1:9: no schema of the catalogue is called https://example.org/x"),
        (
            ##"{"$ref":"types.json#/$defs/dya"}"##,
            "1:9: s/types.json has nothing at #/$defs/dya; did you mean #/$defs/day?"
        ),
        (
            ##"{"$ref":"types.json#/$def/day"}"##,
            "1:9: s/types.json has nothing at #/$def/day; did you mean #/$defs/day?"
        ),
        (##"{"$ref":"types.json#/$defs/day/x"}"##, "1:9: s/types.json has nothing at #/$defs/day/x"),
        (##"{"$ref":"types.json#/$defs/day/type"}"##, "1:9: #/$defs/day/type of s/types.json is no place of a schema"),
        (##"{"$ref":"types.json#Dya"}"##, "1:9: s/types.json has no anchor Dya; did you mean Day?"),
        (##"{"$ref":"types.json#other"}"##, "1:9: s/types.json has no anchor other"),
        (##"{"$ref":7}"##, "1:9: $ref is a URI reference"),
        (##"{"$id":"x#y"}"##, "1:8: $id is a URI without a fragment"),
        (##"{"$anchor":"1"}"##, "1:12: an anchor is a letter or _, then letters, digits, - _ ."),
        (##"{"$anchor":"d","$defs":{"x":{"$anchor":"d"}}}"##, "1:40: s/a.json#d stands twice"),
    ])
    func `a reference that leads nowhere is refused with its place`(schema: String, sentence: String) {
        let refusals = Sample.refusals([("s/a.json", schema), Self.types])
        #expect(refusals == ["s/a.json:\(sentence)"])
    }

    @Test(arguments: [
        (##"{"$ref":"#"}"##, ["a.json:1:1: this schema leads back to a.json# at the same value, without end"]),
        (
            ##"{"allOf":[{"anyOf":[{"$ref":"#/$defs/a"}]}],"$defs":{"a":{"not":{"$ref":"#"}}}}"##,
            ["a.json:1:65: this schema leads back to a.json# at the same value, without end"]
        ),
        (
            ##"{"$defs":{"a":{"if":{"$ref":"#/$defs/b"}},"b":{"dependentSchemas":{"x":{"$ref":"#/$defs/a"}}}}}"##,
            ["a.json:1:72: this schema leads back to a.json#/$defs/a at the same value, without end"]
        ),
        (##"{"properties":{"x":{"$ref":"#"}},"items":{"$ref":"#"},"propertyNames":{"$ref":"#"}}"##, []),
    ])
    func `a schema that leads back to itself at the same value is refused`(schema: String, sentences: [String]) {
        #expect(Sample.refusals([("a.json", schema)]) == sentences)
    }

    @Test func `two schemas of one name are refused where the second stands`() {
        let refusals = Sample.refusals([("s/a.json", ##"{"$id":"types.json"}"##), Self.types])
        #expect(refusals == ["s/types.json:1:1: s/types.json is the name of another schema already"])
    }
}
