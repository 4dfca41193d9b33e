import JSON
import Testing

@testable import JSONSchema

@Suite struct ExplanationTests {
    private static let types = SchemaDocument(
        uri: "Topics/types.schema.json",
        bytes: Array(#"{"$defs":{"day":{"type":"string","format":"date"}}}"#.utf8))
    private static let birth = SchemaDocument(
        uri: "Topics/skatteverket/birth.v1.schema.json",
        bytes: Array(
            #"{"type":"object","required":["birthDate"],"additionalProperties":false,"properties":{"#.utf8)
            + Array(#""birthDate":{"$ref":"../types.schema.json#/$defs/day"},"sex":{"enum":["F","M"]}}}"#.utf8))

    @Test(arguments: [
        (#"{"birthDate":"2026-13-01"}"#, "birthDate: '2026-13-01' is no date; write yyyy-mm-dd", "/birthDate"),
        (#"{"birthDate":7}"#, "birthDate: 7 is not a string", "/birthDate"), (#"{}"#, "'birthDate' is missing", ""),
        (#"{"birthDate":"2026-01-01","sex":"m"}"#, "sex: 'm' is none of F, M", "/sex"),
        (
            #"{"birthDate":"2026-01-01","s/x":1}"#, "s/x: 's/x' is not known here; known are birthDate, sex", "/s~1x"
        ),
    ])
    func `a failure says where, and what to write`(message: String, sentence: String, path: String) throws {
        let catalogue = try SchemaLibrary([Self.birth, Self.types])
        let schema = try #require(catalogue["Topics/skatteverket/birth.v1.schema.json"])
        try JSONTape.reading(message) { value in
            let failures = schema.failures(of: value)
            #expect(failures.map(\.description) == [sentence])
            #expect(failures.map(\.instancePath) == [path])
            #expect(!schema.isValid(value))
        }
    }

    @Test(arguments: [
        (#"{"maxlength":1}"#, "a.json:1:2: 'maxlength' is no keyword; did you mean maxLength?"),
        (##"{"$ref":"#"}"##, "a.json:1:1: this schema leads back to a.json# at the same value, without end"),
        (#"{"$ref":"b.json"}"#, "a.json:1:9: no schema of the catalogue is called b.json; did you mean a.json?"),
        (#"{"format":"dat"}"#, "a.json:1:11: the format 'dat' is not known; did you mean date?"),
        (
            #"{"type":"text"}"#,
            "a.json:1:9: 'text' is no type; there are null, boolean, number, integer, string, array, object"
        ),
    ])
    func `a schema that is not read is refused with its place`(schema: String, sentence: String) {
        let document = SchemaDocument(uri: "a.json", bytes: Array(schema.utf8))
        let errors = #expect(throws: SchemaErrors.self) { try SchemaLibrary([document]) }
        #expect(errors?.description == sentence)
    }
}
