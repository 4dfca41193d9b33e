import JSON
import Testing

@testable import JSONSchema

@Suite struct KeywordTests {
    @Test(arguments: [
        // if, then, else
        (#"{"if":{"const":1},"then":{"maximum":0},"else":{"minimum":5}}"#, "1", ["1 is more than 0"]),
        (#"{"if":{"const":1},"then":{"maximum":0},"else":{"minimum":5}}"#, "2", ["2 is less than 5"]),
        (#"{"if":{"const":1},"then":{"maximum":0},"else":{"minimum":5}}"#, "6", []),
        (#"{"if":{"const":1},"else":{"minimum":5}}"#, "1", []), (#"{"if":{"const":1},"then":false}"#, "2", []),
        (#"{"if":{"const":1},"then":false}"#, "1", ["nothing is allowed here"]), (#"{"if":false}"#, "1", []),
        (#"{"then":false,"else":false}"#, "1", []),
        // contains
        (
            #"{"contains":{"type":"string"}}"#, "[1,2]",
            ["0 elements are of the kind wanted, where at least 1 must be"]
        ),
        (#"{"contains":{"type":"string"}}"#, "[]", ["0 elements are of the kind wanted, where at least 1 must be"]),
        (#"{"contains":{"type":"string"}}"#, #"[1,"a"]"#, []), (#"{"contains":{"type":"string"}}"#, "{}", []),
        (
            #"{"contains":{"const":1},"minContains":2.0,"maxContains":3}"#, "[1]",
            ["1 elements are of the kind wanted, where at least 2 must be"]
        ),
        (#"{"contains":{"const":1},"minContains":2,"maxContains":3}"#, "[1,2,1.0]", []),
        (
            #"{"contains":{"const":1},"minContains":2,"maxContains":3e0}"#, "[1,1,1,1]",
            ["4 elements are of one kind, of which at most 3 may be"]
        ),
        (#"{"contains":{"const":1},"minContains":0}"#, "[]", []),
        (
            #"{"contains":{"const":1},"minContains":0,"maxContains":0}"#, "[1]",
            ["1 elements are of one kind, of which at most 0 may be"]
        ),
        (#"{"minContains":3,"maxContains":0}"#, "[1]", []),
        // anyOf, oneOf, not
        (#"{"oneOf":[{"minimum":1},{"type":"string"}]}"#, "1", []),
        (
            #"{"oneOf":[{"minimum":1},{"type":"string"},{"maximum":3}]}"#, "2",
            ["2 fits more than one alternative, where one is wanted: numbers 1, 3"]
        ),
        (
            #"{"oneOf":[{"minimum":3},{"type":"string"}]}"#, "2",
            ["2 fits none of 2 alternatives: 2 is less than 3; or: 2 is not a string"]
        ),
        (
            #"{"anyOf":[{"minimum":3},{"type":"string"}]}"#, "2",
            ["2 fits none of 2 alternatives: 2 is less than 3; or: 2 is not a string"]
        ),
        (#"{"anyOf":[{"minimum":3},{"type":"number"}]}"#, "2", []),
        (#"{"not":{"type":"number"}}"#, "2", ["2 is what the schema excludes"]),
        (#"{"not":{"not":{"type":"number"}}}"#, "2", []),
        // members
        (#"{"dependentSchemas":{"a":{"required":["b"]}}}"#, #"{"a":1}"#, ["'b' is missing"]),
        (#"{"dependentSchemas":{"a":{"required":["b"]}}}"#, #"{"a":1,"b":1}"#, []),
        (#"{"dependentSchemas":{"a":{"required":["b"]}}}"#, #"{"c":1}"#, []),
        (#"{"dependentSchemas":{"a":false}}"#, #"["a"]"#, []),
        (#"{"dependentRequired":{"a":["b","c"]}}"#, #"{"a":1,"c":1}"#, ["'b' is missing, which 'a' asks for"]),
        (
            #"{"propertyNames":{"maxLength":2,"pattern":"^a"}}"#, #"{"abc":1,"ab":2,"b":3}"#,
            [
                "abc: 'abc' has 3 characters, where at most 2 are allowed", "b: 'b' does not match ^a",
            ]
        ),
        (#"{"propertyNames":{"type":"number"}}"#, #"{"a":1}"#, ["a: 'a' is not a number"]),
        (#"{"propertyNames":false}"#, "{}", []), (#"{"propertyNames":{"enum":["é"]}}"#, #"{"\u00e9":1}"#, []),
        (#"{"required":["a","b"]}"#, #"{"b":null}"#, ["'a' is missing"]),
        (
            #"{"patternProperties":{"^a":{"type":"string"}},"additionalProperties":{"type":"null"}}"#,
            #"{"ab":1,"c":2,"d":null}"#, ["ab: 1 is not a string", "c: 2 is not null"]
        ),
        // lists
        (
            #"{"prefixItems":[{"type":"string"}],"items":false}"#, "[1,2]",
            ["[0]: 1 is not a string", "[1]: nothing is allowed here"]
        ),
        (#"{"uniqueItems":true}"#, #"[1,"1",1.0]"#, ["the elements 0 and 2 are the same"]),
        (#"{"uniqueItems":true}"#, #"[{"a":1,"b":[2]},{"b":[2.0],"a":1e0}]"#, ["the elements 0 and 1 are the same"]),
        (
            #"{"uniqueItems":true}"#, "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,30e-1,4]",
            ["the elements 3 and 17 are the same"]
        ),
        // numbers as they are written
        (#"{"minLength":2.0}"#, #""ab""#, []),
        (#"{"minLength":20e-1}"#, #""a""#, ["'a' has 1 characters, where at least 2 are wanted"]),
        (#"{"maxItems":1e0}"#, "[1,2]", ["2 elements, where at most 1 are allowed"]),
        (#"{"maxLength":-0.0}"#, #""""#, []),
        (#"{"maxLength":1e30}"#, #""a""#, []),
        (#"{"minLength":4294967296}"#, #""a""#, ["'a' has 1 characters, where at least 4294967295 are wanted"]),
        (#"{"minimum":1e400}"#, "9e399", ["9e399 is less than 1e400"]), (#"{"type":"integer"}"#, "1e400", []),
        (#"{"type":"integer"}"#, "1e-400", ["1e-400 is not a whole number"]),
        (#"{"multipleOf":0.01}"#, "19.999", ["19.999 is no multiple of 1e-2"]),
    ])
    func `a keyword says what is wrong`(schema: String, instance: String, sentences: [String]) throws {
        #expect(try Sample.sentences(try Sample.schema(schema), instance) == sentences)
    }

    @Test(arguments: [
        (
            "{\n  \"type\": \"string\",\n  \"minLenght\": 1\n}",
            "3:3: 'minLenght' is no keyword; did you mean minLength?"
        ),
        (#"{"properties":{"é":{"Type":"string"}}}"#, "1:21: 'Type' is no keyword; did you mean type?"),
        (#"{"owner":"x"}"#, "1:2: 'owner' is no keyword; keywords of one's own begin with x-"),
        (#"{"unevaluatedProperties":false}"#, "1:2: the keyword unevaluatedProperties is not supported: "),
        (#"{"unevaluatedItems":false}"#, "1:2: the keyword unevaluatedItems is not supported: "),
        (##"{"$dynamicRef":"#a"}"##, "1:2: the keyword $dynamicRef is not supported: "),
        (#"{"$dynamicAnchor":"a"}"#, "1:2: the keyword $dynamicAnchor is not supported: "),
        (#"{"$vocabulary":{}}"#, "1:2: the keyword $vocabulary is not supported: "),
        (#"{"contentEncoding":"base64"}"#, "1:2: the keyword contentEncoding is not supported: "),
        (#"{"definitions":{}}"#, "1:2: the keyword definitions is not supported: since 2019-09 it is called $defs"),
        (#"{"dependencies":{}}"#, "1:2: the keyword dependencies is not supported: "),
        (#"{"additionalItems":false}"#, "1:2: the keyword additionalItems is not supported: "),
        (
            #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#,
            "1:12: only https://json-schema.org/draft/2020-12/schema is read, not http://json-schema.org/draft-07/schema#"
        ),
        (#"{"type":"sting"}"#, "1:9: 'sting' is no type; did you mean string?"),
        (#"{"type":[]}"#, "1:9: type names at least one type"),
        (#"{"minLength":-1}"#, "1:14: minLength is a whole number from 0"),
        (#"{"minLength":1.5}"#, "1:14: minLength is a whole number from 0"),
        (#"{"minContains":"1"}"#, "1:16: minContains is a whole number from 0"),
        (#"{"contains":1}"#, "1:13: a schema is an object, true or false"),
        (#"{"minimum":"1"}"#, "1:12: minimum is a number"),
        (#"{"multipleOf":0}"#, "1:15: multipleOf is a number above 0 of at most 18 digits"),
        (#"{"required":["a","a"]}"#, "1:13: required is a list of different names"),
        (#"{"allOf":[]}"#, "1:10: allOf is a list of schemas"),
        (#"{"properties":[]}"#, "1:15: properties is an object of schemas"),
        (#"{"pattern":"("}"#, "1:12: the pattern '(' is not read: "),
        (#"{"patternProperties":{"a":{},"(":{}}}"#, "1:30: the pattern '(' is not read: "),
        (#"{"enum":1}"#, "1:9: enum is a list of values"),
        (#"{"uniqueItems":1}"#, "1:16: uniqueItems is true or false"), (#"{"type":"string""#, "1:17: "),
        ("[]", "1:1: a schema is an object, true or false"), ("", "1:1: "),
    ])
    func `a schema that is not understood is refused with its place`(schema: String, sentence: String) {
        let refusals = Sample.refusals([("a.json", schema)])
        #expect(refusals.count == 1)
        #expect(refusals.first?.hasPrefix("a.json:\(sentence)") == true, "\(refusals)")
    }

    @Test func `all mistakes of all files are told at once, in their order`() {
        let refusals = Sample.refusals([
            ("b.json", "{\"typ\":1,\n\"$ref\":\"#/x\",\"minimum\":true}"), ("a.json", #"{"not":{"format":"tim"}}"#),
        ])
        #expect(
            refusals.map { $0.prefix { $0 != " " } } == ["b.json:1:2:", "b.json:2:8:", "b.json:2:24:", "a.json:1:18:"])
    }

    @Test func `of very many mistakes the first 100 are told`() {
        let members = (0..<300).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(Sample.refusals([("a.json", "{\(members)}")]).count == SchemaErrors.maximumCount)
    }

    @Test func `names that begin with x- are passed over, whatever they hold`() throws {
        let schema = try Sample.schema(#"{"x-owner":{"type":"no type","minLenght":[]},"x-":1,"type":"string"}"#)
        #expect(try Sample.sentences(schema, "1") == ["1 is not a string"])
        #expect(Sample.refusals([("a.json", #"{"X-owner":1}"#)]).count == 1)
    }

    @Test func `annotations are read and say nothing of a value`() throws {
        let schema = try Sample.schema(
            #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$comment":"","title":"","description":"","#
                + #""examples":[1],"default":{"type":1},"deprecated":true,"readOnly":true,"writeOnly":false}"#)
        #expect(try Sample.sentences(schema, "1").isEmpty)
    }

    @Test func `values that are secret are not repeated`() throws {
        let schema = try Sample.schema(
            #"{"properties":{"a":{"enum":["x"],"minLength":40},"b":{"oneOf":[{"const":1},{"pattern":"^y"}]}}}"#)
        try JSONTape.reading(#"{"a":"secret","b":"secret"}"#) { value in
            let failures = schema.failures(of: value, quotesValues: false)
            #expect(failures.count == 3)
            #expect(!String(describing: failures).contains("secret"))
            #expect(!failures.flatMap { [$0] + $0.causes }.contains { $0.actual != nil || "\($0)".contains("secret") })
        }
    }
}
